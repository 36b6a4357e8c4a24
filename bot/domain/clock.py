"""The clock that everything reads: injected, so that a year runs in a test in a minute."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Two implementations run: the machine's clock, and one that a stage moves."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow, for time-outs and graces; never moved by a stage."""
        ...
