"""The audit's chain: whole after anything the program does, broken by anything else."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import delete, update

from bot.domain.ids import OfficialId
from bot.store import audit, tables
from bot.store.work import Workshop


async def record(workshop: Workshop, number: int) -> None:
    async with workshop.write() as work:
        await audit.record(work, "report", actor=OfficialId(number), subject=None)


async def broken(workshop: Workshop) -> int | None:
    async with workshop.read() as work:
        return await audit.first_broken(work)


async def test_an_empty_and_a_grown_chain_are_whole(workshop: Workshop) -> None:
    assert await broken(workshop) is None
    for number in range(1, 6):
        await record(workshop, number)
    assert await broken(workshop) is None


async def test_writers_at_the_same_time_make_one_chain(workshop: Workshop) -> None:
    await asyncio.gather(*(record(workshop, number) for number in range(1, 13)))
    assert await broken(workshop) is None


@pytest.mark.parametrize("change", ["edit", "remove", "cut", "add"])
async def test_what_was_changed_by_hand_is_found(workshop: Workshop, change: str) -> None:
    for number in range(1, 5):
        await record(workshop, number)
    row = tables.Audit
    async with workshop.write() as work:
        ids = sorted((await work.session.execute(row.__table__.select())).scalars())
        match change:
            case "edit":
                await work.session.execute(update(row).where(row.id == ids[1]).values(actor=99))
            case "remove":
                await work.session.execute(delete(row).where(row.id == ids[1]))
            case "cut":
                await work.session.execute(delete(row).where(row.id == ids[-1]))
            case _:
                work.session.add(row(at=work.now, actor=None, act="erase", subject=None, chain="0" * 64))
    expected = {"edit": ids[1], "remove": ids[2], "cut": 0, "add": ids[-1] + 1}
    assert await broken(workshop) == expected[change]


async def fail(workshop: Workshop) -> None:
    async with workshop.write() as work:
        await audit.record(work, "report", actor=OfficialId(2))
        raise RuntimeError


async def test_what_was_rolled_back_leaves_no_trace(workshop: Workshop) -> None:
    await record(workshop, 1)
    with pytest.raises(RuntimeError):
        await fail(workshop)
    await record(workshop, 3)
    assert await broken(workshop) is None
