"""The network in numbers tells nothing of anybody, and nothing of a no."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bot.domain.koffie import Answer
from bot.store import network
from bot.store.measures import Measures, measures
from bot.store.work import Workshop
from tests.support.tables import STIKSTOF, Tables


@pytest.fixture
async def tables(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def measured(workshop: Workshop) -> Measures:
    async with workshop.read() as work:
        return await measures(work)


async def test_an_empty_network_is_empty(workshop: Workshop) -> None:
    found = await measured(workshop)
    assert (found.officials, found.organisations, found.koffies_open) == ({}, 0, 0)


async def test_few_people_are_left_out(workshop: Workshop, tables: Tables) -> None:
    for _ in range(5):
        await tables.official(organisation=1)
    await tables.official(organisation=2)
    found = await measured(workshop)
    assert found.officials == {"gemeente": 5, "waterschap": None}
    assert found.organisations == 2


async def test_ties_are_counted_by_the_layers_that_they_join(workshop: Workshop, tables: Tables) -> None:
    gemeente = [await tables.official(organisation=1) for _ in range(5)]
    waterschap = await tables.official(organisation=2)
    async with workshop.write() as work:
        for one in gemeente:
            await network.add_tie(work, waterschap, one, "koffie", STIKSTOF)
    assert (await measured(workshop)).ties == {"gemeente waterschap": 5}


async def test_topics_tell_which_layers_they_lack(workshop: Workshop, tables: Tables) -> None:
    for organisation in (1, 2, 3):
        await tables.official(organisation=organisation, topics=(STIKSTOF,))
    found = await measured(workshop)
    assert found.topics_without["stikstof"] == ["rijk"]
    assert found.topics_without["geheim"] == ["gemeente", "provincie", "rijk", "waterschap"]
    await tables.official(organisation=4, topics=(STIKSTOF,))
    found = await measured(workshop)
    assert "stikstof" not in found.topics_without
    assert found.topics_with_all_layers == 1


async def test_a_no_and_a_silence_measure_the_same(workshop: Workshop, tables: Tables) -> None:
    one, other = await tables.pair()
    kept = await tables.koffie(one, other, agreed=False)
    asked = asdict(await measured(workshop))
    assert asked["koffies_open"] == 1
    await tables.answer(kept, other, Answer.NOT_NOW)
    assert asdict(await measured(workshop)) == asked
    await tables.answer(kept, one, Answer.YES)
    assert asdict(await measured(workshop)) == asked


async def test_a_yes_of_both_is_an_agreed_koffie(workshop: Workshop, tables: Tables) -> None:
    one, other = await tables.pair()
    await tables.koffie(one, other)
    found = await measured(workshop)
    assert (found.koffies_open, found.koffies_agreed, found.koffies_lapsed) == (0, 1, 0)
    # One koffie's days would be somebody's days.
    assert found.median_days_to_koffie is None
