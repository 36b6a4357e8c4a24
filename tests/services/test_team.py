"""An opgaveteam on the whole program: asked together without names, introduced without who stayed away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.koffie import State
from bot.services import met
from bot.settings import Rules
from bot.store import koffie as koffies
from bot.store import network, tables
from tests.support.rounds import FLIP, GUUS, PEOPLE, Rounds, at, rounds
from tests.support.rounds import by_hand as by_hand
from tests.support.town import ANNA, BRAM, CARLA, DIRK, Person

ASKED = "Doe je mee met een opgaveteam?"
TOGETHER = "jullie zeggen allemaal ja"
OFF = "Het opgaveteam voor Stikstof komt er nu niet van. Dat zegt niets over jou."
OVER = "De vraag over een opgaveteam voor Stikstof is voorbij. Dat zegt niets over jou."
TERM = at("2026-11-30 08:30")
"""Asked on Tuesday; the term is Friday's closing, told when offices open on Monday."""


async def ask(here: Rounds, words: str = "opgaveteam stikstof") -> list[Person]:
    """Anna asks for a team; whom it was put to, she included."""
    await here.town.say(ANNA, words)
    await here.town.press(ANNA, "Vraag het team")
    return [person for person in PEOPLE if ASKED in here.town.all_text(person)]


def introduced(here: Rounds) -> set[str]:
    return {person.name for person in PEOPLE if TOGETHER in here.town.all_text(person)}


async def test_one_a_layer_gets_the_same_question_at_one_moment_and_no_name(here: Rounds) -> None:
    await here.town.say(ANNA, "opgaveteam stikstof")
    assert "één collega bij het rijk, een provincie en een waterschap" in here.town.last(ANNA)
    await here.town.press(ANNA, "Vraag het team")
    asked = [person for person in PEOPLE if ASKED in here.town.all_text(person)]
    assert sorted(person.layer for person in asked) == ["gemeente", "provincie", "rijk", "waterschap"]
    questions = {
        (seen.at, seen.text) for person in asked for seen in here.town.read_by(person) if ASKED in seen.text
    }
    assert len(questions) == 1
    ((_, question),) = questions
    for person in PEOPLE:
        assert person.name not in question
        assert person.organisation not in question


async def test_who_says_yes_sits_at_the_table_and_nobody_learns_who_stayed_away(here: Rounds) -> None:
    anna, *others = await ask(here)
    silent = others.pop()
    for person in (anna, *others):
        await here.town.press(person, "Ik doe mee")
        assert introduced(here) == set(), "nobody before the term"
    await here.town.until(TERM)
    assert introduced(here) == {person.name for person in (anna, *others)}
    for person in (anna, *others):
        assert silent.name not in here.town.last(person)
    assert here.town.last(silent) == OVER
    async with here.town.workshop.read() as work:
        for person in (anna, *others):
            names = await met.met(work, here.town.ids[person.name])
            assert here.town.ids[silent.name] not in names
            assert here.town.ids[silent.name] not in await network.apart_from(
                work, here.town.ids[person.name]
            )


@pytest.mark.parametrize("answer", ["Nu even niet", ""])
async def test_a_no_and_a_silence_read_the_same(here: Rounds, answer: str) -> None:
    anna, *others = await ask(here)
    before = {person.name: len(here.town.read_by(person)) for person in (anna, others[0])}
    await here.town.press(anna, "Ik doe mee")
    await here.town.press(others[0], "Ik doe mee")
    for person in others[1:]:
        if answer:
            await here.town.press(person, answer)
    await here.town.until(TERM)
    for person in (anna, others[0]):
        told = [seen.text for seen in here.town.read_by(person)][before[person.name] :]
        assert told[0].startswith("Leuk! Zijn jullie met drie of meer")
        assert told[-1].startswith(OFF)
        assert len(told) == 2
    assert introduced(here) == set()


async def test_all_who_say_yes_need_not_wait(here: Rounds) -> None:
    people = await ask(here)
    for person in people:
        await here.town.press(person, "Ik doe mee")
    assert introduced(here) == {person.name for person in people}
    async with here.town.workshop.read() as work:
        (kept,) = await koffies.all_of(work, here.town.ids[ANNA.name])
    assert (kept.koffie.state, len(kept.koffie.seats)) == (State.AGREED, 4)


async def test_never_without_who_asked_for_it(here: Rounds) -> None:
    _, *others = await ask(here)
    for person in others:
        await here.town.press(person, "Ik doe mee")
    await here.town.until(TERM)
    assert introduced(here) == set()
    assert all(here.town.last(person).startswith(OFF) for person in others)


async def test_in_haste_three_are_enough_at_once(here: Rounds) -> None:
    anna, first, second, late = await ask(here, "opgaveteam stikstof vóór morgen")
    for person in (anna, first, second):
        await here.town.press(person, "Ik doe mee")
    assert introduced(here) == {person.name for person in (anna, first, second)}
    assert "Er is haast bij. Neem meteen contact op." in here.town.last(second)
    assert here.town.last(late) == OVER
    await here.town.press(late, "Ik doe mee")
    assert here.town.last(late).startswith("Deze vraag is verlopen.")
    assert introduced(here) == {person.name for person in (anna, first, second)}


async def test_in_haste_it_ends_at_the_moment_that_was_named(here: Rounds) -> None:
    anna, *_ = await ask(here, "opgaveteam stikstof vóór morgen 12 uur")
    await here.town.press(anna, "Ik doe mee")
    await here.town.until(at("2026-11-25 12:01"))
    assert here.town.last(anna).startswith(OFF)


async def test_who_was_asked_this_week_is_asked_in_haste_only(database_url: str) -> None:
    people = (ANNA, BRAM, CARLA, FLIP, DIRK)
    async with rounds(database_url, people, rhythm="", rules=Rules(open_requests=5)) as here:
        for person in (BRAM, CARLA):
            await here.town.say(DIRK, f"koffie {person.name}")
            await here.town.press(DIRK, "Vraag om koffie")
        await here.town.say(ANNA, "opgaveteam stikstof")
        assert "uit minstens twee andere lagen" in here.town.last(ANNA)
        assert len(await ask(here, "opgaveteam stikstof vóór morgen")) == 4


async def test_one_team_at_a_time(here: Rounds) -> None:
    await ask(here)
    await here.town.say(ANNA, "opgaveteam stikstof")
    assert here.town.last(ANNA).startswith("Je hebt al een opgaveteam gevraagd.")


async def test_who_is_kept_from_one_of_them_is_left_out(here: Rounds) -> None:
    async with here.town.workshop.write() as work:
        for one, other in ((BRAM, CARLA), (GUUS, CARLA), (FLIP, ANNA)):
            await network.block(work, here.town.ids[one.name], here.town.ids[other.name])
    await here.town.say(ANNA, "opgaveteam stikstof")
    assert "uit minstens twee andere lagen" in here.town.last(ANNA)


async def test_on_a_sensitive_topic_it_is_for_members_of_the_channel(here: Rounds) -> None:
    async with here.town.workshop.write() as work:
        await work.session.execute(update(tables.Topic).values(sensitive=True))
        work.cache.entries.clear()
    for person in (CARLA, BRAM, GUUS):
        await here.town.say(person, "stop")
    await here.town.say(ANNA, "opgaveteam stikstof")
    assert "uit minstens twee andere lagen" in here.town.last(ANNA), "only the rijk takes part"
    await here.town.say(CARLA, "opgaveteam stikstof")
    assert "Zoeken kan alleen wie meedoet" in here.town.last(CARLA)


async def test_no_list_tells_of_a_team(here: Rounds) -> None:
    _, *others = await ask(here)
    assert FLIP in others, "nobody else works at the rijk"
    await here.town.say(ANNA, "wie-ken-ik stikstof rijk")
    assert "Flip de Boer" in here.town.last(ANNA)
    assert "[Vraag om koffie]" in here.town.last(ANNA)
    await here.town.say(ANNA, "koffie")
    card = here.town.last(ANNA)
    assert "De vraag over een opgaveteam voor Stikstof" in card
    assert not any(person.name in card for person in others)
    await here.town.say(ANNA, "blokkeer")
    assert not any(person.name in here.town.last(ANNA) for person in others)


async def test_who_is_erased_before_the_term_is_not_there(here: Rounds) -> None:
    anna, *others = await ask(here)
    gone = others[-1]
    for person in (anna, *others[:-1]):
        await here.town.press(person, "Ik doe mee")
    await here.town.say(gone, "wis-mij")
    await here.town.press(gone, "Wis alles")
    await here.town.wait(timedelta(hours=1))
    assert introduced(here) == set()
    await here.town.until(TERM)
    assert introduced(here) == {person.name for person in (anna, *others[:-1])}
