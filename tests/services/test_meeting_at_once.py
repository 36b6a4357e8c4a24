"""Two things at the same instant: an appointment ends up fixed once, and nobody has two at one moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update

from bot.domain.ids import KoffieId, OfficialId
from bot.domain.meeting import Meeting, SlotId, State
from bot.services import meeting
from bot.store import meeting as store
from bot.store import tables
from bot.store.work import Work, Workshop
from tests.support.databases import on_both as on_both
from tests.support.tables import Tables


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def now(workshop: Workshop, koffie: KoffieId) -> Meeting:
    async with workshop.read() as work:
        found = await store.get(work, koffie)
        assert found is not None
        return found


async def begun(workshop: Workshop, table: Tables, one: OfficialId, other: OfficialId) -> KoffieId:
    koffie = await table.koffie(one, other)
    async with workshop.write() as work:
        # As once the introduction was delivered.
        await meeting.begin(work, koffie)
    return koffie


async def at_once(workshop: Workshop, *acts: Callable[[Work], Awaitable[object]]) -> None:
    """Each in a unit of work of its own, all begun before any of them ends."""
    ready = asyncio.Barrier(len(acts))

    async def run(act: Callable[[Work], Awaitable[object]]) -> None:
        await ready.wait()
        async with workshop.write() as work:
            await act(work)

    await asyncio.gather(*map(run, acts))


async def test_the_last_two_marks_fix_it_once(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    koffie = await begun(workshop, table, anna, bram)
    slot = (await now(workshop, koffie)).slots[0]
    await at_once(
        workshop,
        lambda work: meeting.mark(work, anna, slot.id),
        lambda work: meeting.mark(work, bram, slot.id),
    )
    fixed = await now(workshop, koffie)
    assert (fixed.state, fixed.slot, fixed.changes) == (State.FIXED, slot, 1)


async def test_beginning_twice_proposes_once(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    koffie = await table.koffie(anna, bram)
    await at_once(workshop, *[lambda work: meeting.begin(work, koffie)] * 3)
    assert (await now(workshop, koffie)).attempt == 1
    async with workshop.read() as work:
        rows = await work.session.execute(
            tables.Outbox.__table__.select().where(tables.Outbox.business_key.like("meeting-ask:%"))
        )
        assert len(rows.all()) == 2


async def test_two_koffies_fixed_at_one_instant_never_share_a_moment(
    workshop: Workshop, table: Tables
) -> None:
    anna, bram = await table.pair()
    cees = await table.official(organisation=3)
    koffies = [await begun(workshop, table, anna, other) for other in (bram, cees)]
    first, second = [await now(workshop, koffie) for koffie in koffies]
    async with workshop.write() as work:
        # What was proposed is kept apart: as if both were proposed at one instant, it is made the same here.
        for slot, model in zip(second.slots, first.slots, strict=True):
            await work.session.execute(
                update(tables.MeetingSlot)
                .where(tables.MeetingSlot.id == slot.id)
                .values(starts_at=model.span.start, ends_at=model.span.end)
            )
        for other, proposed in ((bram, first), (cees, second)):
            for slot in proposed.slots[:2]:
                await meeting.mark(work, other, slot.id)

    def marks(slot: SlotId) -> Callable[[Work], Awaitable[object]]:
        return lambda work: meeting.mark(work, anna, slot)

    await at_once(workshop, marks(first.slots[0].id), marks(second.slots[0].id))
    fixed = [one for koffie in koffies if (one := await now(workshop, koffie)).state is State.FIXED]
    assert len(fixed) == 1
    # The other one goes on to the next time that both marked.
    free = second if fixed[0].slot == first.slots[0] else first
    await at_once(workshop, marks(free.slots[1].id))
    both = [await now(workshop, koffie) for koffie in koffies]
    assert [each.state for each in both] == [State.FIXED, State.FIXED]
    mine, theirs = (each.slot for each in both)
    assert mine is not None
    assert theirs is not None
    assert not mine.span.near(theirs.span)
