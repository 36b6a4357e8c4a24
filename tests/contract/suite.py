"""What the suite brings: a bot that remembers what came in, a stage, and one platform running."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import cast

from bot.chat.address import Account, Address
from bot.chat.form import Field as FormField
from bot.chat.form import FormView, Submission, Suggestion, Taken
from bot.chat.inbound import Inbound, Profile
from bot.chat.message import Message
from bot.chat.port import Adapter, Delivery, Hint, Tools
from bot.chat.stage import Player
from bot.commands import walk
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.delivery.parts import deliver_parts
from bot.delivery.prepare import Prepared
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text, Words
from bot.store.claims import Claim, Standing
from tests.contract.harness import Harness, Seen
from tests.support.workshop import AMSTERDAM, START

ROOT = Path(__file__).parent.parent.parent
PARENTS = ("adapters", "tests/platforms")
_SECONDS = 30


def adapter_packages() -> list[str]:
    """All adapter folders, those of the tests too."""
    return sorted(
        f"{parent.replace('/', '.')}.{folder.name}"
        for parent in PARENTS
        for folder in (ROOT / parent).iterdir()
        if folder.is_dir() and folder.name[0] not in "_."
    )


def payloads(package: str) -> list[Path]:
    return sorted((ROOT / package.replace(".", "/") / "testing" / "payloads").glob("*.json"))


def harness_of(package: str) -> Harness:
    return cast("Harness", importlib.import_module(f"{package}.testing").Harness())


@dataclass
class Inbox:
    """The bot as an adapter knows it; it remembers what came in. While ``away`` it takes nothing."""

    events: list[Inbound] = field(default_factory=list)
    hints: dict[str, Hint] = field(default_factory=dict)
    asked: list[tuple[Account, str, str, str]] = field(default_factory=list)
    away: bool = False
    _cursor: str | None = None

    async def put(
        self,
        events: Sequence[Inbound],
        *,
        platform: str | None = None,
        cursor: str | None = None,
        hints: Mapping[str, Hint] | None = None,
    ) -> None:
        if self.away:
            raise ConnectionError("the database is away")
        known = {event.key for event in self.events}
        self.events.extend(event for event in events if event.key not in known)
        self.hints.update(hints or {})
        self._cursor = cursor or self._cursor

    async def cursor(self, platform: str) -> str | None:
        return self._cursor

    async def suggest(
        self, actor: Account, form: str, field: str, typed: str, profile: Profile | None = None
    ) -> Sequence[Suggestion]:
        self.asked.append((actor, form, field, typed))
        return [Suggestion(value="7", label=Words(text="Stikstof <!channel>"))]

    async def submit(self, event: Inbound) -> Submission:
        await self.put([event])
        return Taken()

    async def event(self, number: int) -> Inbound:
        """The event at that place, once it is there."""
        async with asyncio.timeout(_SECONDS):
            while len(self.events) <= number:  # noqa: ASYNC110 - it comes from outside
                await asyncio.sleep(0.01)
        return self.events[number]


class State:
    """A platform's small store, in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, int]] = {}

    async def get(self, key: str) -> tuple[bytes, int] | None:
        return self._kept.get(key)

    async def put(self, key: str, value: bytes, *, version: int | None) -> bool:
        kept = self._kept.get(key)
        if (kept and kept[1]) != version:
            return False
        self._kept[key] = (value, (version or 0) + 1)
        return True

    async def delete(self, key: str) -> None:
        self._kept.pop(key, None)


class EmptyStage:
    """For the platform that plays a demo: nothing moves, and nobody is known."""

    def now(self) -> datetime:
        return START

    def moment(self, words: str) -> datetime | None:
        return None

    async def advance(self, to: datetime) -> None:
        return None

    async def settled(self) -> None:
        return None

    async def players(self) -> Sequence[Player]:
        return ()


@dataclass
class Running:
    """One platform, its adapter, and the bot behind it."""

    harness: Harness
    adapter: Adapter
    inbox: Inbox
    _keys: count[int] = field(default_factory=lambda: count(1))

    def key(self) -> str:
        """A delivery key as the outbox makes them."""
        return f"{next(self._keys):032x}"

    async def deliver(
        self,
        address: Address,
        message: Message,
        *,
        key: str | None = None,
        replaces: tuple[str, ...] = (),
        look_back: bool = False,
    ) -> Delivery:
        """Through the real degrading, in as many parts as it takes."""
        claimed = Claim(
            id=1, key=key or self.key(), attempt=1, look_back=look_back, official=None, address=address,
            message=message, valid_until=None, language="nl", standing=Standing(), reason=None,
            began=0.0,
        )  # fmt: skip
        prepared = Prepared(address, message, replaces)
        patience = timedelta(seconds=_SECONDS)
        outcome = await deliver_parts(self.adapter, claimed, prepared, None, patience, lambda: None)
        return outcome.delivery.model_copy(update={"refs": outcome.standing.refs})

    async def shows(self, address: Address, message: Message) -> Sequence[Seen]:
        """What it adds to what people see."""
        before = len(await self.harness.seen())
        delivery = await self.deliver(address, message)
        assert delivery.state in {"sent", "degraded"}, delivery
        return (await self.harness.seen())[before:]


def form() -> FormView:
    fields = (
        FormField(name="naam", kind="text", prompt=Words(text="Hoe heet je?")),
        FormField(name="opgave", kind="search", prompt=Words(text="Waaraan werk je?")),
    )
    return FormView(id="f" * 32, title=Words(text="Proef"), submit=Words(text="Verstuur"), fields=fields)


@asynccontextmanager
async def running(package: str) -> AsyncIterator[Running]:
    """A platform whose adapter listens."""
    harness, inbox, clock = harness_of(package), Inbox(), DemoClock(START)
    core = Catalogue(TEXTS, AMSTERDAM)
    own = Catalogue(ROOT / package.replace(".", "/") / "texts", AMSTERDAM)

    def worded(item: Text, language: str) -> str:
        catalogue = own if own.has(item.key, language) else core
        return catalogue.words(item, language, nothing_about, today=START.date())

    infos = tuple(command.info for command in walk().commands)
    tools = Tools(inbox, State(), worded, infos, clock, "nl", EmptyStage())
    adapter = await harness.start(tools)
    receiving = asyncio.create_task(adapter.run())
    try:
        yield Running(harness, adapter, inbox)
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await adapter.close()
        await harness.stop()


def described(payload: Path) -> str:
    return f"{payload.parts[-4]}-{payload.stem}"
