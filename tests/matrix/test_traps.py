"""Traps of encryption, sprung on the real program; docs/matrix/traps.md lists them."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nio.crypto.sessions import OlmAccount
from vodozemac import LibolmPickleException, PickleException

from tests.matrix.client import Client
from tests.matrix.echo import MARK, echoing
from tests.matrix.proxy import changes, holds_the_answer, timeline_of
from tests.matrix.synapse import Login
from tests.matrix.world import HELLO, HELP, RULES, SEND, World, serving


async def test_the_bots_device_is_signed_where_nios_is_not(
    matrix: World, database_url: str, tmp_path: Path
) -> None:
    lax = await matrix.client("lax", strict=False)
    bare = await matrix.server.register(f"bare-{matrix.mark}")
    async with echoing(bare, tmp_path / "echo"):
        room = await lax.direct(bare.user)
        await lax.until(lambda: lax.members.get((room, bare.user)) == "join" or None)
        await lax.say(room, "hallo")
        seen = await lax.reads(MARK, by=bare.user)
        assert seen.shield is not None
        assert seen.shield["colour"] == "red"
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.say("hulp")
        answer = await anna.reads(HELP)
        assert (answer.encrypted, answer.shield) == (True, {"colour": "none", "reason": None})
        devices = await anna.client.order("devices", user=matrix.bot.user)
        assert list(devices.values()) == [True]
    # A second start changes nothing, and signs nothing anew.
    uploads = len(matrix.proxy.of("POST", "device_signing/upload"))
    async with serving(matrix, database_url, seed=2):
        await anna.answer_to("hulp", HELP)
    assert len(matrix.proxy.of("POST", "device_signing/upload")) == uploads == 1
    await lax.close()


async def test_another_identity_of_the_account_is_never_overwritten(
    matrix: World, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = await Client.login(matrix.server.url, matrix.bot.user, token=matrix.bot)
    asked: dict[str, Any] = {"device_keys": {matrix.bot.user: []}}
    keys = (await matrix.bot("POST", "keys/query", asked))["master_keys"]
    async with serving(matrix, database_url) as program:
        anna = await matrix.person("anna", strict=False)
        await anna.say("hulp")
        await anna.reads(HELP)
        findings = await program.adapters["matrix"].check()
    assert (await matrix.bot("POST", "keys/query", asked))["master_keys"] == keys
    assert not all(finding.well for finding in findings)
    assert [record for record in caplog.records if record.levelname == "ERROR"]
    await before.close()


async def test_one_time_keys_never_run_out(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.say("hulp")
        await anna.reads(HELP)
        claimer = await matrix.server.register(f"claimer-{matrix.mark}")
        (device,) = (await anna.client.order("devices", user=matrix.bot.user)).keys()
        taken = [await claim(claimer, matrix.bot.user, device) for _ in range(60)]
        assert None not in taken
        bram = await matrix.person("bram")
        await bram.say("hulp")
        await bram.reads(HELP)
    # All are taken while it is away, too, and it starts with a count of nought.
    seen: set[str] = set()
    while (key := await claim(claimer, matrix.bot.user, device)) is not None and key not in seen:
        seen.add(key)
    chantal = await matrix.person("chantal")
    async with serving(matrix, database_url, seed=2):
        await chantal.say("hulp")
        await chantal.reads(HELP)
        fresh = await matrix.proxy.until(
            lambda: [
                call
                for call in matrix.proxy.of("POST", "/keys/upload")
                if call.told and call.content.get("one_time_keys")
            ]
        )
        assert fresh[-1].told["one_time_key_counts"]["signed_curve25519"] >= 20


async def claim(by: Login, user: str, device: str) -> str | None:
    """One of a device's one-time keys, as a client takes it before its first message."""
    body = {"one_time_keys": {user: {device: "signed_curve25519"}}}
    told = (await by("POST", "keys/claim", body))["one_time_keys"]
    keys: dict[str, Any] = told.get(user, {}).get(device, {})
    return next(iter(keys), None)


def withholds_aliases(answer: dict[str, Any]) -> None:
    for room in answer.get("rooms", {}).get("join", {}):
        events = timeline_of(answer, room)
        events[:] = [event for event in events if event["type"] != "m.room.canonical_alias"]


async def test_the_first_message_in_a_new_room_can_be_read_at_once(koffie: World) -> None:
    anna = await koffie.client("anna")
    room = await anna.room(koffie.bot.user)
    await anna.until(lambda: anna.members.get((room, koffie.bot.user)) == "join" or None)
    # A sync may tell of a room before all is done that belongs to making it.
    told = asyncio.Event()
    koffie.proxy.rule("POST", "/createRoom$", holds_the_answer(told))
    koffie.proxy.rule("GET", "/sync$", changes(withholds_aliases), times=1000)
    await anna.say(room, "!hulp")
    # The answer is for Anna alone: the bot makes a direct room, and is done before Anna is in it.
    talk = await anna.is_invited()
    await koffie.took_in(talk.encode())
    told.set()
    sent = await koffie.proxy.until(
        lambda: [call for call in koffie.proxy.of("PUT", SEND) if talk in call.path and call.status == 200]
    )
    assert "m.room.encrypted" in sent[0].path
    await anna.joins()
    answer = await anna.reads(HELP, by=koffie.bot.user, room=talk)
    # The alias by which the bot would find it back is not its name.
    assert await anna.order("name", room=talk) == f"koffie-{koffie.mark}"
    assert (answer.encrypted, answer.shield) == (True, {"colour": "none", "reason": None})
    assert anna.unread == set()
    assert anna.said_by(koffie.bot.user, room) == []
    await anna.close()


async def test_a_sender_that_the_server_made_up_is_not_believed(koffie: World) -> None:
    anna, bram = await koffie.person("anna"), await koffie.person("bram")
    for person in (anna, bram):
        await person.answer_to("hallo", HELLO)
    await anna.client.order("invite", room=anna.talk, user=bram.user)
    await bram.client.order("join", room=anna.talk)
    await anna.client.until(lambda: anna.client.members.get((anna.talk, bram.user)) == "join" or None)
    forged: list[str] = []

    def blames_bram(answer: dict[str, Any]) -> None:
        for event in timeline_of(answer, anna.talk):
            if event["type"] == "m.room.encrypted" and event["sender"] == anna.user:
                event["sender"] = bram.user
                forged.append(event["event_id"])

    lift = koffie.proxy.rule("GET", "/sync$", changes(blames_bram), times=1000)
    await bram.answer_to("hallo", HELLO)
    event = await anna.say("!spelregels")
    await koffie.proxy.until(lambda: event in forged)
    lift()
    await bram.answer_to("hulp", HELP)
    assert bram.count(RULES) == 0
    await anna.say("!spelregels")
    talk = await anna.client.joins()
    await anna.client.reads(RULES, by=koffie.bot.user, room=talk)
    assert sum(RULES in one.words for one in anna.client.said_by(koffie.bot.user)) == 1


async def test_a_message_that_is_told_again_under_another_name_is_not_done_again(koffie: World) -> None:
    """A server cannot make up what somebody said, but it can tell it a second time."""
    anna = await koffie.person("anna")
    await anna.answer_to("hallo", HELLO)
    told: list[str] = []

    def tells_again(answer: dict[str, Any]) -> None:
        events = (
            answer.get("rooms", {}).get("join", {}).get(anna.talk, {}).get("timeline", {}).get("events", [])
        )
        for event in [
            one for one in events if one["sender"] == anna.user and one["type"] == "m.room.encrypted"
        ]:
            events.append({**event, "event_id": event["event_id"] + "A"})
            told.append(event["event_id"])

    lift = koffie.proxy.rule("GET", "/sync$", changes(tells_again), times=1000)
    await anna.answer_to("spelregels", RULES)
    event = await anna.say("hulp")
    await anna.reads(HELP)
    await koffie.proxy.until(lambda: event in told)
    lift()
    await anna.answer_to("hallo", HELLO)
    assert anna.count(HELP) == 1


async def test_the_key_store_does_not_open_with_the_public_default_key(
    matrix: World, database_url: str
) -> None:
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.answer_to("hulp", HELP)
    (store,) = [file for file in (matrix.folder / "matrix").rglob("*") if file.suffix in {".db", ".sqlite"}]
    with closing(sqlite3.connect(store)) as connection:
        ((kept,),) = connection.execute("SELECT account FROM accounts")
    for known in ("DEFAULT_KEY", ""):
        with pytest.raises((PickleException, LibolmPickleException)):
            OlmAccount.from_pickle(kept, known)


async def test_a_lost_key_store_is_said_loudly_and_mended(
    matrix: World, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(matrix, database_url):
        anna = await matrix.person("anna")
        await anna.answer_to("hulp", HELP)
        before = await anna.client.order("devices", user=matrix.bot.user)
    shutil.rmtree(matrix.folder / "matrix")
    caplog.clear()
    async with serving(matrix, database_url, seed=2) as program:
        await matrix.caught_up(anna)
        answer = await anna.answer_to("hulp", HELP)
        assert answer.shield == {"colour": "none", "reason": None}
        after = await anna.client.order("devices", user=matrix.bot.user)
        assert after[next(iter(set(after) - set(before)))] is True
        findings = await program.adapters["matrix"].check()
    assert [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert not all(finding.well for finding in findings)


@pytest.mark.parametrize("signs", [True, False], ids=["signed", "unsigned"])
async def test_whoever_did_not_sign_is_answered_too(koffie: World, *, signs: bool) -> None:
    anna = await koffie.person("anna", strict=False, signs=signs)
    answer = await anna.answer_to("hulp", HELP)
    assert answer.encrypted


async def test_a_message_whose_key_comes_later_is_answered_then(koffie: World) -> None:
    anna, comes = await koffie.person("anna"), asyncio.Event()
    await anna.answer_to("hallo", HELLO)
    async with koffie.keyless(anna, comes) as slow:
        event = await slow.say(anna.talk, "hulp")
        await koffie.took_in(event.encode())
        assert anna.count(HELP) == 0
        comes.set()
        await anna.client.until(lambda: anna.count(HELP) == 1 or None, "an answer once the key is there")


async def test_a_message_whose_key_never_comes_is_answered_kindly_once(koffie: World) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to("hallo", HELLO)
    async with koffie.keyless(anna, asyncio.Event()) as mute:
        events = [await mute.say(anna.talk, "hulp") for _ in range(3)]
        await koffie.took_in(events[-1].encode())
        before = len(anna.messages())
        koffie.clock.move(timedelta(minutes=5))
        await anna.answer_to("hulp", HELP)
        await anna.reads("niet lezen")
        await anna.answer_to("spelregels", RULES)
        assert len(anna.messages()) == before + 3
