"""The npm package `emulate` as a stateful Slack: one process, put back to its seed for each test."""

from __future__ import annotations

import atexit
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.support.ports import free_port

HERE = Path(__file__).parent
INSTALLED = HERE / "node" / "node_modules" / ".installed"


class Emulator:
    """Sends its events to ``events_port``, where each test's proxy listens in turn."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None or not INSTALLED.exists():
            raise RuntimeError(f"say 'make {INSTALLED.relative_to(HERE.parents[1])}' first")
        self.events_port, port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(  # noqa: S603
            [
                node,
                "emulator.mjs",
                str(port),
                "../seed.yaml",
                f"http://127.0.0.1:{self.events_port}/events",
            ],
            cwd=HERE / "node",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._stop)
        self._await("ready")

    def reset(self) -> None:
        """Back to the seed: nobody said anything yet."""
        if self._process.stdin is None:
            raise RuntimeError("the emulator has no standard input")
        self._process.stdin.write("reset\n")
        self._process.stdin.flush()
        self._await("reset")

    def _await(self, word: str) -> None:
        if self._process.stdout is None or not self._process.stdout.readline().startswith(word):
            raise RuntimeError("the emulator did not start")

    def _stop(self) -> None:
        self._process.terminate()
        self._process.communicate()


@cache
def emulator() -> Emulator:
    """The one of this process."""
    return Emulator()
