"""From two yeses to one table, on the whole program: choosing, moving, nudges, and one opening a week."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import Meeting, State
from bot.services import meeting, openings
from bot.store import koffie as koffies
from bot.store import meeting as store
from bot.store import officials
from tests.support.town import ANNA, BRAM, CARLA, DIRK, Person, Town, town
from tests.support.workshop import AMSTERDAM

DAY = timedelta(days=1)
FRIDAY, MONDAY, TUESDAY = "vrijdag 27 november 10:00", "maandag 30 november 14:00", "dinsdag 1 december 15:30"
ASKED = "momenten voor je koffie met"


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as made:
        yield made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


async def both_yes(here: Town, one: Person = ANNA, other: Person = BRAM) -> None:
    await here.say(one, f"koffie {other.name}")
    await here.press(one, "Vraag om koffie")
    await here.press(one, "Graag")
    await here.press(other, "Graag")


async def fix(here: Town, moment: str, one: Person = ANNA, other: Person = BRAM) -> None:
    for person in (one, other):
        assert await here.press(person, moment)


async def change(here: Town, person: Person, **values: object) -> None:
    async with here.workshop.write() as work:
        await officials.change(work, here.ids[person.name], **values)


async def state(here: Town, person: Person) -> Meeting:
    async with here.workshop.read() as work:
        (kept,) = await koffies.all_of(work, here.ids[person.name])
        found = await store.get(work, kept.id)
        assert found is not None
        return found


async def koffie_state(here: Town, person: Person) -> KoffieState:
    async with here.workshop.read() as work:
        (kept,) = await koffies.all_of(work, here.ids[person.name])
        return kept.koffie.state


def count(here: Town, person: Person, words: str) -> int:
    return sum(words in seen.text for seen in here.read_by(person))


async def test_both_get_the_same_three_times_at_one_moment(here: Town) -> None:
    await both_yes(here)
    mine, theirs = here.read_by(ANNA)[-1], here.read_by(BRAM)[-1]
    assert mine.at == theirs.at
    for seen in (mine, theirs):
        assert ASKED in seen.text
        assert all(moment in seen.text for moment in (FRIDAY, MONDAY, TUESDAY))
        assert "Live, op station Arnhem Centraal." in seen.text
        assert "[Zelf regelen]" in seen.text


async def test_nobody_sees_what_the_other_marks_until_it_is_the_same(here: Town) -> None:
    await both_yes(here)
    before = here.read_by(BRAM).copy()
    await here.press(ANNA, MONDAY)
    assert here.last(ANNA).startswith(f"Genoteerd: {MONDAY}.")
    assert here.read_by(BRAM) == before
    await here.press(BRAM, FRIDAY)
    assert here.last(BRAM).startswith(f"Genoteerd: {FRIDAY}.")
    await here.press(BRAM, MONDAY)
    for person, other in ((ANNA, BRAM), (BRAM, ANNA)):
        assert f"Het staat: koffie met {other.name} op {MONDAY}." in here.last(person)
        assert "BEGIN:VCALENDAR" in here.last(person)
    assert (await state(here, ANNA)).state is State.FIXED


async def test_without_a_common_time_there_is_one_more_try_and_then_their_own(here: Town) -> None:
    await both_yes(here)
    await here.press(ANNA, FRIDAY)
    await here.press(ANNA, "Meer niet")
    await here.press(BRAM, "Geen van deze")
    for person in (ANNA, BRAM):
        assert "Die momenten vielen niet samen." in here.last(person)
        assert not any(moment in here.last(person) for moment in (FRIDAY, MONDAY, TUESDAY))
    assert "Bellen: jij belt." in here.last(ANNA)
    assert "Bellen: Anna de Wit belt jou." in here.last(BRAM)
    for person in (BRAM, ANNA):
        await here.press(person, "Geen van deze")
    for person in (ANNA, BRAM):
        assert "Spreken jullie zelf iets af?" in here.last(person)
        assert "Contact in deze chat" in here.last(person)
    assert (await state(here, ANNA)).state is State.THEMSELVES


async def test_silence_ends_each_try_at_its_term_in_office_hours(here: Town) -> None:
    await both_yes(here)
    await here.wait(9 * DAY)
    asked = [seen for seen in here.read_by(BRAM) if "vielen niet samen" in seen.text]
    ended = [seen for seen in here.read_by(BRAM) if "Spreken jullie zelf iets af?" in seen.text]
    assert [seen.at.astimezone(AMSTERDAM).strftime("%a %H:%M") for seen in asked + ended] == [
        "Fri 08:30",
        "Wed 08:30",
    ]


async def test_one_may_rather_arrange_it_without_me(here: Town) -> None:
    await both_yes(here)
    await here.say(BRAM, "zelf regelen")
    assert "Prima, jullie regelen het zelf." in here.last(BRAM)
    assert "Bram Vos spreekt het moment graag zelf met je af." in here.last(ANNA)
    await here.press(ANNA, FRIDAY)
    assert "al beantwoord" in here.last(ANNA)


async def test_a_button_of_another_day_moves_nothing(here: Town) -> None:
    await both_yes(here)
    first = here.token(ANNA, FRIDAY)
    await here.wait(8 * DAY)
    for token in (first, here.token(ANNA, "Zelf regelen"), here.token(BRAM, FRIDAY)):
        before = await state(here, ANNA)
        await here.press_token(ANNA, token)
        assert await state(here, ANNA) == before


async def test_the_day_before_and_the_working_day_after(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.until(at("2026-12-01 12:00"))
    eve, after = here.read_by(BRAM)[-2:]
    assert f"Bijna zover: koffie met Anna de Wit op {MONDAY}." in eve.text
    assert eve.at.astimezone(AMSTERDAM).date() == at("2026-11-27 08:30").date()
    assert "Heb je koffie gedronken met Anna de Wit?" in after.text
    assert after.at.astimezone(AMSTERDAM).strftime("%a %H:%M") == "Tue 08:30"
    await here.until(at("2026-12-20 12:00"))
    assert count(here, BRAM, "Heb je koffie gedronken") == 1


@pytest.mark.parametrize(
    ("wanted", "gone"), [("3", "Bijna zover"), ("1", "Heb je koffie gedronken"), ("geen", "Bijna zover")]
)
async def test_each_nudge_can_be_switched_off(here: Town, wanted: str, gone: str) -> None:
    await here.say(BRAM, "profiel berichten")
    await here.say(BRAM, wanted)
    await both_yes(here)
    await fix(here, MONDAY)
    await here.until(at("2026-12-02 12:00"))
    assert gone not in here.all_text(BRAM)
    assert gone in here.all_text(ANNA)


async def test_moving_gives_other_times_and_one_entry(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.say(ANNA, "verzetten")
    for person in (ANNA, BRAM):
        assert "krijgt een ander moment." in here.last(person)
        assert MONDAY not in here.last(person)
    await fix(here, "woensdag 2 december 10:00")
    assert "SEQUENCE:1" in here.last(BRAM)
    # Nothing comes of the old time, and the follow-up comes after the new one.
    await here.until(at("2026-12-01 12:00"))
    assert "Heb je koffie" not in here.all_text(BRAM)
    assert count(here, BRAM, "Bijna zover") == 1
    await here.until(at("2026-12-03 12:00"))
    assert count(here, BRAM, "Heb je koffie") == 1
    for _ in range(3):
        async with here.workshop.read() as work:
            mine = await meeting.of(work, here.ids[ANNA.name])
        assert mine
    assert (await state(here, ANNA)).moves == 1


async def test_it_is_not_moved_for_ever(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    for _ in range(3):
        await here.say(ANNA, "verzetten")
        first = here.last(BRAM).rpartition("\n[")[2].partition("]")[0]
        await fix(here, first)
        assert f"op {first}." in here.last(BRAM)
    await here.say(BRAM, "verzetten")
    assert "al een paar keer verzet" in here.last(BRAM)


async def test_late_is_passed_on_and_nothing_else(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.say(ANNA, "ik ben later")
    assert "geen koffie die zo begint" in here.last(ANNA)
    await here.until(at("2026-11-30 13:50"))
    await here.say(ANNA, "ik ben later want ik heb 06 12345678")
    assert "Dat begreep ik niet" in here.last(ANNA)
    await here.say(ANNA, "ik ben later 10 minuten")
    assert here.last(ANNA) == "Geen probleem. Ik geef het door."
    assert here.last(BRAM) == "Anna de Wit is 10 minuten later. De koffie gaat gewoon door."
    await here.say(BRAM, "later")
    assert here.last(ANNA) == "Bram Vos is iets later. De koffie gaat gewoon door."
    # It takes longer: that is passed on as well, and the same is not said twice.
    heard = len(here.read_by(BRAM))
    for _ in range(2):
        await here.say(ANNA, "ik kom een half uur later")
    assert here.last(BRAM) == "Anna de Wit is 30 minuten later. De koffie gaat gewoon door."
    assert len(here.read_by(BRAM)) == heard + 1


async def test_two_koffies_of_one_person_never_get_one_slot(here: Town) -> None:
    """Anna drinks with Bram and Carla: what is proposed to the one is kept from the other."""
    await both_yes(here)
    await both_yes(here, ANNA, CARLA)
    assert FRIDAY not in here.last(CARLA)
    first = here.last(CARLA)
    await fix(here, FRIDAY)
    # The same start by hand, as when both were proposed at the same instant.
    async with here.workshop.write() as work:
        (_, kept) = await koffies.running(work, here.ids[ANNA.name])
        found = await store.get(work, kept.id)
        assert found is not None
        taken = (await state(here, BRAM)).slot
        assert taken is not None
        assert not await store.take_moment(work, kept.id, found, taken)
        assert await store.take_moment(work, kept.id, found, found.slots[0])
    assert "vrijdag 27 november 09:00" in first or "vrijdag 27 november 11:00" in first


async def test_after_a_week_without_a_time_help_is_offered_once(here: Town) -> None:
    await both_yes(here)
    await here.say(ANNA, "zelf regelen")
    await here.wait(20 * DAY)
    for person in (ANNA, BRAM):
        assert count(here, person, "heeft nog geen moment") == 1
    (asked,) = [seen for seen in here.read_by(ANNA) if "heeft nog geen moment" in seen.text]
    assert asked.at.astimezone(AMSTERDAM) >= at("2026-12-01 08:30")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_who_says_that_they_arranged_it_is_offered_no_help(here: Town) -> None:
    await both_yes(here)
    await here.say(ANNA, "zelf regelen")
    await here.say(BRAM, "we hebben iets afgesproken")
    assert here.last(BRAM) == "Mooi. Veel plezier samen!"
    await here.wait(20 * DAY)
    for person in (ANNA, BRAM):
        assert count(here, person, "heeft nog geen moment") == 0
        assert count(here, person, "Heb je koffie gedronken") == 1


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_nor_is_help_that_waited_while_times_were_chosen(here: Town) -> None:
    await both_yes(here)
    await here.until(at("2026-12-01 12:00"))
    assert (await state(here, ANNA)).state is State.PROPOSED
    await here.say(ANNA, "zelf regelen")
    await here.say(BRAM, "we hebben iets afgesproken")
    await here.wait(20 * DAY)
    for person in (ANNA, BRAM):
        assert count(here, person, "heeft nog geen moment") == 0


async def test_the_offer_leads_to_times_and_is_forgotten_once_arranged(here: Town) -> None:
    await both_yes(here)
    await here.say(ANNA, "zelf regelen")
    await here.wait(8 * DAY)
    await here.press(BRAM, "Stel momenten voor")
    for person in (ANNA, BRAM):
        assert ASKED in here.last(person)
    await here.press(ANNA, "We hebben iets afgesproken")
    assert "al beantwoord" in here.last(ANNA)


async def test_not_yet_leads_to_a_new_time(here: Town) -> None:
    await both_yes(here)
    await fix(here, FRIDAY)
    await here.until(at("2026-11-30 12:00"))
    await here.press(ANNA, "Nog niet")
    await here.press(ANNA, "Stel momenten voor")
    assert "krijgt een ander moment" in here.last(BRAM)
    await fix(here, "donderdag 3 december")
    await here.until(at("2027-01-20 12:00"))
    assert count(here, BRAM, "Heb je koffie gedronken") == 1
    assert count(here, ANNA, "Heb je koffie gedronken") == 2


async def test_profiles_decide_when_and_where(here: Town) -> None:
    await here.say(ANNA, "profiel dagen woensdag")
    await here.say(BRAM, "profiel uren 13 tot 15")
    await here.say(BRAM, "profiel plek Café *Zeven*")
    await both_yes(here)
    for moment in ("woensdag 2 december 13:00", "woensdag 9 december 14:00", "woensdag 16 december 14:30"):
        assert moment in here.last(ANNA)
    assert "Live: Café *Zeven*." in here.last(ANNA)
    await fix(here, "woensdag 9 december")
    await here.say(BRAM, "profiel plek ergens anders")
    await here.until(at("2026-12-08 12:00"))
    assert "Live: Café *Zeven*." in here.last(ANNA)


async def test_who_lives_by_another_clock_reads_their_own(here: Town) -> None:
    await here.say(BRAM, "profiel tijdzone Bonaire")
    await both_yes(here)
    assert "[vrijdag 27 november 13:30 (bij jou 08:30)]" in here.last(BRAM)
    assert "[vrijdag 27 november 13:30]" in here.last(ANNA)
    assert "Bellen: jij belt." in here.last(ANNA)


async def test_who_shares_no_time_arranges_it_at_once(here: Town) -> None:
    await here.say(ANNA, "profiel dagen ma")
    await here.say(BRAM, "profiel dagen di")
    await both_yes(here)
    assert "Ik vind geen moment voor je koffie met Bram Vos." in here.last(ANNA)


async def test_the_agenda_shows_what_is_to_come(here: Town) -> None:
    await here.say(ANNA, "agenda")
    assert "Je hebt nu geen afspraken." in here.last(ANNA)
    await both_yes(here)
    await here.say(ANNA, "agenda")
    assert "Het moment is nog niet gekozen." in here.last(ANNA)
    await here.press(ANNA, "Kies een moment")
    assert ASKED in here.last(ANNA)
    await fix(here, MONDAY)
    await here.say(ANNA, "afspraken")
    assert MONDAY in here.last(ANNA)
    await both_yes(here, ANNA, CARLA)
    await here.say(ANNA, "verzetten")
    assert "Welke koffie bedoel je?" in here.last(ANNA)
    await here.until(at("2026-11-30 18:00"))
    await here.say(BRAM, "agenda")
    assert "Je hebt nu geen afspraken." in here.last(BRAM)


async def test_ten_minutes_today(here: Town) -> None:
    await here.say(ANNA, "bel bram")
    assert "Bellen kan met wie al ja zei" in here.last(ANNA)
    await here.say(BRAM, "profiel contact 06 12345678")
    await both_yes(here)
    await here.say(ANNA, "bel bram")
    assert "Hoor je vandaag niets?" in here.last(ANNA)
    assert "Tien minuten bellen, vandaag?" in here.last(BRAM)
    silent = here.read_by(ANNA).copy()
    await here.press(BRAM, "Vandaag niet")
    assert here.read_by(ANNA) == silent
    await here.say(ANNA, "bel bram")
    assert here.last(ANNA) == "Dat vroeg ik vandaag al."
    await here.wait(DAY)
    await here.say(ANNA, "bel")
    await here.press(BRAM, "Ja, bel maar")
    assert "Bram Vos heeft vandaag tijd." in here.last(ANNA)
    assert "+31612345678" in here.last(ANNA)
    await here.until(at("2026-11-26 17:00"))
    await here.say(ANNA, "bel")
    assert "Vandaag lukt dat niet via mij." in here.last(ANNA)


async def test_yesterdays_call_is_over(here: Town) -> None:
    await both_yes(here)
    await here.say(ANNA, "bel")
    token = here.token(BRAM, "Ja, bel maar")
    await here.wait(DAY)
    await here.press_token(BRAM, token)
    assert "voor een andere dag" in here.last(BRAM)
    assert "heeft vandaag tijd" not in here.all_text(ANNA)


async def test_one_opening_a_week_over_everything(here: Town) -> None:
    async with here.workshop.write() as work:
        dirk = here.ids[DIRK.name]
        assert await openings.reserve(work, dirk) == work.now
        assert await openings.reserve(work, dirk) == at("2026-11-30 08:30")
        assert not await openings.take(work, dirk, work.now)
        assert await openings.reserve(work, dirk) == at("2026-12-07 08:30")
    # A colleague's request waits for the first free Monday behind them, for both.
    await here.say(ANNA, "koffie dirk jansen")
    await here.press(ANNA, "Vraag om koffie")
    assert "maandag" in here.last(ANNA)
    assert "Zin in koffie?" not in here.all_text(DIRK)


async def test_a_request_is_an_opening_too(here: Town) -> None:
    await here.say(ANNA, "koffie bram vos")
    await here.press(ANNA, "Vraag om koffie")
    async with here.workshop.write() as work:
        assert not await openings.is_free(work, here.ids[BRAM.name], work.now)
        assert await openings.reserve(work, here.ids[BRAM.name]) == at("2026-11-30 08:30")
        # One's own request is none.
        assert await openings.is_free(work, here.ids[ANNA.name], work.now)
