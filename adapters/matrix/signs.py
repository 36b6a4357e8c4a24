"""Small signs for people: that the bot read something, and that it is working on an answer. All may fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from adapters.matrix.web import MatrixError, Web, path

log = logging.getLogger(__name__)
_AT_ONCE_SECONDS = 0.5
"""An answer within this time needs no sign that it is coming."""
_TYPING_MILLISECONDS = 20_000


class Signs:
    """Typing and read receipts, in the background."""

    def __init__(self, web: Web, me: str) -> None:
        self._web = web
        self._me = me
        self._working: dict[str, asyncio.Task[None]] = {}
        self._reading: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._typing: set[str] = set()

    def heard(self, room: str, event: str) -> None:
        """Something for the bot was said: it is read, and an answer is on its way."""
        fresh = room not in self._reading
        self._reading[room] = event
        if fresh:
            self._keep(asyncio.create_task(self._read(room)))
        if room not in self._working:
            self._working[room] = working = asyncio.create_task(self._type(room))
            self._keep(working)

    def done(self, room: str) -> None:
        """The answer is there."""
        task = self._working.pop(room, None)
        if task is not None and not task.done():
            task.cancel()
        if room in self._typing:
            self._typing.discard(room)
            self._keep(asyncio.create_task(self._say_typing(room, on=False)))

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read(self, room: str) -> None:
        """One receipt for all that came at once: the last one covers the earlier."""
        await asyncio.sleep(0)
        event = self._reading.pop(room)
        await self._try(self._web.post(path("rooms", room, "receipt", "m.read", event), {}))

    async def _type(self, room: str) -> None:
        try:
            await asyncio.sleep(_AT_ONCE_SECONDS)
            self._typing.add(room)
            await self._say_typing(room, on=True)
        finally:
            if self._working.get(room) is asyncio.current_task():
                del self._working[room]

    async def _say_typing(self, room: str, *, on: bool) -> None:
        body = {"typing": True, "timeout": _TYPING_MILLISECONDS} if on else {"typing": False}
        await self._try(self._web.put(path("rooms", room, "typing", self._me), body))

    async def _try(self, request: Coroutine[Any, Any, object]) -> None:
        try:
            await request
        except MatrixError as error:
            log.info("a sign was not shown: %s", error)
