"""Somebody at a terminal: the program in a pseudo-terminal, and what stands on its screen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

from tests.support.story import KEY, ROOT

ROWS, COLUMNS = 50, 100
PATIENCE_SECONDS = 60
WHERE = "\x1b[6n"
"""A program asks a terminal where its cursor is."""


class _Screen(pyte.Screen):
    """A screen that shows dimmed letters in grey: the emulator has no other way."""

    def select_graphic_rendition(self, *attributes: int) -> None:
        super().select_graphic_rendition(*(90 if one == 2 else one for one in attributes))


class Sitting:
    """Somebody at a terminal of 100 columns."""

    def __init__(self, folder: Path, rows: int = ROWS, **env: str) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
        own |= {
            "PYTHONPATH": str(ROOT),
            "KOFFIE_SECRET_KEY": KEY,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "run"],
            cwd=folder,
            env=own | env,
            dimensions=(rows, COLUMNS),
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
        )
        self.screen = _Screen(COLUMNS, rows)
        self._stream = pyte.Stream(self.screen)

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, seen: Callable[[str], bool]) -> str:
        """Read on until the screen shows it; the screen. Fails when it does not come."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not seen(self.text()):
            assert time.monotonic() < end, f"it did not come:\n{self.text()}"
            try:
                drawn = self.child.read_nonblocking(65536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
            self._stream.feed(drawn)
            for _ in range(drawn.count(WHERE)):
                cursor = self.screen.cursor
                self.child.send(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
        assert seen(self.text()), f"the program ended before:\n{self.text()}"
        return self.text()

    def shows(self, *words: str) -> str:
        """The screen, once all these words stand on it, over the ends of lines too."""

        def flat(text: str) -> str:
            return " ".join(text.replace("│", " ").split())

        return self.until(lambda text: all(word in flat(text) for word in words))

    def types(self, line: str) -> None:
        self.child.send(f"{line}\r")

    def ends(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus
