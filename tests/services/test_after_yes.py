"""What both get once everybody said yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.chat.message import Block, Heading, Items
from bot.compose.clocks import DemoClock
from bot.domain.ids import KoffieId, OfficialId
from bot.i18n.text import Text
from bot.services import after_yes
from bot.services.rules_of_play import RULES
from bot.store import tables
from bot.store.work import Workshop
from tests.support.tables import STIKSTOF, Tables


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def blocks(workshop: Workshop, kept: KoffieId, *readers: OfficialId) -> tuple[Block, ...]:
    async with workshop.write() as work:
        return await after_yes.blocks(work, kept, *readers)


def starters(made: tuple[Block, ...]) -> list[str]:
    return [
        span.key
        for block in made
        if isinstance(block, Items)
        for item in block.items
        for span in item
        if isinstance(span, Text) and span.key.startswith("starter-")
    ]


async def test_both_read_the_same_starters(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    one, other = await blocks(workshop, kept, anna), await blocks(workshop, kept, bram)
    assert starters(one) == starters(other)
    assert len(set(starters(one))) == 2
    assert one[0] == Heading(span=Text(key="after-yes-why", params={"count": 2}))


async def test_starters_do_not_come_back_soon(workshop: Workshop, table: Tables) -> None:
    anna = await table.official(organisation=1)
    seen: list[str] = []
    for _ in range(2):
        bram = await table.official(organisation=2)
        seen += starters(await blocks(workshop, await table.koffie(anna, bram), anna))
    assert len(set(seen)) == len(seen) == 4


async def test_the_rules_of_play_are_shown_once(workshop: Workshop, table: Tables, clock: DemoClock) -> None:
    anna, bram = await table.pair()
    carla = await table.official(organisation=3)
    first = await table.koffie(anna, bram)
    assert RULES in await blocks(workshop, first, anna)
    assert RULES in await blocks(workshop, first, bram)
    clock.move(clock.now() + timedelta(days=1))
    second = await table.koffie(carla, anna)
    assert RULES not in await blocks(workshop, second, anna)
    assert RULES in await blocks(workshop, second, anna, carla)


async def test_the_rules_are_five(workshop: Workshop, table: Tables) -> None:
    assert len(RULES.items) == 5


async def test_a_koffie_without_topic_has_starters_too(workshop: Workshop, table: Tables) -> None:
    anna = await table.official(organisation=1, topics=[STIKSTOF])
    bram = await table.official(organisation=2, topics=[])
    kept = await table.koffie(anna, bram, None)
    assert len(starters(await blocks(workshop, kept, bram))) == 2


async def test_the_look_back_is_noted_once(workshop: Workshop, table: Tables, clock: DemoClock) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    async with workshop.read() as work:
        rows = await work.session.execute(select(tables.Due.due_at).where(tables.Due.kind == "follow-up"))
        (due_at,) = rows.scalars()
        assert (due_at - work.now).days == work.rules.look_back_after_days
        assert work.hours.next_office_moment(due_at) == due_at
    assert kept
