"""Rooms that others take the place of, and words that are taken back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from urllib.parse import quote

import pytest

from adapters.matrix.names import account_of
from bot.chat.address import Conversation, Direct
from bot.chat.message import say
from bot.chat.port import ChannelRequest, NoPlace
from bot.i18n.text import Words
from tests.matrix.client import Client
from tests.matrix.synapse import Login
from tests.matrix.world import HELLO, HELP, RULES, World


def raw(world: World, client: Client) -> Login:
    """For requests that the client has no order for."""
    return Login(world.server.url, client.user, client.token, client.device)


async def test_a_talk_goes_on_in_the_room_that_takes_its_place(koffie: World) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to("hallo", HELLO)
    upgraded = await raw(koffie, anna.client)(
        "POST", f"rooms/{quote(anna.talk)}/upgrade", {"new_version": "11"}
    )
    anna.talk = upgraded["replacement_room"]
    # Clients call the others in without saying again that it is a talk of two; the homeserver remembers that.
    await anna.client.order("invite", room=anna.talk, user=anna.bot)
    await koffie.joined(anna)
    for told in (b'"join":{"' + anna.talk.encode(), b"m.direct"):
        await koffie.took_in(told, anna.talk.encode())
    # What nobody asked for goes there, and not where nobody looks any more.
    assert koffie.program is not None
    where, words = Direct(account=account_of(anna.user)), say(Words(text="Zin in koffie?"))
    await koffie.program.adapters["matrix"].deliver(f"k1-{koffie.mark}", where, words, (), None)
    await anna.reads("Zin in koffie?")
    await anna.answer_to("hulp", HELP)


async def test_a_topics_room_that_moved_is_said_to_be_lost(koffie: World) -> None:
    assert koffie.program is not None
    adapter = koffie.program.adapters["matrix"]
    anna = await koffie.client("anna")
    room = await anna.room(koffie.bot.user)
    await anna.until(lambda: anna.members.get((room, koffie.bot.user)) == "join" or None, "the bot")
    name = f"moved-{koffie.mark}"
    asked = ChannelRequest(name, name, "", "Stikstof", "Koffie", "Hier is koffie.", (), room)
    place = (await adapter.create_channel(asked)).place
    (ref,) = (
        await adapter.deliver(f"welcome-{koffie.mark}", place, say(Words(text="Welkom")), (), None)
    ).refs
    assert await adapter.stands(place, ref) is True
    moved = await raw(koffie, anna)("POST", f"rooms/{quote(room)}/upgrade", {"new_version": "11"})
    await koffie.proxy.until(
        lambda: any(moved["replacement_room"].encode() in call.answer for call in koffie.syncs())
    )
    await anna.say(await anna.direct(koffie.bot.user), "hallo")
    await anna.reads(HELLO, by=koffie.bot.user)
    with pytest.raises(NoPlace, match="archived"):
        await adapter.stands(place, ref)
    with pytest.raises(NoPlace, match="archived"):
        await adapter.create_channel(asked)
    elsewhere = Conversation(platform="matrix", tenant="", id="!not-a-room-of-the-bot")
    with pytest.raises(NoPlace, match="gone"):
        await adapter.stands(elsewhere, ref)
    place = Conversation(platform="matrix", tenant="", id=room)
    told = await adapter.deliver(f"round-{koffie.mark}", place, say(Words(text="Ronde")), (), None)
    assert (told.state, told.reason) == ("gone", "room_moved")
    await anna.close()


async def test_words_that_were_taken_back_are_not_asked_for_again(koffie: World) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to("hallo", HELLO)
    async with koffie.keyless(anna, asyncio.Event()) as mute:
        event = await mute.say(anna.talk, "hulp")
        await koffie.gave(event)
        await anna.client.order("redact", room=anna.talk, event=event)
        await anna.answer_to("hulp", HELP)
        before = len(anna.messages())
        koffie.clock.move(timedelta(minutes=5))
        await anna.answer_to("spelregels", RULES)
        await anna.answer_to("hulp", HELP)
        assert len(anna.messages()) == before + 2
