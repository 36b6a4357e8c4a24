"""Puts the parts together and runs them."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom

from filelock import FileLock, Timeout

from bot import commands, jobs
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.port import Adapter, Tools
from bot.compose import platforms
from bot.compose.clocks import DemoClock, SystemClock
from bot.compose.clockwork import Clockwork
from bot.compose.platforms import Platform
from bot.compose.stage import CLOCK, DemoStage
from bot.compose.state import PlatformState
from bot.delivery import Deliverer
from bot.dispatch import Dispatcher
from bot.domain.clock import Clock
from bot.domain.working_time import OfficeHours
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.jobs import Jobs
from bot.services import demo
from bot.settings import Settings, SettingsError, declared_keys, load, refuse_unknown_keys, secret_key
from bot.store import schema, state
from bot.store.database import Database
from bot.store.vault import Vault
from bot.store.work import Workshop

log = logging.getLogger(__name__)
ADAPTERS = ("adapters",)
TEXTS = Path(__file__).parent.parent / "i18n"
DEMO_START = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday at ten: the demo always starts there, so that a story runs the same every time."""


class StartError(Exception):
    """The bot cannot start; the words are for the operator, one plain line."""


@dataclass(frozen=True)
class Program:
    """All that runs."""

    workshop: Workshop
    adapters: Mapping[str, Adapter]
    dispatcher: Dispatcher
    deliverer: Deliverer
    jobs: Jobs
    stage: DemoStage | None

    async def run(self) -> None:
        """Run until the platforms have nothing more to say, or until cancelled."""
        if self.workshop.database.is_sqlite:
            await self.deliverer.recover()
        await self.jobs.start()
        if self.stage is not None:
            await self.stage.settled()
            await asyncio.gather(*(adapter.run() for adapter in self.adapters.values()))
            return
        clockwork = Clockwork(self.jobs.run_due)
        async with asyncio.TaskGroup() as group:
            background = [
                group.create_task(self.dispatcher.run()),
                group.create_task(self.deliverer.run()),
                group.create_task(clockwork.run()),
            ]
            await asyncio.gather(*(adapter.run() for adapter in self.adapters.values()))
            for task in background:
                task.cancel()


@asynccontextmanager
async def open_workshop(
    settings: Settings, clock: Clock | None = None, random: Random | None = None
) -> AsyncIterator[Workshop]:
    """The database and what units of work need; one process at a time on SQLite.

    Raises :class:`StartError` and :class:`bot.settings.SettingsError`.
    """
    key = secret_key(settings)
    if key.notice:
        log.warning(key.notice)
    database = Database(settings.database_url.get_secret_value())
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        if settings.database_file is not None:
            lock = FileLock(f"{settings.database_file}.lock")
            try:
                stack.enter_context(lock.acquire(blocking=False))
            except Timeout:
                raise StartError(
                    f"{settings.database_file} is in use by another process: stop that one first."
                ) from None
            await schema.upgrade(database)
        else:
            await schema.refuse_old(database)
        yield Workshop(
            database=database,
            clock=clock or SystemClock(),
            random=random or SystemRandom(),
            rules=settings.rules,
            hours=OfficeHours(settings.time_zone, settings.office_opens, settings.office_closes),
            vault=Vault(key.value),
            language=settings.language,
            legal_basis=settings.legal_basis,
            operator=settings.operator,
        )


@asynccontextmanager
async def compose(
    packages: Sequence[str] = ADAPTERS, env_file: Path | None = None, random: Random | None = None
) -> AsyncIterator[Program]:
    """The whole program, ready to run, for the settings in the environment and ``env_file``.

    Raises :class:`StartError` and :class:`bot.settings.SettingsError`.
    """
    settings = load(Settings, env_file)
    found = platforms.find(packages)
    refuse_unknown_keys(_core_keys() | platforms.keys(found), os.environ, env_file)
    running = platforms.chosen(found, env_file)
    if not running:
        raise SettingsError("No platform is set up: see docs/settings.md.")
    fallback = all(getattr(own, "fallback", False) for own in running.values())
    clock = DemoClock(DEMO_START) if fallback else SystemClock()
    async with open_workshop(settings, clock, random) as workshop, contextlib.AsyncExitStack() as stack:
        await _prepare(workshop, clock)
        catalogue = Catalogue(TEXTS, settings.time_zone)
        registry = commands.walk()
        hints = Hints()
        adapters: dict[str, Adapter] = {}
        capabilities: dict[str, Capabilities] = {}
        deliverer = Deliverer(workshop, adapters, catalogue, clock, hints)
        dispatcher = Dispatcher(workshop, registry, catalogue, capabilities, hints, deliverer.posted)
        work = Jobs(workshop, jobs.walk())
        stage = None
        for platform, own in running.items():
            if isinstance(clock, DemoClock):
                stage = DemoStage(workshop, clock, platform.name)
                stage.drives(dispatcher, deliverer, work)
            tools = Tools(
                bot=dispatcher,
                state=PlatformState(workshop, platform.name),
                words=_words(platform, settings, clock),
                commands=tuple(command.info for command in registry.commands),
                clock=clock,
                language=settings.language,
                stage=stage,
            )
            adapter = await platform.build(own, tools)
            stack.push_async_callback(adapter.close)
            adapters[platform.name] = adapter
            capabilities[platform.name] = adapter.capabilities
        yield Program(workshop, adapters, dispatcher, deliverer, work, stage)


def _core_keys() -> frozenset[str]:
    return declared_keys(Settings)


def _words(platform: Platform, settings: Settings, clock: Clock) -> Callable[[Text, str], str]:
    catalogue = Catalogue(platform.texts, settings.time_zone)

    def words(item: Text, language: str) -> str:
        today = clock.now().astimezone(settings.time_zone).date()
        return catalogue.words(item, language, nothing_about, today=today)

    return words


async def _prepare(workshop: Workshop, clock: Clock) -> None:
    """A demo runs on a demo database only, and a real platform never does."""
    async with workshop.write() as work:
        if not isinstance(clock, DemoClock):
            if await demo.is_demo(work):
                raise StartError(
                    "This database holds the demo's invented officials: "
                    "set KOFFIE_DATABASE_URL to another one."
                )
            return
        if await demo.holds_real_officials(work):
            raise StartError(
                "This database holds real officials: the demo needs another KOFFIE_DATABASE_URL."
            )
        await demo.prepare(work)
        if (kept := await state.meta(work, CLOCK)) is not None:
            clock.move(datetime.fromisoformat(kept))
