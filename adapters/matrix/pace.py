"""How fast the homeserver lets the bot go: learned from its first refusal, with room kept for answers.

Servers do not tell their limits (Synapse's default: ten messages at once, then one in five seconds). Until
one refuses, nothing is held back. From then on what nobody waits for leaves a few turns free, so that an
answer to what somebody just said goes at once, and is held back here rather than refused there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PATIENCE_SECONDS = 1.0
"""A turn that comes within this time is waited for; a later one is left to the outbox."""
_RESERVE = 4
_MOST = 8.0
_FORGET_SECONDS = 3600.0
"""After so long without a refusal the limit may have been lifted: it is tried again."""
_CAUTION = 1.25
"""A first refusal tells a little less than the whole time between two turns."""
_SHORTEST = 0.05
_COME_BACK_SECONDS = 30.0
"""What is held back asks again at the latest then, in its order of importance."""


@dataclass
class _Limit:
    """What is known since the last refusal, and how many turns are free by now."""

    interval: float
    refused: float
    seconds: float
    turns: float = 0.0
    at: float = 0.0
    accepted: int = 0
    queue: float = 0.0


class Pace:
    """Turns by kind of request (a leaky bucket each, as the server has)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._limits: dict[str, _Limit] = {}

    def wait(self, kind: str, *, urgent: bool) -> float:
        """Seconds to wait for one's turn. When that is longer than ``PATIENCE_SECONDS`` no turn is taken."""
        now = self._monotonic()
        limit = self._limits.get(kind)
        if limit is None:
            return 0.0
        if now - limit.refused > _FORGET_SECONDS:
            del self._limits[kind]
            return 0.0
        limit.turns = min(_MOST, limit.turns + (now - limit.at) / limit.interval)
        limit.at = now
        short = (1 if urgent else 1 + _RESERVE) - limit.turns
        if short * limit.interval <= PATIENCE_SECONDS:
            limit.turns -= 1
            return max(0.0, short * limit.interval)
        if urgent:
            return short * limit.interval
        limit.queue = max(limit.queue, now + (short - 1) * limit.interval) + limit.interval
        return min(limit.queue - now, max(_COME_BACK_SECONDS, short * limit.interval))

    def accepted(self, kind: str) -> None:
        """The server took one."""
        if (limit := self._limits.get(kind)) is not None:
            limit.accepted += 1

    def refused(self, kind: str, seconds: float) -> None:
        """The server said to wait so long for one turn.

        At two refusals its bucket was full: what it took in between is what runs out of it in that time.
        """
        now = self._monotonic()
        known = self._limits.get(kind)
        if known is None:
            interval = seconds * _CAUTION
        elif known.accepted:
            interval = max(seconds, (now - known.refused - known.seconds + seconds) / known.accepted)
        else:
            interval = max(seconds, known.interval)
        self._limits[kind] = _Limit(
            max(interval, _SHORTEST), now, seconds, at=now, queue=known.queue if known else 0.0
        )
