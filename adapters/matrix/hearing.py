"""From what a sync tells to events for the bot: who may speak, what is readable, what waits for its key."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from adapters.matrix.directs import Directs
from adapters.matrix.encryption import is_encrypted
from adapters.matrix.keycaps import Keycaps
from adapters.matrix.late import Late
from adapters.matrix.login import Login
from adapters.matrix.machine import Unreadable
from adapters.matrix.names import account_of, is_user, server_of
from adapters.matrix.notes import Notes
from adapters.matrix.places import Places
from adapters.matrix.private import PrivateRooms
from adapters.matrix.receive import Place, moment, receive
from adapters.matrix.rooms import Room, Rooms, events_of
from adapters.matrix.signs import Signs
from adapters.matrix.web import Json, Limited, LoggedOut, MatrixError, NotSent, Refused, Web, path
from bot.chat.address import Direct
from bot.chat.inbound import Gone, Inbound, Pressed, Said
from bot.chat.port import Tools

log = logging.getLogger(__name__)
_INVITES = "invites"
_MOST_INVITES = 1000
_INVITED_FOR = timedelta(days=3)
"""So long an invitation is tried that a server cannot take up."""
_REFUSED_FOR = timedelta(minutes=1)
"""So long one is tried that is refused: other servers tell of an invitation just before it counts there."""
_PAUSE_SECONDS = 1.0
"""Between two tries of one invitation."""
_JOIN_SECONDS = 10.0
"""Our server may go on joining; the sync then tells."""
_AGAIN_SECONDS = 60.0
"""So long the other invitations from a server wait behind one that came to nothing: each try may cost
``_JOIN_SECONDS``."""


class Heard(NamedTuple):
    """An event for the bot, and the room and event that it was."""

    inbound: Inbound
    room: str
    event: str


class Hearing:
    """Everything between the sync and the inbox."""

    def __init__(
        self,
        web: Web,
        login: Login,
        rooms: Rooms,
        places: Places,
        private: PrivateRooms,
        late: Late,
        signs: Signs,
        keycaps: Keycaps,
        notes: Notes,
        tools: Tools,
        directs: Directs,
        allows: Callable[[str], bool],
        tell_late: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._web = web
        self._login = login
        self._rooms = rooms
        self._places = places
        self._private = private
        self._late = late
        self._signs = signs
        self._keycaps = keycaps
        self._notes = notes
        self._directs = directs
        self._allows = allows
        self._tell_late = tell_late
        self._clock = tools.clock
        self._invites: Json = {}
        self._joins_from = 0.0
        self._joins_by_server_from: dict[str, float] = {}
        self._tried: dict[str, float] = {}
        """By room, when an invitation that waits was last tried. All three by the monotonic clock."""
        self._settled: set[str] = set()
        """Late events that wait for no key any more, whether they were meant for the bot or not."""
        self._commands = {
            name.split(maxsplit=1)[0].casefold()
            for command in tools.commands
            for name in (command.name, *command.aliases)
        }

    async def load(self) -> None:
        """What an earlier life left behind."""
        self._invites = await self._notes.read(_INVITES)
        await self._late.load()
        await self._private.load()

    @property
    def is_waiting(self) -> bool:
        """Whether something is to be looked after soon."""
        return bool(self._invites or self._late.waiting() or self._private.is_leaving)

    # Invitations.

    async def invited(self, invites: Mapping[str, Json]) -> None:
        """Join where somebody who may invites the bot; before the token moves, or noted for later."""
        for room, told in invites.items():
            invitation = self._invitation(told)
            if invitation is None or not self._allows(invitation[0]):
                log.info("an invitation is left alone: not from a server that may")
                continue
            inviter, direct = invitation
            waiting = {
                "talks_with": inviter if direct else "",
                "server": server_of(inviter),
                "at": self._clock.now().isoformat(),
            }
            if not await self._joined(room, waiting):
                self._invites = await self._notes.change(
                    _INVITES, partial(_waits, room=room, waiting=waiting)
                )

    def _invitation(self, told: Mapping[str, Any]) -> tuple[str, bool] | None:
        """Who invites the bot, and whether to talk with the bot alone."""
        for event in events_of(told, "invite_state"):
            match event:
                case {
                    "type": "m.room.member",
                    "state_key": me,
                    "sender": str(sender),
                    "content": dict(content),
                }:
                    if me == self._rooms.me and is_user(sender):
                        return sender, content.get("is_direct") is True
        return None

    async def _joined(self, room: str, waiting: Json) -> bool:
        """False when it may still work later: one dead server must not hold the others up."""
        now = self._clock.monotonic()
        held_until = (
            self._joins_from,
            self._joins_by_server_from.get(waiting["server"], 0.0),
            self._tried.get(room, -_PAUSE_SECONDS) + _PAUSE_SECONDS,
        )
        if now < max(held_until):
            return False
        self._tried[room] = now
        try:
            if waiting["talks_with"]:
                await self._directs.mark(waiting["talks_with"], room)
            await self._web.post(path("join", room), {}, seconds=_JOIN_SECONDS)
        except LoggedOut:
            raise
        except Refused as refused:
            if self._clock.now() < datetime.fromisoformat(waiting["at"]) + _REFUSED_FOR:
                log.info("an invitation is refused for now: %s", refused.code)
                return False
            log.warning("an invitation came to nothing: %s", refused.code)
        except MatrixError as error:
            log.warning("an invitation is taken up later: %s", error)
            if isinstance(error, Limited):
                self._joins_from = self._clock.monotonic() + error.seconds
            elif not isinstance(error, NotSent):
                self._joins_by_server_from[waiting["server"]] = self._clock.monotonic() + _AGAIN_SECONDS
            return False
        self._tried.pop(room, None)
        return True

    async def _take_up(self) -> None:
        """Invitations that waited: those longest untried first, so that no dead room keeps others waiting."""
        oldest = (self._clock.now() - _INVITED_FOR).isoformat()
        for room, waiting in self._invites.items():
            if self._rooms.get(room) is not None:
                # The answer was lost, and the server went on joining: it is alive.
                self._joins_by_server_from.pop(waiting["server"], None)
        for room, waiting in sorted(self._invites.items(), key=lambda one: self._tried.get(one[0], 0.0)):
            is_in = self._rooms.get(room) is not None
            if is_in or waiting["at"] < oldest or await self._joined(room, waiting):
                self._tried.pop(room, None)
                self._invites = await self._notes.change(_INVITES, partial(_settled, room=room))

    # Words.

    async def late(self) -> list[Heard]:
        """Events that waited for a key which is here now."""
        found: list[Heard] = []
        for room, event in self._late.waiting():
            known = self._rooms.get(room)
            heard = None if known is None else await self._one(known, event, again=True)
            if heard is not None:
                found.append(heard)
        return found

    async def heard(self, room: str, timeline: Sequence[Json]) -> list[Heard]:
        """The events for the bot in a room's timeline, in order. What cannot be read yet is stored first."""
        known = self._rooms.get(room)
        if known is None or self._private.holds(room):
            return []
        found = [await self._one(known, event) for event in timeline]
        self._taken_back(timeline)
        return [heard for heard in found if heard is not None]

    async def _one(self, room: Room, event: Json, *, again: bool = False) -> Heard | None:
        """One event; what somebody made up to break this is left alone, and holds nobody up."""
        try:
            return await self._heard(room, event, again=again)
        except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
            log.warning("an event is left alone: %s", type(error).__name__)
            return None

    async def _heard(self, room: Room, event: Json, *, again: bool) -> Heard | None:
        sender, event_id = event.get("sender"), event.get("event_id")
        if not is_user(sender) or not isinstance(sender, str) or not isinstance(event_id, str):
            return None
        if event.get("type") == "m.room.member":
            return await self._left(room, event, event_id)
        if sender == self._rooms.me or not self._allows(sender):
            return None
        if event.get("type") == "m.reaction":
            return await self._pressed(room, event, sender, event_id)
        key = None
        if is_encrypted(event):
            read = await self._read(room, event, again=again)
            if read is None:
                return None
            event, key = read
        elif room.encrypted and "state_key" not in event:
            # In an encrypted room only the server itself could say something in the open in a person's name.
            return None
        talk = self._places.is_talk(room)
        inbound = receive(event, self._place(room, sender, direct=talk == sender), self._commands, key)
        if inbound is None:
            return None
        if talk == sender:
            await self._places.heard(sender, room.id)
        return Heard(inbound, room.id, event_id)

    def _taken_back(self, timeline: Sequence[Json]) -> None:
        """Words that were taken back wait for no key. Where they are named depends on the room's version."""
        for event in timeline:
            if event.get("type") == "m.room.redaction":
                content = event.get("content")
                inside = content.get("redacts") if isinstance(content, dict) else None
                self._settled.update(one for one in (event.get("redacts"), inside) if isinstance(one, str))

    async def _read(self, room: Room, event: Json, *, again: bool) -> tuple[Json, str] | None:
        """An encrypted event in plain, with a key that a replay of it has too."""
        encryption = self._login.encryption
        if encryption is None:
            raise LoggedOut(soft=True)
        try:
            decrypted = await encryption.read(event, room.id)
        except Unreadable as unreadable:
            if not unreadable.later:
                log.warning("an encrypted message is left alone: %s", unreadable)
                self._settled.add(str(event["event_id"]))
            elif not again:
                await self._late.keep(room.id, event)
                encryption.ask_for_key(event, room.id)
            return None
        self._settled.add(str(event["event_id"]))
        plain = {**event, "type": decrypted.type, "content": decrypted.content}
        return plain, f"{decrypted.session}/{decrypted.index}"

    def _place(self, room: Room, sender: str, *, direct: bool) -> Place:
        me = self._rooms.me
        return Place(
            room=room.id,
            direct=direct,
            me=me,
            my_name=room.names.get(me, ""),
            name=room.names.get(sender, ""),
        )

    async def _pressed(self, room: Room, event: Json, sender: str, event_id: str) -> Heard | None:
        """A number under a menu, by the one whose talk it is. It came unencrypted, as it is meant to be."""
        match event.get("content"):
            case {"m.relates_to": {"rel_type": "m.annotation", "event_id": str(menu), "key": str(sign)}}:
                token = await self._keycaps.token(room.id, menu, sign)
            case _:
                return None
        if token is None or self._places.is_talk(room) != sender:
            return None
        account, at = account_of(sender), moment(event.get("origin_server_ts"))
        content = Pressed(token=token)
        pressed = Inbound(key=event_id, actor=account, where=Direct(account=account), content=content, at=at)
        return Heard(pressed, room.id, event_id)

    async def _left(self, room: Room, event: Json, event_id: str) -> Heard | None:
        """Somebody is not in a room any more, by whoever's doing. Who came back since never left."""
        user = str(event.get("state_key"))
        if room.members.get(user) not in {"leave", "ban"} or not self._allows(user):
            return None
        gone = await self._gone(room, event, user, event_id)
        if gone is not None or room.id in self._directs:
            return gone
        inbound = receive(event, self._place(room, user, direct=False), self._commands)
        return None if inbound is None else Heard(inbound, room.id, event_id)

    async def _gone(self, room: Room, event: Json, user: str, event_id: str) -> Heard | None:
        """Who leaves the talk may only tidy up; who has no device any more has no account either."""
        content = event.get("content")
        left = isinstance(content, dict) and content.get("membership") == "leave"
        if not left or event.get("sender") != user or room.present != {self._rooms.me}:
            return None
        told = await self._web.post(path("keys", "query"), {"device_keys": {user: []}})
        if (told.get("device_keys") or {}).get(user) != {}:
            return None
        account = account_of(user)
        at = moment(event.get("origin_server_ts"))
        gone = Inbound(key=event_id, actor=account, where=Direct(account=account), content=Gone(), at=at)
        return Heard(gone, room.id, event_id)

    # Afterwards.

    async def taken(self, found: Sequence[Heard]) -> None:
        """These are in the inbox."""
        await self._late.done(self._settled)
        self._settled.clear()
        for heard in found:
            if isinstance(heard.inbound.content, Said | Pressed):
                self._signs.heard(heard.room, heard.event)

    async def look_after(self) -> None:
        """What waits: invitations, farewells, and people whose words cannot be read. Raises `MatrixError`."""
        await self._private.leave_all()
        await self._take_up()
        for room_id, event in self._late.to_tell():
            known = self._rooms.get(room_id)
            # In a room it may not have been meant for the bot.
            if known is not None and self._places.is_talk(known) == event["sender"]:
                await self._tell_late(event["sender"], event["event_id"])
            await self._late.told(room_id)


def _waits(invites: Json, *, room: str, waiting: Json) -> Json:
    return invites if len(invites) >= _MOST_INVITES else {room: waiting} | invites


def _settled(invites: Json, *, room: str) -> Json:
    return {one: waiting for one, waiting in invites.items() if one != room}
