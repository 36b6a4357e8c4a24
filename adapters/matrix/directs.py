"""Which rooms are talks of two: the account's ``m.direct``, as every client keeps it."""

from __future__ import annotations

import asyncio
from typing import Any

from adapters.matrix.web import Json, Refused, Web, path

_KIND = "m.direct"


class Directs:
    """Rooms that somebody opened to talk with the bot alone."""

    def __init__(self, web: Web, me: str) -> None:
        self._web = web
        self._where = path("user", me, "account_data", _KIND)
        self._rooms: frozenset[str] = frozenset()
        self._writing = asyncio.Lock()

    def __contains__(self, room: str) -> bool:
        return room in self._rooms

    def told(self, answer: Json) -> None:
        """Take in the account data of a sync."""
        events = (answer.get("account_data") or {}).get("events") or []
        for event in events:
            if isinstance(event, dict) and event.get("type") == _KIND:
                self._rooms = _rooms(event.get("content"))

    async def mark(self, user: str, room: str) -> None:
        """Keep that a room is somebody's talk with the bot. Raises :class:`MatrixError`."""
        if room in self._rooms:
            return
        async with self._writing:
            try:
                kept = await self._web.get(self._where)
            except Refused as refused:
                if not refused.not_found:
                    raise
                kept = {}
            theirs = kept.get(user)
            rooms = theirs if isinstance(theirs, list) else []
            if room not in rooms:
                kept = {**kept, user: [room, *rooms]}
                await self._web.put(self._where, kept)
            self._rooms = _rooms(kept)


def _rooms(content: Any) -> frozenset[str]:
    lists = content.values() if isinstance(content, dict) else ()
    return frozenset(
        room for rooms in lists if isinstance(rooms, list) for room in rooms if isinstance(room, str)
    )
