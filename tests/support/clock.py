"""A clock for tests against platforms that have a clock of their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class MovingClock:
    """Runs as clocks do, from a moment on; a test moves it on."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic() - self._began)

    def monotonic(self) -> float:
        return time.monotonic()

    def move(self, by: timedelta) -> None:
        self._start += by
