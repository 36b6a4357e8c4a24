"""Lines from standard input, without a limit on how many and with one on how long."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import suppress

LONGEST = 1 << 16
"""Bytes of one line."""


async def lines(descriptor: int) -> AsyncIterator[bytes | None]:
    """The lines of an open file, without their ends; ``None`` for one that is too long."""
    rest, skipping = b"", False
    while chunk := await _read(descriptor):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield None if skipping or len(line) > LONGEST else line.removesuffix(b"\r")
            skipping = False
        if len(rest) > LONGEST:
            rest, skipping = b"", True
    if rest or skipping:
        yield None if skipping else rest


async def _read(descriptor: int) -> bytes:
    """Read what there is, in a thread that does not keep the program from ending.

    Files, pipes and devices all work this way; an executor's thread would be waited for at the end.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bytes] = loop.create_future()

    def settle(chunk: bytes) -> None:
        if not done.done():
            done.set_result(chunk)

    def read() -> None:
        try:
            chunk = os.read(descriptor, LONGEST)
        except OSError:
            chunk = b""
        # The loop is gone when the program was stopped meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, chunk)

    threading.Thread(target=read, daemon=True).start()
    return await done
