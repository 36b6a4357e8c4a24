"""The stage of the demo: time that moves on demand, and a cast of invented people."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.stage import Player
from bot.compose.clocks import DemoClock, leave
from bot.delivery import Deliverer
from bot.dispatch import Dispatcher
from bot.domain.dates import Ambiguous, Past, parse_moment
from bot.jobs import Jobs
from bot.services import cast
from bot.store import outbox
from bot.store.work import Workshop


class DemoStage:
    """Drives the whole program by itself, so that a script always runs in the same order."""

    def __init__(self, workshop: Workshop, clock: DemoClock, platform: str) -> None:
        self._workshop = workshop
        self._clock = clock
        self._platform = platform
        self._parts: tuple[Dispatcher, Deliverer, Jobs] | None = None

    def drives(self, dispatcher: Dispatcher, deliverer: Deliverer, jobs: Jobs) -> None:
        self._parts = (dispatcher, deliverer, jobs)

    def now(self) -> datetime:
        return self._clock.now()

    def moment(self, words: str) -> datetime | None:
        match parse_moment(words, self.now(), self._workshop.hours.zone):
            case Ambiguous(options=options):
                return options[0]
            case Past(day=day):
                return day
            case moment:
                return moment

    async def settled(self) -> None:
        if self._parts is None:
            raise RuntimeError("the stage drives nothing yet")
        dispatcher, deliverer, jobs = self._parts
        self._clock.tick()
        busy = True
        while busy:
            busy = await dispatcher.handle_next()
            busy = bool(await jobs.run_due()) or busy
            busy = await deliverer.send_next() or busy
        async with self._workshop.write() as work:
            await leave(work, self._clock)

    async def advance(self, to: datetime) -> None:
        await self.settled()
        while (due := await self._next_due()) is not None and due <= to:
            self._clock.move(due)
            await self.settled()
        self._clock.move(to)
        await self.settled()

    async def _next_due(self) -> datetime | None:
        if self._parts is None:
            raise RuntimeError("the stage drives nothing yet")
        async with self._workshop.read() as work:
            moments = [await outbox.next_due(work)]
        moments.append(await self._parts[2].next_due())
        return min((moment for moment in moments if moment is not None), default=None)

    async def players(self) -> Sequence[Player]:
        async with self._workshop.read() as work:
            return await cast.players(work, self._platform)
