"""What goes out: each message once, encrypted where the room is, and how that ended.

The transaction id of an event is its delivery's key: a server that has it already gives the same event again.
The last event of a message bears the key alone, so that it stands for the whole.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nio.crypto import encrypt_attachment

from adapters.matrix import render
from adapters.matrix.encryption import Encryption, NobodyKnown, is_encrypted
from adapters.matrix.keycaps import Keycaps
from adapters.matrix.login import Login
from adapters.matrix.machine import Unreadable
from adapters.matrix.names import Ref
from adapters.matrix.pace import PATIENCE_SECONDS, SEND, Pace
from adapters.matrix.places import NotInSync, Places, Unreachable
from adapters.matrix.private import PrivateRooms
from adapters.matrix.rooms import Room, Rooms
from adapters.matrix.signs import Signs
from adapters.matrix.topics import TopicRooms
from adapters.matrix.web import Json, Limited, LoggedOut, Lost, MatrixError, NotSent, Refused, Web, path, word
from bot.chat.address import Address, Conversation, Direct, Home
from bot.chat.message import Attachment, Message
from bot.chat.port import Delivery

log = logging.getLogger(__name__)
_SOON = timedelta(seconds=5)
_LATER = timedelta(seconds=30)
_MOST_TRANSACTION = 200
_FIRST_SYNC_SECONDS = 20.0
_PAGE = 100
_MOST_PAGES = 5
_TOO_LARGE = {"M_TOO_LARGE", "M_BAD_JSON"}
_SETTINGS = {"M_CONSENT_NOT_GIVEN", "M_RESOURCE_LIMIT_EXCEEDED", "M_USER_DEACTIVATED", "M_USER_SUSPENDED"}
"""The server refuses the bot, not the message: once somebody mends that, the message can go."""
_MEND = timedelta(minutes=5)
_SOME = ""
"""In a ref: the message stands in that room, and which event it is cannot be told."""


class Offline(Exception):
    """The bot is not on its homeserver now: surely nothing was sent."""


@dataclass(frozen=True)
class Post:
    """One message on its way; ``urgent`` is what answers what somebody just said."""

    key: str
    message: Message
    urgent: bool


class Outgoing:
    """Posts, edits and files."""

    def __init__(
        self,
        web: Web,
        login: Login,
        rooms: Rooms,
        places: Places,
        private: PrivateRooms,
        topics: TopicRooms,
        pace: Pace,
        signs: Signs,
        keycaps: Keycaps,
        now: Callable[[], datetime],
        how: str,
    ) -> None:
        """``how`` tells in a room of several how to choose by a number."""
        self._web = web
        self._login = login
        self._rooms = rooms
        self._places = places
        self._private = private
        self._topics = topics
        self._pace = pace
        self._signs = signs
        self._keycaps = keycaps
        self._now = now
        self._how = how

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], *, urgent: bool
    ) -> Delivery:
        post = Post(key, message, urgent)
        try:
            if isinstance(address, Conversation) and self._private.said(address.id, key):
                # Sent before, and the bot is gone from there; only the record of it was cut off.
                await self._private.leave_all()
                return Delivery(state="sent")
            contents, room = await self._prepared(post, address, replaces)
        except MatrixError as error:
            # Nothing of this message went out yet.
            return self._failed(error, surely_not=True)
        except (NotInSync, NobodyKnown, Offline) as error:
            return self._later(type(error).__name__, _SOON if isinstance(error, NotInSync) else _LATER)
        except Unreachable as unreachable:
            return Delivery(state="gone", reason=unreachable.code)
        try:
            refs = [await self._send(post, room, number, contents) for number in range(len(contents))]
        except (NobodyKnown, Offline) as error:
            return self._later(type(error).__name__, _LATER)
        except MatrixError as error:
            return self._failed(error)
        self._signs.done(room.id)
        if message.pinned and refs:
            await self._topics.pin(room.id, refs[0])
        if self._private.holds(room.id):
            await self._private.all_is_said(room.id, key)
        if self._places.is_talk(room) and not replaces:
            self._keycaps.offer(key, Ref.of(refs[0]), message.pressable)
        return Delivery(state="sent", refs=replaces or tuple(refs))

    # What it becomes.

    async def _prepared(
        self, post: Post, address: Address, replaces: tuple[str, ...]
    ) -> tuple[list[Json], Room]:
        """The contents of its events, in order, and the room."""
        if not await self._rooms.wait_told(_FIRST_SYNC_SECONDS):
            raise NotInSync
        if replaces:
            ref = Ref.of(replaces[0])
            if ref.event == _SOME:
                raise Unreachable("nothing_to_edit")
            room = self._places.goes_on(ref.room)
            content = render.render(post.message, post.key, room.present)
            if content is None:
                raise Unreachable("nothing_to_edit")
            return [render.edit(content, ref.event)], room
        room, thread = await self._place(post, address)
        how = "" if self._places.is_talk(room) else self._how
        content = render.render(post.message, post.key, room.present, how)
        contents = [] if content is None else [content]
        contents += [await self._file(post, room, attachment) for attachment in render.files(post.message)]
        if thread is not None:
            contents = [render.in_thread(content, thread) for content in contents]
        return contents or [{"msgtype": "m.text", "body": "…", "m.mentions": {}, render.MARK: post.key}], room

    async def _place(self, post: Post, address: Address) -> tuple[Room, str | None]:
        """What is for one reader only goes to their talk with the bot, never to a room."""
        match address:
            case Conversation() if not post.message.only_you:
                ref = Ref.of(address.thread) if address.thread else None
                return self._places.goes_on(address.id), ref.event if ref and ref.room == address.id else None
            case Conversation(account=None):
                raise Unreachable("for_nobody")
            case Conversation(account=account) | Direct(account=account) if account is not None:
                return await self._places.open_talk(account.user, urgent=post.urgent), None
            case _:
                raise Unreachable("no_home")

    async def _file(self, post: Post, room: Room, attachment: Attachment) -> Json:
        if not room.encrypted:
            address = await self._web.upload(attachment.content, attachment.media_type)
            return render.file(attachment, {"url": address}, post.key)
        sealed, keys = await asyncio.to_thread(encrypt_attachment, attachment.content)
        address = await self._web.upload(sealed, "application/octet-stream")
        return render.file(attachment, {"file": {**keys, "url": address}}, post.key)

    # On its way.

    async def _send(self, post: Post, room: Room, number: int, contents: list[Json]) -> str:
        last = number == len(contents) - 1
        transaction = _transaction(post.key if last else f"{post.key}-{number}")
        kind, content = "m.room.message", contents[number]
        if not last:
            content = {name: value for name, value in content.items() if name != render.MARK}
        wait = self._pace.wait(SEND, transaction, urgent=post.urgent)
        if wait > PATIENCE_SECONDS:
            raise Limited(wait)
        if wait:
            await asyncio.sleep(wait)
        if room.encrypted:
            content = await self._encrypted(room, content)
            kind = "m.room.encrypted"
        try:
            sent = await self._web.put(path("rooms", room.id, "send", kind, transaction), content)
        except Limited as limited:
            self._pace.refused(SEND, transaction, limited.seconds)
            raise
        self._pace.accepted(SEND, transaction)
        return str(Ref(room.id, word(sent, "event_id")))

    async def _encrypted(self, room: Room, content: Json) -> Json:
        try:
            sealed = await self._encryption().encrypted(room.id, room.present, "m.room.message", content)
        except (NotSent, Lost) as error:
            # The message itself did not go out.
            raise Offline from error
        relation = content.get("m.relates_to")
        # Servers count threads and edits by it, so it stands in the open; what was said does not.
        return sealed if relation is None else {**sealed, "m.relates_to": relation}

    def _encryption(self) -> Encryption:
        if self._login.encryption is None:
            raise Offline
        return self._login.encryption

    def _failed(self, error: MatrixError, *, surely_not: bool = False) -> Delivery:
        match error:
            case Limited(seconds=seconds):
                return self._later("429", timedelta(seconds=seconds))
            case NotSent():
                return self._later("no_connection", _SOON)
            case LoggedOut():
                return self._later("logged_out", _LATER)
            case Refused(code=code) if code in _TOO_LARGE:
                # The core tries once more in nothing but plain lines.
                raise ValueError(code)
            case Refused(code=code) if code in _SETTINGS:
                log.error("the homeserver refuses the bot: %s", code)
                return self._later(code, _MEND)
            case Refused(code=code):
                return Delivery(state="gone", reason=code)
            case _ if surely_not:
                return self._later(str(error), _LATER)
            case _:
                return Delivery(state="in_doubt", reason=str(error) or type(error).__name__)

    def _later(self, reason: str, after: timedelta) -> Delivery:
        return Delivery(state="retry", retry_at=self._now() + after, reason=reason)

    # Looking back.

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        """Look for an event of ours with this key in the room. Raises :class:`MatrixError`."""
        if isinstance(address, Home):
            return None
        if isinstance(address, Direct):
            talk = await self._places.talk(address.account.user)
            if talk is None:
                return () if self._rooms.told else None
            room = talk.id
        elif self._private.said(address.id, key):
            return (str(Ref(address.id, _SOME)),)
        else:
            room = address.id
        return await self._found(room, key)

    async def _found(self, room: str, key: str) -> tuple[str, ...] | None:
        start: dict[str, str] = {}
        only_ours = json.dumps({"senders": [self._rooms.me], "types": ["m.room.message", "m.room.encrypted"]})
        for _ in range(_MOST_PAGES):
            where = path("rooms", room, "messages")
            params: dict[str, str | int] = {"dir": "b", "limit": _PAGE, "filter": only_ours, **start}
            told = await self._web.get(where, params)
            for event in told.get("chunk") or []:
                content = self._bears(event, room, key)
                if content is not None:
                    # The last event bears the key: behind files it is not the one with the words.
                    words = content.get("msgtype", "m.text") == "m.text"
                    return (str(Ref(room, event["event_id"] if words else _SOME)),)
            if not (end := told.get("end")):
                return ()
            start = {"from": str(end)}
        return None

    def _bears(self, event: Any, room: str, key: str) -> Json | None:
        """What an event says that bears this key.

        Servers remember a transaction id for a day and a device; the message bears its key for good.
        """
        if not isinstance(event, dict) or event.get("sender") != self._rooms.me:
            return None
        known = (event.get("unsigned") or {}).get("transaction_id") == _transaction(key)
        content = event.get("content") or {}
        if is_encrypted(event) and self._login.encryption is not None:
            try:
                content = self._login.encryption.machine.read(event, room).content
            except Unreadable:
                return {"msgtype": ""} if known else None
        return content if known or content.get(render.MARK) == key else None


def _transaction(key: str) -> str:
    return key if len(key) <= _MOST_TRANSACTION else hashlib.sha256(key.encode()).hexdigest()
