"""Officials of several homeservers in one network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.matrix import hearing
from tests.matrix.journey import agree, registered
from tests.matrix.proxy import holds, holds_the_answer
from tests.matrix.synapse import DIRECT_ROOMS_FOR_TWO, UNLIMITED, Homeserver
from tests.matrix.world import HELLO, HELP, JOIN, Person, World, serving, world

YES = "zeggen allebei ja"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Homeserver, Homeserver]]:
    """The bot's own homeserver, and another that reaches it over TLS; their names hold ports."""
    folder = tmp_path_factory.mktemp("federation")
    ours, theirs = [Homeserver(folder / name, federates=True, **UNLIMITED) for name in ("ours", "theirs")]
    for server in (ours, theirs):
        server.start()
    yield ours, theirs
    for server in (ours, theirs):
        server.close()


@pytest.fixture
async def matrix(servers: tuple[Homeserver, Homeserver], tmp_path: Path) -> AsyncIterator[World]:
    async with world(servers[0], tmp_path) as made:
        yield made


async def guest(made: World, server: Homeserver, name: str) -> Person:
    """Somebody of another homeserver, in talk with the bot of ours."""
    client = await made.client(name, server=server)
    talk = await client.direct(made.bot.user)
    made.people[name] = Person(name, client, talk, made.bot.user)
    return made.people[name]


async def test_officials_of_two_homeservers_get_a_room_of_their_own(
    matrix: World, database_url: str, servers: tuple[Homeserver, Homeserver]
) -> None:
    async with serving(matrix, database_url):
        anna, bram = await matrix.person("anna"), await guest(matrix, servers[1], "bram")
        assert anna.user.count(":") == bram.user.count(":") == 2
        await registered(anna, bram)
        await agree(anna, bram)
        room, other = [await person.client.joins() for person in (anna, bram)]
        assert room == other
        # Room version 12: ids without a server, so that any server may have made it.
        assert ":" not in room
        for person in (anna, bram):
            told = await person.client.reads(YES, by=matrix.bot.user, room=room)
            assert (told.encrypted, told.shield) == (True, {"colour": "none", "reason": None})
            assert person.client.unread == set()
        await bram.client.say(room, "dag Anna")
        await anna.client.reads("dag Anna", by=bram.user, room=room)


async def test_an_invitation_from_a_server_that_is_not_allowed_is_left_alone(
    matrix: World, database_url: str, servers: tuple[Homeserver, Homeserver]
) -> None:
    ours, theirs = servers
    allowed = {"KOFFIE_MATRIX_ALLOWED_SERVERS": f"*.example.nl,{ours.name}"}
    async with serving(matrix, database_url, env=allowed):
        bram = await guest(matrix, theirs, "bram")
        room = await bram.client.room(matrix.bot.user)
        await matrix.proxy.until(lambda: [call for call in matrix.syncs() if room.encode() in call.answer])
        anna = await matrix.person("anna")
        await anna.say("hallo")
        await anna.reads(HELLO)
        # In a room of somebody who is allowed, too, others are not heard.
        shared = await anna.client.room(matrix.bot.user, bram.user)
        await bram.client.order("join", room=shared)
        await matrix.joined(anna, shared)
        await bram.client.say(shared, "!hulp")
        await anna.client.say(shared, "!hulp")
        await anna.reads(HELP)
    assert bram.client.members[bram.talk, matrix.bot.user] in {"invite", "leave"}
    assert bram.client.members[room, matrix.bot.user] in {"invite", "leave"}
    assert bram.client.said_by(matrix.bot.user) == []
    assert (bram.user, "invite") not in {(user, is_) for (_, user), is_ in bram.client.members.items()}


async def test_a_dead_server_and_a_slow_answer_hold_no_other_invitation_up(
    matrix: World,
    database_url: str,
    servers: tuple[Homeserver, Homeserver],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hearing, "_JOIN_SECONDS", 0.5)
    never = asyncio.Event()
    async with serving(matrix, database_url):
        matrix.proxy.rule("POST", JOIN, holds(never))
        bram = await guest(matrix, servers[1], "bram")
        await matrix.proxy.until(lambda: matrix.proxy.of("POST", JOIN))
        # Of another server than the dead one; and ours takes its time, but does it.
        matrix.proxy.rule("POST", JOIN, holds_the_answer(never))
        for name in ("anna", "chantal"):
            person = await matrix.person(name)
            await person.answer_to("hallo", HELLO)
    assert bram.client.members[bram.talk, matrix.bot.user] == "invite"


async def test_two_may_be_introduced_where_direct_rooms_are_for_two(
    database_url: str, tmp_path: Path
) -> None:
    """The rules of a government's servers, by their own public module."""
    server = Homeserver(tmp_path / "two", **UNLIMITED, **DIRECT_ROOMS_FOR_TWO)
    await asyncio.to_thread(server.start)
    try:
        async with world(server, tmp_path) as made, serving(made, database_url):
            anna, bram = await made.person("anna"), await made.person("bram")
            # The rule is in force: nobody else is let into a direct room.
            await made.joined(anna)
            with pytest.raises(Exception, match="M_FORBIDDEN"):
                await anna.client.order("invite", room=anna.talk, user=bram.user)
            await registered(anna, bram)
            await agree(anna, bram)
            for person in (anna, bram):
                room = await person.client.joins()
                await person.client.reads(YES, by=made.bot.user, room=room)
    finally:
        server.close()
