"""Rooms of topics: each in the space of its topic, made once, or moved into where it is there already.

Whoever has the link, on a server that may, comes into the space, and from there into its rooms. None of them
is in a directory.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from adapters.matrix.names import PLATFORM, Ref, server_of
from adapters.matrix.places import ENCRYPTION, NO_GUESTS, NotInSync, Places, Unreachable, conversation
from adapters.matrix.render import matrix_to
from adapters.matrix.rooms import Room, Rooms
from adapters.matrix.web import Json, Lost, MatrixError, Refused, Web, path
from bot.chat.address import Conversation
from bot.chat.port import ChannelRequest, Made, NoPlace, Why

log = logging.getLogger(__name__)
_MOST_NAME = 100
_MOST_PURPOSE = 500
_STEWARD = 50
"""The power of who asked for a room: to put out who misbehaves."""
_ALL = 100
_OWNERS_FROM = 12
"""From this version of rooms on, who made one has power without end and may not stand among the others."""
_SYNC_SECONDS = 15.0
_WHY: Mapping[str, Why] = {"no_alias": "unable", "not_in_room": "gone", "room_moved": "archived"}
_PORT = re.compile(r":[0-9*?]+$")


class TopicRooms:
    """Makes rooms of topics and looks after them."""

    def __init__(
        self, web: Web, rooms: Rooms, places: Places, servers: Sequence[str], allows: Callable[[str], bool]
    ) -> None:
        self._web = web
        self._rooms = rooms
        self._places = places
        self._servers = servers
        self._allows = allows
        self._making: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def create(self, request: ChannelRequest) -> Made:
        """The room of a topic. Who left it is not called back by a repeat; who could not be invited is.

        Raises :class:`NoPlace`, and :class:`NotInSync` and :class:`MatrixError` where trying again may help.
        """
        if not await self._rooms.wait_told(_SYNC_SECONDS):
            raise NotInSync
        users = [one.user for one in request.members if one.platform == PLATFORM and self._allows(one.user)]
        async with self._making[request.group]:
            try:
                space = await self._space(request, users)
                if request.adopt is not None:
                    return await self._moved_in(request, request.adopt, space)
                whole = await self._room_of(request, users, space)
                room = await self._places.made("channel", request.key, whole, [], urgent=False)
            except Unreachable as unreachable:
                log.warning("no room for a topic: %s", unreachable.code)
                raise _no_place(unreachable) from None
            known = await self._places.in_sync(room, [])
            await self._put_into(space, room)
            await self._call_in(known, users)
        return Made(conversation(room), request.name[:_MOST_NAME], self._link(space))

    async def _space(self, request: ChannelRequest, users: Sequence[str]) -> str:
        """What holds all rooms of a topic: whoever has the link comes in."""
        body = await self._body(request, users)
        state = [NO_GUESTS, self._only_servers_that_may(), _rule({"join_rule": "public"})]
        body |= {"creation_content": {"type": "m.space"}, "initial_state": state}
        # In the space itself nobody talks.
        body["power_level_content_override"]["events_default"] = _ALL
        space = await self._places.made("space", request.group, body, [], urgent=False)
        if await self._rooms.wait_for(space, _SYNC_SECONDS, lambda known: True) is None:
            raise NotInSync
        return space

    async def _room_of(self, request: ChannelRequest, users: Sequence[str], space: str) -> Json:
        """A room that who is in the space may come into."""
        allow = [{"type": "m.room_membership", "room_id": space}]
        parent = {
            "type": "m.space.parent",
            "state_key": space,
            "content": {"via": [self._server], "canonical": True},
        }
        state = [ENCRYPTION, NO_GUESTS, self._only_servers_that_may(), parent]
        state.append(_rule({"join_rule": "restricted", "allow": allow}))
        if (face := await self._face()) is not None:
            state.append(face)
        return await self._body(request, users) | {"initial_state": state}

    async def _body(self, request: ChannelRequest, users: Sequence[str]) -> Json:
        version = await self._version()
        powers = dict.fromkeys(users, _STEWARD)
        if not version.isdecimal() or int(version) < _OWNERS_FROM:
            powers[self._rooms.me] = _ALL
        return {
            **({"room_version": version} if version else {}),
            "preset": "private_chat",
            "visibility": "private",
            "name": request.name[:_MOST_NAME],
            "topic": request.purpose[:_MOST_PURPOSE],
            "power_level_content_override": {"users": powers},
        }

    async def _version(self) -> str:
        """The version of rooms that this server makes; empty where it does not tell."""
        told = await self._web.get(path("capabilities"))
        return str(((told.get("capabilities") or {}).get("m.room_versions") or {}).get("default", ""))

    def _only_servers_that_may(self) -> Json:
        """Whose people may come in by the link. By the standard ports do not count, for Synapse they do."""
        named = {*self._servers, self._server}
        allowed = sorted(named | {_PORT.sub("", one) for one in named})
        content = {"allow": allowed, "deny": [], "allow_ip_literals": False}
        return {"type": "m.room.server_acl", "state_key": "", "content": content}

    async def _face(self) -> Json | None:
        """The bot's own picture, if it has one."""
        try:
            told = await self._web.get(path("profile", self._rooms.me, "avatar_url"))
        except Refused:
            return None
        url = told.get("avatar_url")
        return {"type": "m.room.avatar", "state_key": "", "content": {"url": url}} if url else None

    @property
    def _server(self) -> str:
        return server_of(self._rooms.me)

    def _link(self, room: str) -> str:
        return f"{matrix_to(room)}?via={self._server}"

    async def _put_into(self, space: str, room: str) -> None:
        content = {"via": [self._server], "suggested": True}
        await self._web.put(path("rooms", space, "state", "m.space.child", room), content)

    async def _moved_in(self, request: ChannelRequest, room: str, space: str) -> Made:
        """A room that people of their own made: it gets a topic where it has none, and its rules stay."""
        self._places.goes_on(room)
        await self._put_into(space, room)
        if not (await self._state(room, "m.room.topic")).get("topic"):
            try:
                topic = {"topic": request.purpose[:_MOST_PURPOSE]}
                await self._web.put(path("rooms", room, "state", "m.room.topic", ""), topic)
            except Refused as refused:
                log.info("a room keeps its topic: %s", refused.code)
        name = (await self._state(room, "m.room.name")).get("name")
        return Made(conversation(room), str(name or "")[:_MOST_NAME], self._link(room))

    async def _state(self, room: str, kind: str) -> Json:
        try:
            return await self._web.get(path("rooms", room, "state", kind, ""))
        except Refused:
            return {}

    async def _call_in(self, room: Room, users: Sequence[str]) -> None:
        """Invite each who never was; one on a dead server keeps nobody else out.

        What is said before the sync tells of an invitation is not encrypted for who got it.
        """
        invited: list[str] = []
        for user in users:
            if user in room.members:
                continue
            try:
                await self._web.post(path("rooms", room.id, "invite"), {"user_id": user})
                invited.append(user)
            except Refused as refused:
                log.warning("somebody is not invited to a topic's room: %s", refused.code)
            except Lost as lost:
                if not lost.status:
                    raise
                log.warning("somebody is not invited to a topic's room: %s", lost)
        await self._places.in_sync(room.id, invited)

    # Afterwards.

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        """Whether a message is there, and not redacted.

        Raises :class:`NoPlace` where the bot is not any more, and :class:`NotInSync` and :class:`MatrixError`
        where nobody can tell now.
        """
        if not await self._rooms.wait_told(_SYNC_SECONDS):
            raise NotInSync
        try:
            self._places.goes_on(place.id)
            event = await self._web.get(path("rooms", place.id, "event", Ref.of(ref).event))
        except Unreachable as unreachable:
            raise _no_place(unreachable) from None
        except Refused as refused:
            if refused.not_found:
                return False
            if refused.code == "M_FORBIDDEN":
                raise NoPlace("gone") from None
            raise
        return bool(event.get("content"))

    async def pin(self, room: str, ref: str) -> None:
        """Everybody should find this message back. It stands, pinned or not."""
        try:
            pinned = (await self._state(room, "m.room.pinned_events")).get("pinned")
            before = [one for one in pinned if isinstance(one, str)] if isinstance(pinned, list) else []
            content = {"pinned": [*before, Ref.of(ref).event]}
            await self._web.put(path("rooms", room, "state", "m.room.pinned_events", ""), content)
        except MatrixError as error:
            log.warning("a message is not pinned: %s", error)


def _no_place(unreachable: Unreachable) -> NoPlace:
    return NoPlace(_WHY.get(unreachable.code, "forbidden"))


def _rule(content: Json) -> Json:
    return {"type": "m.room.join_rules", "state_key": "", "content": content}
