"""The rooms that the bot is in, as the sync tells them: who is there, and whether words are encrypted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.names import is_user

_PRESENT = {"join", "invite"}

Json = dict[str, Any]


@dataclass
class Room:
    """One room, as it is now."""

    id: str
    members: dict[str, str] = field(default_factory=dict)
    """What each user is to the room: ``join``, ``invite``, ``leave``, ``ban`` or ``knock``."""
    names: dict[str, str] = field(default_factory=dict)
    encrypted: bool = False
    public: bool = False
    is_space: bool = False
    successor: str = ""
    """The room that it goes on in: nothing is said here any more."""
    taken: set[str] = field(default_factory=set)
    """The state events that were taken in, by id, of the kinds that tell something here."""

    @property
    def present(self) -> frozenset[str]:
        """Who is in it or invited: who may read what is said from now on."""
        return frozenset(user for user, membership in self.members.items() if membership in _PRESENT)

    def is_direct_with(self, me: str) -> str | None:
        """The one other person of a talk of two; ``None`` for any other room."""
        others = self.present - {me}
        if self.public or self.is_space or len(others) != 1 or me not in self.present:
            return None
        (other,) = others
        return other

    def apply(self, event: Mapping[str, Any]) -> None:
        """Take in a state event; what is malformed changes nothing."""
        match event:
            case {
                "type": "m.room.member",
                "state_key": str(user),
                "content": {"membership": str(membership), **rest},
            }:
                if is_user(user):
                    self.members[user] = membership
                    name = rest.get("displayname")
                    self.names[user] = name[:200] if isinstance(name, str) and name.strip() else ""
            case {"type": "m.room.encryption", "state_key": ""}:
                # Never off again, whatever the server says.
                self.encrypted = True
            case {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": str(rule)}}:
                self.public = rule == "public"
            case {"type": "m.room.create", "state_key": "", "content": dict(content)}:
                self.is_space = content.get("type") == "m.space"
            case {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": str(room)}}:
                self.successor = room
            case _:
                return
        self.taken.add(str(event.get("event_id")))


class Rooms:
    """All rooms by id. Whoever waits for one is woken by each sync."""

    def __init__(self, me: str) -> None:
        self.me = me
        self.told = False
        """Whether the first sync told which rooms there are."""
        self._rooms: dict[str, Room] = {}
        self._changed = asyncio.Condition()

    def get(self, room: str) -> Room | None:
        return self._rooms.get(room)

    def all(self) -> Iterable[Room]:
        return self._rooms.values()

    def joined(self, room: str, told: Mapping[str, Any]) -> Room:
        """A room of a sync that the bot is in."""
        known = self._rooms.setdefault(room, Room(room))
        # What two did at the same moment forks a room: before what came by one branch, servers tell its state
        # on that branch again, which may be older than what is known by the other.
        state = [event for event in events_of(told, "state") if event.get("event_id") not in known.taken]
        for event in (*state, *events_of(told, "timeline")):
            if "state_key" in event:
                known.apply(event)
        known.members[self.me] = "join"
        return known

    def left(self, room: str) -> None:
        self._rooms.pop(room, None)

    async def wake(self) -> None:
        self.told = True
        async with self._changed:
            self._changed.notify_all()

    async def wait_told(self, seconds: float) -> bool:
        """Whether the first sync came, in this time."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self.told)
        except TimeoutError:
            return False
        return True

    async def wait_for(self, room: str, seconds: float, ready: Callable[[Room], bool]) -> Room | None:
        """The room once it is in sync and ``ready``; ``None`` when that takes too long."""

        def there() -> Room | None:
            found = self._rooms.get(room)
            return found if found is not None and ready(found) else None

        try:
            async with asyncio.timeout(seconds), self._changed:
                while (found := there()) is None:
                    await self._changed.wait()
                return found
        except TimeoutError:
            return None


def events_of(told: Mapping[str, Any], part: str) -> list[Json]:
    """The events in a part of a sync's room; what is no event is passed over."""
    section = told.get(part)
    events = section.get("events") if isinstance(section, dict) else None
    return [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []
