"""Where people are: their talk with the bot, and private rooms of a few. Each is made once.

``createRoom`` knows no transaction ids: a room gets an alias that follows from a key of ours, and a repeat
finds it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence

from adapters.matrix.directs import Directs
from adapters.matrix.names import PLATFORM, server_of
from adapters.matrix.notes import Notes
from adapters.matrix.pace import PATIENCE_SECONDS, Pace
from adapters.matrix.private import PrivateRooms
from adapters.matrix.rooms import Room, Rooms
from adapters.matrix.web import Json, Limited, MatrixError, Refused, Web, path, word
from bot.chat.address import Account, Conversation

log = logging.getLogger(__name__)
_SYNC_SECONDS = 15.0
_MOST_ALIASES = 5
_ALIAS_KEY = "alias-key"
_CREATE = "create"
ENCRYPTION: Json = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}
NO_GUESTS: Json = {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "forbidden"}}


class Unreachable(Exception):
    """This person or place cannot be reached at all; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotInSync(Exception):
    """The room is there, but the sync has not told it yet: surely nothing was sent."""


class Places:
    """Finds and makes rooms."""

    def __init__(
        self,
        web: Web,
        notes: Notes,
        rooms: Rooms,
        pace: Pace,
        private: PrivateRooms,
        directs: Directs,
        allows: Callable[[str], bool],
    ) -> None:
        self._web = web
        self._notes = notes
        self._rooms = rooms
        self._pace = pace
        self._private = private
        self._directs = directs
        self._allows = allows
        self._making: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._talks: dict[str, str] = {}

    def goes_on(self, room: str) -> Room:
        """A room that the bot is in, and that no other took the place of. Raises :class:`Unreachable`."""
        known = self._rooms.get(room)
        if known is None:
            raise Unreachable("not_in_room")
        if known.successor:
            raise Unreachable("room_moved")
        return known

    # Talks of two.

    def is_talk(self, room: Room) -> str | None:
        """The person whose talk with the bot this is."""
        here = room.id in self._directs and not room.successor
        return room.is_direct_with(self._rooms.me) if here else None

    async def heard(self, user: str, room: str) -> None:
        """Somebody spoke here: this is where they read."""
        if self._talks.get(user) != room:
            await self._notes.write(f"talk:{user}", {"room": room})
            self._talks[user] = room

    async def talk(self, user: str) -> Room | None:
        """Somebody's talk with the bot, if there is one."""
        if user not in self._talks:
            self._talks[user] = str((await self._notes.read(f"talk:{user}")).get("room", ""))
        last = self._rooms.get(self._talks[user])
        if last is not None and self.is_talk(last) == user:
            return last
        found = [room for room in self._rooms.all() if self.is_talk(room) == user]
        # Where somebody is goes before where they were only invited.
        found.sort(key=lambda room: room.members.get(user) != "join")
        return found[0] if found else None

    async def open_talk(self, user: str, *, urgent: bool) -> Room:
        """Somebody's talk with the bot, made where there is none.

        ``urgent``: they just said something, so that who left is invited again. Raises :class:`Unreachable`,
        :class:`NotInSync` and :class:`MatrixError`.
        """
        async with self._making[user]:
            found = await self.talk(user)
            if found is not None:
                return found
            if not self._allows(user):
                raise Unreachable("server_not_allowed")
            last = self._rooms.get(self._talks.get(user, ""))
            if last is not None and last.members.get(user) in {"leave", "ban"} and not urgent:
                raise Unreachable("left")
            await self._check_is_there(user)
            body = {
                "preset": "trusted_private_chat",
                "is_direct": True,
                "initial_state": [ENCRYPTION, NO_GUESTS],
            }
            made = await self.made("talk", user, body, [user], urgent=urgent)
            await self._unnamed(made)
            await self._directs.mark(user, made)
            room = await self.in_sync(made, [user])
            await self.heard(user, made)
            return room

    async def _check_is_there(self, user: str) -> None:
        """An invitation to nobody is accepted by servers, and never answered."""
        try:
            await self._web.get(path("profile", user))
        except Refused as refused:
            if refused.not_found:
                raise Unreachable("unknown") from None
        except MatrixError as error:
            log.info("no profile: %s", error)

    # Rooms of several.

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        """A room of these people, which the bot leaves after its first message there.

        It is not marked direct: some servers allow two members in a direct room. Raises :class:`NotInSync`
        and :class:`MatrixError` where trying again may help.
        """
        users = sorted({account.user for account in accounts})
        if len(users) < 2 or not all(map(self._allows, users)):  # noqa: PLR2004 - one alone is no company
            return None
        body = {"preset": "trusted_private_chat", "initial_state": [ENCRYPTION, NO_GUESTS]}
        async with self._making[key]:
            try:
                room = await self.made("private", key, body, users, urgent=False)
            except Unreachable as unreachable:
                log.warning("no private room: %s", unreachable.code)
                return None
            await self._private.opened(room)
            if not self._private.was_left(room):
                await self._unnamed(room)
                await self.in_sync(room, users)
        return conversation(room)

    async def _unnamed(self, room: str) -> None:
        """Clients would show the alias as its name; without one they show each the name of the other."""
        try:
            await self._web.put(path("rooms", room, "state", "m.room.canonical_alias", ""), {})
        except Refused as refused:
            log.info("a room keeps its alias for a name: %s", refused.code)

    # Making.

    async def made(self, kind: str, key: str, body: Json, users: Sequence[str], *, urgent: bool) -> str:
        """The room of this key, made where there is none. Raises :class:`Unreachable`, `MatrixError`."""
        for number in range(_MOST_ALIASES):
            alias = await self._alias(f"{kind}:{key}:{number}")
            wait = self._pace.wait(_CREATE, alias, urgent=urgent)
            if wait > PATIENCE_SECONDS:
                raise Limited(wait)
            try:
                made = await self._web.post(
                    path("createRoom"), {**body, "room_alias_name": alias, "invite": list(users)}
                )
                self._pace.accepted(_CREATE, alias)
                return word(made, "room_id")
            except Limited as limited:
                self._pace.refused(_CREATE, alias, limited.seconds)
                raise
            except Refused as refused:
                if refused.code != "M_ROOM_IN_USE":
                    raise Unreachable(refused.code) from None
            found = await self._found(alias)
            if found is not None and (self._private.was_left(found) or await self._invited(found, users)):
                return found
        raise Unreachable("no_alias")

    async def _found(self, alias: str) -> str | None:
        """The room that an earlier attempt made."""
        try:
            told = await self._web.get(path("directory", "room", f"#{alias}:{server_of(self._rooms.me)}"))
        except Refused:
            return None
        return word(told, "room_id")

    async def _invited(self, room: str, users: Sequence[str]) -> bool:
        """Invite whom the making left out; false where the bot is not in that room any more."""
        known = await self._rooms.wait_for(room, _SYNC_SECONDS, lambda found: True)
        if known is None:
            return False
        for user in users:
            if user not in known.present:
                try:
                    await self._web.post(path("rooms", room, "invite"), {"user_id": user})
                except Refused as refused:
                    raise Unreachable(refused.code) from None
        return True

    async def in_sync(self, room: str, users: Sequence[str]) -> Room:
        """Before that, what is said could be read by nobody who was invited. Raises :class:`NotInSync`."""
        found = await self._rooms.wait_for(
            room, _SYNC_SECONDS, lambda known: known.encrypted and known.present.issuperset(users)
        )
        if found is None:
            raise NotInSync
        return found

    async def _alias(self, words: str) -> str:
        """Everybody can look an alias up: it must not tell whose room it is."""
        made = {"key": secrets.token_hex(32)}
        key = (await self._notes.change(_ALIAS_KEY, lambda kept: kept or made))["key"]
        return f"koffie-{hmac.new(bytes.fromhex(key), words.encode(), hashlib.sha256).hexdigest()[:24]}"


def conversation(room: str) -> Conversation:
    return Conversation(platform=PLATFORM, tenant="", id=room)
