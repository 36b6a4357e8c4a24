r"""The board's own markup: ``*bold*``; ``<@user>`` and ``<!all>`` notify; a backslash disarms a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(r"[\\*<>@\[\]]")
_TOKEN = re.compile(r"\\(.)|<@([^>\\]+)>|<!(\w+)>|(@room)|(\*)|(.)", re.DOTALL)


def escape(words: str) -> str:
    """Words that show as they are and do nothing."""
    return _MARKS.sub(r"\\\g<0>", words)


@dataclass(frozen=True)
class Displayed:
    """What people see of a line, and who is called by it."""

    text: str
    alerts: frozenset[str]


def display(markup: str) -> Displayed:
    """How the board shows a line."""
    text: list[str] = []
    alerts: set[str] = set()
    for literal, user, group, room, bold, other in _TOKEN.findall(markup):
        if user or group or room:
            alerts.add(user or "everyone")
            text.append(f"@{user or group or 'room'}")
        elif not bold:
            text.append(literal or other)
    return Displayed("".join(text), frozenset(alerts))
