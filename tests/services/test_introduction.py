"""Who all said yes come together in a talk of their own, or each hear it by themselves: one of the two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contact import RouteKind
from bot.services import block, erasure
from bot.store import contact
from tests.support.town import ANNA, BRAM, CARLA, DIRK, ESRA, Person, Town, town

ABROAD = replace(ESRA, name="Esther Vos", tenant="village")
JOHN = replace(DIRK, name="John Dale", language="en")
YES = "Graag"
PLACE = "koffie-1"


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, (ANNA, BRAM, CARLA, ABROAD, JOHN)) as made:
        made.platform.opens = True
        yield made


async def agree(here: Town, one: Person, other: Person, *, yes: str = YES) -> None:
    await here.say(one, f"koffie {other.name}")
    await here.press(one, "Vraag om koffie")
    await here.press(one, YES)
    await here.press(other, yes)


def in_place(here: Town) -> list[str]:
    return [seen.text for seen in here.platform.seen.get(PLACE, ())]


def told_apart(here: Town, who: Person) -> bool:
    return "jullie zeggen allebei ja" in here.all_text(who)


async def test_both_meet_in_a_talk_of_their_own_and_nothing_is_said_twice(here: Town) -> None:
    await agree(here, ANNA, BRAM)
    assert set(here.platform.places[PLACE]) == {ANNA.name, BRAM.name}
    (words,) = in_place(here)
    assert "Anna de Wit (gemeente Barneveld)" in words
    assert "Bram Vos" in words
    assert "Waarom jullie twee" in words
    assert "Ik lees hier niet mee." in words
    assert not told_apart(here, ANNA)
    assert not told_apart(here, BRAM)


async def test_who_reads_another_language_meets_in_the_language_of_the_place(here: Town) -> None:
    await agree(here, CARLA, JOHN, yes="Yes please")
    (words,) = in_place(here)
    assert "jullie zeggen allebei ja" in words


@pytest.mark.parametrize("who", [ANNA, BRAM])
async def test_who_chose_a_phone_gets_no_talk_of_several(here: Town, who: Person) -> None:
    async with here.workshop.write() as work:
        await contact.set_route(work, here.ids[who.name], RouteKind.PHONE, "+31612345678")
    await agree(here, ANNA, BRAM)
    assert here.platform.places == {}
    other = BRAM if who is ANNA else ANNA
    assert "+31612345678" in here.all_text(other)
    assert told_apart(here, who)


async def test_who_share_no_chat_are_told_apart(here: Town) -> None:
    async with here.workshop.write() as work:
        for who in (ANNA, ABROAD):
            await contact.set_route(work, here.ids[who.name], RouteKind.EMAIL, "a@gemeente.nl")
    await agree(here, ANNA, ABROAD)
    assert here.platform.places == {}
    assert told_apart(here, ABROAD)


async def test_where_the_platform_has_no_such_place_each_hears_it(here: Town) -> None:
    here.platform.opens = False
    await agree(here, ANNA, BRAM)
    assert told_apart(here, ANNA)
    assert told_apart(here, BRAM)


async def test_a_platform_that_is_away_for_a_moment_opens_it_later(here: Town) -> None:
    here.platform.faults = ["refused", "refused"]
    await agree(here, ANNA, BRAM)
    assert in_place(here) == []
    await here.wait(timedelta(minutes=5))
    assert len(in_place(here)) == 1
    assert not told_apart(here, ANNA)


async def test_a_platform_that_stays_away_makes_each_hear_it(here: Town) -> None:
    here.platform.faults = ["refused"] * 100
    await agree(here, ANNA, BRAM)
    await here.wait(timedelta(hours=1))
    assert told_apart(here, ANNA)
    assert told_apart(here, BRAM)
    assert in_place(here) == []


@pytest.mark.parametrize("fault", ["gone", "cut"])
async def test_a_place_that_takes_nothing_makes_each_hear_it(here: Town, fault: str) -> None:
    """Whether it arrived cannot be told there: then better heard in two places than in none."""
    here.platform.faults = [fault]
    await agree(here, ANNA, BRAM)
    await here.wait(timedelta(minutes=5))
    assert told_apart(here, ANNA)
    assert told_apart(here, BRAM)


@pytest.mark.parametrize("act", ["block", "erase"])
async def test_who_changes_their_mind_before_it_is_sent_is_not_brought_in(here: Town, act: str) -> None:
    here.platform.faults = ["refused"]
    await agree(here, ANNA, BRAM)
    async with here.workshop.write() as work:
        if act == "block":
            await block.block(work, here.ids[BRAM.name], here.ids[ANNA.name])
        else:
            await erasure.erase(work, here.ids[BRAM.name])
    await here.wait(timedelta(minutes=5))
    assert here.platform.places == {}
    assert in_place(here) == []


async def test_the_other_requests_may_be_taken_back_behind_the_good_news(here: Town) -> None:
    await here.say(ANNA, f"koffie {CARLA.name}")
    await here.press(ANNA, "Vraag om koffie")
    await agree(here, ANNA, BRAM)
    places = [key for key, users in here.platform.places.items() if BRAM.name in users]
    (met,) = [seen.at for place in places for seen in here.platform.seen[place]]
    (offered,) = [seen.at for seen in here.read_by(ANNA) if "Zal ik die intrekken?" in seen.text]
    assert met <= offered
