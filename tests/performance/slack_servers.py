"""The servers of the Slack bench, each a process: ``python -m tests.performance.slack_servers WAY PORT``.

``bare``: an aiohttp handler that answers. ``bolt``: an empty command handler of Bolt's. ``koffie``: the whole
program, by the settings in the environment.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.compose import compose

SECRET = "test-signing-secret"


async def serve(handler: Callable[[web.Request], Awaitable[web.StreamResponse]], port: int) -> None:
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def bare(port: int) -> None:
    verifier = SignatureVerifier(SECRET)

    async def answer(request: web.Request) -> web.Response:
        if not verifier.is_valid_request(await request.text(), dict(request.headers)):
            return web.Response(status=401)
        return web.json_response({"text": "dag"})

    await serve(answer, port)


async def bolt(port: int) -> None:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="U0")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)

    @app.command("/wie-ken-ik")
    async def command(ack: Callable[[str], Awaitable[Any]]) -> None:
        await ack("dag")

    async def answer(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    await serve(answer, port)


async def koffie(port: int) -> None:
    os.environ["KOFFIE_SLACK_PORT"] = str(port)
    async with compose() as program:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, program.stop)
        gc.freeze()  # As the command does.
        await program.run()


if __name__ == "__main__":
    way, listening = sys.argv[1], int(sys.argv[2])
    asyncio.run({"bare": bare, "bolt": bolt, "koffie": koffie}[way](listening))
