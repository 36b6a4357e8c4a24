"""From hello to koffie, as people with strict clients live it."""

from __future__ import annotations

import asyncio
import json

import pytest

from docs import generate_matrix
from tests.matrix.journey import agree, register, registered, story
from tests.matrix.proxy import holds
from tests.matrix.world import HELLO, HELP, RULES, World
from tests.support.databases import BOTH


@pytest.mark.parametrize("database_kind", BOTH)
async def test_from_hello_to_koffie(koffie: World) -> None:
    told = await story(koffie)
    anna, bram, bot = told.anna, told.bram, koffie.bot.user
    # The question was edited where it stood, in both talks.
    assert told.settled.replaces == told.asked.id
    assert "Graag" in told.settled.words
    assert generate_matrix.PAGE.read_text("utf-8") == generate_matrix.page(told), "say 'make docs'"
    # All that either read was encrypted, by a signed device, and readable at once.
    for person in (anna, bram):
        heard = [
            one for one in person.client.events.values() if one.sender == bot and one.type == "m.room.message"
        ]
        assert {(one.encrypted, str(one.shield)) for one in heard} == {
            (True, str({"colour": "none", "reason": None}))
        }
        assert person.client.unread == set()
    # The talk is theirs.
    members = dict(await anna.client.order("members", room=told.room))
    assert members == {anna.user: "join", bram.user: "join", bot: "leave"}
    # Among her rooms it bears his name, not that of the bot.
    assert await anna.client.order("name", room=told.room) == "Bram Jansen"
    words = "Dag Bram, wanneer kun jij?"
    event = await anna.client.say(told.room, words)
    await bram.client.reads(words, by=anna.user, room=told.room)
    await anna.answer_to("hulp", HELP)
    assert not any(event.encode() in call.answer for call in koffie.syncs())
    # And nobody was told in their talk what was told in the room.
    assert not any("zeggen allebei ja" in one.words for person in (anna, bram) for one in person.messages())


async def test_who_chose_the_telephone_gets_no_room(koffie: World) -> None:
    anna, bram = await koffie.person("anna"), await koffie.person("bram")
    await registered(anna, bram)
    await bram.answer_to("profiel telefoon 06 12345678", "+31612345678")
    await agree(anna, bram)
    number = "+31612345678"
    reveal = await anna.reads("zeggen allebei ja")
    assert number in reveal.words
    theirs = await bram.reads("zeggen allebei ja")
    # Bram may write to her here, and cannot be in doubt whom he writes to.
    assert anna.user in theirs.words
    card = await anna.client.until(
        lambda: next((one for one in anna.messages() if one.content.get("msgtype") == "m.file"), None),
        "her card",
    )
    assert card.encrypted
    assert "url" not in card.content
    assert number in (await anna.client.download(card.content)).decode()
    for person in (anna, bram):
        assert [room for (room, user), is_ in person.client.members.items() if is_ == "invite"] == []


async def test_what_one_is_given_as_a_file_is_encrypted_and_whole(koffie: World) -> None:
    anna = await koffie.person("anna")
    await register(anna, "waterschap Vallei en Veluwe", "leid stikstof")
    await anna.say("mijn-gegevens")
    sent = await anna.client.until(
        lambda: next((one for one in anna.messages() if one.content.get("msgtype") == "m.file"), None),
        "a file",
    )
    assert (sent.encrypted, sent.content["info"]["mimetype"]) == (True, "application/json")
    told = await anna.client.download(sent.content)
    assert sent.content["info"]["size"] == len(told)
    assert "Anna de Vries" in json.dumps(json.loads(told), ensure_ascii=False)
    # What lies on the server is sealed.
    raw = {"url": sent.content["file"]["url"]}
    assert b"Anna" not in await anna.client.download(raw)


@pytest.mark.parametrize("words", ["!hulp", "/hulp", "hulp", "Hulp"])
async def test_a_command_may_be_said_in_each_way_that_clients_let_through(koffie: World, words: str) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to(words, HELP)


async def test_in_a_room_the_answer_is_for_who_asked(koffie: World) -> None:
    anna, bram, bot = await koffie.person("anna"), await koffie.person("bram"), koffie.bot.user
    await anna.answer_to("hallo", HELLO)
    room = await anna.client.room(bot, bram.user)
    await bram.client.order("join", room=room)
    await koffie.joined(anna, room)
    # Ordinary talk is not the bot's, not even with its words in it.
    await anna.client.say(room, "hulp")
    await bram.client.say(room, "ik zoek hulp bij stikstof, wie-ken-ik?")
    begin = await bram.client.say(room, "een draad")
    mention = {"m.mentions": {"user_ids": [bot]}, "m.relates_to": {"rel_type": "m.thread", "event_id": begin}}
    await anna.client.say(room, f"koffie-{koffie.mark}: hulp", **mention)
    await anna.reads(HELP)
    assert sum(HELP in one.words for one in anna.messages()) == 1
    assert anna.client.said_by(bot, room) == bram.client.said_by(bot, room) == []
    assert bram.messages() == []


async def test_edits_notices_and_other_bots_are_left_alone(koffie: World) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to("hallo", HELLO)
    wrong = await anna.say("spelregels")
    await anna.reads(RULES)
    edited = {"msgtype": "m.text", "body": "hulp"}
    relation = {"rel_type": "m.replace", "event_id": wrong}
    await anna.say("* hulp", **{"m.new_content": edited, "m.relates_to": relation})
    await anna.client.send(anna.talk, {"msgtype": "m.notice", "body": "hulp"})
    await anna.client.send(
        anna.talk, {"m.relates_to": {"rel_type": "m.annotation", "event_id": wrong, "key": "1"}}, "m.reaction"
    )
    await anna.answer_to("pauze", "")
    assert not any(HELP in one.words for one in anna.messages())


async def test_it_shows_that_it_read_and_that_it_writes(koffie: World) -> None:
    anna, bot = await koffie.person("anna"), koffie.bot.user
    slow = asyncio.Event()
    koffie.proxy.rule("PUT", "/send/", holds(slow))
    event = await anna.say("hulp")
    await anna.client.until(lambda: (anna.talk, event, bot) in anna.client.receipts or None, "a read receipt")
    await anna.client.until(lambda: (anna.talk, bot) in anna.client.typing or None, "that it writes")
    slow.set()
    answer = await anna.reads(HELP)
    # Others are called by nobody's words; the bot calls nobody here.
    assert answer.content["m.mentions"] == {}
