"""Servers of tests end without a trace."""

from __future__ import annotations

import asyncio
import gc
import socket

import pytest
from aiohttp import web

from tests.support.servers import end


@pytest.mark.parametrize("turns", range(6))
async def test_who_comes_while_a_server_ends_is_not_forgotten(turns: int) -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    socket.create_connection(runner.addresses[0]).close()
    for _ in range(turns):
        await asyncio.sleep(0)
    await end(runner)
    # What was forgotten warns of it, and a warning is an error.
    gc.collect()
