"""What goes over the board's line: one JSON object a line."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

LONGEST_LINE = 1 << 20


class NotSentError(Exception):
    """No connection: the server surely did not get the request."""


class LostError(Exception):
    """The connection was cut before the answer: the server may have got the request."""


async def write(stream: asyncio.StreamWriter, message: dict[str, Any]) -> None:
    stream.write(json.dumps(message).encode() + b"\n")
    await stream.drain()


async def read(stream: asyncio.StreamReader) -> dict[str, Any] | None:
    """The next message; ``None`` once the other side has closed."""
    line = await stream.readline()
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    if not isinstance(message, dict):
        raise TypeError("a message is an object")
    return message


async def connect(server: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Raises :class:`NotSentError`."""
    host, _, port = server.rpartition(":")
    try:
        return await asyncio.open_connection(host, int(port), limit=LONGEST_LINE)
    except OSError as error:
        raise NotSentError from error


async def close(stream: asyncio.StreamWriter) -> None:
    stream.close()
    with suppress(OSError):
        await stream.wait_closed()


async def request(server: str, **message: Any) -> dict[str, Any]:
    """One request on a connection of its own. Raises :class:`NotSentError` and :class:`LostError`."""
    reader, writer = await connect(server)
    try:
        try:
            await write(writer, message)
            answer = await read(reader)
        except OSError as error:
            raise LostError from error
        if answer is None:
            raise LostError
        return answer
    finally:
        await close(writer)
