"""What the adapter keeps of its own, as JSON in its encrypted store."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.chat.port import State

Json = dict[str, Any]


class Notes:
    """Values by key; a change is made again where another came in between."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def read(self, key: str) -> Json:
        """The value under a key; empty when nothing is kept."""
        stored = await self._state.get(key)
        return {} if stored is None else dict(json.loads(stored[0]))

    async def change(self, key: str, change: Callable[[Json], Json]) -> Json:
        """Store what ``change`` makes of the value, and give it back."""
        while True:
            stored = await self._state.get(key)
            before: Json = {} if stored is None else json.loads(stored[0])
            after = change(dict(before))
            if stored is not None and after == before:
                return after
            value = json.dumps(after, separators=(",", ":")).encode()
            if await self._state.put(key, value, version=None if stored is None else stored[1]):
                return after

    async def write(self, key: str, value: Json) -> None:
        await self.change(key, lambda _: value)
