"""How fast the homeserver lets the bot go: learned from its first refusal, with room kept for answers.

Servers do not tell their limits (Synapse's default: ten messages at once, then one in five seconds). Until
one refuses, nothing is held back. From then on what nobody waits for leaves a few turns free, so that an
answer to what somebody just said goes at once, and is held back here rather than refused there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

SEND = "send"
PATIENCE_SECONDS = 1.0
"""A turn that comes within this time is waited for; a later one is left to the outbox."""
_RESERVE = 4
_MOST = 8.0
_FORGET_SECONDS = 3600.0
"""After so long without a refusal the limit may have been lifted: it is tried again."""
_CAUTION = 1.25
"""A first refusal tells a little less than the whole time between two turns."""
_SHORTEST = 0.05
_COME_BACK_SECONDS = 600.0
"""What is held back asks again at the latest then."""
_STALE_SECONDS = 60.0
"""What did not come so long after its place in the queue comes no more: it was withdrawn."""


@dataclass
class _Limit:
    """What is known since the last refusal, and how many turns are free by now."""

    interval: float
    refused: float
    seconds: float
    turns: float = 0.0
    at: float = 0.0
    accepted: int = 0
    queue: dict[str, float] = field(default_factory=dict)
    """When each that was held back may go: in the order of asking, which is that of importance."""
    urgent: set[str] = field(default_factory=set)
    """Answers that found no turn at once: they are answers still when they ask again."""


class Pace:
    """Turns by kind of request (a leaky bucket each, as the server has)."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._limits: dict[str, _Limit] = {}

    def wait(self, kind: str, key: str, *, urgent: bool) -> float:
        """Seconds to wait for the turn of what bears this key.

        When that is longer than ``PATIENCE_SECONDS`` no turn is taken, but its place in the queue is kept.
        """
        now = self._monotonic()
        limit = self._limits.get(kind)
        if limit is None:
            return 0.0
        if now - limit.refused > _FORGET_SECONDS:
            del self._limits[kind]
            return 0.0
        limit.turns = min(_MOST, limit.turns + (now - limit.at) / limit.interval)
        limit.at = now
        urgent = urgent or key in limit.urgent
        short = (1 if urgent else 1 + _RESERVE) - limit.turns
        seconds = short * limit.interval
        # A turn to spare is given to whoever asks, lest it be lost.
        if seconds <= PATIENCE_SECONDS and (urgent or short <= -1 or _is_first(limit, key, now)):
            limit.turns -= 1
            return max(0.0, seconds)
        if urgent:
            limit.urgent.add(key)
            return seconds
        if key not in limit.queue:
            last = max(limit.queue.values(), default=0.0)
            limit.queue[key] = max(last, now + seconds - limit.interval) + limit.interval
        place = max(limit.queue[key] - now, seconds, 2 * PATIENCE_SECONDS)
        return min(place, _COME_BACK_SECONDS)

    def is_scarce(self, kind: str) -> bool:
        """Whether the server refused of late: turns are for what must be said."""
        limit = self._limits.get(kind)
        return limit is not None and self._monotonic() - limit.refused <= _FORGET_SECONDS

    def withdrawn(self, kind: str, key: str) -> None:
        """It does not ask again: nobody waits behind it."""
        if (limit := self._limits.get(kind)) is not None:
            limit.queue.pop(key, None)

    def accepted(self, kind: str, key: str) -> None:
        """The server took it."""
        if (limit := self._limits.get(kind)) is not None:
            limit.accepted += 1
            limit.queue.pop(key, None)
            limit.urgent.discard(key)

    def refused(self, kind: str, key: str, seconds: float) -> None:
        """The server said to wait so long for one turn.

        At two refusals its bucket was full: what it took in between is what runs out of it in that time. A
        refusal before the wait of the last one is over tells no pace: it was on its way already.
        """
        now = self._monotonic()
        known = self._limits.get(kind)
        if known is None:
            interval = seconds * _CAUTION
        elif known.accepted and now >= known.refused + known.seconds:
            interval = max(seconds, (now - known.refused - known.seconds + seconds) / known.accepted)
        else:
            interval = max(seconds, known.interval)
        interval = max(interval, _SHORTEST)
        # Just when the server says there is a turn for an answer.
        fresh = _Limit(interval, now, seconds, turns=max(0.0, 1 - seconds / interval), at=now)
        if known is not None:
            fresh.queue, fresh.urgent = known.queue, known.urgent
        if key not in fresh.urgent:
            # It was its turn: it goes before all that wait.
            fresh.queue[key] = min(fresh.queue.get(key, now), *fresh.queue.values(), now)
        self._limits[kind] = fresh


def _is_first(limit: _Limit, key: str, now: float) -> bool:
    """Whether nobody is before it in the queue."""
    own = limit.queue.get(key, float("inf"))
    before = [other for other, place in limit.queue.items() if place < own]
    for other in before:
        if limit.queue[other] < now - _STALE_SECONDS - _COME_BACK_SECONDS:
            del limit.queue[other]
    return not any(other in limit.queue for other in before)
