"""Who is away by their own status sits out rounds until then, and nobody else hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.chat.address import Account, Direct
from bot.chat.inbound import Away, Inbound
from bot.store import officials, tables
from tests.support.rounds import FIRST, PEOPLE, Rounds, at, rounds
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM

WEEK = timedelta(weeks=1)
BACK = at("2026-12-05 23:59")
"""A Saturday."""


async def test_rounds_are_skipped_until_then_and_go_on_by_themselves(here: Rounds) -> None:
    before = {person.name: len(here.town.read_by(person)) for person in PEOPLE}
    await here.town.status(ANNA, BACK)
    assert here.town.last(ANNA) == (
        "Je status zegt dat je er even niet bent. Tot maandag 7 december sla ik de rondes voor je over."
        " Doe je toch liever mee? Typ verder."
    )
    assert {person.name: len(here.town.read_by(person)) for person in PEOPLE} == before | {
        ANNA.name: before[ANNA.name] + 1
    }
    await here.hold_first()
    assert here.asked(ANNA) == []
    await here.town.until(FIRST + WEEK)
    assert len(here.asked(ANNA)) == 1


async def test_it_is_told_once_an_absence(here: Rounds) -> None:
    for until in (BACK, BACK, BACK + WEEK, BACK):
        await here.town.status(ANNA, until)
    assert here.town.all_text(ANNA).count("Je status zegt") == 1


async def test_back_early_and_short_absences_miss_nothing(here: Rounds) -> None:
    await here.town.status(ANNA, BACK)
    await here.town.status(ANNA, None)
    await here.town.until(FIRST - timedelta(hours=2))
    await here.town.status(BRAM, FIRST + timedelta(hours=10))
    await here.hold_first()
    assert [len(here.asked(person)) for person in (ANNA, BRAM)] == [1, 1]


async def test_verder_takes_part_whatever_that_status_says(here: Rounds) -> None:
    await here.town.status(ANNA, BACK)
    await here.town.say(ANNA, "verder")
    assert here.town.last(ANNA) == "Fijn dat je er weer bent. Dit staat weer aan: rondes."
    # The same status comes again with each other change of the profile.
    await here.town.status(ANNA, BACK)
    await here.hold_first()
    assert len(here.asked(ANNA)) == 1
    # Another status is another absence.
    await here.town.status(ANNA, BACK + WEEK)
    await here.town.until(FIRST + WEEK)
    assert len(here.asked(ANNA)) == 1
    assert here.town.all_text(ANNA).count("Je status zegt") == 2


async def test_the_end_of_a_pause_does_not_end_an_absence(here: Rounds) -> None:
    await here.town.say(ANNA, "pauze rondes tot 27 november")
    await here.town.status(ANNA, BACK)
    await here.hold_first()
    assert "Je pauze is voorbij" in here.town.all_text(ANNA)
    assert here.asked(ANNA) == []


async def test_of_who_is_not_registered_nothing_is_kept(here: Rounds) -> None:
    stranger = Account(platform="town", tenant="t", user="stranger")
    event = Inbound(
        key="away-1",
        actor=stranger,
        where=Direct(account=stranger),
        content=Away(until=BACK),
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )
    async with here.town.workshop.read() as work:
        before = (await work.session.execute(select(func.count()).select_from(tables.Inbox))).scalar_one()
    await here.town.dispatcher.put([event])
    async with here.town.workshop.read() as work:
        after = (await work.session.execute(select(func.count()).select_from(tables.Inbox))).scalar_one()
    assert after == before


async def test_a_status_is_no_sign_of_life_and_goes_with_the_person(here: Rounds) -> None:
    anna = here.town.ids[ANNA.name]
    async with here.town.workshop.read() as work:
        sign = await officials.last_sign_at(work, anna)
    await here.town.wait(timedelta(days=1))
    await here.town.status(ANNA, BACK)
    async with here.town.workshop.read() as work:
        assert await officials.last_sign_at(work, anna) == sign
    await here.town.say(ANNA, "wis-mij")
    await here.town.press(ANNA, "Wis alles")
    async with here.town.workshop.read() as work:
        row = (
            await work.session.execute(
                select(tables.Official.away_until, tables.Official.spoken, tables.Official.state).where(
                    tables.Official.id == anna
                )
            )
        ).one()
    assert tuple(row) == (None, [], "erased")


async def test_who_share_no_language_are_not_introduced_until_one_says_to_speak_it(
    database_url: str,
) -> None:
    async with rounds(database_url, (ANNA, BRAM)) as here:
        await here.town.say(ANNA, "profiel talen fries")
        await here.hold_first()
        assert await here.koffies() == []
        await here.town.say(BRAM, "profiel talen nederlands en frysk")
        await here.town.until(FIRST + WEEK)
        assert len(await here.koffies()) == 1


@pytest.mark.parametrize(
    ("lines", "later"),
    [
        (("uren 9 tot 12", "uren 13 tot 17"), "uren 11 tot 17"),
        # In summer two o'clock would be too early for Bonaire.
        (("tijdzone Bonaire", "uren 9 tot 12"), "uren 9 tot 14"),
        (("werkdagen maandag", "werkdagen dinsdag"), "werkdagen maandag dinsdag"),
    ],
)
async def test_who_are_never_at_work_at_one_time_are_not_introduced_until_one_is(
    database_url: str, lines: tuple[str, str], later: str
) -> None:
    async with rounds(database_url, (ANNA, BRAM)) as here:
        for person, line in zip((ANNA, BRAM), lines, strict=True):
            await here.town.say(person, f"profiel {line}")
        await here.hold_first()
        assert await here.koffies() == []
        await here.town.say(BRAM, f"profiel {later}")
        await here.town.until(FIRST + WEEK)
        assert len(await here.koffies()) == 1
