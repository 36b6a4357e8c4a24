"""The handles that come with a command or a press: short-lived, in memory only."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

_ADDRESS_SECONDS = 29 * 60
_ADDRESS_USES = 5
_TRIGGER_SECONDS = 2.7
_MOST = 10_000

Payload = dict[str, Any]


class Exchange:
    """The open request of a slash command: its answer may be the answer to the command.

    One side waits for a payload and writes it; the other offers one and learns whether it was written.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._payload: asyncio.Future[Payload | None] = loop.create_future()
        self._written: asyncio.Future[bool] = loop.create_future()

    async def offer(self, payload: Payload) -> bool:
        """Answer with this; false when the request was answered before, or the line was cut."""
        if self._payload.done():
            return False
        self._payload.set_result(payload)
        return await asyncio.shield(self._written)

    def leave(self) -> None:
        """There is nothing to say in the exchange itself: let it be answered empty."""
        if not self._payload.done():
            self._payload.set_result(None)

    async def wait(self, seconds: float) -> Payload | None:
        """The payload to write, or ``None`` when there is none in time: then it comes another way."""
        done, _ = await asyncio.wait({self._payload}, timeout=seconds)
        self.leave()
        return self._payload.result() if done else None

    def over(self, *, written: bool) -> None:
        """The request is over; ``written`` when its answer went out whole."""
        self.leave()
        if not self._written.done():
            self._written.set_result(written)


@dataclass
class Handle:
    """What came with one command or press."""

    response_url: str | None = None
    trigger: str | None = None
    exchange: Exchange | None = None
    born: float = field(default_factory=time.monotonic)
    uses: int = 0

    def address(self) -> str | None:
        """The response address, while Slack takes it: five times in half an hour."""
        if self.response_url is None or self.uses >= _ADDRESS_USES or self._age() > _ADDRESS_SECONDS:
            return None
        self.uses += 1
        return self.response_url

    def take_trigger(self) -> str | None:
        """The trigger that opens a window, once and within three seconds."""
        trigger, self.trigger = self.trigger, None
        return trigger if self._age() <= _TRIGGER_SECONDS else None

    def _age(self) -> float:
        return time.monotonic() - self.born


class Pressed:
    """The handles of the latest presses, by the message that was pressed: such a message can be replaced."""

    def __init__(self) -> None:
        self._handles: OrderedDict[str, Handle] = OrderedDict()

    def keep(self, message: str, handle: Handle) -> None:
        self._handles[message] = handle
        if len(self._handles) > _MOST:
            self._handles.popitem(last=False)

    def of(self, message: str) -> Handle | None:
        return self._handles.get(message)
