"""Puts the parts together and runs them."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from pydantic_settings import BaseSettings

from bot import commands, jobs
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.port import Adapter, Tools
from bot.compose import platforms
from bot.compose.clocks import DEMO_START, DemoClock, SystemClock, resume
from bot.compose.clockwork import Clockwork
from bot.compose.log import write_log_from
from bot.compose.platforms import Platform
from bot.compose.stage import DemoStage
from bot.compose.state import PlatformState
from bot.compose.workshops import StartError, open_workshop
from bot.delivery import Deliverer, Patience
from bot.dispatch import Dispatcher
from bot.domain.clock import Clock
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.jobs import Jobs
from bot.services import demo, register_import
from bot.settings import Settings, SettingsError, declared_keys, load, refuse_unknown_keys
from bot.store.work import Workshop

log = logging.getLogger(__name__)
ADAPTERS = ("adapters",)
TEXTS = Path(__file__).parent.parent / "i18n"
Running = Mapping[Platform, BaseSettings]
_DRAIN_SECONDS = 10


@dataclass(frozen=True)
class Program:
    """All that runs."""

    workshop: Workshop
    adapters: Mapping[str, Adapter]
    dispatcher: Dispatcher
    deliverer: Deliverer
    jobs: Jobs
    stage: DemoStage | None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Tell a running program to receive nothing more, to finish what is in hand, and to return."""
        self.stopping.set()

    async def run(self) -> None:
        """Run until the platforms have nothing more to say, until ``stop``, or until cancelled."""
        if self.workshop.database.is_sqlite:
            await self.deliverer.recover()
        await self.jobs.start()
        if self.stage is not None:
            await self.stage.settled()
            await self._receive()
            return
        clockwork = Clockwork(self.jobs.run_due)
        async with asyncio.TaskGroup() as group:
            handling = group.create_task(self.dispatcher.run())
            delivering = group.create_task(self.deliverer.run())
            ticking = group.create_task(clockwork.run())
            log.info("running on %s", ", ".join(self.adapters))
            await self._receive()
            # What was acknowledged is in the inbox and what is to be said in the outbox: both wait for the
            # next start. Only what is being sent right now is waited for, lest it be in doubt then: so first
            # for those whose answers go out as they are handled.
            for part, task in ((self.dispatcher, handling), (self.deliverer, delivering)):
                part.stop()
                await asyncio.wait([task], timeout=_DRAIN_SECONDS)
            for task in (handling, delivering, ticking):
                task.cancel()
        log.info("stopped")

    async def _receive(self) -> None:
        async with asyncio.TaskGroup() as group:
            receiving = [group.create_task(adapter.run()) for adapter in self.adapters.values()]
            watch = group.create_task(self._stop(receiving))
            await asyncio.wait(receiving)
            watch.cancel()

    async def _stop(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        await self.stopping.wait()
        for task in tasks:
            task.cancel()


@asynccontextmanager
async def compose(
    packages: Sequence[str] = ADAPTERS,
    env_file: Path | None = None,
    random: Random | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[Program]:
    """The whole program, ready to run, for the settings in the environment and ``env_file``.

    ``patience`` is for tests: how long deliveries may take is no operator's choice.
    Raises :class:`StartError` and :class:`bot.settings.SettingsError`.
    """
    settings, running = read_settings(packages, env_file)
    if not running:
        raise SettingsError("No platform is set up: see docs/settings.md.")
    write_log_from(settings.log_level, packages)
    clock = demo_or_system_clock(running)
    async with open_workshop(settings, clock, random) as workshop:
        await _prepare(workshop, clock, running, commands.walk().names)
        async with assemble(workshop, settings, running, patience) as program:
            yield program


def read_settings(packages: Sequence[str], env_file: Path | None) -> tuple[Settings, Running]:
    """The core's settings, and the platforms that are to run with theirs.

    Raises :class:`bot.settings.SettingsError`.
    """
    settings = load(Settings, env_file)
    found = platforms.find(packages)
    refuse_unknown_keys(declared_keys(Settings) | platforms.keys(found), os.environ, env_file)
    return settings, platforms.chosen(found, env_file)


def demo_or_system_clock(running: Running) -> Clock:
    """A clock that stands still where only a fallback runs: that one plays on a demo database."""
    fallback = all(getattr(own, "fallback", False) for own in running.values())
    return DemoClock(DEMO_START) if fallback else SystemClock()


@asynccontextmanager
async def assemble(
    workshop: Workshop, settings: Settings, running: Running, patience: Patience | None = None
) -> AsyncIterator[Program]:
    """The parts on an open database, with their platforms; these are closed in the end."""
    clock = workshop.clock
    catalogue = Catalogue(TEXTS, settings.time_zone)
    registry = commands.walk()
    hints = Hints()
    adapters: dict[str, Adapter] = {}
    capabilities: dict[str, Capabilities] = {}
    if patience is None and isinstance(clock, DemoClock):
        # What was printed is printed: on the stage nothing arrives late, and time stands still.
        patience = Patience(look_back=timedelta(0))
    deliverer = Deliverer(workshop, adapters, catalogue, clock, hints, patience)
    dispatcher = Dispatcher(
        workshop, registry, catalogue, capabilities, hints, deliverer.posted, deliverer.has_room
    )
    work = Jobs(workshop, jobs.walk())
    stage = None
    async with contextlib.AsyncExitStack() as stack:
        for platform, own in running.items():
            if isinstance(clock, DemoClock):
                stage = DemoStage(workshop, clock, platform.name)
                stage.drives(dispatcher, deliverer, work)
            tools = Tools(
                bot=dispatcher,
                state=PlatformState(workshop, platform.name),
                words=words_of(platform, settings, clock),
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


def words_of(platform: Platform, settings: Settings, clock: Clock) -> Callable[[Text, str], str]:
    """Words of an adapter's own texts, and of those of the core that it is handed (of a command)."""
    own, core = (Catalogue(folder, settings.time_zone) for folder in (platform.texts, TEXTS))

    def words(item: Text, language: str) -> str:
        today = clock.now().astimezone(settings.time_zone).date()
        catalogue = own if own.has(item.key, language) else core
        return catalogue.words(item, language, nothing_about, today=today)

    return words


async def _prepare(workshop: Workshop, clock: Clock, running: Running, reserved: Collection[str]) -> None:
    """A demo runs on a demo database only, and a real platform never does."""
    async with workshop.write() as work:
        if not isinstance(clock, DemoClock):
            if await demo.is_demo(work):
                raise StartError(
                    "This database holds the demo's invented officials: "
                    "set KOFFIE_DATABASE_URL to another one."
                )
            await register_import.import_snapshot(work, reserved)
            return
        if await demo.holds_real_officials(work):
            raise StartError(
                "This database holds real officials: the demo needs another KOFFIE_DATABASE_URL."
            )
        for platform in running:
            await demo.prepare(work, platform.name, reserved)
        await resume(work, clock)
