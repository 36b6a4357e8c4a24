"""The overview of a real database: published once a month, and with nothing in it about anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import delete

from bot.compose.clocks import DemoClock
from bot.domain.koffie import Answer
from bot.domain.overview import (
    ANYONE,
    DAYS_TO_KOFFIE,
    DAYS_TO_YES,
    DRUNK,
    ENDED,
    Asked,
    Figure,
    Kind,
    Month,
    Reach,
    publish,
)
from bot.jobs import Jobs, overview_month
from bot.services import overview
from bot.store import channel, feeling, network, tables
from bot.store import overview as store
from bot.store.work import Workshop
from tests.support.databases import on_both as on_both
from tests.support.tables import GEHEIM, STIKSTOF, Tables
from tests.support.workshop import AMSTERDAM

NOVEMBER, DECEMBER = date(2026, 11, 1), datetime(2026, 12, 1, 9, tzinfo=AMSTERDAM)


@pytest.fixture
async def town(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def published(workshop: Workshop) -> Month:
    async with workshop.write() as work:
        await overview.publish(work)
        return (await overview.months(work))[-1]


async def true_counts(workshop: Workshop) -> dict[tuple[str, ...], int]:
    async with workshop.read() as work:
        return {figure: tally.count for figure, tally in (await store.tallies(work)).items()}


async def test_an_empty_network_has_an_empty_overview(workshop: Workshop) -> None:
    month = await published(workshop)
    assert (month.day, month.figures) == (date(2026, 11, 24), {})


async def test_few_are_hidden_and_so_are_their_topic_province_and_size(
    workshop: Workshop, town: Tables
) -> None:
    for _ in range(6):
        await town.official(organisation=1)
    for _ in range(4):
        await town.official(organisation=2)
    counts = await true_counts(workshop)
    assert counts[Kind.OFFICIALS, "gemeente"] == 6
    assert counts[Kind.ON_TOPIC, "stikstof", "waterschap"] == 4
    month = await published(workshop)
    hidden = {figure for figure in counts if figure not in month.figures}
    assert hidden >= {figure for figure, count in counts.items() if count < 5}
    assert month.get("officials", "waterschap") is None
    assert month.get("officials", "gemeente") is not None
    assert min(month.figures.values()) >= 5


async def test_a_total_minus_the_rest_is_a_guess_on_a_real_network_too(
    workshop: Workshop, town: Tables
) -> None:
    """Over all keys that an instance could have, who subtracts is right a third of the time at most."""
    for organisation, people in ((1, 9), (2, 3), (3, 7)):
        for _ in range(people):
            await town.official(organisation=organisation)
    async with workshop.read() as work:
        tallies = await store.tallies(work)
    layers = [(Kind.OFFICIALS, layer) for layer in ("gemeente", "provincie")]
    rest = [
        figures[Kind.OFFICIALS,] - sum(figures[layer] for layer in layers)
        for key in range(400)
        for figures in [publish({}, tallies, {}, 5, partial(_dice, key)).figures]
    ]
    assert tallies[Kind.OFFICIALS,].count - sum(tallies[layer].count for layer in layers) == 3
    assert rest.count(3) < 400 / 3
    assert {1, 2, 4, 5} <= set(rest)


def _dice(key: int, figure: Figure) -> Random:
    return Random(f"{key} {figure}")


async def test_ties_are_counted_by_layers_and_topic_unless_one_person_is_behind_them(
    workshop: Workshop, town: Tables
) -> None:
    ones = [await town.official(organisation=1) for _ in range(6)]
    others = [await town.official(organisation=2) for _ in range(6)]
    hub = await town.official(organisation=3)
    async with workshop.write() as work:
        for one, other in zip(ones, others, strict=True):
            await network.add_tie(work, one, other, "koffie", STIKSTOF)
            await network.add_tie(work, one, hub, network.DECLARED, None)
    async with workshop.read() as work:
        tallies = await store.tallies(work)
    assert tallies[Kind.TIES, "gemeente", "waterschap"].count == 6
    assert tallies[Kind.MET, "gemeente", "waterschap"].people == 6
    assert tallies[Kind.TOPIC_TIES, "stikstof", "gemeente", "waterschap"].count == 6
    assert (
        tallies[Kind.TIES, "provincie", "gemeente"].count,
        tallies[Kind.TIES, "provincie", "gemeente"].people,
    ) == (6, 1)
    assert (Kind.MET, "provincie", "gemeente") not in tallies
    month = await published(workshop)
    assert month.get("ties", "gemeente", "waterschap") is not None
    assert month.get("ties", "provincie", "gemeente") is None


async def test_of_a_sensitive_topic_nothing_is_published(workshop: Workshop, town: Tables) -> None:
    """Neither who is in it, nor who takes part in its rounds, nor who was asked there."""
    people = [await town.official() for _ in range(12)]
    async with workshop.write() as work:
        for topic in (STIKSTOF, GEHEIM):
            made, _ = await channel.make(work, topic)
            for one in people:
                await channel.join(work, made.id, one)
    month = await published(workshop)
    assert month.get(Kind.MEMBERS, "stikstof") is not None
    assert not [figure for figure in month.figures if "geheim" in figure]


async def test_nobody_sees_a_figure_change_the_day_that_somebody_joins(
    workshop: Workshop, town: Tables, clock: DemoClock
) -> None:
    for _ in range(7):
        await town.official(organisation=1)
    before = await published(workshop)
    for _ in range(7):
        await town.official(organisation=1)
    assert await published(workshop) == before
    clock.move(DECEMBER)
    after = await published(workshop)
    assert after.day == DECEMBER.date()
    assert after.figures != before.figures


async def test_a_month_in_which_few_joined_repeats_the_month_before(
    workshop: Workshop, town: Tables, clock: DemoClock
) -> None:
    for _ in range(7):
        await town.official(organisation=1)
    before = await published(workshop)
    for _ in range(4):
        await town.official(organisation=1)
    clock.move(DECEMBER)
    assert (await published(workshop)).figures == before.figures


async def test_a_backup_put_back_gives_the_same_figures(workshop: Workshop, town: Tables) -> None:
    for _ in range(9):
        await town.official(organisation=1)
    before = await published(workshop)
    async with workshop.write() as work:
        await work.session.execute(delete(tables.Overview))
    assert await published(workshop) == before


async def test_a_no_changes_nothing_before_it_shows(workshop: Workshop, town: Tables) -> None:
    one, other = await town.pair()
    kept = await town.koffie(one, other, agreed=False)
    asked = await true_counts(workshop)
    await town.answer(kept, other, Answer.NOT_NOW)
    assert await true_counts(workshop) == asked
    assert (asked[ENDED], asked[DRUNK]) == (0, 0)


async def test_who_can_call_somebody_is_counted_without_who(workshop: Workshop) -> None:
    async with workshop.write() as work:
        for reach, times in ((Reach.NOBODY, 8), (Reach.FEW, 3), (Reach.MORE, 4)):
            for _ in range(times):
                await feeling.add_reach(work, Asked.START, reach)
    counts = await true_counts(workshop)
    assert counts[Kind.FELT, Asked.START] == 15
    assert counts[Kind.FELT, Asked.START, ANYONE] == 7
    month = await published(workshop)
    assert (Kind.FELT, Asked.START, Reach.FEW) not in month.figures
    assert month.share((Kind.FELT, Asked.START, ANYONE), (Kind.FELT, Asked.START)) in range(20, 80, 5)


@pytest.mark.parametrize(("koffies", "told"), [(19, False), (20, True), (40, True)])
def test_days_are_told_from_twenty_koffies_on(koffies: int, told: bool) -> None:  # noqa: FBT001 - a parameter
    days = {DAYS_TO_YES: [2] * koffies, DAYS_TO_KOFFIE: []}
    figures = publish({}, {}, days, 5, partial(_dice, 1)).figures
    assert (DAYS_TO_YES in figures) == told
    assert DAYS_TO_KOFFIE not in figures
    assert not told or abs(figures[DAYS_TO_YES] - 2) <= 1


async def test_working_days_run_from_the_request_to_the_second_yes(workshop: Workshop) -> None:
    friday = datetime(2026, 11, 20, 16, tzinfo=AMSTERDAM)
    async with workshop.write() as work:
        koffie = tables.Koffie(
            id=1,
            state="drunk",
            requested_at=friday,
            asked_at=friday,
            remind_at=friday,
            term_at=friday,
            agreed_at=friday + timedelta(days=4),
            closed_at=work.now,
        )
        work.session.add(koffie)
        await work.session.flush()
        assert await overview.durations(work) == {DAYS_TO_YES: [2], DAYS_TO_KOFFIE: []}


async def test_the_job_publishes_each_month_once(workshop: Workshop, clock: DemoClock) -> None:
    jobs = Jobs(workshop, [overview_month.JOB])
    await jobs.start()
    for day in (25, 26, 30):
        clock.move(datetime(2026, 11, day, 12, tzinfo=AMSTERDAM))
        await jobs.run_due()
    clock.move(DECEMBER)
    await jobs.run_due()
    async with workshop.read() as work:
        assert [month.day for month in await store.months(work)] == [date(2026, 11, 25), date(2026, 12, 1)]


async def test_what_a_month_stands_on_is_sealed_and_forgotten(
    workshop: Workshop, town: Tables, clock: DemoClock
) -> None:
    for _ in range(7):
        await town.official(organisation=1)
    await published(workshop)
    async with workshop.read() as work:
        assert (await store.standings(work))[Kind.OFFICIALS,].counted == 7
    clock.move(DECEMBER)
    await published(workshop)
    async with workshop.read() as work:
        first = await work.session.get_one(tables.Overview, NOVEMBER)
        assert first.sealed is None
