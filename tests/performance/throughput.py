"""(b) Commands: from ``inbox.put`` to delivered on a platform that does nothing, against a bare loop.

The bare loop does the same to the words (which command, its answer, worded, fitted to the platform) and keeps
nothing: what it cannot do is be killed without loss.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from bot import commands
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.capabilities import Capabilities
from bot.chat.degrade import degrade
from bot.chat.hints import Hints
from bot.chat.inbound import Inbound, Profile, Said
from bot.chat.message import Message
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, NoPlace
from bot.commands import Ask
from bot.compose.clocks import SystemClock
from bot.compose.program import TEXTS
from bot.delivery import Deliverer
from bot.delivery.resolve import resolve, sight_of
from bot.dispatch import Dispatcher
from bot.i18n.catalogue import Catalogue
from bot.store.work import Workshop
from tests.performance.measuring import Timing, empty_database
from tests.postgres import Databases
from tests.support.workshop import AMSTERDAM, make_workshop

EVENTS = 800
AT_ONCE = 16
"""People who each wait for their answer before they ask again; one alone is measured too."""
WORDS = "hulp"
LONGEST_SECONDS = 60
"""Without its answer by then, the bench has failed."""


@dataclass
class Nowhere:
    """A platform that does nothing but tell who waits that the answer is there."""

    name: str = "nowhere"
    capabilities: Capabilities = field(default_factory=Capabilities)
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        if isinstance(address, Direct):
            self.waiting.pop(address.account.user).set_result(None)
        return Delivery(state="sent", refs=(key,))

    async def run(self) -> None:
        return

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return ()

    async def profile(self, account: Account) -> Profile | None:
        return None

    async def contact_link(self, account: Account) -> str | None:
        return None

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return None

    async def create_channel(self, request: ChannelRequest) -> Made:
        raise NoPlace("unable")

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        return None

    async def check(self) -> Sequence[Finding]:
        return ()

    async def close(self) -> None:
        return


async def bench(server: Databases, events: int = EVENTS) -> list[dict[str, Any]]:
    """A row a database, and one for the bare loop; ``of_bare`` is the share of its answers a second."""
    catalogue = Catalogue(TEXTS, AMSTERDAM)
    rows = []
    async with empty_database("sqlite", server) as database:
        rows.append(await _bare(make_workshop(database, SystemClock()), catalogue, events))
    for kind in ("sqlite", "postgresql"):
        for people in (1, AT_ONCE):
            async with empty_database(kind, server) as database:
                workshop = make_workshop(database, SystemClock())
                figures = await _durable(workshop, catalogue, events, people)
                rows.append({"way": kind, "people": people, **figures})
    for row in rows:
        row["of_bare"] = round(row["answers_a_second"] / rows[0]["answers_a_second"], 4)
    return rows


def _event(user: str, number: int, at: datetime) -> Inbound:
    account = Account(platform="nowhere", tenant="t", user=user)
    return Inbound(
        key=f"{user}:{number}", actor=account, where=Direct(account=account), content=Said(text=WORDS), at=at
    )


async def _durable(workshop: Workshop, catalogue: Catalogue, events: int, people: int) -> dict[str, Any]:
    platform, hints = Nowhere(), Hints()
    deliverer = Deliverer(workshop, {platform.name: platform}, catalogue, workshop.clock, hints)
    capabilities = {platform.name: platform.capabilities}
    dispatcher = Dispatcher(
        workshop, commands.walk(), catalogue, capabilities, hints, deliverer.posted, deliverer.has_room
    )
    taken: list[float] = []

    async def person(user: str) -> None:
        for number in range(events // people):
            start = time.perf_counter()
            answered = platform.waiting[user] = asyncio.get_running_loop().create_future()
            await dispatcher.put([_event(user, number, workshop.clock.now())])
            async with asyncio.timeout(LONGEST_SECONDS):
                await answered
            taken.append(time.perf_counter() - start)

    async with asyncio.TaskGroup() as group:
        running = [group.create_task(dispatcher.run()), group.create_task(deliverer.run())]
        start = time.perf_counter()
        await asyncio.gather(*(person(f"user{people}-{number}") for number in range(people)))
        seconds = time.perf_counter() - start
        dispatcher.stop()
        deliverer.stop()
        await asyncio.wait(running)
    return _figures(taken, seconds)


async def _bare(workshop: Workshop, catalogue: Catalogue, events: int) -> dict[str, Any]:
    platform, registry = Nowhere(), commands.walk()
    taken: list[float] = []
    async with workshop.read() as work:
        begin = time.perf_counter()
        for number in range(events):
            start = time.perf_counter()
            event = _event("user", number, work.now)
            platform.waiting["user"] = asyncio.get_running_loop().create_future()
            found = registry.match(WORDS)
            if found is None:
                raise LookupError(WORDS)
            ask = Ask(work=work, account=event.actor, where=event.where, language="nl", registry=registry)
            for message in (await found[0].run(ask)).messages:
                seen = await sight_of(work, None, message)
                resolved = await resolve(work, message, seen, platform.name, "nl", catalogue)
                for part in degrade(resolved, platform.capabilities).parts:
                    await platform.deliver(str(number), event.where, part, (), None)
            taken.append(time.perf_counter() - start)
        seconds = time.perf_counter() - begin
    return {"way": "bare loop", "people": 1, **_figures(taken, seconds)}


def _figures(taken: Sequence[float], seconds: float) -> dict[str, Any]:
    return {"answers_a_second": round(len(taken) / seconds, 1), **asdict(Timing.of(taken))}
