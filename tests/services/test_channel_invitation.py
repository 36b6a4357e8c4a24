"""Inviting anybody to a channel: a code of many, a picture to scan, and what the channel reads."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.domain.ids import ChannelId, KoffieId, PlaceId, TopicId
from bot.domain.layer import Layer
from bot.services import channel_invitation
from bot.services.reveal import Withheld
from bot.store import admins, channel, channel_code, small_win, tables
from bot.store import place as places
from tests.support.rounds import PEOPLE
from tests.support.town import ANNA, BRAM, CARLA, NITROGEN, WATER, Person, Town, town
from tests.support.workshop import AMSTERDAM

ADMIN = CARLA
INVITE = "koffie-beheer kanaal uitnodiging stikstof"
NEWCOMER = Person("Nora Nieuw", "Ede", Layer.GEMEENTE)


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, PEOPLE, channels=True) as made:
        async with made.workshop.write() as work:
            await admins.add_admin(work, made.ids[ADMIN.name])
        await made.jobs.start()
        await made.say(ADMIN, "koffie-beheer kanaal nieuw stikstof")
        for person in PEOPLE:
            await made.say(person, "doe mee met stikstof")
        made.meet(NEWCOMER)
        yield made


async def code_of(here: Town) -> str:
    await here.say(ADMIN, INVITE)
    return here.last(ADMIN).rpartition("met deze code: ")[2].split()[0]


async def room_of(here: Town) -> str:
    async with here.workshop.read() as work:
        (place,) = await places.of_channel(work, ChannelId(1))
    return str(place.conversation)


async def test_a_letter_a_picture_and_how_it_stands(here: Town) -> None:
    await here.say(ADMIN, INVITE)
    *_, lead, letter = [seen.text for seen in here.read_by(ADMIN)]
    assert "collega's doen mee met de rondes" in lead
    # Of each layer there are fewer than five: nobody can tell which of them has nobody.
    assert "We zoeken vooral nog mensen van het rijk, een provincie, een gemeente of een waterschap." in lead
    assert not any(person.name in lead + letter for person in PEOPLE)
    assert letter.startswith("Hoi! Werk jij ook aan Stikstof?")
    assert f"Op Town: https://town.example/{await room_of(here)}" in letter
    async with here.workshop.read() as work:
        picture = await channel_invitation.picture(work, here.ids[ANNA.name], PlaceId(1))
        width, height = struct.unpack(">II", picture.content[16:24])
        assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
        assert 200 < width == height < 1000
        with pytest.raises(Withheld):
            await channel_invitation.picture(work, here.ids[ANNA.name], PlaceId(9))


async def test_a_newcomer_answers_no_question_about_the_topic(here: Town) -> None:
    code = await code_of(here)
    await here.say(NEWCOMER, f"code {code}")
    await here.say(NEWCOMER, NEWCOMER.name)
    assert "Waar werk je?" in here.last(NEWCOMER)
    await here.say(NEWCOMER, "gemeente Ede")
    assert "Waaraan werk je?" not in here.all_text(NEWCOMER)
    assert "Stikstof" in here.last(NEWCOMER)
    await here.say(NEWCOMER, "ja")
    assert "Je doet mee met de koffierondes over Stikstof." in here.all_text(NEWCOMER)
    async with here.workshop.read() as work:
        assert await channel.count_members(work, ChannelId(1)) == len(PEOPLE) + 1


async def test_by_the_button_in_the_channel_it_is_the_same(here: Town) -> None:
    await here.press_in(NEWCOMER, await room_of(here), "Doe mee")
    await here.say(NEWCOMER, NEWCOMER.name)
    await here.say(NEWCOMER, "gemeente Ede")
    await here.say(NEWCOMER, "ja")
    assert "Waaraan werk je?" not in here.all_text(NEWCOMER)
    assert "Je doet mee met de koffierondes over Stikstof." in here.all_text(NEWCOMER)


async def test_many_use_it_until_it_is_withdrawn(here: Town) -> None:
    code = await code_of(here)
    assert await code_of(here) == code
    for person in (ANNA, BRAM):
        await here.say(person, f"code {code}")
        assert here.last(person).startswith("Je deed al mee met")
    await here.press(ADMIN, "Trek de code in")
    assert here.last(ADMIN).startswith("Gedaan. Deze code werkt niet meer.")
    await here.say(ANNA, f"code {code}")
    assert here.last(ANNA).startswith("Deze code werkt niet (meer).")
    assert await code_of(here) != code
    async with here.workshop.read() as work:
        assert await channel_code.channel_of(work, code) is None


async def win(here: Town, words: str, topic: TopicId, *, agreed: bool) -> None:
    """A koffie of Anna and Bram, and a line about it."""
    async with here.workshop.write() as work:
        row = tables.Koffie(
            topic_id=topic,
            state="drunk",
            requested_at=work.now,
            asked_at=work.now,
            remind_at=work.now,
            term_at=work.now,
            closed_at=work.now,
        )
        work.session.add(row)
        await work.session.flush()
        koffie, anna, bram = KoffieId(row.id), here.ids[ANNA.name], here.ids[BRAM.name]
        assert await small_win.add(work, koffie, anna, words)
        if agreed:
            made = await small_win.take(work, koffie)
            assert made is not None
            await small_win.agree(work, made, bram, last=True)


async def test_once_a_month_the_channel_reads_what_came_of_it(here: Town) -> None:
    room = await room_of(here)
    await here.wait(timedelta(days=1))
    await win(here, "Eén loket scheelt weken.", NITROGEN, agreed=True)
    await win(here, "Nog niet gevraagd.", NITROGEN, agreed=False)
    await win(here, "Over water.", WATER, agreed=True)
    await here.until(datetime(2026, 12, 9, 12, tzinfo=AMSTERDAM))
    told = [seen for seen in here.platform.seen[room] if "zo staat het ervoor" in seen.text]
    (news,) = told
    assert news.at.astimezone(AMSTERDAM).date().isoformat() == "2026-12-01"
    assert news.text.startswith("Stikstof: zo staat het ervoor")
    assert "collega's doen mee met de rondes" in news.text
    assert "“Eén loket scheelt weken.”" in news.text
    assert "Nog niet gevraagd" not in news.text
    assert "Over water" not in news.text
    assert not any(person.name in news.text for person in PEOPLE)


async def test_where_there_is_nothing_to_tell_nothing_is_said(here: Town) -> None:
    for person in PEOPLE[:3]:
        await here.say(person, "stop met stikstof")
    await here.until(datetime(2026, 12, 9, 12, tzinfo=AMSTERDAM))
    assert not any("zo staat het ervoor" in seen.text for seen in here.platform.seen[await room_of(here)])
