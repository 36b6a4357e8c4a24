"""Places of a channel: made once, moved into, looked after, and lost without anybody being signed off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat.address import Account
from bot.chat.port import NoPlace
from bot.domain.ids import ChannelId
from bot.store import accounts, admins, channel, outbox
from bot.store import place as places
from bot.store.place import Place
from tests.support.databases import BOTH
from tests.support.town import ANNA, BRAM, CARLA, Person, Town, town

ADMIN = CARLA
NEW = "koffie-beheer kanaal nieuw stikstof"
BIND = "koffie-beheer kanaal koppel stikstof"
DAY = timedelta(days=1)


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, channels=True) as made:
        async with made.workshop.write() as work:
            await admins.add_admin(work, made.ids[ADMIN.name])
        await made.jobs.start()
        yield made


async def of(here: Town) -> list[Place]:
    async with here.workshop.read() as work:
        return await places.of_channel(work, ChannelId(1))


async def room_of(here: Town) -> str:
    (place,) = await of(here)
    return str(place.conversation)


def shown(here: Town, room: str) -> list[str]:
    return [seen.text for seen in here.platform.seen.get(room, [])]


class TestMaking:
    async def test_one_line_makes_the_channel_with_its_welcome(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        (place,) = await of(here)
        room = str(place.conversation)
        request = here.platform.requests[0]
        assert (request.name, request.topic) == ("Stikstof", "Koffie over Stikstof, over de overheden heen")
        assert "ambtenaren van alle overheden" in request.purpose
        assert [one.user for one in request.members] == [ADMIN.name]
        told = [seen.text for seen in here.read_by(ADMIN)]
        assert told[0].startswith("Ik maak een kanaal voor Stikstof.")
        assert f"#{room} (https://town.example/{room})" in told[1]
        assert "ritme Stikstof elke 2 weken" in told[1]
        (welcome,) = shown(here, room)
        assert "Bij dit kanaal hoort de opgave Stikstof." in welcome
        assert here.platform.pinned == [place.welcome_key]
        await here.press_in(BRAM, room, "Doe mee")
        assert here.last(BRAM).startswith("Leuk! Je doet mee met de koffierondes over Stikstof.")
        # Who is there already needs no way to it.
        assert "town.example" not in here.last(BRAM)
        await here.say(ANNA, "doe mee met stikstof")
        assert f"Het kanaal vind je hier: #{room} (https://town.example/{room})" in here.last(ANNA)

    async def test_who_comes_by_after_months_can_still_take_part(self, here: Town) -> None:
        """What was said so long ago is forgotten, but the welcome stands there for everybody to find."""
        await here.say(ADMIN, NEW)
        room = await room_of(here)
        await here.say(ADMIN, "koffie-beheer pauze stikstof")
        here.clock.move(here.clock.now() + timedelta(days=100))
        await here.settle()
        assert len(here.platform.buttons[room]) == 1
        await here.press_in(BRAM, room, "Doe mee")
        assert here.last(BRAM).startswith("Leuk! Je doet mee met de koffierondes over Stikstof.")

    async def test_there_is_one_a_chat(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        await here.say(ADMIN, NEW)
        assert here.last(ADMIN).startswith("In deze chat is er al een kanaal voor: #stikstof")
        assert len(here.platform.requests) == 1

    async def test_an_answer_that_is_lost_makes_no_second_one(self, here: Town) -> None:
        here.platform.refusals[:] = [ConnectionError(), TimeoutError()]
        await here.say(ADMIN, NEW)
        await here.say(ADMIN, NEW)
        assert here.last(ADMIN).startswith("Ik maak dat kanaal al.")
        await here.wait(timedelta(minutes=5))
        assert len(shown(here, await room_of(here))) == 1
        assert len(here.platform.channels) == 1

    @pytest.mark.parametrize(
        ("why", "answer"),
        [
            (NoPlace("forbidden"), "Ik mag hier geen kanaal maken. Er is niets veranderd."),
            (NoPlace("unable"), "In deze chat kan ik geen kanaal maken."),
            (ConnectionError(), "Dat lukte niet: deze chat geeft mij geen antwoord."),
        ],
    )
    async def test_where_it_cannot_be_made_nothing_stays(
        self, here: Town, why: Exception, answer: str
    ) -> None:
        here.platform.refusals[:] = [why] * (1 if isinstance(why, NoPlace) else 20)
        await here.say(ADMIN, NEW)
        await here.wait(timedelta(hours=1))
        assert here.last(ADMIN).startswith(answer)
        assert await of(here) == []
        # And it can be asked again.
        await here.say(ADMIN, NEW)
        assert len(shown(here, await room_of(here))) == 1

    async def test_on_ones_other_chat_it_takes_one_press(self, here: Town) -> None:
        other = Account(platform="town", tenant="buurstad", user="carla2")
        async with here.workshop.write() as work:
            await accounts.add(work, here.ids[ADMIN.name], other)
        await here.say(ADMIN, NEW)
        assert "Wil je het ook in je andere chat?" in here.last(ADMIN)
        await here.press(ADMIN, "Ook op Town")
        both = await of(here)
        assert [place.tenant for place in both] == ["town", "buurstad"]
        assert len({place.conversation for place in both}) == 2
        for place in both:
            assert len(shown(here, str(place.conversation))) == 1

    async def test_no_open_channel_is_made_for_a_sensitive_opgave(self, here: Town) -> None:
        await here.say(ADMIN, "koffie-beheer kanaal nieuw problematische schulden")
        assert "is gevoelig. Daarom maak ik er geen open kanaal voor." in here.last(ADMIN)
        assert here.platform.requests == []
        async with here.workshop.read() as work:
            assert await channel.all_of_them(work) == []
        # In a closed one that people made it is welcome, and no code leads there.
        await here.say(ADMIN, "koffie-beheer kanaal koppel problematische schulden", "besloten")
        await here.say(ADMIN, "koffie-beheer kanaal uitnodiging problematische schulden")
        assert "Daarom geef ik er geen code voor." in here.last(ADMIN)


class TestMovingIn:
    async def test_a_conversation_that_is_there(self, here: Town) -> None:
        await here.say(ADMIN, BIND, "plein")
        assert await room_of(here) == "plein"
        assert here.platform.requests[0].adopt == "plein"
        assert here.last(ADMIN).startswith("Gedaan. Dit gesprek hoort nu bij de koffierondes over Stikstof.")
        assert len(shown(here, "plein")) == 1

    @pytest.mark.parametrize(
        ("why", "answer"),
        [
            ("forbidden", "Ik kan dit kanaal niet in. Er is niets veranderd."),
            ("gone", "Ik kan dit kanaal niet in. Er is niets veranderd."),
            ("archived", "Dit kanaal is gearchiveerd. Er is niets veranderd."),
        ],
    )
    async def test_where_it_may_not_nothing_stays(self, here: Town, why: str, answer: str) -> None:
        here.platform.refusals[:] = [NoPlace(why)]  # type: ignore[arg-type]
        await here.say(ADMIN, BIND, "plein")
        assert here.last(ADMIN).startswith(answer)
        assert await of(here) == []
        assert shown(here, "plein") == []


class TestAfterwards:
    async def test_a_welcome_that_was_deleted_is_put_up_again_once_a_day(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        room, (place,) = await room_of(here), await of(here)
        await here.wait(2 * DAY)
        assert len(shown(here, room)) == 1
        here.platform.deleted.add(place.welcome_key)
        await here.wait(DAY)
        assert len(shown(here, room)) == 2
        (again,) = await of(here)
        # And somebody deletes that as well, at once.
        here.platform.deleted.add(again.welcome_key)
        async with here.workshop.write() as work:
            await outbox.clear(work, timedelta(0))
        await here.wait(3 * DAY)
        assert len(shown(here, room)) == 3
        assert len(here.platform.pinned) == 3

    async def test_a_platform_that_cannot_tell_loses_nothing(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        here.platform.refusals[:] = [ConnectionError()] * 20
        await here.wait(2 * DAY)
        assert len(shown(here, await room_of(here))) == 1

    @pytest.mark.parametrize("noticed", ["at a look", "at a message"])
    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_a_lost_place_is_told_and_the_round_goes_on_in_the_others(
        self, here: Town, noticed: str
    ) -> None:
        await here.say(ADMIN, NEW)
        await here.say(ADMIN, BIND, "plein")
        for person in (ANNA, BRAM):
            await here.say(person, "doe mee", "plein")
        room = str((await of(here))[0].conversation)
        if noticed == "at a look":
            here.platform.refusals[:] = [NoPlace("gone")]
            await here.wait(DAY)
        else:
            here.platform.faults[:] = ["gone"]
            here.platform.refusals[:] = [NoPlace("gone")]
            await here.say(ADMIN, "koffie-beheer ronde start stikstof")
            await here.wait(timedelta(minutes=1))
        assert f"Ik kan het kanaal #{room} niet meer in." in here.last(ADMIN)
        assert "gaan door in de andere kanalen" in here.last(ADMIN)
        assert [place.conversation for place in await of(here)] == ["plein"]
        if noticed == "at a look":
            await here.say(ADMIN, "koffie-beheer ronde start stikstof")
        assert "maak ik koffiekoppels over Stikstof" in shown(here, "plein")[-1]
        async with here.workshop.read() as work:
            assert await channel.count_members(work, ChannelId(1)) == 2

    async def test_a_message_that_is_not_taken_loses_no_place(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        here.platform.faults[:] = ["gone"]
        await here.say(ADMIN, "koffie-beheer ronde start stikstof")
        await here.wait(timedelta(minutes=1))
        assert "niet meer in" not in here.all_text(ADMIN)
        assert len(await of(here)) == 1

    async def test_without_any_place_no_round_is_held_unheard(self, here: Town) -> None:
        await here.say(ADMIN, NEW)
        await here.say(ADMIN, "koffie-beheer ritme stikstof elke week op dinsdag om 10 uur")
        await self._join(here, ANNA, BRAM)
        here.platform.refusals[:] = [NoPlace("archived")]
        await here.wait(DAY)
        assert "geen kanaal meer over" in here.last(ADMIN)
        await here.wait(20 * DAY)
        assert "Zin in koffie?" not in here.all_text(ANNA)
        # A new one, and rounds go on.
        await here.say(ADMIN, NEW)
        await here.wait(10 * DAY)
        assert "Zin in koffie?" in here.all_text(ANNA)

    async def _join(self, here: Town, *people: Person) -> None:
        for person in people:
            await here.say(person, "doe mee met stikstof")
