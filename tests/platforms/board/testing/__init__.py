"""The board's harness: its server in the test's own loop, on which everybody is a member."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.chat.address import Account, Conversation
from bot.chat.inbound import Inbound
from bot.chat.port import Adapter, Tools
from tests.platforms.board import wire
from tests.platforms.board.adapter import build
from tests.platforms.board.markup import display
from tests.platforms.board.receive import BOT, PLATFORM, receive
from tests.platforms.board.server import Server
from tests.platforms.board.settings import Settings

_TEAM = "t1"
_FAULTS = {"refused": "429", "lost": "cut-after"}


@dataclass(frozen=True)
class Seen:
    """A post with its edits applied."""

    room: str | None
    thread: str | None
    readers: Collection[str] | None
    text: str
    buttons: Sequence[str]
    tokens: Sequence[str]
    alerts: Collection[str]
    form: bool
    files: Sequence[str] = ()


class Harness:
    redelivers = True
    faults = ("refused", "lost", "gone")

    def __init__(self) -> None:
        self._server = Server()
        self._listening: asyncio.Server | None = None
        self._events = count(1)

    async def start(self, tools: Tools) -> Adapter:
        listening = await asyncio.start_server(self._server.serve, "127.0.0.1", 0, limit=wire.LONGEST_LINE)
        self._listening = listening
        port = listening.sockets[0].getsockname()[1]
        self._address = f"127.0.0.1:{port}"
        return await build(Settings(server=self._address, request_seconds=5), tools)

    async def receive(self, payload: Any) -> Inbound | None:
        return receive(payload)

    def account(self, name: str) -> Account:
        return Account(platform=PLATFORM, tenant=_TEAM, user=name)

    def room(self) -> Conversation | None:
        return Conversation(platform=PLATFORM, tenant=_TEAM, id="r1")

    async def says(self, name: str, words: str, *, in_room: bool = False) -> None:
        talk = {"room": "r1", "text": f"@{BOT} {words}"} if in_room else {"text": words}
        await self._act(name, type="said", **talk)

    async def presses(self, name: str, seen: Any, button: int) -> None:
        await self._act(name, type="pressed", button=seen.tokens[button])

    async def _act(self, name: str, **event: Any) -> None:
        events = [{"team": _TEAM, "user": name, **event}]
        await wire.request(self._address, do="act", events=events)

    async def seen(self) -> Sequence[Seen]:
        standing: dict[str, dict[str, Any]] = {}
        for post in self._server.board.posts:
            standing[post["ref"]] = {**standing.get(post["ref"], {}), **post}
        return [_seen(post) for post in standing.values()]

    async def fail(self, fault: str) -> None:
        if fault != "gone":
            self._server.board.planned = [_FAULTS[fault]]

    async def types(self, name: str, form: str, field: str, letters: str) -> Sequence[str]:
        asked = {"type": "typed", "team": _TEAM, "user": name, "form": form, "field": field, "text": letters}
        answer = await wire.request(self._address, do="ask-bot", question=asked)
        return [one["label"] for one in answer["suggestions"]]

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
            await self._listening.wait_closed()


def _seen(post: dict[str, Any]) -> Seen:
    shown = [display(line) for line in post["lines"]]
    place = post["place"]
    reader = post.get("only") or place.get("user")
    return Seen(
        room=place.get("room"),
        thread=place.get("thread"),
        readers=[reader] if reader else None,
        text="\n".join(line.text for line in shown),
        buttons=[button["label"] for button in post["buttons"]],
        tokens=[button["token"] for button in post["buttons"]],
        alerts={alert for line in shown for alert in line.alerts},
        form=post["form"] is not None,
    )
