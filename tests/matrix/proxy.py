"""A proxy on the way to a homeserver: it writes down each request, and does what a test asks of it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import unquote

import aiohttp
from aiohttp import web
from yarl import URL

from tests.support.servers import end

PATIENCE_SECONDS = 30
_LARGEST = 64 * 1024 * 1024
_HOP_BY_HOP = {"connection", "content-encoding", "content-length", "host", "keep-alive", "transfer-encoding"}
_Found = TypeVar("_Found")


@dataclass
class Call:
    """A request and how it ended; ``status`` 0 until then, and where no answer was given."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    at: float
    status: int = 0
    answer: bytes = b""

    @property
    def content(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body or b"{}")
        return parsed

    @property
    def told(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.answer or b"{}")
        return parsed


@dataclass
class Exchange:
    """A request that a fault may forward, or not."""

    request: web.Request
    call: Call
    forward: Callable[[], Awaitable[web.Response]]
    tasks: set[asyncio.Task[None]]
    """What goes on behind the answer."""


Fault = Callable[[Exchange], Awaitable[web.StreamResponse]]
"""What becomes of a request."""


def answers(status: int, content: object = None) -> Fault:
    """The server never sees it."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        return web.json_response(content or {}, status=status)

    return fault


async def cut(exchange: Exchange) -> web.StreamResponse:
    """The connection breaks before the server has the request."""
    return _abort(exchange)


async def loses_the_answer(exchange: Exchange) -> web.StreamResponse:
    """The server does it, and the connection breaks before its answer."""
    await exchange.forward()
    return _abort(exchange)


def holds(until: asyncio.Event) -> Fault:
    """The request waits on its way."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        await until.wait()
        return await exchange.forward()

    return fault


def holds_the_answer(until: asyncio.Event) -> Fault:
    """The server does it, and its answer waits on its way."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        answer = await exchange.forward()
        await until.wait()
        return answer

    return fault


def later(until: asyncio.Event) -> Fault:
    """It is answered at once, and reaches the server later."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        async def forward() -> None:
            await until.wait()
            await exchange.forward()

        exchange.tasks.add(asyncio.create_task(forward()))
        return web.json_response({})

    return fault


def changes(change: Callable[[dict[str, Any]], None]) -> Fault:
    """The server's answer is tampered with."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        answer = await exchange.forward()
        content = json.loads(answer.body if isinstance(answer.body, bytes) else b"{}")
        change(content)
        return web.json_response(content, status=answer.status)

    return fault


def _abort(exchange: Exchange) -> web.StreamResponse:
    if exchange.request.transport is not None:
        exchange.request.transport.abort()
    return web.Response(status=502)


def timeline_of(answer: dict[str, Any], room: str) -> list[dict[str, Any]]:
    """What a sync's answer tells of a room, to be tampered with."""
    timeline = answer.get("rooms", {}).get("join", {}).get(room, {}).get("timeline", {})
    events: list[dict[str, Any]] = timeline.get("events", [])
    return events


@dataclass
class _Rule:
    method: str
    pattern: re.Pattern[str]
    fault: Fault
    times: float


@dataclass
class Proxy:
    """One way to a homeserver, of one test."""

    upstream: str
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _runner: web.AppRunner | None = None
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=_LARGEST)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=True,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None and self._session is not None:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await end(self._runner)
            await self._session.close()

    def rule(self, method: str, pattern: str, fault: Fault, *, times: float = 1) -> Callable[[], None]:
        """Requests whose path holds the pattern meet this fault, so many times; returns what lifts it.

        The newest rule that fits holds.
        """
        made = _Rule(method, re.compile(pattern), fault, times)
        self._rules.append(made)

        def lift() -> None:
            made.times = 0

        return lift

    def of(self, method: str, pattern: str) -> list[Call]:
        """The requests so far whose path holds the pattern, in order."""
        return [one for one in self.calls if one.method == method and re.search(pattern, one.path)]

    async def until(self, found: Callable[[], _Found | None], patience: float = PATIENCE_SECONDS) -> _Found:
        """Wait until ``found()`` gives something: asked again whenever a request comes or ends."""
        async with asyncio.timeout(patience):
            while True:
                self._changed.clear()
                if value := found():
                    return value
                await self._changed.wait()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path, body = unquote(request.rel_url.raw_path), await request.read()
        call = Call(request.method, path, dict(request.query), body, time.monotonic())
        self.calls.append(call)
        self._changed.set()
        exchange = Exchange(request, call, lambda: self._forward(request, call), self._tasks)
        fitting = [
            rule for rule in self._rules
            if rule.times > 0 and rule.method == call.method and rule.pattern.search(call.path)
        ]  # fmt: skip
        if fitting:
            fitting[-1].times -= 1
            answer = await fitting[-1].fault(exchange)
        else:
            answer = await exchange.forward()
        call.status = answer.status
        self._changed.set()
        return answer

    async def _forward(self, request: web.Request, call: Call) -> web.Response:
        if self._session is None:
            raise RuntimeError("not started")
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP}
        # Encoded as it came: a room's id holds what must not be quoted twice.
        address = URL(f"{self.upstream}{request.raw_path}", encoded=True)
        try:
            async with self._session.request(
                call.method, address, headers=headers, data=call.body, allow_redirects=False
            ) as answer:
                call.answer = await answer.read()
                kept = {
                    name: value for name, value in answer.headers.items() if name.lower() not in _HOP_BY_HOP
                }
                return web.Response(status=answer.status, headers=kept, body=call.answer)
        except aiohttp.ClientError:
            # As the proxies of operators answer while a homeserver is down.
            return web.Response(status=502, text="Bad Gateway")
