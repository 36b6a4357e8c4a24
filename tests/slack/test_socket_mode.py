"""Socket Mode against a small real websocket server that refuses, refreshes, cuts and goes silent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from adapters.slack.socket_mode import SocketMode
from bot.chat.inbound import Said
from tests.slack.parts import NotingBot, adapter
from tests.slack.world import TEAM, World
from tests.support.servers import end

Behaviour = Callable[["Server", web.WebSocketResponse], Awaitable[None]]


@dataclass
class Server:
    """Slack's side: a ticket for each connection, and then what ``script`` says, a step a connection."""

    world: World
    script: list[Behaviour] = field(default_factory=list)
    tickets: int = 0
    refuse: int = 0
    mute: int = 0
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    lines: list[web.WebSocketResponse] = field(default_factory=list)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    port: int = 0

    async def open(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer xapp-test"
        self.tickets += 1
        return web.json_response(
            {"ok": True, "url": f"ws://127.0.0.1:{self.port}/line?ticket={self.tickets}"}
        )

    async def line(self, request: web.Request) -> web.StreamResponse:
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=403)
        # A server that goes silent answers no pings either.
        line = web.WebSocketResponse(autoping=False)
        await line.prepare(request)
        number = len(self.lines)
        self.lines.append(line)
        if number >= self.mute:
            await line.send_json({"type": "hello", "num_connections": 1})
        if number < len(self.script):
            await self.script[number](self, line)
        else:
            await listen(self, line)
        return line

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self.came:
            await self.came.wait_for(test)

    def envelope(self, words: str, number: int = 1) -> dict[str, Any]:
        event = {
            "type": "message", "channel_type": "im", "channel": "D1", "text": words,
            "user": self.world.person("anna").user,
        }  # fmt: skip
        payload = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}
        return {"type": "events_api", "envelope_id": f"e{number}", "payload": payload}


async def listen(server: Server, line: web.WebSocketResponse) -> None:
    """A healthy line: pings are answered, acknowledgements noted."""
    async for frame in line:
        if frame.type is WSMsgType.PING:
            await line.pong(frame.data)
        elif frame.type is WSMsgType.TEXT:
            async with server.came:
                server.acknowledged.append(json.loads(frame.data))
                server.came.notify_all()


def says(*words: str) -> Behaviour:
    async def behave(server: Server, line: web.WebSocketResponse) -> None:
        for number, word in enumerate(words, start=1):
            await line.send_json(server.envelope(word, number))
        await listen(server, line)

    return behave


@asynccontextmanager
async def connected(
    world: World, bot: NotingBot, *script: Behaviour, refuse: int = 0, mute: int = 0, **patience: Any
) -> AsyncIterator[Server]:
    """The adapter's Socket Mode, running against a server of its own."""
    server = Server(world, list(script), refuse=refuse, mute=mute)
    app = web.Application()
    app.router.add_post("/api/apps.connections.open", server.open)
    app.router.add_get("/line", server.line)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    async with (
        adapter(world, bot) as made,
        adapter(world, bot, base_url=f"http://127.0.0.1:{server.port}/api/") as own,
    ):
        socket = SocketMode(own.web, made.app, "xapp-test", slowest=0.2, **patience)
        running = asyncio.create_task(socket.run())
        try:
            yield server
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    await end(runner)


async def test_events_are_kept_and_acknowledged(slack: World) -> None:
    bot = NotingBot()
    async with connected(slack, bot, says("een", "twee")) as server:
        await server.until(lambda: len(server.acknowledged) == 2)
    assert {event.content for event in bot.events} == {Said(text="een"), Said(text="twee")}
    assert sorted(one["envelope_id"] for one in server.acknowledged) == ["e1", "e2"]


async def test_what_was_not_kept_is_not_acknowledged(slack: World) -> None:
    bot = NotingBot(fails=True)

    async def twice(server: Server, line: web.WebSocketResponse) -> None:
        await line.send_json(server.envelope("een", 1))
        await asyncio.wait_for(wait_for_call(slack), 5)
        bot.fails = False
        await line.send_json(server.envelope("een", 2))
        await listen(server, line)

    async with connected(slack, bot, twice) as server:
        await server.until(lambda: len(server.acknowledged) == 1)
    assert [one["envelope_id"] for one in server.acknowledged] == ["e2"]


async def wait_for_call(slack: World) -> None:
    while not slack.strict.of("users.info"):
        await slack.changes()


async def test_a_refused_ticket_is_followed_by_a_new_one(slack: World) -> None:
    bot = NotingBot()
    async with connected(slack, bot, says("een"), refuse=3) as server:
        await server.until(lambda: len(server.acknowledged) == 1)
    assert server.tickets == 4


async def test_a_line_to_be_refreshed_is_replaced_before_it_closes(slack: World) -> None:
    bot = NotingBot()

    async def refresh(server: Server, line: web.WebSocketResponse) -> None:
        await line.send_json({"type": "disconnect", "reason": "refresh_requested"})
        # The old line still works until Slack closes it.
        await line.send_json(server.envelope("oud", 1))
        await listen(server, line)

    async with connected(slack, bot, refresh, says("nieuw")) as server:
        await server.until(lambda: len(server.acknowledged) == 2)
        assert not server.lines[0].closed
    assert {event.content for event in bot.events} == {Said(text="oud"), Said(text="nieuw")}


async def test_a_line_that_is_cut_is_made_anew(slack: World) -> None:
    bot = NotingBot()

    async def cut(server: Server, line: web.WebSocketResponse) -> None:
        await line.close(code=1011)

    async with connected(slack, bot, cut, says("een")) as server:
        await server.until(lambda: len(server.acknowledged) == 1)


async def test_a_peer_that_went_silent_is_left(slack: World) -> None:
    bot = NotingBot()

    async def silent(server: Server, line: web.WebSocketResponse) -> None:
        await asyncio.Event().wait()

    async with connected(slack, bot, silent, says("een"), heartbeat=0.2) as server:
        await server.until(lambda: len(server.acknowledged) == 1)


async def test_a_line_without_a_hello_is_no_line(slack: World) -> None:
    bot = NotingBot()
    async with connected(slack, bot, listen, says("een"), mute=1, hello=0.2) as server:
        await server.until(lambda: len(server.acknowledged) == 1)
    assert server.tickets == 2


async def test_so_many_at_once_and_no_more(slack: World) -> None:
    most, now = 0, 0
    go_on = asyncio.Event()

    class Slow(NotingBot):
        async def put(self, events: Any, **more: Any) -> None:
            nonlocal most, now
            now += 1
            most = max(most, now)
            await go_on.wait()
            now -= 1
            await super().put(events, **more)

    bot = Slow()
    async with connected(slack, bot, says(*(str(n) for n in range(20))), most_at_once=4) as server:
        async with asyncio.timeout(5):
            while now < 4:  # noqa: ASYNC110 - it comes from outside
                await asyncio.sleep(0.01)
        go_on.set()
        await server.until(lambda: len(server.acknowledged) == 20)
    assert most == 4


async def test_a_stop_finishes_what_is_in_hand(slack: World) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    class Slow(NotingBot):
        async def put(self, events: Any, **more: Any) -> None:
            started.set()
            await go_on.wait()
            await super().put(events, **more)

    bot = Slow()
    async with connected(slack, bot, says("een")) as server:
        await asyncio.wait_for(started.wait(), 5)
        asyncio.get_running_loop().call_later(0.1, go_on.set)
    assert [one["envelope_id"] for one in server.acknowledged] == ["e1"]
    assert len(bot.events) == 1


@pytest.mark.parametrize("frame", ["{", "[]", '{"type": "events_api"}', '{"type": "huh", "payload": 3}'])
async def test_a_frame_that_is_no_envelope_harms_nothing(slack: World, frame: str) -> None:
    bot = NotingBot()

    async def strange(server: Server, line: web.WebSocketResponse) -> None:
        await line.send_str(frame)
        await says("een")(server, line)

    async with connected(slack, bot, strange) as server:
        await server.until(lambda: {"envelope_id": "e1"} in server.acknowledged)
    assert len(bot.events) == 1
