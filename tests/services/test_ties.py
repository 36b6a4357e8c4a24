"""Ties over time: who is asked what and when, and that a no is written down nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TieId
from bot.domain.koffie import Answer, Happened
from bot.domain.tie import Outcome
from bot.jobs import Jobs
from bot.jobs.ties import JOB as DAILY
from bot.jobs.ties_ask import JOB as ASK
from bot.services import block, erasure, follow_up, koffie, my_data, ties
from bot.store import due, network, officials, openings, tables
from bot.store import koffie as koffies
from bot.store import ties as store
from bot.store.work import Work, Workshop
from tests.support.country import Country, me
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk

NOTHING = dict.fromkeys(Outcome, 0)

PLACES = ("Ede", "Zwolle", "waterschap Rivierenland", "provincie Gelderland", "Utrecht")


async def people(workshop: Workshop, country: Country, count: int) -> list[OfficialId]:
    async with workshop.write() as work:
        return [
            await country.official(work, f"Naam Nummer{chr(97 + n)}", PLACES[n % len(PLACES)], "stikstof")
            for n in range(count)
        ]


async def tie(workshop: Workshop, one: OfficialId, other: OfficialId, source: str = follow_up.TIE) -> TieId:
    async with workshop.write() as work:
        await network.add_tie(work, one, other, source, None)
        (made,) = [side.id for side in await store.of(work, one) if side.other == other]
        return made


async def live(workshop: Workshop, clock: DemoClock, days: int, step: int = 1) -> None:
    """Day after day, or after a ``step`` of days, the job that keeps ties up."""
    for _ in range(0, days, step):
        clock.move(clock.now() + timedelta(days=step))
        async with workshop.write() as work:
            await store.count_marks(work, 1000)
            assert await ties.ask_some(work, OfficialId(0)) is None


async def asked(workshop: Workshop) -> list[tuple[OfficialId, str, datetime]]:
    """Whom the bot asked what by itself, and when it goes out."""
    row = tables.Outbox
    async with workshop.read() as work:
        rows = await work.session.execute(
            select(row.official_id, row.business_key, row.not_before)
            .where(row.business_key.like("tie%"))
            .order_by(row.id)
        )
        return [(OfficialId(to or 0), str(key).split(":")[0], at) for to, key, at in rows]


async def questions(workshop: Workshop, kind: str = "tie") -> list[OfficialId]:
    return [to for to, what, _ in await asked(workshop) if what == kind]


async def rows(workshop: Workshop) -> list[Any]:
    """All that is kept of ties."""
    async with workshop.read() as work:
        return [
            tuple(row)
            for table in (tables.Acquaintance, tables.TieSide, tables.TieMark)
            for row in await work.session.execute(select(table.__table__))
        ]


async def test_each_is_asked_once_after_three_months(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    anna, bram = await people(workshop, country, 2)
    await tie(workshop, anna, bram)
    await live(workshop, clock, 91)
    assert await questions(workshop) == []
    await live(workshop, clock, 2)
    assert sorted(await questions(workshop)) == sorted([anna, bram])
    await live(workshop, clock, 200, step=5)
    assert len(await questions(workshop)) == 2


async def test_one_opening_a_week_over_everything_and_in_office_hours(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    anna, *others = await people(workshop, country, 4)
    for other in others:
        await tie(workshop, anna, other)
    clock.move(clock.now() + timedelta(days=91))
    async with workshop.write() as work:
        # She was spoken to this week for something else.
        assert await openings.take(work, anna, work.now)
    await live(workshop, clock, 40)
    moments = [at for to, _, at in await asked(workshop) if to == anna]
    assert len(moments) == len(others)
    weeks = [at.isocalendar()[:2] for at in moments]
    assert len(set(weeks)) == len(weeks)
    assert all(workshop.hours.next_office_moment(at) == at for at in moments)


async def test_a_no_is_written_down_nowhere(desk: Desk) -> None:
    anna, bram = await desk.joins("anna"), await desk.joins("bram", "waterschap Rivierenland")
    workshop = desk.bench.workshop
    await tie(workshop, anna, bram)
    question = await three_months_on(desk, "anna")
    assert "Bram van Dijk (waterschap Rivierenland)" in question
    before = await rows(workshop)
    assert "Wil je weer eens koffie?" in await desk.says("anna", "nee")
    assert "Prima" in await desk.says("anna", "nu niet")
    assert await rows(workshop) == before
    assert "Fijn om te horen." in await desk.says("bram", "ja")
    assert await rows(workshop) != before


async def test_a_koffie_again_does_not_ask_whether_they_know_each_other(desk: Desk) -> None:
    anna, bram = await desk.joins("anna"), await desk.joins("bram", "waterschap Rivierenland")
    await tie(desk.bench.workshop, anna, bram)
    await three_months_on(desk, "anna")
    await desk.says("anna", "nee", "weer eens koffie")
    await desk.bench.later(days=7)
    for user in ("anna", "bram"):
        assert any("Jullie kennen elkaar al." in seen for seen in desk.bench.seen(user))
    answers = [line for post in desk.bench.posts for line in post["lines"] if line.startswith("1 Graag")]
    assert set(answers) == {"1 Graag   2 Nu even niet"}


async def three_months_on(desk: Desk, user: str) -> str:
    """Until somebody is asked about a tie; other questions have their weeks too."""
    await desk.bench.later(days=93)
    for _ in range(5):
        for seen in desk.bench.seen(user):
            if "Spreken jullie elkaar nog weleens?" in seen:
                return seen
        await desk.bench.later(days=7)
    raise AssertionError("nothing was asked")


async def test_what_one_says_shows_to_the_other_in_nothing(desk: Desk) -> None:
    """Bram's answer changes his own list only; Anna's reads as it did."""
    anna, bram = await desk.joins("anna"), await desk.joins("bram", "waterschap Rivierenland")
    await tie(desk.bench.workshop, anna, bram)
    await three_months_on(desk, "bram")
    await desk.says("bram", "ja")
    await desk.bench.later(days=120)
    mine, yours = await desk.says("anna", "nog-contact"), await desk.says("bram", "nog-contact")
    assert "1 stil" in mine
    assert "Voor het laatst in november 2026." in mine
    assert "1 nieuw" in yours
    assert await desk.says("anna", "wie heb ik lang niet gesproken?") == mine


async def test_without_you_too_ends_the_questions_for_both_and_counts(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    pairs = [(await people(workshop, country, 2)) for _ in range(5)]
    made = [await tie(workshop, one, other) for one, other in pairs]
    clock.move(clock.now() + timedelta(days=95))
    for (anna, _), number in zip(pairs, made, strict=True):
        async with workshop.write() as work:
            await ties.spoke(work, anna, [number], alone=True)
    await live(workshop, clock, 406, step=7)
    assert await asked(workshop) == []
    async with workshop.read() as work:
        found = await store.marks(work)
    assert found[3] == {Outcome.ALIVE: 0, Outcome.ALONE: 5, Outcome.QUIET: 0}
    assert found[12] == found[3]
    assert found[24] == NOTHING


@pytest.mark.parametrize("why", ["switched off", "paused", "blocks", "declared", "invited", "erased"])
async def test_who_is_not_asked(workshop: Workshop, country: Country, clock: DemoClock, why: str) -> None:
    anna, bram = await people(workshop, country, 2)
    source = {"declared": network.DECLARED, "invited": network.INVITED}.get(why, follow_up.TIE)
    await tie(workshop, anna, bram, source)
    async with workshop.write() as work:
        match why:
            case "switched off":
                await officials.change(work, anna, nudges_off=[ties.CONTACT])
            case "paused":
                await officials.change(work, anna, requests=False)
            case "blocks":
                await block.block(work, anna, bram)
            case "erased":
                await erasure.erase(work, bram)
    await live(workshop, clock, 100)
    assert await questions(workshop) == ([bram] if why in {"switched off", "paused", "blocks"} else [])
    if why == "paused":
        async with workshop.write() as work:
            await officials.change(work, anna, requests=True)
        await live(workshop, clock, 7)
        assert await questions(workshop) == [bram, anna]


async def test_once_a_year_one_list_of_all(desk: Desk) -> None:
    anna = await desk.joins("anna")
    workshop = desk.bench.workshop
    others = await people(workshop, desk.country, 3)
    for other, source in zip(others, (network.DECLARED, network.INVITED, follow_up.TIE), strict=True):
        await tie(workshop, anna, other, source)
    for _ in range(4):
        await desk.bench.later(days=90)
        await desk.says("anna", "over")
        await give_a_sign(workshop, others)
    assert listed_to(desk, "anna") == []
    await desk.bench.later(days=7)
    (question,) = listed_to(desk, "anna")
    assert "Je kent hier 3 collega's." in question
    assert "Wie sprak je het afgelopen jaar?" in await desk.says("anna", "afvinken")
    assert "Typ de nummers of de namen" in await desk.says("anna", "4")
    assert "je spreekt nog 2 collega's" in await desk.says("anna", "1 3")
    assert "Ik vraag er niet meer naar" in await desk.says("anna", "ja, dat gaat goed")
    assert "2 op eigen benen en 1 stil" in await desk.says("anna", "nog-contact")
    for _ in range(2):
        await desk.bench.later(days=150)
        await desk.says("anna", "over")
        await give_a_sign(workshop, others)
    await desk.bench.later(days=50)
    assert len(listed_to(desk, "anna")) == 1
    await desk.bench.later(days=30)
    await desk.bench.later(days=2)
    (_, question) = listed_to(desk, "anna")
    # Of one that is left it is asked by name, and one word answers it.
    assert "Spreken jij en Naam Nummerb (gemeente Zwolle) elkaar nog weleens?" in question
    assert "Wil je weer eens koffie?" in await desk.says("anna", "nee")
    assert "Prima. Later kan het ook" in await desk.says("anna", "nee")
    assert "jullie spreken elkaar nog" in await desk.says("anna", "nog-contact", "afvinken", "iedereen")


async def give_a_sign(workshop: Workshop, some: Sequence[OfficialId]) -> None:
    """Who gives none for a year is erased."""
    async with workshop.write() as work:
        for official in some:
            await officials.touch(work, official)


def listed_to(desk: Desk, user: str) -> list[str]:
    return [seen for seen in desk.bench.seen(user) if "Eens per jaar kijk ik" in seen]


async def test_they_are_asked_some_at_a_time(
    workshop: Workshop, country: Country, clock: DemoClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, each unit of work is short, and nobody is left out."""
    monkeypatch.setattr(ties, "_AT_ONCE", 2)
    pairs = [await people(workshop, country, 2) for _ in range(3)]
    for one, other in pairs:
        await tie(workshop, one, other)
    clock.move(clock.now() + timedelta(days=93))
    clockwork = Jobs(workshop, [DAILY, ASK])
    async with workshop.write() as work:
        await due.schedule(work, "daily:ties:first", DAILY.kind, work.now)
    assert await clockwork.run_due() == 1 + 4
    assert sorted(await questions(workshop)) == sorted(official for pair in pairs for official in pair)
    assert await clockwork.run_due() == 0


async def test_what_one_said_is_told_to_oneself_alone(workshop: Workshop, country: Country) -> None:
    anna, bram = await people(workshop, country, 2)
    number = await tie(workshop, anna, bram)
    async with workshop.write() as work:
        await ties.spoke(work, anna, [number])
        (said,) = (await my_data.collect(work, anna))["still_in_touch"]
        assert said["with"]["name"] == "Naam Nummerb"
        assert (said["spoke_at"], said["asked_at"]) == (work.now, None)
        assert (await my_data.collect(work, bram))["still_in_touch"] == []


async def test_nobody_answers_for_another(workshop: Workshop, country: Country) -> None:
    anna, bram, carla = await people(workshop, country, 3)
    number = await tie(workshop, anna, bram)
    async with workshop.write() as work:
        with pytest.raises(KoffieError, match="tie-gone"):
            await ties.mine(work, carla, number)
    before = await rows(workshop)
    async with workshop.write() as work:
        await ties.spoke(work, carla, [number], alone=True)
    assert await rows(workshop) == before


async def test_a_koffie_again_asks_both_and_is_a_sign_of_both(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    anna, bram = await people(workshop, country, 2)
    number = await tie(workshop, anna, bram)
    clock.move(clock.now() + timedelta(days=300))
    async with workshop.write() as work:
        await ties.ask_again(work, await me(work, anna), number)
        (kept,) = await koffies.running(work, anna)
        assert [reason.key for reason in kept.why] == ["koffie-why-again"]
        assert all(place.asked for place in kept.places.values())
        for official in (anna, bram):
            await koffie.answer(work, official, kept.id, Answer.YES)
        await follow_up.ask(work, kept.id)
        for official in (anna, bram):
            await follow_up.answer(work, kept.id, official, Happened.HAPPENED)
        now = work.now
    async with workshop.read() as work:
        for official in (anna, bram):
            assert [side.life.last_sign for side in await store.of(work, official)] == [now]
            assert [one.source for one in await network.ties(work, official)] == [follow_up.TIE]


async def test_ties_are_counted_without_persons_and_from_five_on(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    columns = {column.name: column for column in tables.TieMark.__table__.columns}
    assert set(columns) == {"month", "age", "outcome", "count"}
    assert not any(column.foreign_keys for column in columns.values())
    pairs = [await people(workshop, country, 2) for _ in range(6)]
    made = [await tie(workshop, one, other) for one, other in pairs]
    await tie(workshop, pairs[0][0], pairs[1][0], network.INVITED)
    clock.move(clock.now() + timedelta(days=100))
    for (anna, _), number in zip(pairs[:3], made, strict=False):
        async with workshop.write() as work:
            await ties.spoke(work, anna, [number])
    async with workshop.write() as work:
        await erasure.erase(work, pairs[5][0])
    assert await marked(workshop) == [NOTHING, NOTHING, NOTHING]
    await live(workshop, clock, 25)
    assert await marked(workshop) == [
        {Outcome.ALIVE: 3, Outcome.ALONE: 0, Outcome.QUIET: 3},
        NOTHING,
        NOTHING,
    ]


async def marked(workshop: Workshop) -> Sequence[Any]:
    async with workshop.read() as work:
        return list((await store.marks(work)).values())


async def overview(work: Work, official: OfficialId) -> str:
    return (await ties.overview(work, official)).model_dump_json()


async def test_what_is_stored_and_shown_holds_no_names(workshop: Workshop, country: Country) -> None:
    anna, bram = await people(workshop, country, 2)
    await tie(workshop, anna, bram)
    async with workshop.write() as work:
        assert "Nummer" not in await overview(work, anna)
        field = await ties.tick_list(work, anna, await ties.to_tick(work, anna))
        assert len(field.options) == 1
        assert "Nummer" not in field.model_dump_json()
