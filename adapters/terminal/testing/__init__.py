"""The terminal's harness: its script, fed through a pipe, and its transcript, read back."""

import io
import os
import sys
import tempfile
from collections.abc import Collection, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from adapters.terminal.adapter import Terminal, build
from adapters.terminal.people import account_of
from adapters.terminal.settings import Settings
from bot.chat.address import Account, Address, Conversation
from bot.chat.inbound import Inbound
from bot.chat.message import Message
from bot.chat.port import Adapter, Delivery, Hint, Tools

_ARROW = "koffie → "


@dataclass(frozen=True)
class Seen:
    """One message of the transcript."""

    readers: Collection[str]
    text: str
    room: str | None = None
    thread: str | None = None
    buttons: Sequence[str] = ()
    alerts: Collection[str] = ()
    files: Sequence[str] = ()
    form: bool = False


class _Transcript(io.StringIO):
    """Standard output; the terminal writes each message in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, piece: str) -> int:
        if piece.startswith(_ARROW):
            self.pieces.append(piece)
        return super().write(piece)


class _Piped(Terminal):
    """The terminal with streams of its own in place of the program's."""

    def __init__(self, terminal: Terminal, lines: TextIO, transcript: _Transcript) -> None:
        vars(self).update(vars(terminal))
        self._lines, self._transcript = lines, transcript

    async def run(self) -> None:
        before, sys.stdin = sys.stdin, self._lines
        try:
            await super().run()
        finally:
            sys.stdin = before

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        with redirect_stdout(self._transcript):
            return await super().deliver(key, address, message, replaces, hint)


class Harness:
    redelivers = False
    faults: Collection[str] = ()

    async def start(self, tools: Tools) -> Adapter:
        self._folder = tempfile.TemporaryDirectory()
        reading, self._typing = os.pipe()
        self._lines = os.fdopen(reading)
        self._transcript = _Transcript()
        adapter = await build(Settings(shown=Path(self._folder.name) / "shown"), tools)
        return _Piped(adapter, self._lines, self._transcript)

    async def receive(self, payload: Any) -> Inbound | None:
        """Nothing is recorded: what comes in is typed."""
        return None

    def account(self, name: str) -> Account:
        return account_of(name)

    def room(self) -> Conversation | None:
        return None

    async def says(self, name: str, words: str, *, in_room: bool = False) -> None:
        os.write(self._typing, f"{name}: {words}\n".encode())

    async def presses(self, name: str, seen: Any, button: int) -> None:
        """There are numbers instead."""
        await self.says(name, str(button + 1))

    async def seen(self) -> Sequence[Seen]:
        return [_seen(piece) for piece in self._transcript.pieces]

    async def fail(self, fault: str) -> None:
        raise NotImplementedError(fault)

    async def types(self, name: str, form: str, field: str, letters: str) -> Sequence[str]:
        return ()

    async def stop(self) -> None:
        os.close(self._typing)
        self._lines.close()
        self._folder.cleanup()


def _seen(piece: str) -> Seen:
    lines = piece.splitlines()
    name, _, _ = lines[0].removeprefix(_ARROW).partition(":")
    said = [line.removeprefix(f"{_ARROW}{name}:").removeprefix(" ") for line in lines]
    files = [line.strip()[1:-1] for line in said if line.strip().startswith("[") and line.endswith(".ics]")]
    return Seen(readers=[account_of(name).user], text="\n".join(said), files=files)
