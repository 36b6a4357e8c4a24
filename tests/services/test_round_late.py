"""Rounds and time: a bot that was down, a process that dies in the middle, a round of one day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.layer import Layer
from bot.domain.round import RoundState
from bot.services import koffie_ask, round_ask
from bot.store import drafts
from tests.support.rounds import (
    ADMIN,
    FIRST,
    PEOPLE,
    ROOM,
    TOLD,
    Rounds,
    at,
)
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, CARLA, Person

WEEK = timedelta(weeks=1)


class TestWhenTheBotIsDown:
    async def test_all_of_a_round_or_none_of_it(self, here: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
        await here.town.until(FIRST - timedelta(minutes=1))
        told, tell = 0, koffie_ask.tell

        async def dies(*args: Any) -> None:
            nonlocal told
            told += 1
            if told == 4:
                raise RuntimeError
            await tell(*args)

        monkeypatch.setattr(round_ask, "tell", dies)
        await here.town.until(FIRST)
        assert told == 4
        assert await here.koffies() == []
        assert [row.state for row in await here.rows()] == [RoundState.ANNOUNCED]
        monkeypatch.undo()
        await here.town.until(FIRST + timedelta(minutes=6))
        assert {len(here.asked(person)) for person in PEOPLE} == {1}

    async def test_a_round_that_was_announced_is_held_late_and_once(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        here.town.clock.move(at("2026-12-02 20:00"))
        await here.town.until(at("2026-12-03 09:00"))
        assert {len(here.asked(person)) for person in PEOPLE} == {1}
        assert here.asked(ANNA)[0].at.astimezone(FIRST.tzinfo).replace(second=0) == at("2026-12-03 08:30")
        assert len(await here.rows()) == 1

    async def test_an_announcement_that_was_missed_comes_late_with_its_notice(self, here: Rounds) -> None:
        here.town.clock.move(at("2026-11-30 12:00"))
        await here.town.until(at("2026-12-02 09:59"))
        assert "Op woensdag 2 december 10:00 uur" in here.in_room()[-1].text
        assert here.asked(ANNA) == []
        await here.town.until(at("2026-12-02 10:00"))
        assert len(here.asked(ANNA)) == 1

    @pytest.mark.parametrize("back", ["2026-12-03 12:00", "2026-12-21 12:00", "2027-03-01 12:00"])
    async def test_what_would_run_into_the_next_is_skipped_with_a_word_to_the_admin(
        self, here: Rounds, back: str
    ) -> None:
        here.town.clock.move(at(back))
        await here.town.wait(timedelta(days=8))
        admin = here.town.all_text(ADMIN)
        assert admin.count("Daarom heb ik één ronde overgeslagen") == 1
        assert len(await here.rows()) == len({row.at for row in await here.rows()}) >= 1
        assert len(here.asked(ANNA)) == 1, "one round, and none of those that were missed"


class TestAnEvent:
    async def test_all_of_it_on_one_day_for_who_joins(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer ronde vandaag om 13 uur", ROOM)
        for person in (ANNA, BRAM):
            await here.town.press_in(person, ROOM, "Ik doe vandaag mee")
        await here.town.until(at("2026-11-24 13:00"))
        assert len(here.asked(ANNA)) == len(here.asked(BRAM)) == 1
        assert here.asked(CARLA) == []
        assert "Antwoorden kan tot en met dinsdag 24 november." in here.asked(ANNA)[0].text
        await here.town.until(at("2026-11-25 09:00"))
        assert "komt er nu niet van" in here.town.last(ANNA)

    async def test_it_is_joined_in_words_too_and_by_who_is_new(self, here: Rounds) -> None:
        """Where a number in a room says nothing, a direct message does."""
        await here.town.say(ANNA, "doe mee vandaag")
        assert here.town.last(ANNA).startswith("Vandaag is er geen ronde")
        await here.town.say(ADMIN, "koffie-beheer ronde vandaag om 13 uur", ROOM)
        assert "Of stuur mij: doe mee vandaag." in here.in_room()[-1].text
        for words in ("doe mee vandaag", "doe mee vandaag met stikstof"):
            await here.town.say(ANNA, words)
            assert here.town.last(ANNA).startswith("Leuk! Om 13:00 uur")
        await here.town.say(ANNA, "profiel opgaven waterkwaliteit")
        joined = await here.told("doe mee vandaag", ANNA, None)
        assert joined.startswith("Leuk! Om 13:00 uur"), "it is of a channel in which she takes part"
        await here.town.say(BRAM, "doe mee vandaag", ROOM)
        new = Person("Nina Nieuw", "Barneveld", Layer.GEMEENTE)
        account = here.town.meet(new)
        await here.town.press_in(new, ROOM, "Ik doe vandaag mee")
        async with here.town.workshop.read() as work:
            draft = await drafts.of(work, account)
        assert draft is not None
        assert (draft.form, draft.then) == ("aanmelden", "doe mee vandaag Stikstof")
        await here.town.until(at("2026-11-24 13:00"))
        assert len(here.asked(ANNA)) == len(here.asked(BRAM)) == 1

    async def test_an_event_that_is_over_is_not_held_afterwards(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer ronde vandaag om 13 uur", ROOM)
        await here.town.press_in(ANNA, ROOM, "Ik doe vandaag mee")
        await here.town.press_in(BRAM, ROOM, "Ik doe vandaag mee")
        here.town.clock.move(at("2026-11-25 09:00"))
        await here.town.settle()
        assert here.asked(ANNA) == []

    @pytest.mark.parametrize("words", ["om 9 uur", "om 17 uur", "", "om 25 uur"])
    async def test_a_time_that_is_past_or_too_late_is_refused(self, here: Rounds, words: str) -> None:
        await here.town.say(ADMIN, f"koffie-beheer ronde vandaag {words}", ROOM)
        assert await here.rows() == []
