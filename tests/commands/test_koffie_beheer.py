"""What an admin sets up: looked up at the time of the act, in plain words, and numbers only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.commands.koffie_beheer import EVERY, is_admins
from bot.commands.koffie_beheer.verb import Right, Verb
from bot.compose.program import TEXTS
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.services import overview
from bot.settings import Rules
from bot.store import admins, channel
from tests.support.databases import BOTH
from tests.support.rounds import (
    ADMIN,
    FIRST,
    PEOPLE,
    ROOM,
    TOLD,
    Rounds,
    at,
    rounds,
)
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, Person
from tests.support.workshop import AMSTERDAM

WEEK = timedelta(weeks=1)
TELLS_OF_NOBODY = {"overzicht"}
"""Figures that are published: any steward may ask for those of any opgave."""


def _as_written(verb: Verb, language: str = "nl") -> str:
    return Catalogue(TEXTS, AMSTERDAM).words(verb.example, language, nothing_about, today=FIRST.date())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_verb_answers_to_its_example(language: str) -> None:
    for verb in EVERY:
        said = _as_written(verb, language).removeprefix("koffie-beheer ")
        assert any(f"{said} ".startswith(f"{name} ") for name in verb.names), said
        assert is_admins(said)


class TestWhoMaySetWhat:
    """Anybody opens a channel and is its steward; a steward sets that one, an admin all of them."""

    async def test_who_opens_a_channel_sets_that_one_and_no_other(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
        for words in ("ritme elke dinsdag", "groep 3"):
            await here.town.say(ANNA, f"koffie-beheer {words}", "water")
            assert "stikstof" not in here.town.last(ANNA)
            assert "Dat kan alleen" not in here.town.last(ANNA)
            await here.town.say(ANNA, f"koffie-beheer {words}", ROOM)
            assert here.town.last(ANNA).startswith("Dat kan alleen een beheerder van")

    async def test_no_verb_goes_beyond_its_right(self, here: Rounds) -> None:
        """Each as it is written, said about a channel by who has no part in it, and by another's steward."""
        limited = {Right.STEWARD, Right.ADMIN}
        for verb in EVERY:
            await here.town.say(BRAM, _as_written(verb), ROOM)
            assert self._refused(here) is (verb.right in limited), verb.names
        await here.town.say(BRAM, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
        for verb in EVERY:
            await here.town.say(BRAM, _as_written(verb), ROOM)
            mine = verb.right not in limited or verb.names[0] in TELLS_OF_NOBODY
            assert self._refused(here) is not mine, verb.names

    @staticmethod
    def _refused(here: Rounds) -> bool:
        return here.town.last(BRAM).startswith("Dat kan alleen een beheerder")

    async def test_the_operator_may_leave_opening_to_admins(self, database_url: str) -> None:
        rules = Rules(channels_opened_by="admins")
        async with rounds(database_url, rules=rules) as here:
            await here.town.say(ANNA, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
            assert here.town.last(ANNA).startswith("Dat kan hier alleen een beheerder.")
            await here.town.say(ADMIN, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
            assert here.town.last(ADMIN).startswith("Gedaan.")

    async def test_the_help_holds_what_one_may(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer hulp")
        assert "kanaal nieuw" in here.town.last(ANNA)
        assert "ritme" not in here.town.last(ANNA)
        await here.town.say(ADMIN, "koffie-beheer hulp")
        assert "ritme" in here.town.last(ADMIN)

    async def test_words_that_are_no_verb_get_the_nearest_help(self, here: Rounds) -> None:
        async def told(words: str, by: Person) -> str:
            await here.town.say(by, f"koffie-beheer {words}")
            return here.town.last(by)

        rounds_only = await told("ronde", ADMIN)
        assert rounds_only.startswith("Typ het zo:")
        assert "ronde sla over" in rounds_only
        assert "opgave nieuw" not in rounds_only
        assert (await told("ronde", ANNA)).startswith("Dat kan alleen een beheerder.")
        unknown = await told("flauwekul", ADMIN)
        assert unknown.startswith("Dat ken ik niet. Dit kun je instellen.")
        assert unknown.index("Een kanaal") < unknown.index("De rondes") < unknown.index("De opgaven")
        assert (await told("kanaal nieuw", ANNA)).startswith("Voor welke opgave?")
        await here.town.say(ANNA, "wie kent het beheer van natuur")
        assert "koffie-beheer" not in here.town.last(ANNA)


class TestTheAdmin:
    async def test_the_right_is_looked_up_at_the_time_of_the_act(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer ronde start", ROOM)
        assert here.town.last(ANNA).startswith("Dat kan alleen een beheerder.")
        async with here.town.workshop.write() as work:
            await admins.add_admin(work, here.town.ids[ANNA.name])
        await here.town.say(ANNA, "koffie-beheer ronde start", ROOM)
        assert here.town.last(ANNA).startswith("Aangekondigd:")

    async def test_a_group_is_said_with_or_without_people(self, here: Rounds) -> None:
        for words in ("groep 3 mensen", "groep stikstof Vier personen"):
            await here.town.say(ADMIN, f"koffie-beheer {words}", ROOM)
            assert here.town.last(ADMIN).startswith("Gedaan.")

    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_numbers_only_and_none_under_five(self, here: Rounds) -> None:
        await here.hold_first()
        shown = await self._shown(here)
        assert re.search(r"Deelnemers: \d+", shown)
        assert "De aantallen zijn van" in shown
        assert not any(person.name in shown for person in PEOPLE)
        await here.town.say(ADMIN, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
        await here.town.say(ADMIN, "koffie-beheer ronde toon", "water")
        assert "Deelnemers: minder dan 5" in here.town.last(ADMIN)

    async def test_who_subtracts_two_looks_learns_of_nobody(self, here: Rounds) -> None:
        """One leaves between two looks, one sits a round out, one is gone before the next month."""
        await here.hold_first()
        before = await self._shown(here)
        await here.town.say(ANNA, "stop", ROOM)
        assert await self._shown(here) == before
        await here.town.say(BRAM, "sla over", ROOM)
        await here.town.until(FIRST + timedelta(days=7))
        looks = [before, await self._shown(here)]
        for _ in range(2):
            await here.town.wait(timedelta(days=31))
            async with here.town.workshop.write() as work:
                assert await overview.publish(work)
            looks.append(await self._shown(here))
        assert len({re.search(r"Deelnemers: .*", shown)[0] for shown in looks}) == 1  # type: ignore[index]

    async def test_who_was_asked_is_told_once_it_was_published(self, here: Rounds) -> None:
        await here.hold_first()
        assert "Gevraagd" not in await self._shown(here)
        await here.town.wait(timedelta(days=31))
        async with here.town.workshop.write() as work:
            await overview.publish(work)
        assert "Gevraagd: " in await self._shown(here)

    @staticmethod
    async def _shown(here: Rounds) -> str:
        await here.town.say(ADMIN, "koffie-beheer ronde toon", ROOM)
        return here.town.last(ADMIN)

    async def test_the_overview_is_for_admins_and_tells_of_nobody(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer overzicht stikstof")
        assert here.town.last(ANNA).startswith("Dat kan alleen een beheerder.")
        await here.town.say(ADMIN, "koffie-beheer overzicht stikstof")
        shown = here.town.last(ADMIN)
        assert "Koffie in cijfers" in shown
        assert "Er zijn nog te weinig contacten om te tonen." in shown
        assert not any(person.name in shown for person in PEOPLE)

    @pytest.mark.parametrize(
        ("words", "answer"),
        [
            ("ritme elke zaterdag", "In het weekend houd ik geen rondes."),
            ("ritme elke dinsdag om 23 uur", "Dan is bijna niemand aan het werk."),
            ("ritme soms", "Dat ritme begreep ik niet."),
            ("groep 1", "Hoeveel mensen aan één tafel?"),
            ("groep 5", "Hoeveel mensen aan één tafel?"),
            ("kanaal koppel water", "Dit gesprek hoort al bij"),
            ("kanaal nieuw flauwekul", "Die opgave ken ik niet."),
            ("ronde start water", "Voor die opgave zijn er nog geen koffierondes."),
        ],
    )
    async def test_bad_input_is_a_clear_sentence_and_changes_nothing(
        self, here: Rounds, words: str, answer: str
    ) -> None:
        async with here.town.workshop.read() as work:
            before = await channel.all_of_them(work)
        await here.town.say(ADMIN, f"koffie-beheer {words}", ROOM)
        assert here.town.last(ADMIN).startswith(answer)
        async with here.town.workshop.read() as work:
            assert await channel.all_of_them(work) == before

    async def test_no_round_goes_round_by_itself_where_nobody_is_told_of_it(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer kanaal nieuw waterkwaliteit")
        for words in ("ritme waterkwaliteit elke dinsdag", "ronde start waterkwaliteit"):
            await here.town.say(ADMIN, f"koffie-beheer {words}")
            assert here.town.last(ADMIN).startswith("Dit kanaal heeft nog geen gesprek.")

    async def test_a_rhythm_that_changes_leaves_what_was_announced(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        await here.town.say(ADMIN, "koffie-beheer ritme eerste woensdag van de maand", ROOM)
        await here.town.until(at("2027-01-31 12:00"))
        held = [row.at.astimezone(FIRST.tzinfo) for row in await here.rows()]
        assert held == [FIRST, at("2026-12-02 10:00"), at("2027-01-06 10:00")] or held == [
            FIRST,
            at("2027-01-06 10:00"),
        ]
