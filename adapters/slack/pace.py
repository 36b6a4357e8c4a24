"""How fast Slack may be asked: an even pace for each method and each channel, before Slack has to say so."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MOST_KEYS = 20_000


@dataclass(frozen=True)
class Rate:
    """At most ``burst`` at once, and one more every ``interval`` seconds."""

    interval: float
    burst: int = 1

    @classmethod
    def a_minute(cls, most: int) -> Rate:
        """So many in any minute: a quarter may come at once, the rest evenly."""
        burst = max(1, most // 4)
        return cls(60 / (most - burst), burst)


POST = Rate(1.0)
"""Slack takes about one message a second a channel."""

METHODS = {
    "conversations.open": Rate.a_minute(50),
    "conversations.history": Rate.a_minute(50),
    "conversations.create": Rate.a_minute(20),
    "conversations.invite": Rate.a_minute(50),
    "conversations.list": Rate.a_minute(20),
    "conversations.setPurpose": Rate.a_minute(20),
    "conversations.setTopic": Rate.a_minute(20),
    "conversations.join": Rate.a_minute(50),
    "conversations.info": Rate.a_minute(50),
    "pins.add": Rate.a_minute(20),
    # Somebody waits for it, and after a start everybody is unknown: Slack's tier is a floor ("100+").
    "users.info": Rate(0.6, 50),
    "views.open": Rate.a_minute(100),
    "views.publish": Rate.a_minute(100),
    "chat.update": Rate.a_minute(50),
    "chat.delete": Rate.a_minute(50),
    "files.getUploadURLExternal": Rate.a_minute(100),
    "files.completeUploadExternal": Rate.a_minute(100),
}
"""Slack's tiers, a workspace."""


class Pace:
    """Who may go when (the generic cell rate algorithm, ITU-T I.371): one moment a key, no queue to keep."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next: OrderedDict[tuple[str, ...], float] = OrderedDict()

    def reserve(self, key: tuple[str, ...], rate: Rate, most: float) -> float:
        """Seconds to wait for one's turn. When that is longer than ``most`` no turn is taken."""
        now = self._monotonic()
        due = max(self._next.get(key, now), now)
        wait = max(0.0, due - now - rate.interval * (rate.burst - 1))
        if wait <= most:
            self._keep(key, due + rate.interval)
        return wait

    def done(self, key: tuple[str, ...], rate: Rate) -> None:
        """A request is over: the next one keeps its distance from when Slack surely had this one."""
        if rate.burst == 1:
            self._keep(key, max(self._next.get(key, 0.0), self._monotonic() + rate.interval))

    def pause(self, key: tuple[str, ...], seconds: float, rate: Rate) -> None:
        """Slack said to wait: nothing more under this key until then."""
        until = self._monotonic() + seconds + rate.interval * (rate.burst - 1)
        self._keep(key, max(self._next.get(key, 0.0), until))

    def _keep(self, key: tuple[str, ...], moment: float) -> None:
        self._next[key] = moment
        self._next.move_to_end(key)
        if len(self._next) > _MOST_KEYS:
            self._next.popitem(last=False)
