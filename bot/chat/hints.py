"""Short-lived handles of platforms, kept in memory: once lost, an answer goes as a direct message."""

from collections import OrderedDict

from bot.chat.port import Hint

_MOST = 10_000


class Hints:
    """Hints by key of an event or of a message; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._hints: OrderedDict[str, Hint] = OrderedDict()

    def keep(self, key: str, hint: Hint) -> None:
        self._hints[key] = hint
        if len(self._hints) > _MOST:
            self._hints.popitem(last=False)

    def take(self, key: str) -> Hint | None:
        return self._hints.pop(key, None)

    def get(self, key: str) -> Hint | None:
        return self._hints.get(key)
