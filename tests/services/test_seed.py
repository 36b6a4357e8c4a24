"""Invented officials: the demo's cast, and seeds of them in realistic shares, on both databases."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from bot.domain.ids import OfficialId
from bot.domain.invented import LAYER_SHARES
from bot.domain.layer import Layer
from bot.services import cast, demo
from bot.services.seed import SeedRefused, seed
from bot.store import involvements, network, officials, people, state, tables
from bot.store.work import Work, Workshop

SOME = 400


async def everybody(work: Work) -> list[OfficialId]:
    rows = await work.session.execute(select(tables.Official.id).order_by(tables.Official.id))
    return [OfficialId(official) for official in rows.scalars()]


async def portraits(work: Work) -> Counter[tuple[object, ...]]:
    """Everybody with what they work on and how many they know, whatever their ids."""
    official, tie = tables.Official, tables.Acquaintance
    rows = await work.session.execute(
        select(
            official.id, official.name, official.organisation_id, official.role, official.findable,
            official.requests, official.introduces, official.joined_at,
        )
    )  # fmt: skip
    ties = await work.session.execute(select(tie.low_id, tie.high_id))
    known = Counter(official for pair in ties for official in pair)
    return Counter(
        [
            (*rest, known[number], tuple(await involvements.of(work, OfficialId(number))))
            for number, *rest in rows
        ]
    )


async def test_a_seed_fills_the_shares(workshop: Workshop) -> None:
    told: list[tuple[int, int]] = []
    ties = await seed(workshop, SOME, 1, lambda done, total: told.append((done, total)), platform="elsewhere")
    assert told[-1] == (SOME, SOME)
    async with workshop.read() as work:
        found = [await officials.get(work, one) for one in await everybody(work)]
        assert len(found) == SOME
        layers = Counter(one.layer for one in found if one is not None)
        for layer, share in LAYER_SHARES.items():
            assert abs(layers[layer] / SOME - share / 100) < 0.07
        assert layers[Layer.OVERIG] == 0
        stated = [await involvements.of(work, one.id) for one in found if one is not None]
        assert {len(topics) for topics in stated} == {1, 2, 3, 4}
        popular = Counter(topic for topics in stated for topic, _ in topics).most_common()
        assert popular[0][1] > 5 * popular[len(popular) // 2][1]
        count = await work.session.execute(select(func.count()).select_from(tables.Acquaintance))
        assert count.scalar_one() == ties > SOME


async def test_the_same_seed_invents_the_same_people(workshop: Workshop) -> None:
    await seed(workshop, 50, 3, platform="elsewhere")
    async with workshop.read() as work:
        once = await portraits(work)
    await seed(workshop, 50, 3, platform="elsewhere")
    async with workshop.read() as work:
        assert await portraits(work) == once + once


async def test_other_seeds_invent_others(workshop: Workshop) -> None:
    await seed(workshop, 50, 3, platform="elsewhere")
    async with workshop.read() as work:
        first = await portraits(work)
    await seed(workshop, 50, 4, platform="elsewhere")
    async with workshop.read() as work:
        second = await portraits(work) - first
    assert second.total() == 50
    assert not second & first


async def test_the_copies_are_those_of_the_officials(workshop: Workshop) -> None:
    """A seed writes in bulk what registering writes one by one: renewing it changes nothing."""
    await seed(workshop, SOME, 1, platform="elsewhere")
    async with workshop.write() as work:
        copies = select(tables.Involvement.id, tables.Involvement.layer, tables.Involvement.active).order_by(
            tables.Involvement.id
        )
        before = (await work.session.execute(copies)).all()
        for one in await everybody(work):
            await involvements.refresh(work, one)
        assert (await work.session.execute(copies)).all() == before


async def test_the_invented_are_found_by_name_and_played_by_account(workshop: Workshop) -> None:
    await seed(workshop, SOME, 1, platform="elsewhere")
    async with workshop.read() as work:
        players = await cast.players(work, "elsewhere")
        assert len({player.account.user for player in players}) == len(players) == SOME
        for player in players[:20]:
            found = [await officials.get(work, one) for one in await people.find(work, player.name, 50)]
            names = {one.name for one in found if one is not None}
            # Who is not findable is not found.
            assert player.name in names or not names


async def test_no_invented_person_joins_real_ones(workshop: Workshop) -> None:
    await seed(workshop, 3, 1, platform="elsewhere")
    async with workshop.write() as work:
        await work.session.execute(tables.Meta.__table__.delete())  # type: ignore[attr-defined]
    with pytest.raises(SeedRefused):
        await seed(workshop, 3, 1, platform="elsewhere")
    async with workshop.read() as work:
        assert len(await everybody(work)) == 3
        assert await demo.holds_real_officials(work)


async def test_the_cast_is_invented_at_real_organisations(workshop: Workshop) -> None:
    async with workshop.write() as work:
        await demo.prepare(work, "elsewhere")
    async with workshop.read() as work:
        assert await demo.is_demo(work)
        assert not await demo.holds_real_officials(work)
        found = [await officials.get(work, one) for one in await everybody(work)]
        known = [one for one in found if one is not None]
        assert 40 <= len(known) <= 60
        assert {one.layer for one in known} == set(Layer)
        invented = await work.session.execute(select(func.count()).where(tables.Official.invented))
        assert invented.scalar_one() == len(known)
        topics = {topic for one in known for topic, _ in await involvements.of(work, one.id)}
        assert len(topics) >= 12
        assert all(
            [await network.acquainted(work, one.id) for one in known if one.name == "Fatima el Amrani"]
        )
        assert len(await cast.players(work, "elsewhere")) == len(known)


async def test_a_demo_is_prepared_once(workshop: Workshop) -> None:
    for _ in range(2):
        async with workshop.write() as work:
            await demo.prepare(work, "elsewhere")
    async with workshop.read() as work:
        assert len(await everybody(work)) == len(await _names(workshop))


async def test_a_seeded_database_gets_its_cast_at_the_next_start(workshop: Workshop) -> None:
    await seed(workshop, 20, 1, platform="elsewhere")
    async with workshop.write() as work:
        await demo.prepare(work, "elsewhere")
        assert await state.meta(work, "demo") is not None
    assert "Fatima el Amrani" in await _names(workshop)
    assert len(await _names(workshop)) > 60


async def _names(workshop: Workshop) -> set[str]:
    async with workshop.read() as work:
        return {player.name for player in await cast.players(work, "elsewhere")}
