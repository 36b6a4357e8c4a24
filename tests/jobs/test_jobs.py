"""Due things: each done once, in the transaction that marks it; what fails stops nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.compose.clocks import DemoClock
from bot.jobs import Job, Jobs, walk
from bot.store import due, state
from bot.store.due import DueThing
from bot.store.work import Work, Workshop
from tests.support.workshop import AMSTERDAM

Run = Callable[[Work, DueThing], Awaitable[None]]


async def note(work: Work, thing: DueThing) -> None:
    """Adds its subject to a list, so that a second run would show."""
    before = await state.meta(work, "done") or ""
    await state.set_meta(work, "done", f"{before}{thing.subject} ")


async def done(workshop: Workshop) -> str:
    async with workshop.read() as work:
        return await state.meta(work, "done") or ""


async def plan(workshop: Workshop, *subjects: int, kind: str = "note", **later: float) -> None:
    async with workshop.write() as work:
        for subject in subjects:
            at = work.now + timedelta(**later)
            await due.schedule(work, f"{kind}:{subject}", kind, at, subject)


def later(clock: DemoClock, **delta: float) -> None:
    clock.move(clock.now() + timedelta(**delta))


async def test_what_is_due_is_done_once_in_order(workshop: Workshop, clock: DemoClock) -> None:
    jobs = Jobs(workshop, [Job("note", note)])
    await plan(workshop, 2, hours=2)
    await plan(workshop, 1, hours=1)
    assert await jobs.run_due() == 0
    later(clock, hours=3)
    assert await jobs.run_due() == 2
    assert await jobs.run_due() == 0
    assert await done(workshop) == "1 2 "


async def test_the_same_key_is_due_once_ever(workshop: Workshop) -> None:
    jobs = Jobs(workshop, [Job("note", note)])
    for _ in range(3):
        await plan(workshop, 1)
        await jobs.run_due()
    assert await done(workshop) == "1 "


async def test_many_that_look_at_once_do_each_thing_once(workshop: Workshop) -> None:
    ran: list[int] = []

    async def count(work: Work, thing: DueThing) -> None:
        await asyncio.sleep(0)
        ran.append(thing.subject)

    await plan(workshop, *range(10))
    everyone = [Jobs(workshop, [Job("note", count)]) for _ in range(4)]
    await asyncio.gather(*(jobs.run_due() for jobs in everyone))
    assert sorted(ran) == list(range(10))


async def test_a_kind_that_nobody_knows_here_waits(workshop: Workshop) -> None:
    await plan(workshop, 1, kind="elsewhere")
    assert await Jobs(workshop, [Job("note", note)]).run_due() == 0
    assert await Jobs(workshop, [Job("elsewhere", note)]).run_due() == 1


async def break_always(work: Work, thing: DueThing) -> None:
    await note(work, thing)
    raise RuntimeError("geheim-0612345678")


async def test_a_failing_thing_keeps_nothing_and_stops_nobody_and_is_set_aside_and_reported(
    workshop: Workshop, clock: DemoClock, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs(workshop, [Job("broken", break_always), Job("note", note)])
    await plan(workshop, 1, kind="broken")
    await plan(workshop, 2)
    await jobs.run_due()
    assert await done(workshop) == "2 "
    for _ in range(10):
        later(clock, minutes=6)
        await jobs.run_due()
    async with workshop.read() as work:
        assert await due.stuck(work) == 1
    assert "set aside" in caplog.text
    assert "geheim" not in caplog.text


async def break_at_the_commit(work: Work, thing: DueThing) -> None:
    """Nothing shows before the transaction ends."""

    class Refused(Exception):
        pass

    def refuse(*_: object) -> None:
        raise Refused

    from sqlalchemy import event  # noqa: PLC0415

    event.listen(work.session.sync_session, "before_commit", refuse, once=True)


async def test_what_breaks_at_the_commit_stops_nobody_either(workshop: Workshop, clock: DemoClock) -> None:
    jobs = Jobs(workshop, [Job("broken", break_at_the_commit), Job("note", note)])
    await plan(workshop, 1, kind="broken")
    await plan(workshop, 2)
    await jobs.run_due()
    assert await done(workshop) == "2 "


async def test_an_outage_in_the_middle_is_not_the_things_fault(workshop: Workshop, clock: DemoClock) -> None:
    outages = iter(range(7))

    async def cut(work: Work, thing: DueThing) -> None:
        if next(outages, None) is not None:
            raise OperationalError("SELECT 1", {}, ConnectionResetError())
        await note(work, thing)

    jobs = Jobs(workshop, [Job("note", cut)])
    await plan(workshop, 1)
    for _ in range(8):
        try:
            await jobs.run_due()
        except OperationalError:
            later(clock, seconds=5)
    assert await done(workshop) == "1 "


async def runs_of(workshop: Workshop, clock: DemoClock, run: Run, first: date, days: int) -> list[datetime]:
    """The local moments at which a daily job ran, looking every quarter of an hour."""
    moments: list[datetime] = []

    async def remember(work: Work, thing: DueThing) -> None:
        moments.append(work.now.astimezone(AMSTERDAM))
        await run(work, thing)

    clock.move(datetime(first.year, first.month, first.day, tzinfo=AMSTERDAM))
    jobs = Jobs(workshop, [Job("each-day", remember, daily=True)])
    await jobs.start()
    for _ in range(days * 24 * 4):
        later(clock, minutes=15)
        await jobs.run_due()
    return moments


@pytest.mark.parametrize("first", [date(2027, 3, 26), date(2027, 10, 29)], ids=["spring", "autumn"])
async def test_a_daily_job_runs_once_each_local_day_over_the_change_of_the_clock(
    workshop: Workshop, clock: DemoClock, first: date
) -> None:
    moments = await runs_of(workshop, clock, note, first, 4)
    assert [moment.date() for moment in moments] == [first + timedelta(days=n) for n in range(1, 4)]
    assert {(moment.hour, moment.minute) for moment in moments} == {(8, 30)}


async def test_a_daily_job_that_fails_comes_back_the_next_day(workshop: Workshop, clock: DemoClock) -> None:
    moments = await runs_of(workshop, clock, break_always, date(2027, 6, 1), 4)
    days = {moment.date() for moment in moments}
    assert days == {date(2027, 6, 2), date(2027, 6, 3), date(2027, 6, 4)}


async def test_a_daily_job_that_was_missed_for_days_runs_once(workshop: Workshop, clock: DemoClock) -> None:
    jobs = Jobs(workshop, [Job("each-day", note, daily=True)])
    await jobs.start()
    later(clock, days=5)
    await jobs.start()
    await jobs.run_due()
    assert await done(workshop) == "0 "


async def test_every_job_of_the_house_runs_on_an_empty_database(workshop: Workshop, clock: DemoClock) -> None:
    jobs = Jobs(workshop, walk())
    await jobs.start()
    later(clock, days=2)
    await jobs.run_due()
    async with workshop.read() as work:
        failed = await work.session.execute(text("SELECT kind FROM due WHERE failures > 0"))
        assert failed.all() == []


async def test_two_jobs_of_one_kind_refuse_to_start(workshop: Workshop) -> None:
    with pytest.raises(ValueError, match="one kind"):
        Jobs(workshop, [Job("note", note), Job("note", note)])
