"""What an admin sets up: looked up at the time of the act, in plain words, and numbers only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.store import channel
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
from tests.support.town import ANNA, BRAM

WEEK = timedelta(weeks=1)


@pytest.fixture
def database_kind() -> str:
    """Here time passes on one database; `tests/store/test_round.py` asks both."""
    return "sqlite"


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Rounds]:
    async with rounds(database_url) as made:
        yield made


class TestTheAdmin:
    async def test_the_right_is_looked_up_at_the_time_of_the_act(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer ronde start", ROOM)
        assert here.town.last(ANNA).startswith("Dat kan alleen een beheerder.")
        async with here.town.workshop.write() as work:
            await channel.add_admin(work, here.town.ids[ANNA.name])
        await here.town.say(ANNA, "koffie-beheer ronde start", ROOM)
        assert here.town.last(ANNA).startswith("Aangekondigd:")

    async def test_numbers_only_and_none_under_five(self, here: Rounds) -> None:
        await here.hold_first()
        await here.town.say(ADMIN, "koffie-beheer ronde toon", ROOM)
        shown = here.town.last(ADMIN)
        assert "Deelnemers: 6" in shown
        assert "Gevraagd: 6" in shown
        for person in (ANNA, BRAM):
            await here.town.say(person, "stop")
        await here.town.say(ADMIN, "koffie-beheer ronde toon", ROOM)
        shown = here.town.last(ADMIN)
        assert "Deelnemers: minder dan 5" in shown
        assert not any(person.name in shown for person in PEOPLE)

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
