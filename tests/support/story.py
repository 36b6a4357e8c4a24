"""Stories: lines as people type them, told to the real program, and what each person then saw.

A story is lines ``NAME: text`` and ``:time +3d`` (see ``:help`` of the terminal). The fixture ``story`` tells
one in this process, on both databases::

    async def test_help(story: Story) -> None:
        told = await story.tell("Anna: hulp")
        assert "wie-ken-ik" in told.last("Anna")

``run_story`` runs ``python -m bot run`` in a process of its own.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from textwrap import dedent
from unittest.mock import patch

import pytest

from bot.compose import Program, compose

ROOT = Path(__file__).parent.parent.parent
ARROW = "koffie → "
CONTINUED = "  "
"""In front of each further line of a message, behind the name."""
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"
PATIENCE_SECONDS = 100


@dataclass(frozen=True)
class Seen:
    """One message to one person; lines are divided by newlines."""

    to: str
    text: str


@dataclass(frozen=True)
class Told:
    """What came of a story. ``output`` is all that was printed, ``errors`` what went to standard error."""

    output: str
    errors: str = ""
    code: int = 0
    messages: tuple[Seen, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "messages", _messages(self.output))

    def to(self, name: str) -> list[str]:
        """The messages to one person, in order."""
        return [seen.text for seen in self.messages if seen.to.casefold() == name.casefold()]

    def last(self, name: str) -> str:
        """The last message to one person. Raises ``LookupError`` when there is none."""
        messages = self.to(name)
        if not messages:
            raise LookupError(f"nothing was said to {name}:\n{self.output}")
        return messages[-1]

    def all_to(self, name: str) -> str:
        """All that one person saw."""
        return "\n".join(self.to(name))


def _messages(output: str) -> tuple[Seen, ...]:
    found: list[Seen] = []
    for line in output.splitlines():
        if not line.startswith(ARROW):
            continue
        name, _, words = line.removeprefix(ARROW).partition(":")
        words = words.removeprefix(" ")
        if found and found[-1].to == name and words.startswith(CONTINUED):
            found[-1] = Seen(name, f"{found[-1].text}\n{words.removeprefix(CONTINUED)}")
        else:
            found.append(Seen(name, words))
    return tuple(found)


class Story:
    """The real program in this process, fed line by line."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.told = Told("")
        """All of the story so far."""

    async def tell(self, script: str) -> Told:
        """Go on with the story; returns what came of these lines alone."""
        output = io.StringIO()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
            lines.write(dedent(script).lstrip("\n"))
            lines.seek(0)
            with patch.object(sys, "stdin", lines), redirect_stdout(output):
                await self.program.run()
        part = Told(output.getvalue())
        self.told = Told(self.told.output + part.output)
        return part


@asynccontextmanager
async def telling(
    database_url: str, folder: Path, *, seed: int = 1, env: Mapping[str, str] | None = None
) -> AsyncIterator[Story]:
    """The program on a database, with a chance that repeats. Leaving it is an orderly stop.

    To go on with the same database, give another ``seed``: references are made by chance and must differ.
    """
    with patch.dict(os.environ, _environment(database_url, folder, env)):
        async with compose(random=Random(seed)) as program:
            yield Story(program)


@pytest.fixture
async def story(database_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    """A story on a demo database of this test alone; a test that uses it runs on both databases."""
    async with telling(database_url, tmp_path) as told:
        yield told


def run_story(
    script: str | bytes, folder: Path, database_url: str | None = None, env: Mapping[str, str] | None = None
) -> Told:
    """Run the program in a process of its own, in ``folder``; by default on a new SQLite file there."""
    made = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        input=script if isinstance(script, bytes) else dedent(script).lstrip("\n").encode(),
        capture_output=True,
        cwd=folder,
        env=_clean_environment() | _environment(database_url, folder, env),
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return Told(made.stdout.decode(), made.stderr.decode(), made.returncode)


def _environment(database_url: str | None, folder: Path, env: Mapping[str, str] | None) -> dict[str, str]:
    shown = str(folder / "koffie.shown")
    set_up = {"PYTHONPATH": str(ROOT), "KOFFIE_TERMINAL_SHOWN": shown, **(env or {})}
    if database_url is not None:
        set_up |= {"KOFFIE_DATABASE_URL": database_url, "KOFFIE_SECRET_KEY": KEY}
    return set_up


def _clean_environment() -> dict[str, str]:
    """Nothing of the developer's own settings reaches the program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
