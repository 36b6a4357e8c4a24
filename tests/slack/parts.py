"""The adapter alone, on a strict Slack, with a bot that only notes what it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.slack.adapter import Slack, build
from adapters.slack.settings import Settings
from bot.chat.address import Account
from bot.chat.form import Submission, Suggestion, Taken
from bot.chat.inbound import Inbound, Profile
from bot.chat.port import Hint, Tools
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from tests.slack.strict import BOT_TOKEN
from tests.slack.world import World
from tests.support.clock import MovingClock
from tests.support.workshop import START

TEXTS = Path(__file__).parents[2] / "adapters" / "slack" / "texts"
ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass
class NotingBot:
    """Notes events, and answers forms with what the test prepared."""

    events: list[Inbound] = field(default_factory=list)
    hints: dict[str, Hint] = field(default_factory=dict)
    submitted: list[Inbound] = field(default_factory=list)
    answer: Submission = field(default_factory=Taken)
    found: Sequence[Suggestion] = ()
    fails: bool = False

    async def put(
        self,
        events: Sequence[Inbound],
        *,
        platform: str | None = None,
        cursor: str | None = None,
        hints: Mapping[str, Hint] | None = None,
    ) -> None:
        if self.fails:
            raise ConnectionError("the database is away")
        self.events += events
        self.hints.update(hints or {})

    async def cursor(self, platform: str) -> str | None:
        return None

    async def suggest(
        self, actor: Account, form: str, field: str, typed: str, profile: Profile | None = None
    ) -> Sequence[Suggestion]:
        return self.found

    async def submit(self, event: Inbound) -> Submission:
        if self.fails:
            raise ConnectionError("the database is away")
        self.submitted.append(event)
        return self.answer


@dataclass
class MemoryState:
    """The adapter's store, in memory, with its compare-and-set."""

    values: dict[str, tuple[bytes, int]] = field(default_factory=dict)

    async def get(self, key: str) -> tuple[bytes, int] | None:
        return self.values.get(key)

    async def put(self, key: str, value: bytes, *, version: int | None) -> bool:
        stored = self.values.get(key)
        if (stored[1] if stored else None) != version:
            return False
        self.values[key] = (value, (version or 0) + 1)
        return True

    async def delete(self, key: str) -> None:
        self.values.pop(key, None)


def make_tools(bot: NotingBot, state: MemoryState | None = None) -> Tools:
    catalogue = Catalogue(TEXTS, ZONE)

    def words(item: Text, language: str) -> str:
        return catalogue.words(item, language, nothing_about, today=START.date())

    return Tools(
        bot=bot,
        state=state or MemoryState(),
        words=words,
        commands=(),
        clock=MovingClock(START),
        language="nl",
    )


def settings(world: World, **more: str | int | None) -> Settings:
    chosen: dict[str, object] = {
        "bot_token": BOT_TOKEN,
        "signing_secret": "test-signing-secret",
        "port": 4999,
        "base_url": f"{world.slack}/api/",
        **more,
    }
    return Settings.model_validate({name: value for name, value in chosen.items() if value is not None})


@asynccontextmanager
async def adapter(
    world: World, bot: NotingBot | None = None, state: MemoryState | None = None, **more: str | int | None
) -> AsyncIterator[Slack]:
    made = await build(settings(world, **more), make_tools(bot or NotingBot(), state))
    try:
        yield made
    finally:
        await made.close()
