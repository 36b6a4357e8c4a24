"""Programs in processes of their own, to be killed: forks of one ``tests.support.hasty``."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """One program, as far as its starter told of it."""

    pid: int
    loop: asyncio.AbstractEventLoop
    returncode: int | None = None
    """Once it ended; negative for a signal."""
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    def send_signal(self, by: signal.Signals) -> None:
        os.kill(self.pid, by)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int | None:
        """Wait until it is gone; only then its locks are free."""
        await self._ended.wait()
        return self.returncode

    def end(self, code: int) -> None:
        self.returncode = code
        # A loop that ended with its test is interested no more.
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._ended.set)


class Starter:
    """The process that forks; it ends with this one. A thread reads what it tells."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.hasty"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        atexit.register(self._stop)
        self._running: dict[int, Running] = {}
        self._asked: asyncio.Future[Running] | None = None
        threading.Thread(target=self._read, daemon=True).start()

    async def start(self, now: datetime, folder: Path, env: Mapping[str, str]) -> Running:
        """A program in a folder, from a moment on. One at a time."""
        if self._process.stdin is None:
            raise RuntimeError("the starter has no standard input")
        self._asked = asyncio.get_running_loop().create_future()
        order = {"now": now.isoformat(), "folder": str(folder), "env": dict(env)}
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return await self._asked

    def _read(self) -> None:
        for line in self._process.stdout or ():
            match json.loads(line):
                case {"started": int(pid)} if self._asked is not None:
                    loop = self._asked.get_loop()
                    self._running[pid] = running = Running(pid, loop)
                    loop.call_soon_threadsafe(self._asked.set_result, running)
                case {"ended": int(pid), "code": int(code)}:
                    self._running.pop(pid).end(code)

    def _stop(self) -> None:
        # Without its standard input it ends, and its children with it.
        self._process.communicate()


@cache
def starter() -> Starter:
    """The one of this process."""
    return Starter()
