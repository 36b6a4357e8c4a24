"""Matrix as its users see it: officials with strict clients, and the real program on a real homeserver."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

from bot.compose import Program, compose
from bot.delivery import Patience
from tests.matrix.client import Client, Event
from tests.matrix.proxy import Proxy
from tests.matrix.synapse import PASSWORD, ROOT, Homeserver, Login
from tests.support.clock import MovingClock
from tests.support.story import KEY
from tests.support.workshop import START

NAMES = {"anna": "Anna de Vries", "bram": "Bram Jansen", "chantal": "Chantal Bakker", "gast": "Guus Gast"}
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

    async def joined(self, person: Person, room: str | None = None) -> None:
        """Wait until the bot is in a room of this person, by default their talk."""
        place = (room or person.talk, self.bot.user)
        await person.client.until(lambda: person.client.members.get(place) == "join" or None, "the bot")

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


def environment(world: World, database_url: str) -> dict[str, str]:
    return {
        "KOFFIE_DATABASE_URL": database_url,
        "KOFFIE_SECRET_KEY": KEY,
        "KOFFIE_MATRIX_HOMESERVER": world.proxy.url,
        "KOFFIE_MATRIX_USER": world.bot.user,
        "KOFFIE_MATRIX_PASSWORD": PASSWORD,
        "KOFFIE_MATRIX_STORE": str(world.folder / "matrix"),
        "KOFFIE_MATRIX_STORE_KEY": STORE_KEY,
        "KOFFIE_MATRIX_ALLOWED_SERVERS": "localhost:*",
    }


def clean_environment() -> dict[str, str]:
    """Nothing of the developer's own settings reaches the program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}


@asynccontextmanager
async def serving(
    world: World, database_url: str, patience: Patience | None = None, seed: int = 1, **more: str
) -> AsyncIterator[Program]:
    """The real program, on this homeserver. Leaving it is an orderly stop."""
    env = clean_environment() | environment(world, database_url) | more
    clock = patch("bot.compose.program.SystemClock", lambda: world.clock)
    with patch.dict(os.environ, env, clear=True), clock:
        async with compose(random=Random(seed), patience=patience) as program:
            running = asyncio.create_task(program.run())
            try:
                world.program = program
                yield program
            finally:
                world.program = None
                program.stop()
                await running


@asynccontextmanager
async def process(world: World, database_url: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """``python -m bot run`` in a process of its own."""
    env = clean_environment() | environment(world, database_url) | {"PYTHONPATH": str(ROOT)} | more
    with (world.folder / "log").open("ab") as log:
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=world.folder,
            env=env,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=log,
        )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
