"""A story of two officials with strict clients, which a test lives and docs/matrix/story.md tells."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.matrix.client import Event
from tests.matrix.world import Person, World

REGISTERED = "Fijn dat je meedoet"


async def register(person: Person, organisation: str, topics: str) -> None:
    """Join by three answers in the talk."""
    await person.answer_to("aanmelden", "Waar werk je?")
    await person.answer_to(organisation, "Waaraan werk je?")
    await person.answer_to(topics, "Doe je mee?")
    await person.answer_to("1", REGISTERED)


async def agree(anna: Person, bram: Person) -> None:
    """Both are registered; Anna asks for Bram, and both say yes."""
    await anna.answer_to("wie-ken-ik stikstof gemeente", "Bram Jansen")
    question = await anna.answer_to("1", "Zin in koffie?")
    assert (await bram.reads("Zin in koffie?")).words == question.words
    await anna.say("graag")
    await bram.say("graag")


async def registered(anna: Person, bram: Person) -> None:
    await register(anna, "waterschap Vallei en Veluwe", "leid stikstof")
    await register(bram, "gemeente Amersfoort", "stikstof")


@dataclass
class Transcript:
    """What was said, as a page shows it."""

    world: World
    lines: list[str] = field(default_factory=list)
    _shown: dict[str, str] = field(default_factory=dict)

    def scene(self, title: str, about: str) -> None:
        if self.lines:
            self.lines.append("```\n")
        self.lines += [f"## {title}\n", f"{about}\n", "```"]

    def said(self, name: str, words: str) -> None:
        self.lines.append(f"{name.capitalize()}: {words}")

    def pass_over(self, *people: Person) -> None:
        """What these read until now is no part of the page."""
        for person in people:
            self._shown |= {one.replaces or one.id: one.id for one in person.messages()}

    def new(self, *people: Person) -> None:
        """What these read since the last time, in their talks; an edit is shown as such."""
        for person in people:
            self.show(person.name.capitalize(), person.messages())

    def show(self, name: str, events: Iterable[Event]) -> None:
        for event in events:
            place = event.replaces or event.id
            if self._shown.get(place) != event.id:
                self._message(name, event)
                self._shown[place] = event.id

    def _message(self, name: str, event: Event) -> None:
        colour = (event.shield or {}).get("colour", "-")
        edited = ", in place of the question" if event.replaces else ""
        sealed = "yes" if event.encrypted else "no"
        self.lines.append(f"  to {name} [encrypted: {sealed}, shield: {colour}{edited}]")
        words = event.words.replace(self.world.mark, "…")
        self.lines += [f"  | {line}".rstrip() for line in words.splitlines()]

    @property
    def page(self) -> str:
        return "\n".join([*self.lines, "```", ""])


@dataclass(frozen=True)
class Story:
    """What came of it."""

    anna: Person
    bram: Person
    asked: Event
    settled: Event
    room: str
    introduction: Event
    transcript: Transcript


async def story(world: World) -> Story:
    """Anna of a waterschap and Bram of a gemeente find each other, and the bot leaves them alone."""
    transcript = Transcript(world)
    anna, bram = await world.person("anna"), await world.person("bram")

    async def tell(person: Person, words: str, expected: str, *others: Person) -> Event:
        transcript.said(person.name, words)
        answer = await person.answer_to(words, expected)
        transcript.new(person, *others)
        return answer

    transcript.scene(
        "Anna joins", "She says hello in a direct room. Three answers, of which the last is the consent."
    )
    await tell(anna, "hallo", "Ik ben een computerprogramma")
    await tell(anna, "aanmelden", "Waar werk je?")
    await tell(anna, "waterschap Vallei en Veluwe", "Waaraan werk je?")
    await tell(anna, "leid stikstof", "Doe je mee?")
    await tell(anna, "1", REGISTERED)
    transcript.scene("Bram joins too", "In the same way.")
    await register(bram, "gemeente Amersfoort", "stikstof")
    transcript.show("Bram", bram.messages()[-1:])
    transcript.pass_over(bram)
    transcript.scene("Anna looks somebody up", "With the prefix that all clients let through.")
    await tell(anna, "!wie-ken-ik stikstof gemeente", "Bram Jansen")
    transcript.scene(
        "Both are asked", "She picks Bram by his number. Both get the same question at the same moment."
    )
    transcript.said("anna", "1")
    asked = await anna.answer_to("1", "Zin in koffie?")
    theirs = await bram.reads("Zin in koffie?")
    assert asked.words == theirs.words
    transcript.new(anna, bram)
    transcript.scene("Anna says yes", "The question is edited: what stands there now is settled.")
    transcript.said("anna", "1")
    await anna.say("1")
    settled = await anna.client.until(
        lambda: next((one for one in anna.messages() if one.replaces == asked.id), None),
        "the settled question",
    )
    transcript.new(anna)
    transcript.scene(
        "Bram says yes",
        "Both chose to talk here: they get a private, encrypted room. The bot says one thing and leaves.",
    )
    transcript.said("bram", "graag")
    await bram.say("graag")
    rooms = [await person.client.joins() for person in (anna, bram)]
    assert rooms[0] == rooms[1]
    room = rooms[0]
    introduction = await anna.client.reads("zeggen allebei ja", by=world.bot.user, room=room)
    await bram.client.reads("zeggen allebei ja", by=world.bot.user, room=room)
    transcript.show("Anna and Bram", [introduction])
    await anna.client.until(
        lambda: anna.client.members.get((room, world.bot.user)) == "leave" or None, "the bot leaves"
    )
    return Story(anna, bram, asked, settled, room, introduction, transcript)


@dataclass
class ChannelStory:
    """What Anna and Bram saw of a topic's room, from one line to its first member."""

    anna: Person
    bram: Person
    room: str
    space: str
    made: Event
    welcome: Event
    joined: Event
    seconds: float
    """From Anna's line to the first member."""


async def channel_story(world: World) -> ChannelStory:
    """Anna opens a room by one line; Bram, who is new, comes in by its link and takes part."""
    anna, bram = await world.person("anna"), await world.person("bram")
    await register(anna, "waterschap Vallei en Veluwe", "leid stikstof")
    began = time.monotonic()
    await anna.say("koffie-beheer kanaal nieuw stikstof")
    made = await anna.reads("Het kanaal voor Stikstof is er.")
    room = await anna.client.joins()
    space = unquote(str(made.content["formatted_body"]).partition("matrix.to/#/")[2].partition("?")[0])
    welcome = await anna.client.reads("hoort de opgave Stikstof", by=anna.bot, room=room)
    for one in (space, room):
        await bram.client.order("join", room=one)
    await bram.client.until(lambda: bram.client.members.get((room, bram.bot)) == "join" or None, "the bot")
    await bram.client.say(room, "!doe-mee")
    await bram.reads("Waar werk je?")
    await bram.answer_to("gemeente Amersfoort", "Doe je mee?")
    joined = await bram.answer_to("1", "Je doet mee met de koffierondes over Stikstof.")
    return ChannelStory(anna, bram, room, space, made, welcome, joined, time.monotonic() - began)
