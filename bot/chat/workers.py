"""Workers that take what waits: as many at once as there is work for, up to a limit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)
_POLL_SECONDS = 1.0


class Workers:
    """Each worker calls ``take`` until that tells that there is nothing more to do, and then goes home.

    One is called in by :meth:`wake`, and every second anyway: another process may have left something.
    """

    def __init__(self, name: str, take: Callable[[], Awaitable[bool]]) -> None:
        self._name = name
        self._take = take
        self._group: asyncio.TaskGroup | None = None
        self._most = 0
        self._missed = False
        self._stopping = asyncio.Event()
        self.busy = 0

    @property
    def free(self) -> int:
        """How many more could start now."""
        return self._most - self.busy

    def wake(self) -> None:
        """There is something to do."""
        if self._group is None or self._stopping.is_set():
            return
        if self.free:
            self.busy += 1
            self._group.create_task(self._work())
        else:
            # All are at work: whoever finds nothing more looks once again.
            self._missed = True

    def stop(self) -> None:
        """Take nothing new: ``run`` returns once all that is in hand is done."""
        self._stopping.set()

    async def run(self, most: int) -> None:
        """Work until stopped or cancelled."""
        self._most = most
        async with asyncio.TaskGroup() as self._group:
            while not self._stopping.is_set():
                self.wake()
                try:
                    await asyncio.wait_for(self._stopping.wait(), timeout=_POLL_SECONDS)
                except TimeoutError:
                    continue

    async def _work(self) -> None:
        try:
            more = True
            while more and not self._stopping.is_set():
                self._missed = False
                more = await self._take() or self._missed
        except Exception as error:  # noqa: BLE001 - the database is away: the next look finds it all again
            log.error("%s stopped (%s), again soon", self._name, type(error).__name__)
        finally:
            self.busy -= 1
