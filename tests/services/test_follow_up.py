"""Afterwards: did it happen, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import func, select

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import Happened, State
from bot.jobs import Jobs
from bot.jobs.follow_up import JOB as ASK
from bot.jobs.follow_up_end import JOB as END
from bot.services import block, follow_up
from bot.store import koffie as koffies
from bot.store import network, tables
from bot.store.work import Workshop
from tests.support.tables import Tables

Pair = tuple[Happened | None, ...]
DRUNK, NOT_YET, OFF = Happened.HAPPENED, Happened.NOT_YET, Happened.OFF


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def wait(workshop: Workshop, clock: DemoClock, days: int) -> None:
    """Let days pass, and what this is about happen on the way, in order."""
    clockwork = Jobs(workshop, [ASK, END])
    end = clock.now() + timedelta(days=days)
    while (moment := await clockwork.next_due()) is not None and moment <= end:
        clock.move(max(moment, clock.now()))
        await clockwork.run_due()
    clock.move(end)


async def say(workshop: Workshop, kept: KoffieId, official: OfficialId, happened: Happened) -> None:
    async with workshop.write() as work:
        await follow_up.answer(work, kept, official, happened)


async def state(workshop: Workshop, kept: KoffieId) -> State:
    async with workshop.read() as work:
        found = await koffies.get(work, kept)
        assert found is not None
        return found.koffie.state


async def acquainted(workshop: Workshop, one: OfficialId, other: OfficialId) -> bool:
    async with workshop.read() as work:
        return other in await network.acquainted(work, one)


async def asked(workshop: Workshop, official: OfficialId) -> int:
    """How often this official was asked whether it happened."""
    async with workshop.read() as work:
        rows = await work.session.execute(
            select(func.count())
            .select_from(tables.Outbox)
            .where(tables.Outbox.official_id == official, tables.Outbox.business_key.like("follow-up:%"))
        )
        return int(rows.scalar_one())


async def test_nobody_is_asked_too_early(workshop: Workshop, table: Tables, clock: DemoClock) -> None:
    anna, bram = await table.pair()
    await table.koffie(anna, bram)
    await wait(workshop, clock, 13)
    assert await asked(workshop, anna) == 0
    await wait(workshop, clock, 2)
    assert (await asked(workshop, anna), await asked(workshop, bram)) == (1, 1)


@pytest.mark.parametrize(
    ("answers", "becomes", "tie"),
    [
        ((DRUNK, DRUNK), State.DRUNK, True),
        ((DRUNK, None), State.DRUNK, True),
        ((None, DRUNK), State.DRUNK, True),
        ((DRUNK, OFF), State.NOT_DRUNK, False),
        ((OFF, DRUNK), State.NOT_DRUNK, False),
        ((OFF, None), State.NOT_DRUNK, False),
        ((None, None), State.NOT_DRUNK, False),
    ],
)
async def test_a_yes_that_nobody_denies_makes_the_tie(
    workshop: Workshop,
    table: Tables,
    clock: DemoClock,
    answers: tuple[Happened | None, Happened | None],
    becomes: State,
    tie: bool,  # noqa: FBT001 - the expected outcome
) -> None:
    pair = await table.pair()
    kept = await table.koffie(*pair)
    await wait(workshop, clock, 15)
    for official, happened in zip(pair, answers, strict=True):
        if happened is not None:
            await say(workshop, kept, official, happened)
    await wait(workshop, clock, 10)
    assert await state(workshop, kept) is becomes
    assert await acquainted(workshop, *pair) is tie


async def test_both_say_so_and_the_tie_is_there_at_once(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    await wait(workshop, clock, 15)
    await say(workshop, kept, anna, DRUNK)
    assert not await acquainted(workshop, anna, bram)
    await say(workshop, kept, bram, DRUNK)
    assert await acquainted(workshop, anna, bram)
    async with workshop.read() as work:
        (tie,) = await network.ties(work, anna)
    assert (tie.other, tie.source) == (bram, follow_up.TIE)


async def test_not_yet_is_asked_once_more_and_never_again(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    await wait(workshop, clock, 15)
    await say(workshop, kept, anna, NOT_YET)
    await say(workshop, kept, bram, DRUNK)
    await wait(workshop, clock, 30)
    assert (await asked(workshop, anna), await asked(workshop, bram)) == (2, 1)
    await wait(workshop, clock, 90)
    assert await asked(workshop, anna) == 2
    # Whoever stays silent the second time does not deny it any more.
    assert await state(workshop, kept) is State.DRUNK
    assert await acquainted(workshop, anna, bram)


async def test_not_yet_twice_is_no_koffie(workshop: Workshop, table: Tables, clock: DemoClock) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    await wait(workshop, clock, 15)
    await say(workshop, kept, anna, NOT_YET)
    async with workshop.read() as work:
        assert await follow_up.asks_again(work, kept)
    while await asked(workshop, anna) == 1:
        await wait(workshop, clock, 1)
    async with workshop.read() as work:
        assert not await follow_up.asks_again(work, kept)
    await say(workshop, kept, anna, NOT_YET)
    await wait(workshop, clock, 60)
    assert await state(workshop, kept) is State.NOT_DRUNK


async def test_an_answer_counts_once_and_not_too_late(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    anna, bram = await table.pair()
    carla = await table.official()
    kept = await table.koffie(anna, bram)
    with pytest.raises(KoffieError, match="follow-up-over"):
        await say(workshop, kept, anna, DRUNK)
    await wait(workshop, clock, 15)
    await say(workshop, kept, anna, DRUNK)
    with pytest.raises(KoffieError, match="follow-up-answered"):
        await say(workshop, kept, anna, OFF)
    with pytest.raises(KoffieError, match="follow-up-over"):
        await say(workshop, kept, carla, DRUNK)
    await wait(workshop, clock, 10)
    with pytest.raises(KoffieError, match="follow-up-over"):
        await say(workshop, kept, bram, DRUNK)


async def test_who_blocks_afterwards_is_not_asked_and_the_other_notices_nothing(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    """Before it was asked how it was, the other is freed instead: see ``test_meeting_off``."""
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    await wait(workshop, clock, 15)
    async with workshop.write() as work:
        await block.block(work, anna, bram)
    with pytest.raises(KoffieError, match="follow-up-over"):
        await say(workshop, kept, anna, DRUNK)
    await say(workshop, kept, bram, DRUNK)
    await wait(workshop, clock, 10)
    assert not await acquainted(workshop, anna, bram)


SAID = (DRUNK, NOT_YET, OFF, None)
FIRST = tuple(product(SAID, SAID))


def second_of(first: Pair) -> Iterator[Pair]:
    """All that two may say the second time: only who said 'not yet' is asked."""
    return product(*(SAID if said is NOT_YET else (None,) for said in first))


async def test_it_always_settles_and_a_denial_always_counts(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    """Every run of answers there is, all at the same time."""
    runs = [(first, second, await table.pair()) for first in FIRST for second in second_of(first)]
    kept = [await table.koffie(*pair) for _, _, pair in runs]
    await wait(workshop, clock, 15)
    for number, (first, _, pair) in zip(kept, runs, strict=True):
        await say_both(workshop, number, pair, first)
    await wait(workshop, clock, 23)
    for number, (_, second, pair) in zip(kept, runs, strict=True):
        await say_both(workshop, number, pair, second)
    await wait(workshop, clock, 30)
    for number, (first, second, pair) in zip(kept, runs, strict=True):
        last = {again if said is NOT_YET else said for said, again in zip(first, second, strict=True)}
        drunk = last - {None} == {DRUNK}
        assert await state(workshop, number) is (State.DRUNK if drunk else State.NOT_DRUNK)
        assert await acquainted(workshop, *pair) is drunk
        assert [await asked(workshop, one) for one in pair] == [2 if said is NOT_YET else 1 for said in first]


async def say_both(workshop: Workshop, kept: KoffieId, pair: Sequence[OfficialId], said: Pair) -> None:
    for official, happened in zip(pair, said, strict=True):
        if happened is not None:
            await say(workshop, kept, official, happened)
