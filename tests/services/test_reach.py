"""How many one can call: asked twice, answered if one likes, and nowhere kept whose answer it was."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.compose.clocks import DemoClock
from bot.domain.ids import OfficialId
from bot.domain.overview import Asked
from bot.jobs import Jobs
from bot.jobs.reach import JOB
from bot.services import erasure, openings
from bot.store import officials, tables
from bot.store.work import Workshop
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk
from tests.support.tables import Tables, texts_of
from tests.support.workshop import START

THREE_MONTHS = timedelta(days=92)


async def counted(desk: Desk) -> dict[tuple[str, str], int]:
    return {(row["question"], row["answer"]): row["count"] for row in await desk.rows(tables.Feeling)}


async def test_the_welcome_asks_and_the_answer_is_counted_once(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede", "stikstof")
    assert "1 Nog niemand" in await desk.says("anna", "1")
    assert await desk.says("anna", "een of twee") == "Dank je. Ik heb het geteld."
    await desk.says("anna", "een of twee")
    assert await counted(desk) == {(Asked.START, "one-or-two"): 1}


async def test_nothing_tells_who_answered_what(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede", "stikstof", "1", "drie of meer")
    offered = [row for row in await desk.rows(tables.Offer) if row["slot"] == "reach"]
    assert [row["open"] for row in offered] == [False]
    for row in await desk.rows(tables.Outbox):
        assert "reach-more" not in str(row["message"]) or "reach-nobody" in str(row["message"])


async def later(workshop: Workshop, clock: DemoClock, moment: datetime) -> list[str]:
    """What was posted by then."""
    clock.move(moment)
    await Jobs(workshop, [JOB]).run_due()
    async with workshop.read() as work:
        rows = await work.session.execute(select(tables.Outbox.business_key))
        return [key for key in rows.scalars() if key is not None and key.startswith("reach")]


async def joined(workshop: Workshop) -> OfficialId:
    return await (await Tables(workshop).build()).official()


async def test_it_is_asked_once_more_after_three_months(workshop: Workshop, clock: DemoClock) -> None:
    official = await joined(workshop)
    assert await later(workshop, clock, START + timedelta(days=80)) == []
    asked = [f"reach:{official}:later"]
    assert await later(workshop, clock, START + THREE_MONTHS) == asked
    assert await later(workshop, clock, START + 3 * THREE_MONTHS) == asked


async def test_it_waits_for_a_week_without_another_message(workshop: Workshop, clock: DemoClock) -> None:
    official = await joined(workshop)
    clock.move(START + timedelta(days=91))
    async with workshop.write() as work:
        assert await openings.take(work, official, work.now)
    assert await later(workshop, clock, START + timedelta(days=91, hours=1)) == []
    assert await later(workshop, clock, START + timedelta(days=99)) == [f"reach:{official}:later"]


async def test_who_wants_no_such_messages_gets_none(workshop: Workshop, clock: DemoClock) -> None:
    official = await joined(workshop)
    async with workshop.write() as work:
        await officials.change(work, official, nudges_off=["contact"])
    assert await later(workshop, clock, START + THREE_MONTHS) == []


async def test_who_left_is_not_asked_and_leaves_no_trace(workshop: Workshop, clock: DemoClock) -> None:
    official = await joined(workshop)
    async with workshop.write() as work:
        await erasure.erase(work, official)
        assert f"reach:{official}" not in await texts_of(work)
    assert await later(workshop, clock, START + THREE_MONTHS) == []
