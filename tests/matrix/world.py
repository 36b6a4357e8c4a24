"""Matrix as its users see it: officials with strict clients, and the real program on a real homeserver."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from types import MappingProxyType
from unittest.mock import patch

from bot.compose import Program, compose
from bot.delivery import Patience
from tests.matrix.client import Client, Event
from tests.matrix.proxy import Call, Proxy, later
from tests.matrix.synapse import PASSWORD, Homeserver, Login
from tests.support.clock import MovingClock
from tests.support.starter import Running, starter
from tests.support.story import KEY
from tests.support.workshop import START

NAMES = {"anna": "Anna de Vries", "bram": "Bram Jansen", "chantal": "Chantal Bakker", "gast": "Guus Gast"}
HELLO, HELP, RULES = "Ik ben een computerprogramma", "Dit kan ik voor je doen", "Je spreekt voor jezelf"
"""Of what the bot says to a greeting, to `hulp` and to `spelregels`, registered or not."""
SEND = r"/rooms/[^/]+/send/m\.room\.(message|encrypted)/"
"""The paths by which it says something."""
JOIN = r"/join$|/join/"
STARTS_WITHIN_SECONDS = 90
STORE_KEY = "een sleutel voor de sleutels"


@dataclass
class Person:
    """An official with one device, in talk with the bot."""

    name: str
    client: Client
    talk: str
    bot: str

    @property
    def user(self) -> str:
        return self.client.user

    async def say(self, words: str, **content: object) -> str:
        """Write to the bot; the event's id."""
        return await self.client.say(self.talk, words, **content)

    async def reads(self, words: str) -> Event:
        """Wait until the newest message of the bot with these words can be read in the talk."""
        return await self.client.reads(words, by=self.bot, room=self.talk)

    def messages(self) -> list[Event]:
        """What the bot said in the talk, oldest first, each as it stands."""
        return self.client.said_by(self.bot, self.talk)

    def count(self, words: str) -> int:
        """How many of those messages hold these words."""
        return sum(words in one.words for one in self.messages())

    async def calendars(self, count: int) -> list[bytes]:
        """Wait until the bot sent so many calendar files; all came encrypted. The oldest first."""

        def look() -> list[Event] | None:
            found = [one for one in self.messages() if one.content.get("filename") == "koffie.ics"]
            return found if len(found) >= count else None

        sent = await self.client.until(look, f"{count} calendar files")
        assert all(one.encrypted and "url" not in one.content for one in sent)
        return [await self.client.download(one.content) for one in sent]

    async def answer_to(self, words: str, expected: str) -> Event:
        """Say something and wait for a new message with the expected words."""
        before = {one.id for one in self.messages()}
        await self.say(words)

        def look() -> Event | None:
            new = [one for one in self.messages() if one.id not in before and expected in one.words]
            return new[-1] if new else None

        return await self.client.until(look, expected)


@dataclass
class World:
    """A homeserver with a bot's account on it; the bot reaches it through a proxy."""

    server: Homeserver
    proxy: Proxy
    bot: Login
    """The account's first device, for raw requests; the program makes a device of its own."""
    folder: Path
    """Where the program keeps its keys."""
    mark: str
    """Makes this test's users others than those of all tests."""
    people: dict[str, Person] = field(default_factory=dict)
    program: Program | None = None
    clock: MovingClock = field(default_factory=lambda: MovingClock(START))

    async def client(
        self, name: str, *, strict: bool = True, signs: bool = True, server: Homeserver | None = None
    ) -> Client:
        """A new official's device."""
        on = server or self.server
        made = await Client.open(on, f"{name}-{self.mark}", strict=strict, signs=signs)
        shown = Login(on.url, made.user, made.token, made.device)
        await shown("PUT", f"profile/{made.user}/displayname", {"displayname": NAMES.get(name, name)})
        return made

    async def person(self, name: str, *, strict: bool = True, signs: bool = True) -> Person:
        """An official who opened a direct room with the bot, which may not have joined it yet."""
        if name not in self.people:
            client = await self.client(name, strict=strict, signs=signs)
            self.people[name] = Person(name, client, await client.direct(self.bot.user), self.bot.user)
        return self.people[name]

    @asynccontextmanager
    async def keyless(self, person: Person, comes: asyncio.Event) -> AsyncIterator[Client]:
        """One more device of somebody: what it says can be read by nobody until the event is set."""
        async with Proxy(self.server.url) as way:
            way.rule("PUT", "sendToDevice/m.room.encrypted", later(comes), times=1000)
            login = await self.server.login(person.user)
            device = await Client.login(way.url, person.user, strict=False, signs=False, token=login)
            yield device
            await device.close()

    async def joined(self, person: Person, room: str | None = None) -> None:
        """Wait until the bot is in a room of this person, by default their talk."""
        place = (room or person.talk, self.bot.user)
        await person.client.until(lambda: person.client.members.get(place) == "join" or None, "the bot")

    async def caught_up(self, person: Person) -> None:
        """Wait until this person's client knows what the homeserver knows now, as who has which device."""
        other = await self.server.register(f"other-{secrets.token_hex(4)}")
        room = (await other("POST", "createRoom", {"invite": [person.user]}))["room_id"]
        await person.client.until(lambda: (room, person.user) in person.client.members or None, "the newest")

    def syncs(self) -> list[Call]:
        """The program's requests for news, in order."""
        return self.proxy.of("GET", "/sync$")

    async def gave(self, event: str) -> None:
        """Wait until the homeserver gave the program an event."""
        await self.proxy.until(lambda: any(event.encode() in call.answer for call in self.syncs()))

    async def took_in(self, *told: bytes) -> None:
        """Wait until the program was given a sync in which all of this stands, and asked for more."""
        given = await self.proxy.until(
            lambda: next((call for call in self.syncs() if all(map(call.answer.count, told))), None)
        )
        since = given.told["next_batch"]
        await self.proxy.until(lambda: [call for call in self.syncs() if call.query.get("since") == since])

    @asynccontextmanager
    async def taking(self, method: str = "PUT", path: str = SEND) -> AsyncIterator[None]:
        """What is done in here has the homeserver take one more request, by default of what the bot says."""
        before = self._taken(method, path)
        yield
        await self.proxy.until(lambda: self._taken(method, path) > before)

    def _taken(self, method: str, path: str) -> int:
        return sum(call.status == HTTPStatus.OK for call in self.proxy.of(method, path))

    async def in_sync(self, before: int) -> None:
        """Wait until a program that was started after so many syncs has dealt with its first one.

        What is said before a bot's very first device is there is under keys that it never gets.
        """
        await self.proxy.until(lambda: len(self.syncs()) > before + 1, STARTS_WITHIN_SECONDS)

    async def back(self) -> None:
        """Wait until the homeserver answered the program again: behind an outage it asks ever less often."""
        before = len(self.syncs())
        await self.proxy.until(
            lambda: any(call.status == HTTPStatus.OK and call.answer for call in self.syncs()[before:]),
            STARTS_WITHIN_SECONDS,
        )

    async def close(self) -> None:
        await asyncio.gather(*(person.client.close() for person in self.people.values()))


@asynccontextmanager
async def world(server: Homeserver, folder: Path) -> AsyncIterator[World]:
    """A new bot on a homeserver, and nobody else yet."""
    mark = secrets.token_hex(4)
    bot = await server.register(f"koffie-{mark}")
    async with Proxy(server.url) as proxy:
        made = World(server, proxy, bot, folder, mark)
        try:
            yield made
        finally:
            await made.close()


def environment(world: World, database_url: str, more: Mapping[str, str | None]) -> dict[str, str]:
    """The settings, without any of the developer's own; ``None`` leaves one out."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
    settings: dict[str, str | None] = {
        "KOFFIE_DATABASE_URL": database_url,
        "KOFFIE_SECRET_KEY": KEY,
        "KOFFIE_MATRIX_HOMESERVER": world.proxy.url,
        "KOFFIE_MATRIX_USER": world.bot.user,
        "KOFFIE_MATRIX_PASSWORD": PASSWORD,
        "KOFFIE_MATRIX_STORE": str(world.folder / "matrix"),
        "KOFFIE_MATRIX_STORE_KEY": STORE_KEY,
        "KOFFIE_MATRIX_ALLOWED_SERVERS": "localhost:*",
        **more,
    }
    return clean | {name: value for name, value in settings.items() if value is not None}


@asynccontextmanager
async def serving(
    world: World,
    database_url: str,
    patience: Patience | None = None,
    seed: int = 1,
    env: Mapping[str, str | None] = MappingProxyType({}),
) -> AsyncIterator[Program]:
    """The real program, on this homeserver. Leaving it is an orderly stop.

    To go on with the same database, give another ``seed``: references are made by chance and must differ.
    """
    clock = patch("bot.compose.program.SystemClock", lambda: world.clock)
    with patch.dict(os.environ, environment(world, database_url, env), clear=True), clock:
        async with compose(random=Random(seed), patience=patience) as program:
            syncs = len(world.syncs())
            running = asyncio.create_task(program.run())
            try:
                await world.in_sync(syncs)
                world.program = program
                yield program
            finally:
                world.program = None
                program.stop()
                await running


@asynccontextmanager
async def process(
    world: World, database_url: str, env: Mapping[str, str | None] = MappingProxyType({})
) -> AsyncIterator[Running]:
    """The program in a process of its own, to be killed."""
    settings = environment(world, database_url, env)
    syncs = len(world.syncs())
    running = await starter().start(world.clock.now(), world.folder, settings)
    try:
        await world.in_sync(syncs)
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
