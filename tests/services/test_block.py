"""Ending contact: at once, and without a word to the other."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.domain.ids import OfficialId
from bot.domain.koffie_view import Phase, visible
from bot.services import block
from bot.services.met import met, met_by_name, name_in
from bot.store import koffie as koffies
from bot.store import network, officials, tables
from bot.store.work import Workshop
from tests.support.tables import GEHEIM, Tables


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def blocked(workshop: Workshop, by: OfficialId) -> set[OfficialId]:
    async with workshop.read() as work:
        return set(await network.blocks_of(work, by))


async def posts(workshop: Workshop, official: OfficialId) -> int:
    async with workshop.read() as work:
        statement = select(func.count()).where(tables.Outbox.official_id == official)
        return int((await work.session.execute(statement)).scalar_one())


@pytest.mark.parametrize("blocker", [0, 1])
async def test_the_other_sees_an_open_koffie_as_before(
    workshop: Workshop, table: Tables, blocker: int
) -> None:
    pair = await table.pair()
    kept = await table.koffie(*pair, agreed=False)
    me, other = pair[blocker], pair[1 - blocker]
    before = await posts(workshop, other)
    async with workshop.write() as work:
        await block.block(work, me, other)
        await block.block(work, me, other)
    async with workshop.read() as work:
        found = await koffies.get(work, kept)
        assert found is not None
        assert visible(found.koffie, other, work.now).phase is Phase.OPEN
        assert visible(found.koffie, me, work.now).phase is Phase.LEFT
        assert me in await koffies.open_partners(work, other)
        assert await network.blocked_with(work, other) == {me}
    assert await posts(workshop, other) == before


async def test_other_koffies_stay(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    carla = await table.official(organisation=3)
    await table.koffie(anna, bram, agreed=False)
    kept = await table.koffie(anna, carla, agreed=False)
    async with workshop.write() as work:
        await block.block(work, anna, bram)
        found = await koffies.get(work, kept)
    assert found is not None
    assert not found.koffie.seat_of(anna).left


async def test_by_name_only_the_whole_name_counts(workshop: Workshop, table: Tables) -> None:
    anna = await table.official("Anna de Vries")
    bram = await table.official("Bram Jansen")
    hidden = await table.official("Bram Jansen")
    await table.official("Bram Jansen Klaassen")
    await table.official("Jansen")
    async with workshop.write() as work:
        await officials.change(work, hidden, findable=False)
        await block.block_by_name(work, anna, "Bram")
        await block.block_by_name(work, anna, "anna de vries")
        await block.block_by_name(work, anna, "piet puk")
    assert await blocked(workshop, anna) == set()
    async with workshop.write() as work:
        await block.block_by_name(work, anna, "bram JANSEN bij gemeente Barneveld")
    assert await blocked(workshop, anna) == {bram, hidden}
    async with workshop.write() as work:
        await block.unblock_by_name(work, anna, "Bram Jansen")
    assert await blocked(workshop, anna) == set()


async def test_whom_one_met(workshop: Workshop, table: Tables) -> None:
    anna = await table.official("Anna de Vries", organisation=1)
    bram = await table.official("Bram Jansen", organisation=2)
    carla = await table.official("Carla Peters", organisation=3)
    dirk = await table.official("Dirk Visser", organisation=4)
    await table.koffie(anna, bram, agreed=False)
    await table.koffie(anna, dirk, GEHEIM, agreed=False)
    async with workshop.write() as work:
        await network.add_tie(work, anna, carla, "declared", None)
        await officials.change(work, dirk, findable=False)
    async with workshop.read() as work:
        assert set(await met(work, anna)) == {bram, carla}
        assert await met_by_name(work, anna, "bram jansn") == [bram]
        assert await met_by_name(work, anna, "Peters bij provincie Gelderland") == [carla]
        assert await met_by_name(work, anna, "Dirk") == []
        assert await met(work, dirk) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Anna de Vries bij gemeente X", "Anna de Vries"),
        ("anna", "anna"),
        ("bij", "bij"),
        ("Jan at Rijnland", "Jan"),
    ],
)
def test_where_somebody_works_is_no_name(words: str, name: str) -> None:
    assert name_in(words) == name
