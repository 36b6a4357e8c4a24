"""Socket Mode: Slack sends over a websocket that we open, for networks without a way in.

The SDK's own client runs all that comes at once without a bound, and asks a refused address again for ever.
This one makes a new connection whenever one is refused, silent, cut or to be refreshed, and keeps the old one
until Slack closes it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.entrance import EXCHANGE
from adapters.slack.exchange import Exchange
from adapters.slack.web import SlackError, Web

log = logging.getLogger(__name__)
_TAKEN = {"events_api", "slash_commands", "interactive"}
_OK = 200
_MOST_FRAME = 4 * 2**20


class SocketMode:
    """Keeps one connection. Times are in seconds; tests shorten them."""

    def __init__(
        self,
        web: Web,
        app: AsyncApp,
        app_token: str,
        *,
        heartbeat: float = 15.0,
        hello: float = 10.0,
        slowest: float = 30.0,
        drain: float = 5.0,
        most_at_once: int = 50,
    ) -> None:
        self._web = web
        self._app = app
        self._token = app_token
        self._heartbeat = heartbeat
        self._hello = hello
        self._slowest = slowest
        self._drain = drain
        self._room = asyncio.Semaphore(most_at_once)
        self._wanted = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()
        self._handling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Receive until cancelled; what is in hand is then finished and acknowledged."""
        try:
            while True:
                self._wanted.clear()
                line = await self._connected()
                _start(self._read(line), self._reading)
                await self._wanted.wait()
        finally:
            if self._handling:
                await asyncio.wait(self._handling, timeout=self._drain)
            left = [*self._reading, *self._handling]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _connected(self) -> aiohttp.ClientWebSocketResponse:
        """A new connection with a new ticket each time, ever later when it does not come."""
        pause = 0.1
        while True:
            try:
                ticket = await self._web.call(self._token, "apps.connections.open")
                return await self._greeted(str(ticket["url"]))
            except (SlackError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("no connection for Socket Mode: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._slowest)

    async def _greeted(self, url: str) -> aiohttp.ClientWebSocketResponse:
        """Open the line and hear Slack's hello. Raises ``ClientError`` or ``TimeoutError``."""
        async with asyncio.timeout(self._hello):
            # The heartbeat finds a peer that went silent: no answer to a ping closes the line.
            line = await self._web.session.ws_connect(
                url, heartbeat=self._heartbeat, max_msg_size=_MOST_FRAME, autoclose=True
            )
            try:
                first = await line.receive()
                if first.type is aiohttp.WSMsgType.TEXT and _parsed(first.data).get("type") == "hello":
                    return line
            except BaseException:
                await line.close()
                raise
            await line.close()
            raise aiohttp.ClientError("no hello")

    async def _read(self, line: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for frame in line:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    continue
                envelope = _parsed(frame.data)
                if envelope.get("type") == "disconnect":
                    # Slack closes this line soon: a new one is opened first, so that none is missed.
                    self._wanted.set()
                elif envelope.get("type") in _TAKEN:
                    await self._room.acquire()
                    _start(self._handle(line, envelope), self._handling)
        except (aiohttp.ClientError, OSError) as error:
            log.info("a line of Socket Mode broke: %s", type(error).__name__)
        finally:
            self._wanted.set()
            await line.close()

    async def _handle(self, line: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        """Take one envelope in. Without an acknowledgement Slack sends it again."""
        exchange: object = None
        written = False
        try:
            asked = AsyncBoltRequest(mode="socket_mode", body=envelope.get("payload") or {})
            answer = await self._app.async_dispatch(asked)
            exchange = asked.context.get(EXCHANGE)
            if answer.status == _OK:
                acknowledged = {"envelope_id": envelope.get("envelope_id")}
                payload = _parsed(answer.body)
                await line.send_json({**acknowledged, "payload": payload} if payload else acknowledged)
                written = True
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.info("an envelope was not acknowledged: %s", type(error).__name__)
        finally:
            if isinstance(exchange, Exchange):
                exchange.over(written=written)
            self._room.release()


def _start(work: Any, tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _parsed(raw: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
