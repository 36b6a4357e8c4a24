"""``koffie run`` in a hurry, from a given moment on: it looks soon at what is due or was left in doubt.

As a program it forks one for each line of JSON, ``{now, folder, env}``; everything is imported once, so that
a start is quick. It tells ``{started}`` and ``{ended, code}``, and its children end with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from adapters.matrix import adapter as matrix
from adapters.slack import adapter as slack
from bot import commands, jobs
from bot.compose import compose
from bot.compose.program import TEXTS
from bot.delivery import Patience
from bot.i18n.catalogue import Catalogue
from tests.support.clock import MovingClock

SHORT = Patience(
    request=timedelta(seconds=2), look_back=timedelta(milliseconds=500), grace=timedelta(seconds=5)
)
SOON_SECONDS = 0.3
_PRELOADED = (matrix, slack)


async def _run(start: datetime) -> None:
    clock = MovingClock(start)
    soon = patch("bot.compose.clockwork._TICK_SECONDS", SOON_SECONDS)
    with patch("bot.compose.program.SystemClock", lambda: clock), soon:
        async with compose(patience=SHORT) as program:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, program.stop)
            await program.run()


def _fork(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["folder"])
        asyncio.run(_run(datetime.fromisoformat(order["now"])))
        code = 0
    finally:
        os._exit(code)


def _tell(**told: int) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


def main() -> None:
    commands.walk()
    jobs.walk()
    Catalogue(TEXTS, ZoneInfo("Europe/Amsterdam"))
    children: set[int] = set()
    wakes, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([sys.stdin, wakes], [], [])
        if wakes in ready:
            os.read(wakes, 1024)
            with suppress(ChildProcessError):
                while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                    children.discard(ended[0])
                    _tell(ended=ended[0], code=os.waitstatus_to_exitcode(ended[1]))
        if sys.stdin in ready:
            line = sys.stdin.readline()
            if not line:
                break
            children.add(child := _fork(json.loads(line)))
            _tell(started=child)
    for child in children:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
