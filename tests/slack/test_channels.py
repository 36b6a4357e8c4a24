"""A topic's channel as people on Slack live it, and what Slack itself holds of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.slack.journey import channel_story, in_channel, register
from tests.slack.strict import BOT, BOT_TOKEN
from tests.slack.test_killed import process
from tests.slack.world import World
from tests.support.databases import on_sqlite as on_sqlite
from tests.support.kill import kill

DAY = timedelta(days=1)


async def test_from_one_line_to_the_first_member(koffie: World) -> None:
    told = await channel_story(koffie)
    anna, bram = koffie.person("anna"), koffie.person("bram")
    channel = (await koffie.web(BOT_TOKEN, "conversations.info", channel=told.channel))["channel"]
    assert channel["name"] == "stikstof"
    assert channel["topic"]["value"] == "Koffie over Stikstof, over de overheden heen"
    assert "ambtenaren van alle overheden" in channel["purpose"]["value"]
    members = (await koffie.web(BOT_TOKEN, "conversations.members", channel=told.channel))["members"]
    assert anna.user in members
    pins = (await koffie.web(BOT_TOKEN, "pins.list", channel=told.channel))["items"]
    assert [one["message"]["ts"] for one in pins] == [told.welcome.ts]
    link = f"https://rijk.slack.com/archives/{told.channel}"
    assert "#stikstof" in told.made.words
    # Bram came for this: he was not asked on what he works.
    asked = [one["block_id"] for one in told.window["blocks"] if one["type"] == "input"]
    assert asked == ["name", "organisation"]
    assert link in told.invitation[1].words
    assert told.picture.startswith(b"\x89PNG")
    # Somebody deletes the welcome: it is there again the next day.
    before = koffie.strict.taken
    await koffie.web(BOT_TOKEN, "chat.delete", channel=told.channel, ts=str(told.welcome.ts))
    koffie.clock.move(DAY)
    await koffie.until(lambda: koffie.strict.taken > before)
    again = await in_channel(koffie, told.channel, "hoort de opgave Stikstof")
    assert again.ts != told.welcome.ts
    await koffie.until(lambda: len(koffie.strict.of("pins.add")) == 2)
    # And then the channel is put away: who opened it hears so.
    await koffie.web(BOT_TOKEN, "conversations.archive", channel=told.channel)
    koffie.clock.move(DAY)
    lost = await anna.reads("Ik kan het kanaal #stikstof niet meer in.")
    assert "geen kanaal meer over" in lost.words
    assert told.seconds < 60
    assert not [one for one in await bram.messages() if "niet meer in" in one.words]


async def test_cut_off_or_taken_it_is_made_once_under_a_name_of_its_own(koffie: World) -> None:
    anna = koffie.person("anna")
    await koffie.web("xoxp-anna", "conversations.create", name="stikstof")
    await register(anna, "minbzk", "stikstof")
    koffie.strict.faults["conversations.create"].extend(["error:name_taken", "cut-after"])
    await anna.say("koffie-beheer kanaal nieuw stikstof")
    await koffie.until(lambda: koffie.strict.of("conversations.create"))
    while not koffie.strict.of("conversations.invite"):
        # It is asked again a minute after its failure was noted.
        koffie.clock.move(timedelta(minutes=1))
        await koffie.changes()
    made = await anna.reads("Het kanaal voor Stikstof is er.")
    assert "#stikstof-2" in made.words
    assert "De naam #stikstof was al bezet." in made.words
    assert len(koffie.strict.of("conversations.create")) == 1


async def test_a_kill_between_making_and_noting_makes_no_second_one(
    slack: World, database_url: str, tmp_path: Path
) -> None:
    anna = slack.person("anna")
    async with process(slack, database_url, tmp_path) as bot:
        await register(anna, "minbzk", "stikstof")
        # Slack makes it, and nobody hears so.
        slack.strict.faults["conversations.create"].append("cut-after")
        await anna.say("koffie-beheer kanaal nieuw stikstof")
        await slack.until(lambda: slack.strict.of("conversations.create"))
        await kill(bot)
    async with process(slack, database_url, tmp_path):
        made = await anna.reads("Het kanaal voor Stikstof is er.")
        channel = str(slack.strict.of("conversations.create")[0].answer["channel"]["id"])
        assert "#stikstof" in made.words
        await in_channel(slack, channel, "hoort de opgave Stikstof")
        await anna.say("koffie-beheer kanaal nieuw stikstof")
        await anna.reads("In deze chat is er al een kanaal voor: #stikstof.")
    assert len(slack.strict.of("conversations.create")) == 1
    posts = [one for one in slack.strict.of("chat.postMessage") if one.arguments["channel"] == channel]
    assert len(posts) == 1


async def test_moving_in_where_it_may_and_where_it_may_not(koffie: World) -> None:
    anna = koffie.person("anna")
    await register(anna, "minbzk", "stikstof")
    own = (await koffie.web("xoxp-anna", "conversations.create", name="stikstofgroep"))["channel"]["id"]
    koffie.strict.faults["conversations.join"].append("error:is_archived")
    await anna.command("/koffie", "koffie-beheer kanaal koppel stikstof", channel=own)
    await anna.reads("Dit kanaal is gearchiveerd. Er is niets veranderd.")
    # It may not pin there: that stops nothing.
    koffie.strict.faults["pins.add"].append("error:not_pinnable")
    await anna.command("/koffie", "koffie-beheer kanaal koppel stikstof", channel=own)
    await anna.reads("Gedaan. Dit gesprek hoort nu bij de koffierondes over Stikstof.")
    await in_channel(koffie, own, "hoort de opgave Stikstof")
    told = (await koffie.web(BOT_TOKEN, "conversations.info", channel=own))["channel"]
    assert (told["name"], told["topic"]["value"]) == (
        "stikstofgroep",
        "Koffie over Stikstof, over de overheden heen",
    )
    # A private channel cannot be joined: who made it hears first to invite the bot.
    closed = (await koffie.web("xoxp-anna", "conversations.create", name="besloten"))["channel"]["id"]
    for _ in range(2):
        koffie.strict.faults["conversations.join"].append("error:method_not_supported_for_channel_type")
    koffie.strict.faults["chat.getPermalink"].append("error:channel_not_found")
    await anna.command("/koffie", "koffie-beheer kanaal koppel stikstof", channel=closed)
    await anna.reads("Ik kan dit kanaal niet in. Er is niets veranderd. Nodig mij eerst uit in het kanaal.")
    await koffie.web("xoxp-anna", "conversations.invite", channel=closed, users=BOT)
    koffie.strict.marks[closed] = {"bot_is_in": True}
    await anna.command("/koffie", "koffie-beheer kanaal koppel stikstof", channel=closed)
    await in_channel(koffie, closed, "hoort de opgave Stikstof")
