"""Without a screen: a story from standard input, its transcript on standard output."""

import os
import sys

from adapters.terminal.lines import lines
from adapters.terminal.render import render, transcript
from adapters.terminal.talk import Left, NotUnderstood, Talk
from bot.chat import Text, text
from bot.chat.address import Address
from bot.chat.message import Message


class Script:
    """Lines ``NAME: text`` and ``:…`` in; messages out as ``koffie → NAME: …``, the rest after a colon."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._number = 0
        self._broken = False

    async def draw(self, address: Address, message: Message) -> str:
        return transcript(await self._talk.people.name_of(address), render(message))

    async def run(self) -> None:
        """To the end of the lines, or until ``:quit``."""
        if sys.stdin is None:
            return
        async for line in lines(sys.stdin.fileno()):
            self._number += 1
            try:
                await self._line(line)
            except NotUnderstood as error:
                self._complain(error.text)
            except Left:
                break
            if self._broken:
                break

    async def _line(self, line: bytes | None) -> None:
        if line is None:
            raise NotUnderstood(text("line-endless"))
        try:
            words = line.decode("utf-8-sig" if self._number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise NotUnderstood(text("line-not-utf8")) from None
        if "\0" in words:
            raise NotUnderstood(text("line-nul"))
        for answer in await self._talk.line(words) if words else ():
            self.write(f": {answer}\n")

    def _complain(self, why: Text) -> None:
        complaint = text("line-wrong", line=self._number, why=why)
        sys.stderr.write(f"{self._talk.worded(complaint)}\n")
        sys.stderr.flush()

    def write(self, drawn: str) -> None:
        """Print. Raises ``OSError`` when nobody reads any more."""
        try:
            sys.stdout.write(drawn)
            sys.stdout.flush()
        except BrokenPipeError:
            # Who read along left; without this, Python would complain once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self._broken = True
            raise
