"""Matrix's harness: the tests' homeserver behind a proxy, and people with plain clients."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from adapters.matrix.adapter import Matrix, build
from adapters.matrix.names import PLATFORM, Ref, account_of
from adapters.matrix.receive import Place, receive
from adapters.matrix.render import MARK
from adapters.matrix.settings import Settings
from bot.chat.address import Account, Conversation
from bot.chat.inbound import Inbound
from bot.chat.port import Adapter, Tools
from tests.matrix.proxy import Proxy, answers, loses_the_answer
from tests.matrix.synapse import PASSWORD, Homeserver, Login, homeserver

_SEND = "/send/m.room.message/"
_LIMITED = {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 60}
_PEOPLE = ("anna", "bram")
_SECONDS = 30


@dataclass(frozen=True)
class Seen:
    """A message as it stands now."""

    room: str | None
    thread: str | None
    readers: Collection[str] | None
    text: str
    alerts: Collection[str]
    files: Sequence[str] = ()
    buttons: Sequence[str] = ()
    form: bool = False


class Harness:
    redelivers = True
    faults = ("refused", "lost", "gone")

    def __init__(self) -> None:
        self._open = AsyncExitStack()
        self._people: dict[str, Login] = {}
        self._talks: dict[str, str] = {}

    async def start(self, tools: Tools) -> Adapter:
        self._server: Homeserver = await asyncio.to_thread(homeserver)
        self._mark = uuid4().hex[:8]
        bot, anna, bram = await asyncio.gather(
            *(self._server.register(f"{name}-{self._mark}") for name in ("koffie", *_PEOPLE))
        )
        self._bot = bot.user
        self._people = {"anna": anna, "bram": bram}
        for name, login in self._people.items():
            made = await login("POST", "createRoom", {"invite": [bot.user], "preset": "trusted_private_chat"})
            self._talks[name] = made["room_id"]
        directs = {self._people[name].user: [room] for name, room in self._talks.items()}
        await bot("PUT", f"user/{quote(bot.user)}/account_data/m.direct", directs)
        invited = {"invite": [bot.user, bram.user], "preset": "trusted_private_chat", "name": "Stikstof"}
        self._room = str((await anna("POST", "createRoom", invited))["room_id"])
        await bram("POST", f"join/{quote(self._room)}", {})
        for room in (*self._talks.values(), self._room):
            await bot("POST", f"join/{quote(room)}", {})
        proxy = await self._open.enter_async_context(Proxy(self._server.url))
        self._proxy = proxy
        folder = self._open.enter_context(tempfile.TemporaryDirectory())
        settings = {"homeserver": proxy.url, "user": bot.user, "password": PASSWORD, "store": Path(folder)}
        self._adapter: Matrix = await build(Settings.model_validate(settings), tools)
        return self._adapter

    async def receive(self, payload: Any) -> Inbound | None:
        place = Place("!room:example.nl", payload["direct"], "@koffie:example.nl", "Koffie", "Anna")
        return receive(payload["event"], place, {"koffie", "hulp", "wie-ken-ik"})

    def account(self, name: str) -> Account:
        login = self._people.get(name)
        return account_of(login.user if login else f"@{name}-{self._mark}:{self._server.name}")

    def room(self) -> Conversation | None:
        return Conversation(platform=PLATFORM, tenant="", id=self._room)

    async def says(self, name: str, words: str, *, in_room: bool = False) -> None:
        content: dict[str, Any] = {"msgtype": "m.text", "body": words}
        room = self._room if in_room else self._talks[name]
        if in_room:
            content |= {"body": f"{self._bot}: {words}", "m.mentions": {"user_ids": [self._bot]}}
        # What is said before it is in a room, or before its very first sync, is not for the bot.
        await self._adapter.rooms.wait_for(room, _SECONDS, lambda known: True)
        login = self._people[name]
        await login("PUT", f"rooms/{quote(room)}{_SEND}{uuid4().hex}", content)

    async def presses(self, name: str, seen: Any, button: int) -> None:
        """There are numbers instead."""
        await self.says(name, str(button + 1))

    async def seen(self) -> Sequence[Seen]:
        places = {self._room: self._people["anna"]}
        places |= {room: self._people[name] for name, room in self._talks.items()}
        posts = [post for room, login in places.items() for post in await self._posts(room, login)]
        return [seen for _, seen in sorted(posts, key=lambda post: post[0])]

    async def _posts(self, room: str, login: Login) -> list[tuple[int, Seen]]:
        """The bot's messages in a room, with edits applied and files beside the words before them."""
        told = await login("GET", f"rooms/{quote(room)}/messages?dir=f&limit=1000")
        ours = [
            event
            for event in told["chunk"]
            if event["type"] == "m.room.message" and event["sender"] == self._bot
        ]
        contents = {event["event_id"]: event["content"] for event in ours}
        found: dict[str, tuple[int, Seen]] = {}
        last = ""
        for event in ours:
            content = event["content"]
            relation = content.get("m.relates_to") or {}
            if relation.get("rel_type") == "m.replace":
                contents[relation["event_id"]] = content["m.new_content"]
                moment = found[relation["event_id"]][0]
                found[relation["event_id"]] = (moment, self._seen(room, content["m.new_content"], {}))
            elif content["msgtype"] in {"m.file", "m.image"} and last:
                moment, words = found[last]
                files = (*words.files, content["filename"])
                found[last] = (
                    moment,
                    Seen(words.room, words.thread, words.readers, words.text, words.alerts, files),
                )
            else:
                last = event["event_id"]
                found[last] = (event["origin_server_ts"], self._seen(room, content, relation))
            if MARK in content and relation.get("rel_type") != "m.replace":
                # With this event its message is whole: a file behind it belongs to the next.
                last = ""
        return list(found.values())

    def _seen(self, room: str, content: dict[str, Any], relation: dict[str, Any]) -> Seen:
        direct = next((name for name, talk in self._talks.items() if talk == room), None)
        root = relation["event_id"] if relation.get("rel_type") == "m.thread" else None
        words = _read(content)
        mentions = content["m.mentions"]
        rings = {"everyone"} if mentions.get("room") or re.search("@room", words, re.IGNORECASE) else set()
        file = content["msgtype"] in {"m.file", "m.image"}
        return Seen(
            room=None if direct else room,
            thread=str(Ref(room, root)) if root else None,
            readers=[self._people[direct].user] if direct else None,
            text="" if file else words,
            alerts={*mentions.get("user_ids", ()), *rings},
            files=(content["filename"],) if file else (),
        )

    async def fail(self, fault: str) -> None:
        if fault == "refused":
            self._proxy.rule("PUT", _SEND, answers(429, _LIMITED))
        elif fault == "lost":
            # A client may ask once more for itself; the transaction id makes that harmless.
            self._proxy.rule("PUT", _SEND, loses_the_answer, times=2)

    async def types(self, name: str, form: str, field: str, letters: str) -> Sequence[str]:
        return ()

    async def stop(self) -> None:
        await self._open.aclose()


def _read(content: dict[str, Any]) -> str:
    """The words as a client shows them; the plain body must say the same as the HTML."""
    body = str(content["body"])
    if "formatted_body" in content:
        shown = unescape(
            re.sub(
                r"</?(?:p|a|b|i|ul|ol|li|br|code|blockquote|details)(?: [^<>]*)?>",
                "",
                content["formatted_body"],
            )
        )
        letters = {letter for letter in shown if letter.isalnum()}
        assert letters <= {letter for letter in body if letter.isalnum()}, "the HTML says something else"  # noqa: S101
    return body
