"""The whole way of a message on one test's database: real dispatcher, deliverer, jobs, and the board.

The board's server runs in the test's own loop; events go through the board's own parser. Nothing runs by
itself: ``settle`` handles and sends until nothing is left to do, so that a test always runs the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.chat.address import Account, Direct
from bot.chat.hints import Hints
from bot.chat.message import Message, say
from bot.chat.port import Tools
from bot.commands import Command, Registry
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.compose.state import PlatformState
from bot.delivery import Deliverer
from bot.delivery.deliverer import Patience
from bot.dispatch import Dispatcher
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text, Words
from bot.jobs import Job, Jobs
from bot.store import outbox
from bot.store.outbox import Lane
from bot.store.work import Workshop
from tests.platforms.board import wire
from tests.platforms.board.adapter import Board
from tests.platforms.board.markup import display
from tests.platforms.board.receive import PLATFORM, receive
from tests.platforms.board.server import Server
from tests.platforms.board.settings import Settings
from tests.support.commands import COMMANDS
from tests.support.workshop import AMSTERDAM

TEAM = "t1"


def person(user: str) -> Account:
    return Account(platform=PLATFORM, tenant=TEAM, user=user)


def words(sentence: str) -> Words:
    return Words(text=sentence)


@dataclass
class Bench:
    """One program on one database, driven by the test."""

    workshop: Workshop
    clock: DemoClock
    server: Server
    adapter: Board
    dispatcher: Dispatcher
    deliverer: Deliverer
    jobs: Jobs
    hints: Hints
    _events: count[int] = field(default_factory=lambda: count(1))

    async def act(self, user: str, **event: Any) -> str:
        """Something that the board reports; returns the event's id."""
        event = {"id": f"e{next(self._events)}", "team": TEAM, "user": user, **event}
        inbound = receive(event)
        assert inbound is not None, "the board's adapter leaves this event alone"
        await self.dispatcher.put([inbound])
        return str(event["id"])

    async def says(self, user: str, text: str, **event: Any) -> list[str]:
        """Somebody says something; what they see of the answers, a message each."""
        before = len(self.posts)
        await self.act(user, type="said", text=text, **event)
        await self.settle()
        return [shown(post) for post in self.posts[before:] if post["place"].get("user") == user]

    async def presses(self, user: str, token: str, **event: Any) -> list[str]:
        before = len(self.posts)
        await self.act(user, type="pressed", button=token, **event)
        await self.settle()
        return [shown(post) for post in self.posts[before:] if post["place"].get("user") == user]

    async def posts_message(self, user: str, message: Message | str, **attributes: Any) -> str | None:
        """Put a message to somebody in the outbox; its key."""
        tree = say(words(message)) if isinstance(message, str) else message
        async with self.workshop.write() as work:
            return await outbox.post(
                work, Direct(account=person(user)), tree, attributes.pop("lane", Lane.ANSWER), **attributes
            )

    async def settle(self) -> None:
        """Handle what came in, run what is due and send what may go, until nothing is left to do."""
        self.clock.tick()
        busy = True
        while busy:
            busy = await self.dispatcher.handle_next()
            busy = bool(await self.jobs.run_due()) or busy
            busy = await self.deliverer.send_next() or busy

    async def later(self, **delta: float) -> None:
        """Move the clock on and settle."""
        self.clock.move(self.clock.now() + timedelta(**delta))
        await self.settle()

    @property
    def posts(self) -> list[dict[str, Any]]:
        """All that arrived on the board, oldest first."""
        return self.server.board.posts

    def seen(self, user: str) -> list[str]:
        """What somebody sees in the private talk, as it was posted."""
        return [shown(post) for post in self.posts if post["place"].get("user") == user]

    def buttons(self, user: str) -> dict[str, str]:
        """The buttons of the newest message with buttons to somebody: token by label."""
        posts = [post for post in self.posts if post["buttons"] and post["place"].get("user") == user]
        return {button["label"]: button["token"] for button in posts[-1]["buttons"]}

    def plan(self, *faults: str) -> None:
        """What the next posts meet, in order."""
        self.server.board.planned = list(faults)

    async def states(self) -> dict[str, int]:
        async with self.workshop.read() as work:
            return await outbox.counts(work)


def shown(post: dict[str, Any]) -> str:
    """A post as people see it."""
    return "\n".join(display(line).text for line in post["lines"])


@asynccontextmanager
async def bench_over(
    workshop: Workshop,
    clock: DemoClock,
    *,
    commands: Sequence[Command] = (),
    jobs: Sequence[Job] = (),
    patience: Patience | None = None,
    lacks: Sequence[str] = (),
) -> AsyncIterator[Bench]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=wire.LONGEST_LINE)
    settings = Settings(server=f"127.0.0.1:{listening.sockets[0].getsockname()[1]}", request_seconds=5)
    catalogue, registry, hints = Catalogue(TEXTS, AMSTERDAM), Registry(commands), Hints()
    adapters: dict[str, Board] = {}
    deliverer = Deliverer(workshop, adapters, catalogue, clock, hints, patience)
    able = Board.capabilities.model_copy(update=dict.fromkeys(lacks, False))
    dispatcher = Dispatcher(
        workshop, registry, catalogue, {PLATFORM: able}, hints, deliverer.posted, deliverer.has_room
    )

    def worded(item: Text, language: str) -> str:
        return catalogue.words(item, language, nothing_about, today=clock.now().date())

    tools = Tools(dispatcher, PlatformState(workshop, PLATFORM), worded, (), clock, "nl")
    adapter = adapters[PLATFORM] = Board(settings, tools)
    adapter.capabilities = able
    try:
        yield Bench(
            workshop, clock, server, adapter, dispatcher, deliverer, Jobs(workshop, jobs), hints
        )  # fmt: skip
    finally:
        await adapter.close()
        listening.close()
        await listening.wait_closed()


@pytest.fixture
async def bench(workshop: Workshop, clock: DemoClock) -> AsyncIterator[Bench]:
    """A bench with the commands of the tests, on a platform that shows forms whole."""
    async with bench_over(workshop, clock, commands=COMMANDS) as made:
        yield made


@pytest.fixture
async def plain_bench(workshop: Workshop, clock: DemoClock) -> AsyncIterator[Bench]:
    """The same on a platform without buttons, forms and edits: it asks question by question."""
    lacks = ("buttons", "forms", "edits", "suggestions")
    async with bench_over(workshop, clock, commands=COMMANDS, lacks=lacks) as made:
        yield made
