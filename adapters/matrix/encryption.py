"""End-to-end encryption towards the homeserver: whose devices there are, who gets a room's key, what is lost.

A room's key goes to all devices of all members, verified or not: whom the bot talks to is for them to say.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import uuid4

from nio import KeysClaimResponse, KeysQueryResponse, MegolmEvent, ToDeviceEvent, ToDeviceResponse

from adapters.matrix.machine import MEGOLM, Decrypted, Machine, Unreadable
from adapters.matrix.web import Json, MatrixError, Refused, Web, path

log = logging.getLogger(__name__)
_REMOTE_MILLISECONDS = 5000
"""How long our server may wait for other servers."""
_MOST_SEEN = 100_000


class NobodyKnown(Exception):
    """Another server does not tell the devices of a member: the message could be read by nobody there."""


class Encryption:
    """One device's encrypted talk."""

    def __init__(self, web: Web, machine: Machine) -> None:
        self._web = web
        self.machine = machine
        self._known: set[str] = set()
        self._querying = asyncio.Lock()
        self._sharing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._readers: dict[str, frozenset[str]] = {}
        self._seen: OrderedDict[tuple[str, int], str] = OrderedDict()
        self._fallback_wanted = machine.fresh

    # What a sync tells.

    def learn(self, answer: Mapping[str, Any]) -> bool:
        """Take in keys, counts and changes of a sync; true when a room's key may have come."""
        events = _list(_dict(answer.get("to_device")).get("events"))
        for event in events:
            if isinstance(event, dict) and event.get("type") == "m.room.encrypted":
                self._take(event)
        if "device_one_time_keys_count" in answer:
            self.machine.stands_at(_dict(answer["device_one_time_keys_count"]))
        if "device_unused_fallback_key_types" in answer:
            unused = _list(answer["device_unused_fallback_key_types"])
            self._fallback_wanted = "signed_curve25519" not in unused
        lists = _dict(answer.get("device_lists"))
        for user in (*_list(lists.get("changed")), *_list(lists.get("left"))):
            self._known.discard(str(user))
        return bool(events)

    def _take(self, event: Json) -> None:
        """One event of one device; what somebody made up to break this breaks nothing else."""
        try:
            parsed = ToDeviceEvent.parse_event(event)
            if parsed is not None:
                self.machine.handle_to_device_event(parsed)
        except Exception as error:  # noqa: BLE001 - hostile input in foreign code
            log.warning("an encrypted message between devices does not open: %s", type(error).__name__)

    async def tidy(self) -> None:
        """Renew our own keys and send what the machine has to say to devices. Raises :class:`MatrixError`."""
        body = self.machine.keys_to_upload(fallback=self._fallback_wanted)
        if body is not None:
            told = await self._web.post(path("keys", "upload"), body)
            self._fallback_wanted = False
            self.machine.uploaded(_dict(told.get("one_time_key_counts")))
        if self.machine.wedged_devices:
            wedged: defaultdict[str, list[str]] = defaultdict(list)
            for device in self.machine.wedged_devices:
                wedged[device.user_id].append(device.id)
            await self._claim(wedged)
            # Who has no key to give is asked again when the next message does not open.
            self.machine.wedged_devices.clear()
        for message in tuple(self.machine.outgoing_to_device_messages):
            try:
                await self._to_device(message.type, message.as_dict())
            except Refused as refused:
                # It would be refused again and again, and hold up all behind it.
                log.warning("a message to a device is given up: %s", refused.code)
            self.machine.handle_response(ToDeviceResponse(message))

    # Reading.

    async def read(self, event: Mapping[str, Any], room: str) -> Decrypted:
        """Decrypt an event and make sure that its sender wrote it, and that it is said only once.

        Raises :class:`Unreadable`, and :class:`MatrixError` when the sender's devices cannot be asked.
        """
        decrypted = self.machine.read(event, room)
        sender, event_id = str(event.get("sender")), str(event.get("event_id"))
        if not self.machine.knows_device(sender, decrypted):
            await self._query([sender], anew=True)
            if not self.machine.knows_device(sender, decrypted):
                raise Unreadable("written by a device of somebody else")
        place = (decrypted.session, decrypted.index)
        if self._seen.setdefault(place, event_id) != event_id:
            raise Unreadable("said before")
        if len(self._seen) > _MOST_SEEN:
            self._seen.popitem(last=False)
        return decrypted

    def ask_for_key(self, event: Mapping[str, Any], room: str) -> None:
        """Ask the device that wrote an event for its key, once a session; goes out with the next tidying."""
        parsed = MegolmEvent.from_dict({**event, "room_id": room})
        waiting = {getattr(one, "session_id", None) for one in self.machine.outgoing_to_device_messages}
        if (
            isinstance(parsed, MegolmEvent)
            and parsed.session_id not in waiting
            and parsed.session_id not in self.machine.outgoing_key_requests
        ):
            request = parsed.as_key_request(parsed.sender, self.machine.device_id, device_id=parsed.device_id)
            self.machine.outgoing_to_device_messages.append(request)

    # Writing.

    async def encrypted(self, room: str, members: Collection[str], kind: str, content: Json) -> Json:
        """The content of an ``m.room.encrypted`` event that all devices of these members can read.

        Raises :class:`MatrixError` and :class:`NobodyKnown`: then surely nothing was sent.
        """
        async with self._sharing[room]:
            await self._query(members)
            if self._readers.get(room) != frozenset(members):
                # Who joined or left changes who may read: from here on under a new key.
                self._forget_key(room)
            if self.machine.should_share_group_session(room):
                await self._share(room, members)
                self._readers[room] = frozenset(members)
            # Nothing is awaited in between: the session that was shared is the one that encrypts.
            sealed: Json = self.machine.group_encrypt(room, {"type": kind, "content": content})
            return sealed

    def _forget_key(self, room: str) -> None:
        self.machine.outbound_group_sessions.pop(room, None)
        self._readers.pop(room, None)

    async def _share(self, room: str, members: Collection[str]) -> None:
        missing = self.machine.get_missing_sessions(list(members))
        if missing:
            await self._claim(missing)
        for _, messages in self.machine.share_group_session_parallel(
            room, list(members), ignore_unverified_devices=True
        ):
            await self._to_device("m.room.encrypted", messages)
        self.machine.outbound_group_sessions[room].shared = True

    async def _to_device(self, kind: str, body: Mapping[str, Any]) -> None:
        await self._web.put(path("sendToDevice", kind, uuid4().hex), body)

    async def _claim(self, wanted: Mapping[str, Iterable[str]]) -> None:
        keys = {user: dict.fromkeys(devices, "signed_curve25519") for user, devices in wanted.items()}
        body = {"one_time_keys": keys, "timeout": _REMOTE_MILLISECONDS}
        told = await self._web.post(path("keys", "claim"), body)
        for user, devices in _dict(told.get("one_time_keys")).items():
            for device, key in _dict(devices).items():
                try:
                    self.machine.handle_response(KeysClaimResponse({user: {device: key}}, {}))
                except Exception as error:  # noqa: BLE001 - hostile input in foreign code
                    log.warning("a one-time key is not valid: %s", type(error).__name__)

    async def _query(self, users: Iterable[str], *, anew: bool = False) -> None:
        """Ask for the devices of those whom we do not know, or whose devices changed."""
        async with self._querying:
            asked = [user for user in users if anew or user not in self._known]
            if not asked:
                return
            # Before the request: a change that comes in meanwhile must not be overlooked.
            self._known.update(asked)
            try:
                body = {"device_keys": {user: [] for user in asked}, "timeout": _REMOTE_MILLISECONDS}
                told = await self._web.post(path("keys", "query"), body)
            except MatrixError:
                self._known.difference_update(asked)
                raise
            devices, failures = _dict(told.get("device_keys")), _dict(told.get("failures"))
            for user in asked:
                if user in devices:
                    self._take_devices(user, _dict(devices[user]))
                else:
                    self._known.discard(user)
            silent = [user for user in asked if user not in devices and user.partition(":")[2] in failures]
        if any(not self.machine.device_store[user] for user in silent) and not anew:
            raise NobodyKnown

    def _take_devices(self, user: str, devices: Json) -> None:
        before = {device.id for device in self.machine.device_store.active_user_devices(user)}
        response = KeysQueryResponse({user: devices}, {})
        try:
            self.machine.handle_response(response)
        except Exception as error:  # noqa: BLE001 - hostile input in foreign code
            log.warning("devices are not valid: %s", type(error).__name__)
        after = {device.id for device in self.machine.device_store.active_user_devices(user)}
        if before != after:
            # Who has a new device reads with it from now on; who took one away does not.
            for room in [room for room, readers in self._readers.items() if user in readers]:
                self._forget_key(room)


def is_encrypted(event: Mapping[str, Any]) -> bool:
    return event.get("type") == "m.room.encrypted" and _dict(event.get("content")).get("algorithm") == MEGOLM


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
