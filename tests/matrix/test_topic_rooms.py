"""Rooms of topics on a real homeserver: made once, and told of whoever leaves."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from aiohttp import web

from adapters.matrix.names import account_of
from bot.chat.address import Conversation
from bot.chat.inbound import Inbound, Left
from bot.chat.message import say
from bot.chat.port import ChannelRequest
from bot.i18n.text import Words
from tests.matrix.proxy import Exchange, Fault, answers, cut, loses_the_answer
from tests.matrix.synapse import MatrixError
from tests.matrix.world import HELLO, World, serving

MAKE = r"/createRoom$"
PURPOSE = "Hier ontmoeten ambtenaren van alle overheden elkaar."


def request(world: World, key: str, *users: str) -> ChannelRequest:
    return ChannelRequest(
        f"{key}-{world.mark}",
        f"group-{world.mark}",
        "",
        "Stikstof & natuur",
        "Koffie over stikstof",
        PURPOSE,
        tuple(map(account_of, users)),
    )


async def create(world: World, asked: ChannelRequest) -> str:
    assert world.program is not None
    made = await world.program.adapters["matrix"].create_channel(asked)
    place = made.place
    assert (place.platform, place.tenant, place.thread, place.account) == ("matrix", "", None, None)
    return place.id


@contextmanager
def heard(world: World) -> Iterator[list[Inbound]]:
    """Who left, as the inbox gets it."""
    assert world.program is not None
    found: list[Inbound] = []
    put = world.program.dispatcher.put

    async def listening(events: Sequence[Inbound], **more: Any) -> None:
        found.extend(event for event in events if isinstance(event.content, Left))
        await put(events, **more)

    with patch.object(world.program.dispatcher, "put", listening):
        yield found


async def state_of(world: World, room: str, kind: str, key: str = "") -> Any:
    return await world.bot("GET", f"rooms/{quote(room)}/state/{kind}/{quote(key)}")


async def test_a_topics_room_is_private_encrypted_and_has_its_people(koffie: World) -> None:
    anna, bram = await koffie.client("anna"), await koffie.client("bram")
    elsewhere = "@chantal:elders.nl"
    face = {"avatar_url": "mxc://localhost/koffie"}
    await koffie.bot("PUT", f"profile/{quote(koffie.bot.user)}/avatar_url", face)
    room = await create(koffie, request(koffie, "stikstof", anna.user, bram.user, elsewhere))
    assert await anna.joins() == await bram.joins() == room
    assert (await state_of(koffie, room, "m.room.name"))["name"] == "Stikstof & natuur"
    assert (await state_of(koffie, room, "m.room.topic"))["topic"] == PURPOSE
    assert (await state_of(koffie, room, "m.room.encryption"))["algorithm"] == "m.megolm.v1.aes-sha2"
    rule = await state_of(koffie, room, "m.room.join_rules")
    assert (rule["join_rule"], len(rule["allow"])) == ("restricted", 1)
    assert (await state_of(koffie, room, "m.room.guest_access"))["guest_access"] == "forbidden"
    assert (await state_of(koffie, room, "m.room.avatar"))["url"] == face["avatar_url"]
    listed = await koffie.bot("GET", f"directory/list/room/{quote(room)}")
    assert listed["visibility"] == "private"
    # From a server that may not talk to the bot: not invited.
    with pytest.raises(MatrixError, match="404"):
        await state_of(koffie, room, "m.room.member", elsewhere)
    # What is said there is for its people alone, and they can read it from the start.
    place = Conversation(platform="matrix", tenant="", id=room)
    assert koffie.program is not None
    told = await koffie.program.adapters["matrix"].deliver(
        f"welcome-{koffie.mark}", place, say(Words(text="Welkom hier")), (), None
    )
    assert told.state == "sent"
    for client in (anna, bram):
        seen = await client.reads("Welkom hier", by=koffie.bot.user, room=room)
        assert (seen.encrypted, seen.shield) == (True, {"colour": "none", "reason": None})
        await client.close()


async def test_before_version_12_the_maker_is_listed_with_its_power(koffie: World) -> None:
    anna = await koffie.client("anna")
    older = {"capabilities": {"m.room_versions": {"default": "11", "available": {"11": "stable"}}}}
    koffie.proxy.rule("GET", "/capabilities$", answers(200, older), times=2)
    room = await create(koffie, request(koffie, "stikstof", anna.user))
    assert await anna.joins() == room
    assert (await state_of(koffie, room, "m.room.create"))["room_version"] == "11"
    powers = await state_of(koffie, room, "m.room.power_levels")
    assert powers["users"] == {koffie.bot.user: 100, anna.user: 50}
    await anna.close()


async def test_it_is_there_once_the_bot_knows_whom_it_invited(koffie: World) -> None:
    """What is said before that would be encrypted for nobody but those who came in earlier."""
    assert koffie.program is not None
    anna = await koffie.client("anna")
    invited, told = asyncio.Event(), asyncio.Event()

    async def invites(exchange: Exchange) -> web.StreamResponse:
        invited.set()
        return await exchange.forward()

    async def tells_late(exchange: Exchange) -> web.StreamResponse:
        answer = await exchange.forward()
        if invited.is_set():
            await told.wait()
        return answer

    koffie.proxy.rule("POST", "/invite$", invites, times=math.inf)
    koffie.proxy.rule("GET", "/sync$", tells_late, times=math.inf)
    making = asyncio.create_task(create(koffie, request(koffie, "stikstof", anna.user)))
    await koffie.proxy.until(lambda: [call for call in koffie.proxy.of("POST", "/invite$") if call.status])
    # Long enough for whoever does not wait; whoever does may take as long as it likes.
    early, _ = await asyncio.wait({making}, timeout=1)
    told.set()
    assert not early
    await making
    await anna.close()


@pytest.mark.parametrize("fault", [cut, loses_the_answer], ids=["before", "after"])
async def test_a_topics_room_is_made_once_also_when_it_is_cut_off(koffie: World, fault: Fault) -> None:
    anna = await koffie.client("anna")
    asked = request(koffie, "stikstof", anna.user)
    koffie.proxy.rule("POST", MAKE, fault)
    with pytest.raises(Exception, match="Disconnected"):
        await create(koffie, asked)
    room = await create(koffie, asked)
    assert await create(koffie, asked) == room
    assert await anna.joins() == room
    other = await create(koffie, request(koffie, "wonen", anna.user))
    assert other != room
    made = [call for call in koffie.proxy.of("POST", MAKE) if call.told.get("room_id")]
    # Two rooms, in one space.
    assert len(made) == 3
    # Cut off between the room and its people.
    bram = await koffie.client("bram")
    koffie.proxy.rule("POST", "/invite$", fault)
    asked = request(koffie, "natuur", bram.user)
    with pytest.raises(Exception, match="Disconnected"):
        await create(koffie, asked)
    last = await create(koffie, asked)
    assert await bram.joins() == last
    await bram.close()
    await anna.close()


async def test_a_topics_room_outlives_a_restart_and_calls_nobody_back(
    matrix: World, database_url: str
) -> None:
    anna, bram = await matrix.client("anna"), await matrix.client("bram")
    async with serving(matrix, database_url):
        room = await create(matrix, request(matrix, "stikstof", anna.user))
        await anna.joins()
    await anna.order("leave", room=room)
    async with serving(matrix, database_url, seed=2):
        # Who left stays out; who is new is invited.
        assert await create(matrix, request(matrix, "stikstof", anna.user, bram.user)) == room
        assert await bram.joins() == room
    assert (await state_of(matrix, room, "m.room.member", anna.user))["membership"] == "leave"
    for client in (anna, bram):
        await client.close()


async def test_who_cannot_be_invited_keeps_nobody_out(koffie: World) -> None:
    anna = await koffie.client("anna")
    nowhere = "@chantal:localhost:1"
    asked = request(koffie, "stikstof", nowhere, anna.user)
    room = await create(koffie, asked)
    assert await anna.joins() == room
    assert await create(koffie, asked) == room
    await anna.close()


async def test_who_leaves_a_room_or_is_taken_out_of_it_is_told_once(koffie: World) -> None:
    anna, bram, chantal = [await koffie.client(name) for name in ("anna", "bram", "chantal")]
    talks = [await client.direct(koffie.bot.user) for client in (anna, bram)]
    room = await create(koffie, request(koffie, "stikstof", anna.user, bram.user, chantal.user))
    for client in (anna, bram):
        await client.joins()
    with heard(koffie) as left:
        # An invitation declined, a talk of two: neither is a room that somebody was in and left.
        await chantal.order("leave", room=await chantal.is_invited())
        await bram.order("leave", room=talks[1])
        await anna.order("leave", room=room)
        await koffie.bot("POST", f"rooms/{quote(room)}/kick", {"user_id": bram.user})
        await anna.say(talks[0], "hallo")
        await anna.reads(HELLO, by=koffie.bot.user, room=talks[0])
    assert sorted(one.actor.user for one in left) == sorted([anna.user, bram.user])
    for one in left:
        place = Conversation(platform="matrix", tenant="", id=room, account=one.actor)
        assert one.where == place
    for client in (anna, bram, chantal):
        await client.close()
