"""A message as lines of plain text, on which no terminal acts."""

import re
import unicodedata

from bot.chat.message import Message
from bot.chat.plain import plain

_GAP = " " * 3
_OPTION = re.compile(r"(\d{1,3}) (.+)")


def render(message: Message) -> list[str]:
    """The lines of a message, at least one."""
    return [inert(line).rstrip() for line in plain(message).splitlines()] or [""]


def inert(words: str) -> str:
    """Words without what moves a cursor, colours a screen, hides or turns letters round."""
    return "".join(letter for letter in words if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"})


def transcript(name: str, lines: list[str]) -> str:
    """The message as the transcript has it: each line under the name, further lines set in by two."""
    return "".join(
        f"koffie → {name}: {'  ' if number else ''}{line}".rstrip() + "\n"
        for number, line in enumerate(lines)
    )


def options(line: str, first: int) -> list[tuple[int, str]]:
    """The numbered options that stand on a line, if it is a line of options that begins with ``first``."""
    found: list[tuple[int, str]] = []
    for part in line.split(_GAP):
        match = _OPTION.fullmatch(part)
        if match is None or int(match[1]) != first + len(found):
            return []
        found.append((int(match[1]), match[2]))
    return found
