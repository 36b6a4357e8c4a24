"""Messages whose keys come later, or never: kept, answered when the key comes, else said so once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from adapters.matrix.notes import Json, Notes

_NOTE = "late"
_PATIENCE = timedelta(minutes=1)
_KEPT = timedelta(days=7)
_QUIET = timedelta(hours=1)
_MOST = 200


class Late:
    """Events that cannot be read yet. They are stored before the sync moves on."""

    def __init__(self, notes: Notes, now: Callable[[], datetime]) -> None:
        self._notes = notes
        self._now = now
        self._waiting: list[Json] = []

    async def load(self) -> None:
        self._waiting = list((await self._notes.read(_NOTE)).get("events", []))

    def waiting(self) -> list[tuple[str, Json]]:
        """Rooms and events, oldest first."""
        return [(one["room"], one["event"]) for one in self._waiting]

    async def keep(self, room: str, event: Mapping[str, Any]) -> None:
        """One more; the same one again is nothing new."""
        if any(one["event"].get("event_id") == event.get("event_id") for one in self._waiting):
            return
        kept = {
            name: event.get(name) for name in ("type", "event_id", "sender", "origin_server_ts", "content")
        }
        one = {"room": room, "event": kept, "at": self._now().isoformat(), "told": False}
        await self._store([*self._waiting, one][-_MOST:])

    async def done(self, event_ids: set[str]) -> None:
        """These were read and put in the inbox; what is a week old is given up."""
        oldest = (self._now() - _KEPT).isoformat()
        left = [
            one for one in self._waiting if one["event"]["event_id"] not in event_ids and one["at"] >= oldest
        ]
        if len(left) != len(self._waiting):
            await self._store(left)

    def to_tell(self) -> list[tuple[str, Json]]:
        """Rooms and events that wait too long to stay silent about: one a room, and not every time."""
        now = self._now()
        before, recent = (now - _PATIENCE).isoformat(), (now - _QUIET).isoformat()
        quiet = {one["room"] for one in self._waiting if one["told"] and one["at"] >= recent}
        found: dict[str, Json] = {}
        for one in self._waiting:
            if not one["told"] and one["at"] <= before and one["room"] not in quiet:
                found.setdefault(one["room"], one["event"])
        return list(found.items())

    async def told(self, room: str) -> None:
        """Its people know."""
        before = (self._now() - _PATIENCE).isoformat()
        await self._store(
            [
                {**one, "told": True} if one["room"] == room and one["at"] <= before else one
                for one in self._waiting
            ]
        )

    async def _store(self, waiting: list[Json]) -> None:
        await self._notes.write(_NOTE, {"events": waiting} if waiting else {})
        self._waiting = waiting
