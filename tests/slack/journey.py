"""A whole story of two officials on Slack: the journeys and the pictures tell the same one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.slack.seen import Seen
from tests.slack.world import Person, World

REGISTERED = "Fijn dat je meedoet"


async def register(person: Person, organisation: str, topic: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Join by the modal behind the slash command; the two modals that it takes."""
    await person.command("/aanmelden")
    first = await person.window()
    place, *_ = await person.suggest(first, "organisation", organisation)
    opgave, *_ = await person.suggest(first, "topics", topic)
    answer = await person.hand_in(first, organisation=place, topics=[opgave])
    assert answer["response_action"] == "update", answer
    consent: dict[str, Any] = answer["view"]
    yes, _no = consent["blocks"][-1]["element"]["options"]
    assert await person.hand_in(consent, consent=yes) == {"response_action": "clear"}
    await person.reads(REGISTERED)
    return first, consent


async def registered(anna: Person, bram: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    """Anna of a ministry and Bram of a gemeente join; the two modals that it took her."""
    modals = await register(anna, "minbzk", "stikstof")
    await register(bram, "gemeente amsterdam", "stikstof")
    return modals


async def agree(anna: Person, bram: Person) -> None:
    """Both are registered; Anna asks for Bram, and both say yes."""
    await anna.command("/wie-ken-ik", "stikstof gemeente")
    await anna.press(await anna.reads("Bram Jansen"), "Vraag om koffie")
    for person in (anna, bram):
        await person.press(await person.reads("Zin in koffie?"), "Graag")


@dataclass(frozen=True)
class Story:
    """What Anna saw, from hello to koffie."""

    first: dict[str, Any]
    consent: dict[str, Any]
    profile: dict[str, Any]
    found: Seen
    asked: Seen
    settled: Seen
    together: Seen
    times: Seen
    home: Seen


async def story(world: World) -> Story:
    """Anna of a ministry and Bram of a gemeente find each other."""
    anna, bram = world.person("anna"), world.person("bram")
    first, consent = await registered(anna, bram)
    await anna.command("/wie-ken-ik", "stikstof gemeente")
    found = await anna.reads("Bram Jansen")
    await anna.press(found, "Vraag om koffie")
    asked, theirs = await anna.reads("Zin in koffie?"), await bram.reads("Zin in koffie?")
    assert asked.words == theirs.words
    await anna.opens_home()
    home = await anna.home("Open koffies")
    await anna.press(asked, "Graag")
    settled = await anna.reads("✓ Graag")
    await bram.press(theirs, "Graag")
    together = await anna.reads("jullie zeggen allebei ja", bram)
    times = await anna.reads("Welke passen jou?")
    await anna.command("/koffie", "profiel werkdagen ma t/m do")
    await anna.command("/koffie", "profiel werkdagen")
    profile = await anna.window("werk")
    return Story(first, consent, profile, found, asked, settled, together, times, home)


@dataclass(frozen=True)
class ChannelStory:
    """What Anna and Bram saw of a channel, from one line to its first member."""

    made: Seen
    welcome: Seen
    window: dict[str, Any]
    joined: Seen
    invitation: tuple[Seen, Seen]
    picture: bytes
    channel: str
    seconds: float
    """From Anna's line to the first member."""


async def in_channel(world: World, channel: str, words: str) -> Seen:
    """Wait until a message of the bot in a channel holds these words; the newest of them."""

    def look() -> Seen | None:
        posts = [one for one in world.strict.of("chat.postMessage") if one.arguments["channel"] == channel]
        seen = [Seen(one.arguments["blocks"], "", channel, one.answer["ts"]) for one in posts]
        return next((one for one in reversed(seen) if words in one.words), None)

    found: Seen = await world.until(look)
    return found


async def channel_story(world: World) -> ChannelStory:
    """Anna opens a channel by one line, and Bram, who is new, joins by the button of its welcome."""
    anna, bram = world.person("anna"), world.person("bram")
    await register(anna, "minbzk", "stikstof")
    began = time.monotonic()
    await anna.say("koffie-beheer kanaal nieuw stikstof")
    made = await anna.reads("Het kanaal voor Stikstof is er.")
    channel = str(world.strict.of("conversations.create")[-1].answer["channel"]["id"])
    welcome = await in_channel(world, channel, "hoort de opgave Stikstof")
    await bram.press(welcome, "Doe mee")
    window = await bram.window()
    place, *_ = await bram.suggest(window, "organisation", "gemeente amsterdam")
    consent = (await bram.hand_in(window, organisation=place))["view"]
    yes, _no = consent["blocks"][-1]["element"]["options"]
    assert await bram.hand_in(consent, consent=yes) == {"response_action": "clear"}
    joined = await bram.reads("Je doet mee met de koffierondes over Stikstof.")
    seconds = time.monotonic() - began
    await anna.say("koffie-beheer kanaal uitnodiging stikstof")
    letter = await anna.reads("Of stuur Koffie een bericht met deze code")
    lead = await anna.reads("Stuur het volgende bericht door")
    (picture,) = await anna.files("koffie-slack.png")
    return ChannelStory(made, welcome, window, joined, (lead, letter), picture, channel, seconds)
