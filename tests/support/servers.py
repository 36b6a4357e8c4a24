"""Servers of a test, ended without a trace."""

import asyncio

from aiohttp import web

_TURNS = 4
"""Of the loop, from a connection in the backlog to one that the server knows."""


async def end(runner: web.AppRunner) -> None:
    """Stop serving, once what is being accepted is known to the server.

    Python 3.11 forgets a connection whose server closes between accepting and knowing it, and warns of that
    much later, in whatever test runs then.
    """
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    await runner.cleanup()
