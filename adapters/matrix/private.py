"""Private rooms that the bot opened for others: it says one thing there and leaves. It reads nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.matrix.notes import Json, Notes
from adapters.matrix.web import MatrixError, Refused, Web, path

log = logging.getLogger(__name__)
_NOTE = "private"
_KEPT = timedelta(days=30)


class PrivateRooms:
    """Which rooms those are, kept: a bot that dies in between still leaves."""

    def __init__(self, web: Web, notes: Notes, now: Callable[[], datetime]) -> None:
        self._web = web
        self._notes = notes
        self._now = now
        self._rooms: Json = {}

    async def load(self) -> None:
        self._rooms = await self._notes.read(_NOTE)

    def holds(self, room: str) -> bool:
        return room in self._rooms

    async def opened(self, room: str) -> None:
        await self._change(lambda kept: {room: {"at": self._now().isoformat()}} | kept)

    def was_left(self, room: str) -> bool:
        return bool(self._rooms.get(room, {}).get("left"))

    def said(self, room: str, key: str) -> bool:
        """Whether this is what the bot said there before it left."""
        return bool(self._rooms.get(room, {}).get("said") == key)

    async def say_farewell(self, room: str, key: str) -> None:
        """What had to be said is said: leave, now or as soon as the server lets us."""
        await self._change(lambda kept: {**kept, room: {**kept.get(room, {}), "said": key}})
        await self.leave_all()

    async def leave_all(self) -> None:
        """Leave where everything was said."""
        for room, known in tuple(self._rooms.items()):
            if "said" in known and not known.get("left"):
                try:
                    await self._leave(room)
                except MatrixError as error:
                    log.warning("a private room is not left yet: %s", error)

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

        self._rooms = await self._notes.change(_NOTE, changed)
