"""APScheduler as the clock that makes the bot look; it carries no fact and has no job store."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)
_TICK_SECONDS = 5
_STALLED_SECONDS = 60


class Clockwork:
    """Calls ``tick`` every few seconds, and starts anew when that has not happened for a minute."""

    def __init__(self, tick: Callable[[], Awaitable[object]]) -> None:
        self._tick = tick
        self._last = time.monotonic()

    async def _run_tick(self) -> None:
        try:
            await self._tick()
        except Exception as error:
            log.error("a tick failed: %s", type(error).__name__)
        self._last = time.monotonic()

    def _start(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=UTC)
        # Missed ticks are one tick, however late: what is due stands in our own rows.
        scheduler.add_job(
            self._run_tick,
            "interval",
            seconds=_TICK_SECONDS,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
        scheduler.start()
        self._last = time.monotonic()
        return scheduler

    async def run(self) -> None:
        """Tick until cancelled. The watch goes by monotonic time: a clock set back stops an interval."""
        scheduler = self._start()
        try:
            while True:
                await asyncio.sleep(_TICK_SECONDS)
                if time.monotonic() - self._last > _STALLED_SECONDS:
                    log.error("the clock stalled: starting it anew")
                    scheduler.shutdown(wait=False)
                    scheduler = self._start()
        finally:
            scheduler.shutdown(wait=False)
