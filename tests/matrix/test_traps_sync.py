"""Traps of syncing, sprung on the real program; docs/matrix/traps.md lists them."""

from __future__ import annotations

import asyncio
import math
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy.exc import OperationalError

from adapters.matrix import hearing, sync
from bot.chat.address import Account, Direct
from bot.chat.inbound import Inbound
from bot.chat.message import say
from bot.i18n.text import Words
from tests.matrix.plain import invited, joined, plainly_reads, said
from tests.matrix.proxy import Call, answers, changes, holds, timeline_of
from tests.matrix.world import HELLO, HELP, JOIN, SEND, World, process, serving


async def test_a_fault_in_the_middle_of_a_sync_loses_nothing(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url) as program:
        anna = await matrix.person("anna")
        await anna.answer_to("hallo", HELLO)
        put, failures = program.dispatcher.put, ["once", "twice"]

        async def failing(events: Sequence[Inbound], **more: Any) -> None:
            if events and failures:
                failures.pop()
                raise OperationalError("", {}, Exception("away"))
            await put(events, **more)

        with patch.object(program.dispatcher, "put", failing):
            await anna.say("hulp")
            await anna.reads(HELP)
        assert failures == []
        assert anna.count(HELP) == 1


MARKED = "vijandig "
HOSTILE: Sequence[dict[str, Any]] = (
    {},
    {"msgtype": "m.text"},
    {"msgtype": "m.text", "body": ["hulp"]},
    {"msgtype": ["m.text"], "body": "hulp"},
    {"msgtype": "m.text", "body": {"body": "hulp"}},
    {"msgtype": "m.text", "body": "niets", "m.relates_to": "thread"},
    {"msgtype": "m.text", "body": "niets", "m.relates_to": {"rel_type": ["m.thread"], "event_id": 7}},
    {"msgtype": "m.text", "body": "niets", "m.mentions": ["@koffie"]},
    {"msgtype": "m.text", "body": "niets", "format": 1, "formatted_body": 2},
    {"msgtype": "m.text", "body": "\u202e\u0007" * 1000},
    {"msgtype": "m.notice", "body": "hulp"},
)
SEALED: Sequence[dict[str, Any]] = (
    {},
    {"algorithm": "m.megolm.v1.aes-sha2"},
    {"algorithm": 7, "ciphertext": []},
    {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AA",
        "session_id": "s",
        "sender_key": "k",
        "device_id": "d",
    },
)

SPOILT: Sequence[Any] = (
    None,
    {"type": "m.room.encrypted"},
    {"type": "m.room.encrypted", "sender": 7, "content": {"algorithm": "m.olm.v1.curve25519-aes-sha2-256"}},
    {"type": "m.room_key", "sender": "@a:b", "content": {"session_key": "x"}},
)


async def test_what_nobody_should_send_breaks_nothing(koffie: World) -> None:
    """Our own homeserver refuses such events; another one may let them through."""
    raw = await koffie.server.register(f"raw-{koffie.mark}")
    room = (await raw("POST", "createRoom", {"is_direct": True, "invite": [koffie.bot.user]}))["room_id"]
    await joined(raw, room, koffie.bot.user)
    hostile = [("m.room.message", one) for one in HOSTILE] + [("m.room.encrypted", one) for one in SEALED]
    spoilt: list[str] = []

    def spoils(answer: dict[str, Any]) -> None:
        answer.setdefault("to_device", {}).setdefault("events", []).extend(SPOILT)
        for event in timeline_of(answer, room):
            if event["content"].get("body", "").startswith(MARKED):
                number = int(event["content"]["body"].removeprefix(MARKED))
                event["type"], event["content"] = hostile[number]
                spoilt.append(event["event_id"])

    koffie.proxy.rule("GET", "/sync$", changes(spoils), times=1000)
    await said(raw, room, "hallo")
    await plainly_reads(raw, room, HELLO, by=koffie.bot.user)
    for number in range(len(hostile)):
        await said(raw, room, f"{MARKED}{number}")
    await said(raw, room, "hulp")
    told = await plainly_reads(raw, room, HELP, by=koffie.bot.user)
    assert sum(HELP in words for words in told) == 1
    assert len(set(spoilt)) == len(hostile)


async def test_nothing_said_while_it_was_away_is_missed(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url):
        anna, bram = await matrix.person("anna"), await matrix.person("bram")
        for person in (anna, bram):
            await person.say("hallo")
            await person.reads(HELLO)
        raw = await matrix.server.register(f"raw-{matrix.mark}")
        room = (await raw("POST", "createRoom", {"invite": [matrix.bot.user]}))["room_id"]
        await joined(raw, room, matrix.bot.user)
    # Far more than the ten events of a timeline, with a question at its very beginning.
    await said(raw, room, "!hulp")
    for number in range(250):
        await said(raw, room, f"gewone praat {number}")
    for number in range(15):
        await anna.say("hulp" if number == 0 else f"iets anders {number}")
    await bram.say("hulp")
    async with serving(matrix, database_url, seed=2):
        await bram.reads(HELP)
        await anna.reads(HELP)
        await anna.client.until(lambda: anna.count(HELLO) == 15 or None, "an answer to each")
        talk = await invited(raw)

        def told() -> list[Call]:
            return [call for call in matrix.proxy.of("PUT", SEND) if talk in call.path and call.status == 200]

        await matrix.proxy.until(told)
    assert len(told()) == 1
    assert (anna.count(HELP), bram.count(HELP)) == (1, 1)


async def test_a_crash_between_invitation_and_joining_leaves_nobody_waiting(
    matrix: World, database_url: str
) -> None:
    never = asyncio.Event()
    lift = matrix.proxy.rule("POST", JOIN, holds(never), times=10)
    async with process(matrix, database_url) as bot:
        anna = await matrix.person("anna")
        await anna.say("hulp")
        await matrix.proxy.until(lambda: matrix.proxy.of("POST", JOIN))
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
    lift()
    async with process(matrix, database_url):
        await anna.reads(HELP)
    assert anna.count(HELP) == 1


async def test_an_invitation_that_does_not_count_yet_is_taken_up_later(
    matrix: World, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server tells the bot's of an invitation before it stores it."""
    monkeypatch.setattr(sync, "_BUSY_POLL_MILLISECONDS", 100)
    refuses = answers(403, {"errcode": "M_FORBIDDEN", "error": "You are not invited to this room."})

    def tries(room: str) -> int:
        return len([call for call in matrix.proxy.of("POST", JOIN) if room in call.path])

    matrix.proxy.rule("POST", JOIN, refuses)
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.answer_to("hallo", HELLO)
        assert tries(anna.talk) == 2
        # One that is not taken back, and yet refused for good, is let go.
        matrix.proxy.rule("POST", JOIN, refuses, times=math.inf)
        monkeypatch.setattr(hearing, "_PAUSE_SECONDS", 3600.0)
        bram = await matrix.person("bram")
        await matrix.proxy.until(lambda: tries(bram.talk))
        for _ in range(2):
            await anna.answer_to("hulp", HELP)
        assert tries(bram.talk) == 1, "not with each sync"
        monkeypatch.setattr(hearing, "_PAUSE_SECONDS", 0.0)
        await matrix.proxy.until(lambda: tries(bram.talk) > 1)
        matrix.clock.move(timedelta(minutes=1))
        tried = []
        for _ in range(4):
            # With each sync it would be tried.
            await anna.answer_to("hulp", HELP)
            tried.append(tries(bram.talk))
        assert tried[-2] == tried[-1]


async def test_rooms_are_known_again_after_a_restart(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.answer_to("hallo", HELLO)
    async with serving(matrix, database_url, seed=2) as program:
        # Before anybody says a word.
        address = Direct(account=Account(platform="matrix", tenant="", user=anna.user))
        told = await program.adapters["matrix"].deliver(
            f"restart-{matrix.mark}", address, say(Words(text="daar ben ik weer")), (), None
        )
        assert told.state == "sent"
        seen = await anna.reads("daar ben ik weer")
        assert (seen.encrypted, seen.shield) == (True, {"colour": "none", "reason": None})


async def test_no_command_runs_twice(matrix: World, database_url: str) -> None:
    async with process(matrix, database_url) as bot:
        anna = await matrix.person("anna")
        await anna.answer_to("hulp", HELP)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
    # As if it had never heard how far it was.
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    with closing(connection), connection:
        assert connection.execute("DELETE FROM meta WHERE key LIKE 'cursor:%'").rowcount == 1
    async with process(matrix, database_url):
        await anna.answer_to("hallo", HELLO)
    assert anna.count(HELP) == 1
