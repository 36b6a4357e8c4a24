"""A calendar file as a calendar reads it, by a parser other than the one that wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import vobject


@dataclass(frozen=True)
class Entry:
    """What a calendar shows, and by what it knows the entry again."""

    method: str
    uid: str
    sequence: int
    start: datetime
    title: str


def entries(files: Iterable[bytes]) -> list[Entry]:
    """The one entry of each file. Raises where a calendar would refuse it."""
    return [_entry(file) for file in files]


def _entry(file: bytes) -> Entry:
    calendar = vobject.readOne(file.decode(), validate=True)
    event = calendar.vevent
    return Entry(
        method=calendar.method.value,
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        start=event.dtstart.value,
        title=event.summary.value,
    )
