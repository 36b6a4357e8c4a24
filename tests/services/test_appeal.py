"""A call on the whole program: in the channel without a name, answered once, edited into its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.chat.address import Account
from bot.chat.capabilities import Capabilities
from bot.domain.contact import RouteKind
from bot.domain.errors import KoffieError
from bot.domain.ids import AppealId
from bot.domain.koffie import State
from bot.domain.layer import Layer
from bot.services import appeal as appeals
from bot.store import contact, network, officials, tables
from bot.store import koffie as koffies
from bot.store.work import Workshop
from tests.support.desk import YES
from tests.support.rounds import FLIP, GUUS, PEOPLE, ROOM, Rounds, rounds
from tests.support.town import ANNA, BRAM, DIRK, Person

RIVAL = Person("Ria Rijk", "Rijkswaterstaat", Layer.RIJK)
CALL = "oproep stikstof rijk vóór morgen"
POST = (
    "Een collega van een gemeente zoekt vóór woensdag 25 november 17:30 uur"
    " iemand bij het rijk over Stikstof."
)
OVER = "Deze oproep is al klaar. Fijn dat je wilde helpen."
APART = "Deze oproep past nu niet bij jou. Fijn dat je wilde helpen."
FOUND = "Oproep over Stikstof, aan iemand bij het rijk: gevonden. Dank voor het meekijken."
ENDED = "Oproep over Stikstof, aan iemand bij het rijk: voorbij. Dank voor het meekijken."


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Rounds]:
    async with rounds(database_url, rhythm="") as made:
        made.town.platform.capabilities = Capabilities(buttons=True, files=True, edits=True)
        yield made


async def placed(here: Rounds, person: Person = ANNA, words: str = CALL) -> None:
    await here.town.say(person, words)
    await here.town.press(person, "Plaats de oproep")


def posted(here: Rounds) -> list[str]:
    return [seen.text for seen in here.in_room() if "zoekt vóór" in seen.text]


def edits(here: Rounds) -> list[str]:
    """What the calls in the room were edited into."""
    return [seen.text for seen in here.town.platform.edited if seen.text.startswith("Oproep")]


async def met(here: Rounds, one: Person, other: Person) -> bool:
    """Whether the two have a koffie on which both agreed."""
    async with here.town.workshop.read() as work:
        found = await koffies.all_of(work, here.town.ids[one.name])
    theirs = [kept for kept in found if here.town.ids[other.name] in kept.places]
    return [kept.koffie.state for kept in theirs] == [State.AGREED]


async def test_from_a_hurried_question_to_each_others_contact(here: Rounds) -> None:
    await here.town.say(ANNA, "wie-ken-ik stikstof rijk vóór morgen")
    preview = here.town.last(ANNA)
    assert POST in preview
    assert "Flip de Boer" in here.town.read_by(ANNA)[-2].text, "the look-up answers as always"
    assert posted(here) == []
    before = {person.name: len(here.town.read_by(person)) for person in PEOPLE}
    await here.town.press(ANNA, "Plaats de oproep")
    (seen,) = posted(here)
    assert POST in seen
    assert "Anna" not in seen
    assert "Barneveld" not in seen
    assert {person.name: len(here.town.read_by(person)) for person in PEOPLE} == before | {
        ANNA.name: before[ANNA.name] + 1
    }, "it stands in the channel and nowhere else"
    assert "Contact" not in here.town.all_text(ANNA)
    async with here.town.workshop.write() as work:
        await contact.set_route(work, here.town.ids[FLIP.name], RouteKind.PHONE, "0612345678")
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert "0612345678" in here.town.last(ANNA)
    assert "Flip de Boer (Rijkswaterstaat)" in here.town.last(ANNA)
    assert "Anna de Wit (gemeente Barneveld)" in here.town.last(FLIP)
    assert "Er is haast bij. Neem meteen contact op." in here.town.last(FLIP)
    assert await met(here, ANNA, FLIP)
    assert edits(here) == [FOUND]


async def test_who_says_so_in_a_talk_chooses_the_call_first(here: Rounds) -> None:
    """Words alone are no yes: they may have been meant for something else."""
    await here.town.say(FLIP, "dat ben ik")
    assert here.town.last(FLIP).startswith("Er staat nu geen oproep open voor jouw overheid.")
    await placed(here)
    for person in (ANNA, BRAM):
        await here.town.say(person, "dat ben ik")
        assert here.town.last(person).startswith("Er staat nu geen oproep open"), "their own, another layer's"
    await here.town.say(FLIP, "dat ben ik")
    assert "Deze oproep staat open." in here.town.last(FLIP)
    assert not await met(here, ANNA, FLIP)
    await here.town.press(FLIP, "Oproep over Stikstof, aan iemand bij het rijk")
    assert await met(here, ANNA, FLIP)
    assert edits(here) == [FOUND]


async def test_nobody_is_listed_their_own_call_to_their_own_layer(here: Rounds) -> None:
    await placed(here, words="oproep stikstof gemeente vóór morgen")
    assert (await here.told("dat ben ik", ANNA, None)).startswith("Er staat nu geen oproep open")
    assert (await here.told("dat ben ik", DIRK, None)).startswith("Deze oproep staat open.")


async def test_afterwards_it_is_a_koffie_like_any_other(here: Rounds) -> None:
    await placed(here)
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    await here.town.wait(timedelta(days=20))
    assert "momenten voor je koffie" not in here.town.all_text(ANNA), "there was haste"
    await here.town.press(ANNA, "Ja")
    await here.town.press(FLIP, "Ja")
    async with here.town.workshop.read() as work:
        assert await network.know_each_other(work, here.town.ids[ANNA.name], here.town.ids[FLIP.name])


async def test_each_refusal_is_kind_and_for_ones_own_eyes(here: Rounds) -> None:
    await placed(here)
    for person, word in ((DIRK, "zoekt iemand bij het rijk"), (ANNA, "Dit is je eigen oproep")):
        room = len(here.in_room())
        await here.town.press_in(person, ROOM, "Dat ben ik")
        assert word in here.town.last(person)
        assert len(here.in_room()) == room
    assert edits(here) == []


async def test_a_block_a_term_apart_and_one_organisation_read_the_same(database_url: str) -> None:
    colleague = Person("Kees Collega", ANNA.organisation, ANNA.layer)
    async with rounds(database_url, (*PEOPLE, colleague), rhythm="") as here:
        await placed(here, words="oproep stikstof vóór morgen")
        anna = here.town.ids[ANNA.name]
        async with here.town.workshop.write() as work:
            await network.block(work, anna, here.town.ids[FLIP.name])
            await network.block(work, here.town.ids[BRAM.name], anna)
            await network.keep_apart(work, here.town.ids[GUUS.name], anna, None)
        for person in (FLIP, BRAM, GUUS, colleague):
            await here.town.press_in(person, ROOM, "Dat ben ik")
            assert here.town.last(person) == APART
        await here.town.press_in(DIRK, ROOM, "Dat ben ik")
        assert await met(here, ANNA, DIRK)


async def test_the_first_is_it_and_the_second_hears_a_kind_word(database_url: str) -> None:
    async with rounds(database_url, (*PEOPLE, RIVAL), rhythm="") as here:
        await placed(here)
        for person in (FLIP, RIVAL, FLIP):
            await here.town.press_in(person, ROOM, "Dat ben ik")
        assert here.town.last(RIVAL) == OVER
        assert here.town.last(FLIP) == OVER
        assert (await met(here, ANNA, FLIP), await met(here, ANNA, RIVAL)) == (True, False)


async def test_one_answer_a_day(here: Rounds) -> None:
    await placed(here)
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    await placed(here, BRAM)
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert here.town.last(FLIP).startswith("Vandaag reageerde je al op een oproep.")
    await here.town.wait(timedelta(hours=20))
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert await met(here, BRAM, FLIP)


async def test_at_the_moment_it_is_over_and_the_asker_hears_what_else_can_be_done(here: Rounds) -> None:
    await placed(here)
    await here.town.wait(timedelta(days=1, hours=8))
    assert edits(here) == [ENDED]
    assert here.town.last(ANNA).startswith("Je oproep over Stikstof is voorbij.")
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert here.town.last(FLIP) == OVER
    await here.town.press(ANNA, "Ja, zeg het me")
    assert "dan hoor je het van mij" in here.town.last(ANNA)


async def test_the_asker_ends_it_in_the_same_words(here: Rounds) -> None:
    await placed(here)
    await here.town.say(ANNA, "oproep")
    await here.town.press(ANNA, "Stop de oproep")
    assert edits(here) == [ENDED]
    await here.town.press(ANNA, "Stop de oproep")
    assert "al voorbij" in here.town.last(ANNA)
    told = len(here.town.read_by(ANNA))
    await here.town.wait(timedelta(days=2))
    assert len(here.town.read_by(ANNA)) == told


async def test_one_call_a_week(here: Rounds) -> None:
    await placed(here)
    await here.town.say(ANNA, "oproep")
    await here.town.press(ANNA, "Stop de oproep")
    await here.town.say(ANNA, CALL)
    assert here.town.last(ANNA) == "Deze week deed je al een oproep. Vanaf maandag 30 november kan het weer."
    assert len(posted(here)) == 1
    await here.town.wait(timedelta(days=7))
    await placed(here)
    assert len(posted(here)) == 2


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("oproep stikstof vóór 1 mei", "Zo ver vooruit"),
        ("oproep stikstof vóór gisteren", "al geweest"),
        ("oproep landelijk gebied", "Over welke opgave"),
        ("oproep waterkwaliteit vóór morgen", "dat is er nog niet voor Waterkwaliteit"),
        ("oproep", "Heb je haast?"),
    ],
)
async def test_what_cannot_be_placed_says_why(here: Rounds, words: str, answer: str) -> None:
    await here.town.say(ANNA, words)
    assert answer in here.town.last(ANNA)
    assert posted(here) == []


async def test_only_who_can_be_found_may_call(here: Rounds) -> None:
    await here.town.say(ANNA, CALL)
    await here.town.say(ANNA, "pauze vindbaar")
    await here.town.press(ANNA, "Plaats de oproep")
    assert "zelf niet vindbaar" in here.town.last(ANNA)
    assert posted(here) == []


async def test_a_role_stands_there_only_by_choice(here: Rounds) -> None:
    await here.town.say(ANNA, "profiel rol Ecoloog")
    await here.town.say(ANNA, CALL)
    assert "Dan kan iemand raden wie je bent" in here.town.last(ANNA)
    await here.town.press(ANNA, "Plaats hem met mijn functie")
    assert posted(here)[0].startswith("Een ecoloog van een gemeente zoekt")


async def test_on_a_sensitive_topic_members_only_and_no_role(here: Rounds) -> None:
    async with here.town.workshop.write() as work:
        await work.session.execute(update(tables.Topic).values(sensitive=True))
        work.cache.entries.clear()
    await here.town.say(ANNA, "profiel rol Ecoloog")
    await here.town.say(ANNA, CALL)
    assert "functie" not in here.town.last(ANNA)
    await here.town.press(ANNA, "Plaats de oproep")
    await here.town.say(FLIP, "stop")
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert "Reageren kan alleen wie meedoet" in here.town.last(FLIP)
    assert (await here.told("dat ben ik", FLIP, None)).startswith("Er staat nu geen oproep open")
    await here.town.say(FLIP, "oproep stikstof vóór morgen")
    assert "Zoeken kan alleen wie meedoet" in here.town.last(FLIP)


async def test_who_is_new_registers_first_and_is_then_the_one(here: Rounds) -> None:
    await placed(here)
    here.town._accounts[RIVAL.name] = Account(platform="town", tenant=ANNA.tenant, user=RIVAL.name)
    await here.town.press_in(RIVAL, ROOM, "Dat ben ik")
    for words in ("Ria Rijk", "Rijkswaterstaat", "stikstof", YES):
        await here.town.say(RIVAL, words)
    assert "Anna de Wit (gemeente Barneveld)" in here.town.all_text(RIVAL)
    assert edits(here) == [FOUND]


async def test_an_erased_asker_leaves_no_word_behind(here: Rounds) -> None:
    await here.town.say(ANNA, "profiel rol Ecoloog")
    await here.town.say(ANNA, CALL)
    await here.town.press(ANNA, "Plaats hem met mijn functie")
    await here.town.say(ANNA, "wis-mij")
    await here.town.press(ANNA, "Wis alles")
    assert edits(here) == [ENDED]
    await here.town.press_in(FLIP, ROOM, "Dat ben ik")
    assert here.town.last(FLIP) == OVER
    async with here.town.workshop.read() as work:
        rows = (await work.session.execute(select(tables.Outbox.message))).scalars().all()
        assert "ecoloog" not in str(rows).casefold()
        assert (await work.session.execute(select(func.count()).select_from(tables.Appeal))).scalar_one() == 0


async def test_from_another_chat_a_number_is_needed_first(database_url: str) -> None:
    faraway = Person("Ria Rijk", "Rijkswaterstaat", Layer.RIJK, tenant="elsewhere")
    async with rounds(database_url, (*PEOPLE, faraway), rhythm="") as here:
        await placed(here)
        assert "collega's die niet in jouw chat zitten" not in here.town.all_text(ANNA)
        await here.town.press_in(faraway, ROOM, "Dat ben ik")
        assert "Jullie zitten niet in dezelfde chat" in here.town.all_text(faraway)
        assert not await met(here, ANNA, faraway)
        for words in ("telefoon", "06 12345678"):
            await here.town.say(faraway, words)
        assert await met(here, ANNA, faraway)
        assert "0612345678" in here.town.last(ANNA).replace(" ", "").replace("+31", "0")


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
async def test_of_those_who_press_at_one_moment_exactly_one_is_it(database_url: str) -> None:
    async with rounds(database_url, (ANNA, FLIP, RIVAL, DIRK), rhythm="") as here:
        await placed(here)
        workshop: Workshop = here.town.workshop

        async def press(person: Person) -> bool:
            try:
                async with workshop.write() as work:
                    me = await officials.get(work, here.town.ids[person.name])
                    assert me is not None
                    await appeals.answer(work, me, AppealId(1))
            except KoffieError:
                return False
            return True

        came = await asyncio.gather(*(press(person) for person in (FLIP, RIVAL) * 3))
        assert sum(came) == 1
        async with workshop.read() as work:
            made = (await work.session.execute(select(func.count()).select_from(tables.Koffie))).scalar_one()
        assert made == 1
