"""Private rooms that the bot opened for others: it says one thing there and leaves. It reads nothing.

It stays until everybody whom it invited came in or declined: of a room that nobody is in nobody can join, and
another server joins by way of the one that invited.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.matrix.notes import Json, Notes
from adapters.matrix.rooms import Rooms
from adapters.matrix.web import MatrixError, Refused, Web, path

log = logging.getLogger(__name__)
_NOTE = "private"
_STAYS = timedelta(days=14)
"""For who does not come in."""
_KEPT = timedelta(days=60)


class PrivateRooms:
    """Which rooms those are, kept: a bot that dies in between still leaves."""

    def __init__(self, web: Web, notes: Notes, rooms: Rooms, now: Callable[[], datetime]) -> None:
        self._web = web
        self._notes = notes
        self._rooms = rooms
        self._now = now
        self._ours: Json = {}
        self._changing = asyncio.Lock()

    async def load(self) -> None:
        self._ours = await self._notes.read(_NOTE)

    def holds(self, room: str) -> bool:
        return room in self._ours

    async def opened(self, room: str) -> None:
        await self._change(lambda kept: {room: {"at": self._now().isoformat()}} | kept)

    def was_left(self, room: str) -> bool:
        return bool(self._ours.get(room, {}).get("left"))

    def said(self, room: str, key: str) -> bool:
        """Whether this is what the bot said there."""
        return bool(self._ours.get(room, {}).get("said") == key)

    async def all_is_said(self, room: str, key: str) -> None:
        """What had to be said is said: leave, now or as soon as everybody is in."""
        await self._change(lambda kept: {**kept, room: {**kept.get(room, {}), "said": key}})
        await self.leave_all()

    @property
    def is_leaving(self) -> bool:
        """Whether the bot is still somewhere where all is said."""
        return any("said" in known and not known.get("left") for known in self._ours.values())

    async def leave_all(self) -> None:
        """Leave where everything was said and nobody waits outside."""
        for room, known in tuple(self._ours.items()):
            if "said" in known and not known.get("left") and not self._is_awaited(room, known):
                try:
                    await self._leave(room)
                except MatrixError as error:
                    log.warning("a private room is not left yet: %s", error)

    def _is_awaited(self, room: str, known: Json) -> bool:
        """Whether somebody still has to come in by way of the bot."""
        found = self._rooms.get(room)
        if found is None:
            return False
        outside = any(found.members.get(user) == "invite" for user in found.present)
        return outside and bool(known.get("at", "") >= (self._now() - _STAYS).isoformat())

    async def _leave(self, room: str) -> None:
        try:
            await self._web.post(path("rooms", room, "leave"), {})
        except Refused as refused:
            # Somebody else ended it, or an earlier attempt came through.
            log.info("a private room was left before: %s", refused.code)
        await self._change(lambda kept: {**kept, room: {**kept.get(room, {}), "left": True}})

    async def _change(self, change: Callable[[Json], Json]) -> None:
        oldest = (self._now() - _KEPT).isoformat()

        def changed(kept: Json) -> Json:
            return {room: one for room, one in change(kept).items() if one.get("at", oldest) >= oldest}

        # One at a time: the later answer must be the later state.
        async with self._changing:
            self._ours = await self._notes.change(_NOTE, changed)
