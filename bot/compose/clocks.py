"""The two clocks: the machine's, and the demo's, which can be moved on."""

import time
from datetime import UTC, datetime, timedelta


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
