"""The two clocks: the machine's, and the demo's, which can be moved on."""

import time
from datetime import UTC, datetime, timedelta

from bot.domain.clock import Clock
from bot.store import state
from bot.store.work import Work

DEMO_START = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday at ten: the demo always starts there, so that a story runs the same every time."""
_LEFT = "demo-clock"


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class DemoClock:
    """Starts at a moment and stands still until it is moved; it never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return time.monotonic()

    def move(self, to: datetime) -> None:
        """Move on to a moment; one in the past is passed over."""
        self._now = max(self._now, to.astimezone(UTC))

    def tick(self) -> None:
        """Move on by a second, so that what follows is later than what went before."""
        self._now += timedelta(seconds=1)


async def resume(work: Work, clock: Clock) -> None:
    """Move a demo's clock to where it was left; the machine's stays as it is."""
    if isinstance(clock, DemoClock) and (left := await state.meta(work, _LEFT)) is not None:
        clock.move(datetime.fromisoformat(left))


async def leave(work: Work, clock: DemoClock) -> None:
    """Note where a demo's clock stands."""
    await state.set_meta(work, _LEFT, clock.now().isoformat())
