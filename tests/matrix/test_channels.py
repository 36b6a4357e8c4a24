"""A topic's room as people with strict clients live it, and what the homeserver itself holds of it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

from tests.matrix.journey import channel_story
from tests.matrix.test_topic_rooms import state_of
from tests.matrix.world import HELP, World, process
from tests.support.databases import on_sqlite as on_sqlite
from tests.support.kill import kill

DAY = timedelta(days=1)


async def test_from_one_line_to_the_first_member(koffie: World) -> None:
    told = await channel_story(koffie)
    anna, bram, bot = told.anna, told.bram, koffie.bot.user
    # A room in a space: whoever has the link comes into the one, and from there into the other.
    assert (await state_of(koffie, told.space, "m.room.create"))["type"] == "m.space"
    below = (await koffie.bot("GET", f"/_matrix/client/v1/rooms/{quote(told.space)}/hierarchy"))["rooms"]
    assert [one["room_id"] for one in below] == [told.space, told.room]
    assert (await state_of(koffie, told.room, "m.space.parent", told.space))["canonical"] is True
    rule = await state_of(koffie, told.room, "m.room.join_rules")
    assert rule == {
        "join_rule": "restricted",
        "allow": [{"type": "m.room_membership", "room_id": told.space}],
    }
    assert (await state_of(koffie, told.space, "m.room.join_rules"))["join_rule"] == "public"
    for room in (told.space, told.room):
        # In no directory, for servers that may, and with the power where it belongs.
        listed = await koffie.bot("GET", f"directory/list/room/{quote(room)}")
        assert listed["visibility"] == "private"
        assert "localhost:*" in (await state_of(koffie, room, "m.room.server_acl"))["allow"]
        assert (await state_of(koffie, room, "m.room.create"))["room_version"] == "12"
        # In this version who made it has all power by that, and may not be listed.
        assert (await state_of(koffie, room, "m.room.power_levels"))["users"] == {anna.user: 50}
    assert (await state_of(koffie, told.space, "m.room.power_levels"))["events_default"] == 100
    pinned = await state_of(koffie, told.room, "m.room.pinned_events")
    assert pinned == {"pinned": [told.welcome.id]}
    # Who comes in later cannot read what was said before: the topic, which is open, tells them how to join.
    assert bram.client.unread <= {told.welcome.id}
    topic = (await state_of(koffie, told.room, "m.room.topic"))["topic"]
    assert topic.endswith("Wil je dat? Stuur mij: doe mee met Stikstof.")
    assert told.seconds < 60
    # A number alone is talk of people; said in answer to the bot it is a choice.
    assert told.welcome.words.endswith("1 Doe mee\nKiezen? Antwoord op dit bericht met het nummer.")
    answer = {"m.relates_to": {"m.in_reply_to": {"event_id": told.welcome.id}}}
    await anna.client.say(told.room, "1", **answer, **{"m.mentions": {"user_ids": [bot]}})
    # Another question is still open, and is none of that message.
    await anna.reads("Je doet mee met de koffierondes over Stikstof.")
    # Somebody takes the welcome away: it is there again the next day.
    redact = f"rooms/{quote(told.room)}/redact/{quote(told.welcome.id)}/{uuid4().hex}"
    async with koffie.taking(path="m.room.pinned_events"):
        await koffie.bot("PUT", redact, {})
        koffie.clock.move(DAY)

    def again() -> str | None:
        seen = anna.client.said_by(bot, told.room)
        found = [one.id for one in seen if "hoort de opgave Stikstof" in one.words]
        return next((one for one in found if one != told.welcome.id), None)

    newer = await anna.client.until(again, "the welcome")
    assert (await state_of(koffie, told.room, "m.room.pinned_events"))["pinned"][-1] == newer
    # And then the room is closed to the bot: who opened it hears so.
    await koffie.bot("POST", f"rooms/{quote(told.room)}/leave", {})
    left = f'"leave":{{"{told.room}"'.encode()
    await koffie.proxy.until(lambda: any(left in call.answer for call in koffie.syncs()))
    koffie.clock.move(DAY)
    assert "geen kanaal meer over" in (await anna.reads("Ik kan het kanaal Stikstof niet meer in.")).words


async def test_moving_into_a_room_that_is_there(koffie: World) -> None:
    anna = await koffie.person("anna")
    await anna.answer_to("aanmelden", "Waar werk je?")
    await anna.answer_to("waterschap Vallei en Veluwe", "Waaraan werk je?")
    await anna.answer_to("stikstof", "Doe je mee?")
    await anna.answer_to("1", "Fijn dat je meedoet")
    room = await anna.client.room(koffie.bot.user, name="Onze groep")
    await koffie.joined(anna, room)
    await anna.client.say(room, "!koffie-beheer kanaal koppel stikstof")
    await anna.reads("Gedaan. Dit gesprek hoort nu bij de koffierondes over Stikstof.")
    await anna.client.reads("hoort de opgave Stikstof", by=koffie.bot.user, room=room)
    # It may not set a topic or pin there, and that stops nothing.
    assert (await state_of(koffie, room, "m.room.name"))["name"] == "Onze groep"


async def test_a_call_is_answered_once_with_a_kill_in_the_middle_of_every_step(
    matrix: World, database_url: str
) -> None:
    async with process(matrix, database_url) as bot:
        told = await channel_story(matrix)
        anna, bram, room = told.anna, told.bram, told.room
        await anna.answer_to("oproep stikstof gemeente vóór morgen", "Haast?")
        async with matrix.taking():
            await anna.say("Plaats de oproep")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        posted = await anna.client.reads("iemand bij een gemeente over", by=anna.bot, room=room)
        await bram.client.reads("iemand bij een gemeente over", by=bram.bot, room=room)
        assert "Anna" not in posted.words
        # In a room a number is talk; in one's own talk it is an answer.
        await bram.client.say(room, "1")
        await bram.answer_to("dat ben ik", "Deze oproep staat open.")
        async with matrix.taking("POST", "/createRoom$"):
            await bram.say("1")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            together = await person.client.joins()
            await person.client.reads("Er is haast bij.", by=person.bot, room=together)
        settled = await anna.client.reads("gevonden. Dank", by=anna.bot, room=room)
        await kill(bot)
    async with process(matrix, database_url):
        for person in (anna, bram):
            # What is said behind all that may still wait.
            await person.answer_to("hulp", HELP)
            seen = person.client.said_by(person.bot, room)
            assert [one.id for one in seen if "iemand bij een gemeente" in one.words] == [settled.id]
            edits = [one.id for one in person.client.events.values() if one.replaces == posted.id]
            assert edits == [settled.id]
            assert sum("haast bij" in one.words for one in person.client.said_by(person.bot)) == 1
            assert person.count("Je oproep gaat naar het kanaal") == (person is anna)
            assert person.count("Wat fijn dat je wilt helpen") == (person is bram)
