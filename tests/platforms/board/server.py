"""The board's server: a separate process that keeps what was posted, and can fail in every known way.

``python -m tests.platforms.board.server`` prints its port. Its list of posts only grows: it is the oracle
for what arrived once, twice or never.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.platforms.board import wire
from tests.platforms.board.markup import display

MOST_CHARACTERS = 300
MOST_BUTTONS = 5
FAULTS = ("429", "500-before", "500-after", "cut-before", "cut-after", "late", "slow")
"""Refused, failed before and after storing, cut before and after storing, stored later, answered later."""


@dataclass
class Board:
    """All that the server knows."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    rooms: dict[str, list[str]] = field(default_factory=dict)
    bot: asyncio.StreamWriter | None = None
    replies: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    calls: Any = field(default_factory=lambda: count(1))
    chance: Random = field(default_factory=lambda: Random(0))
    rates: dict[str, float] = field(default_factory=dict)
    planned: list[str] = field(default_factory=list)
    repeat: float = 0.0
    late_seconds: float = 0.2
    slow_seconds: float = 1.0
    later: set[asyncio.Task[None]] = field(default_factory=set)
    injected: dict[str, int] = field(default_factory=dict)


class Server:
    """Answers the bot's requests and the test's."""

    def __init__(self) -> None:
        self.board = Board()
        self.stopped = asyncio.Event()
        self._do: dict[str, Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]] = {
            "post": self._post,
            "edit": self._post,
            "find": self._find,
            "profile": self._profile,
            "room": self._room,
            "act": self._act,
            "posts": self._posts,
            "faults": self._faults,
            "ask-bot": self._ask_bot,
            "stop": self._stop,
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            message = await wire.read(reader)
            if message is not None and message["do"] == "listen":
                await self._listen(message, reader, writer)
            elif message is not None:
                fault = self._fault(message)
                if fault in {"cut-before", "late"}:
                    if fault == "late":
                        self._later(message)
                    return
                answer = {"status": 500} if fault == "500-before" else await self._answer(message, fault)
                if fault == "slow":
                    await asyncio.sleep(self.board.slow_seconds)
                if fault != "cut-after":
                    await wire.write(writer, {"status": 500} if fault == "500-after" else answer)
        except OSError:
            return  # The other side went away: it was killed, which is the point.
        finally:
            writer.close()

    def _fault(self, message: dict[str, Any]) -> str | None:
        if message["do"] not in {"post", "edit", "find"}:
            return None
        board = self.board
        if board.planned and message["do"] != "find":
            return board.planned.pop(0)
        drawn, total = board.chance.random(), 0.0
        for name, rate in board.rates.items():
            total += rate
            if drawn < total:
                if message["do"] == "find" and name == "late":
                    return "cut-before"
                board.injected[name] = board.injected.get(name, 0) + 1
                return name
        return None

    def _later(self, message: dict[str, Any]) -> None:
        async def late() -> None:
            await asyncio.sleep(self.board.late_seconds)
            await self._do[message["do"]](message)

        task = asyncio.create_task(late())
        self.board.later.add(task)
        task.add_done_callback(self.board.later.discard)

    async def _answer(self, message: dict[str, Any], fault: str | None) -> dict[str, Any]:
        if fault == "429":
            return {"status": 429, "retry_after": 0.2}
        return await self._do[message["do"]](message)

    # What the bot may ask.

    async def _post(self, message: dict[str, Any]) -> dict[str, Any]:
        board = self.board
        shown = "\n".join(display(line).text for line in message["lines"])
        labels = [button["label"] for button in message["buttons"]]
        if len(shown) + sum(map(len, labels)) > MOST_CHARACTERS or len(labels) > MOST_BUTTONS:
            return {"status": 400, "reason": "too_long"}
        user = message["place"].get("user")
        if user is not None and user.startswith("left-"):
            return {"status": 404, "reason": "user_left"}
        ref = message.get("ref") or f"m{len(board.posts) + 1}"
        board.posts.append({**message, "ref": ref})
        return {"status": 200, "ref": ref}

    async def _find(self, message: dict[str, Any]) -> dict[str, Any]:
        """Looks in one place's history, as platforms do."""
        refs = [
            post["ref"]
            for post in self.board.posts
            if post["key"] == message["key"] and post["place"] == message["place"]
        ]
        return {"status": 200, "refs": refs}

    async def _profile(self, message: dict[str, Any]) -> dict[str, Any]:
        return {"status": 200, "name": f"Name of {message['user']}", "language": "nl"}

    async def _room(self, message: dict[str, Any]) -> dict[str, Any]:
        self.board.rooms.setdefault(message["name"], message["members"])
        return {"status": 200, "room": message["name"]}

    async def _listen(
        self, message: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Push events from a cursor on, and take the bot's replies to calls."""
        board = self.board
        board.bot = writer
        replies = asyncio.create_task(self._take_replies(reader))
        try:
            cursor = message["after"]
            while not replies.done():
                board.more.clear()
                while cursor < len(board.events):
                    cursor += 1
                    pushed = {"event": board.events[cursor - 1], "cursor": cursor}
                    await wire.write(writer, pushed)
                    if board.chance.random() < board.repeat:
                        await wire.write(writer, pushed)
                woken = asyncio.create_task(board.more.wait())
                await asyncio.wait({woken, replies}, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            replies.cancel()
            if board.bot is writer:
                board.bot = None

    async def _take_replies(self, reader: asyncio.StreamReader) -> None:
        while (reply := await wire.read(reader)) is not None:
            waiting = self.board.replies.pop(reply["call"], None)
            if waiting is not None and not waiting.done():
                waiting.set_result(reply)

    # What a test may ask.

    async def _act(self, message: dict[str, Any]) -> dict[str, Any]:
        """Something happens on the board: somebody says, presses or leaves."""
        for event in message["events"]:
            self.board.events.append({"id": f"e{len(self.board.events) + 1}", **event})
        self.board.more.set()
        return {"status": 200}

    async def _posts(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "posts": self.board.posts[message.get("after", 0) :],
            "late": len(self.board.later),
            "injected": self.board.injected,
            "rooms": self.board.rooms,
        }

    async def _faults(self, message: dict[str, Any]) -> dict[str, Any]:
        board = self.board
        board.chance = Random(message.get("seed", 0))
        board.rates, board.planned = message.get("rates", {}), message.get("planned", [])
        board.repeat = message.get("repeat", 0.0)
        board.late_seconds = message.get("late_seconds", board.late_seconds)
        board.slow_seconds = message.get("slow_seconds", board.slow_seconds)
        return {"status": 200}

    async def _ask_bot(self, message: dict[str, Any]) -> dict[str, Any]:
        """A window that cannot wait: suggestions while typing, a form handed in."""
        if self.board.bot is None:
            return {"status": 503}
        call = next(self.board.calls)
        reply: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.board.replies[call] = reply
        await wire.write(self.board.bot, {"call": call, **message["question"]})
        async with asyncio.timeout(10):
            return await reply

    async def _stop(self, message: dict[str, Any]) -> dict[str, Any]:
        self.stopped.set()
        return {"status": 200}


async def main() -> None:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=wire.LONGEST_LINE)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.stopped.wait()
    listening.close()


if __name__ == "__main__":
    asyncio.run(main())
