"""Ties, declarations, terms apart and blocks."""

from datetime import datetime, timedelta

import pytest

from bot.compose.clocks import DemoClock
from bot.store import network
from bot.store.network import DECLARATION_DAYS
from bot.store.work import Workshop
from tests.support.country import Country


async def test_a_tie_is_seen_from_both_sides_and_made_once(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        bram = await country.official(work, "Bram Vos", "Zwolle", "stikstof")
        assert await network.add_tie(work, bram, anna, "koffie", country.topics["stikstof"])
        assert not await network.add_tie(work, anna, bram, "round", None)
        assert await network.acquainted(work, anna) == {bram}
        assert await network.acquainted(work, bram) == {anna}
        (tie,) = await network.ties(work, anna)
        assert (tie.other, tie.source, tie.topic, tie.since) == (
            bram,
            "koffie",
            country.topics["stikstof"],
            work.now,
        )


async def test_nobody_is_tied_to_oneself(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        for act in (
            network.add_tie(work, anna, anna, "koffie", None),
            network.declare(work, anna, anna),
            network.keep_apart(work, anna, anna, None),
            network.block(work, anna, anna),
        ):
            with pytest.raises(ValueError, match="oneself"):
                await act


async def test_a_tie_needs_both_to_say_so(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram Vos", "Zwolle")
        assert not await network.declare(work, anna, bram)
        assert not await network.declare(work, anna, bram)
        assert await network.declared(work, anna, bram)
        assert not await network.declared(work, bram, anna)
        assert await network.acquainted(work, anna) == set()
        assert await network.declare(work, bram, anna)
        assert await network.acquainted(work, anna) == {bram}
        assert not await network.declared(work, anna, bram)


async def test_a_declaration_lapses(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram Vos", "Zwolle")
        await network.declare(work, anna, bram)
    clock.move(clock.now() + timedelta(days=DECLARATION_DAYS))
    async with workshop.write() as work:
        assert not await network.declared(work, anna, bram)
        assert not await network.declare(work, bram, anna)
        await network.clear_declarations(work)
        assert await network.declared(work, bram, anna)


async def test_the_longer_term_apart_stands(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    start = clock.now()
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        others = [
            await country.official(work, f"Bram {name}", "Zwolle") for name in ("Een", "Twee", "Drie", "Vier")
        ]
        day, week = start + timedelta(days=1), start + timedelta(days=7)
        kept: list[list[datetime | None]] = [[day, week], [week, day], [week, None], [None, day]]
        for other, terms in zip(others, kept, strict=True):
            for term in terms:
                await network.keep_apart(work, other, anna, term)
        assert await network.apart_from(work, anna) == set(others)
    clock.move(start + timedelta(days=2))
    async with workshop.write() as work:
        assert await network.apart_from(work, anna) == set(others)
    clock.move(start + timedelta(days=7))
    async with workshop.write() as work:
        await network.clear_apart(work)
        assert await network.apart_from(work, anna) == set(others[2:])
        assert await network.apart_from(work, others[3]) == {anna}


async def test_a_block_counts_either_way_and_is_the_blockers_to_lift(
    workshop: Workshop, country: Country
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram Vos", "Zwolle")
        await network.block(work, anna, bram)
        await network.block(work, anna, bram)
        assert await network.blocked_with(work, anna) == {bram}
        assert await network.blocked_with(work, bram) == {anna}
        assert await network.blocks_of(work, bram) == set()
        await network.unblock(work, bram, anna)
        assert await network.is_blocked(work, bram, anna)
        await network.unblock(work, anna, bram)
        assert not await network.is_blocked(work, anna, bram)
