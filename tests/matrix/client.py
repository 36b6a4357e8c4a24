"""Officials' clients: matrix-js-sdk with Rust crypto, talking to signed devices only; one process for all."""

from __future__ import annotations

import asyncio
import atexit
import base64
import itertools
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tests.matrix.synapse import PASSWORD, ROOT, Homeserver

NODE = Path(__file__).parent / "node"
INSTALLED = NODE / "node_modules" / ".installed"
PATIENCE_SECONDS = 30
_Found = TypeVar("_Found")


class ClientError(Exception):
    """A client could not do what a test asked."""


@dataclass(frozen=True)
class Event:
    """One event as a client has it now; a message that is decrypted later takes the place of what it was."""

    id: str
    room: str
    sender: str
    type: str
    content: Mapping[str, Any]
    at: int
    """Milliseconds since 1970, by the sender's server."""
    encrypted: bool
    relation: Mapping[str, Any] | None
    failure: str | None
    """Why it cannot be decrypted."""
    shield: Mapping[str, Any] | None
    """What a client draws beside it: a colour (none, grey, red) and the reason."""
    state: str | None

    @property
    def words(self) -> str:
        """The plain body, after an edit the new one."""
        return str(self.content.get("m.new_content", self.content).get("body", ""))

    @property
    def replaces(self) -> str | None:
        """The event that this one edits."""
        relation = self.relation or {}
        return relation.get("event_id") if relation.get("rel_type") == "m.replace" else None

    @property
    def thread(self) -> str | None:
        relation = self.relation or {}
        return relation.get("event_id") if relation.get("rel_type") == "m.thread" else None


@dataclass
class Client:
    """One device of one official."""

    number: int
    user: str
    device: str
    token: str
    events: dict[str, Event] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """What could not be read when it came, even where its key came later."""
    members: dict[tuple[str, str], str] = field(default_factory=dict)
    """What each user is to each room: ``invite``, ``join``, ``leave``."""
    typing: list[tuple[str, str]] = field(default_factory=list)
    """Room and user, each time that somebody begins to type."""
    receipts: list[tuple[str, str, str]] = field(default_factory=list)
    """Room, event and reader."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def open(
        cls, server: Homeserver, name: str, *, strict: bool = True, signs: bool = True, url: str | None = None
    ) -> Client:
        """A new user's first device, in sync.

        ``strict``: it shares keys with signed devices only, and reads only what those say. ``signs``: it
        signs its own. ``url``: another way to the server, through a proxy.
        """
        login = await server.register(name)
        return await cls.login(url or server.url, login.user, strict=strict, signs=signs, token=login)

    @classmethod
    async def login(
        cls, url: str, user: str, *, strict: bool = True, signs: bool = True, token: Any = None
    ) -> Client:
        """One more device, or the one that a raw login made."""
        process = clients()
        number = next(process.numbers)
        client = cls(number, user, "", "")
        process.follow(client)
        known = {"token": token.token, "device": token.device} if token else {}
        opened = await process.order(
            number, "open", url=url, user=user, password=PASSWORD, strict=strict, signs=signs, **known
        )
        client.user, client.device, client.token = opened["user"], opened["device"], opened["token"]
        return client

    async def order(self, order: str, **arguments: Any) -> Any:
        return await clients().order(self.number, order, **arguments)

    async def direct(self, user: str, *, encrypted: bool = True) -> str:
        """A new direct room with somebody, as a client makes it."""
        options = {"is_direct": True, "preset": "trusted_private_chat", "invite": [user]}
        room: str = await self.order("create", encrypted=encrypted, options=options)
        return room

    async def room(self, *users: str, encrypted: bool = True, **options: Any) -> str:
        """A new private room that these are invited to."""
        whole = {"preset": "private_chat", "invite": list(users), **options}
        room: str = await self.order("create", encrypted=encrypted, options=whole)
        return room

    async def say(self, room: str, words: str, **content: Any) -> str:
        """Send a text; its event id."""
        return await self.send(room, {"msgtype": "m.text", "body": words, **content})

    async def send(self, room: str, content: Mapping[str, Any], kind: str = "m.room.message") -> str:
        sent: str = await self.order("send", room=room, type=kind, content=dict(content))
        return sent

    async def download(self, content: Mapping[str, Any]) -> bytes:
        """The file of a message, decrypted, its hash checked."""
        sealed = await self.order("download", file=content.get("file") or {"url": content["url"]})
        return base64.b64decode(sealed)

    def said_by(self, user: str, room: str | None = None) -> list[Event]:
        """The messages of somebody, oldest first, each as it stands after edits."""
        mine = [one for one in self.events.values() if one.sender == user and room in {None, one.room}]
        edits = {one.replaces: one for one in mine if one.replaces}
        messages = [one for one in mine if one.type == "m.room.message" and not one.replaces]
        return [edits.get(one.id, one) for one in messages]

    async def reads(self, words: str, *, by: str, room: str | None = None) -> Event:
        """Wait until somebody's newest message with these words can be read."""

        def look() -> Event | None:
            found = [one for one in self.said_by(by, room) if words in one.words and not one.failure]
            return found[-1] if found else None

        return await self.until(look, words)

    async def is_invited(self, *, before: int = 0) -> str:
        """Wait for an invitation; the room's id."""

        def look() -> str | None:
            rooms = [
                room for (room, user), is_ in self.members.items() if (user, is_) == (self.user, "invite")
            ]
            return rooms[-1] if len(rooms) > before else None

        return await self.until(look, "an invitation")

    async def joins(self) -> str:
        """Wait for an invitation and accept it; the room's id."""
        room: str = await self.order("join", room=await self.is_invited())
        return room

    async def until(self, found: Callable[[], _Found | None], what: str = "") -> _Found:
        """Wait until ``found()`` gives something: asked again whenever this client sees something."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    self._changed.clear()
                    if (value := found()) is not None and value is not False:
                        return value
                    await self._changed.wait()
        except TimeoutError:
            told = "\n".join(f"{one.sender} {one.failure or ''}: {one.words}" for one in self.events.values())
            raise ClientError(f"{self.user} waited in vain for {what!r}, and saw:\n{told}") from None

    async def close(self) -> None:
        await self.order("close", number=self.number)
        clients().forget(self)

    def hear(self, told: Mapping[str, Any]) -> None:
        """What the process tells about this client."""
        match told:
            case {"event": event}:
                self.events[event["id"]] = seen = Event(**event)
                if seen.failure:
                    self.unread.add(seen.id)
            case {"member": {"room": room, "user": user, "membership": membership}}:
                self.members.pop((room, user), None)
                self.members[room, user] = membership
            case {"typing": {"room": room, "user": user, "typing": True}}:
                self.typing.append((room, user))
            case {"receipt": {"room": room, "event": event, "readers": readers}}:
                self.receipts += [(room, event, reader) for reader in readers]
        self._changed.set()


class Clients:
    """The process. A thread reads what it tells, for whichever event loop asked."""

    def __init__(self) -> None:
        if not INSTALLED.exists():
            raise RuntimeError(f"say 'make {INSTALLED.relative_to(ROOT)}' first")
        self.numbers = itertools.count(1)
        self._orders = itertools.count(1)
        self._waiting: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Future[Any]]] = {}
        self._followed: dict[int, tuple[asyncio.AbstractEventLoop, Client]] = {}
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [_node(), "clients.mjs"], cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self._stop)
        threading.Thread(target=self._read, daemon=True).start()

    def follow(self, client: Client) -> None:
        self._followed[client.number] = asyncio.get_running_loop(), client

    def forget(self, client: Client) -> None:
        del self._followed[client.number]

    async def order(self, client: int, order: str, **arguments: Any) -> Any:
        """Have a client do something. Raises :class:`ClientError`."""
        loop, number = asyncio.get_running_loop(), next(self._orders)
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting[number] = loop, answer
        if self._process.stdin is None:
            raise ClientError("the clients' process has no standard input")
        whole = {"n": number, "client": client, "order": order, **arguments}
        self._process.stdin.write(json.dumps(whole) + "\n")
        self._process.stdin.flush()
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answer

    def _read(self) -> None:
        for line in self._process.stdout or ():
            told = json.loads(line)
            if "n" in told:
                loop, answer = self._waiting.pop(told["n"])
                _call(loop, _settle, answer, told)
            elif followed := self._followed.get(told.get("client", 0)):
                _call(followed[0], followed[1].hear, told)

    def _stop(self) -> None:
        self._process.kill()
        self._process.wait()


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *arguments: Any) -> None:
    """A loop that ended with its test is interested no more."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(function, *arguments)


def _settle(answer: asyncio.Future[Any], told: Mapping[str, Any]) -> None:
    if answer.done():
        return
    if "error" in told:
        answer.set_exception(ClientError(told["error"]))
    else:
        answer.set_result(told["result"])


def _node() -> str:
    """The Node.js of the lock file where it has one for this machine, else the machine's own."""
    packaged = sorted((NODE / "node_modules").glob("node-*/bin/node"))
    found = str(packaged[0]) if packaged else shutil.which("node")
    if found is None:
        raise RuntimeError("the clients need Node.js 22 or newer")
    return found


@cache
def clients() -> Clients:
    """The one of this process."""
    return Clients()
