"""What makes a simulated year quick and changes nothing in it; only for the simulation.

The database stands in memory, where a disk has nothing to wait for. Its driver runs in the thread of the
event loop: a hop to another thread and back takes longer than most queries. And the question what is due
next, which only a clock that jumps asks, goes past the program.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import aiosqlite

from bot.store.tables.clockwork import OPEN

_MEMORY = Path("/dev/shm")  # noqa: S108 - where the system has files in memory
MEMORY = _MEMORY if _MEMORY.is_dir() else None
"""Where to put the database; elsewhere than on Linux the usual folder."""
_MESSAGE = f"SELECT min(not_before) FROM outbox WHERE {OPEN} AND (state = 'pending' OR look_back)"  # noqa: S608
_JOB = "SELECT due_at FROM due WHERE fired_at IS NULL ORDER BY due_at LIMIT 1"
T = TypeVar("T")


async def _in_this_thread(
    connection: aiosqlite.Connection, function: Callable[..., T], *args: Any, **kwargs: Any
) -> T:
    return function(*args, **kwargs)


@contextmanager
def at_once() -> Iterator[None]:
    """Database calls are made where they are awaited."""
    with patch.object(aiosqlite.Connection, "_execute", _in_this_thread):
        yield


class Glance:
    """When something is due next, read straight from the file of the database."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)

    def next_message(self) -> datetime | None:
        return self._first(_MESSAGE)

    def next_job(self) -> datetime | None:
        return self._first(_JOB)

    def _first(self, query: str) -> datetime | None:
        found = self._connection.execute(query).fetchone()
        return datetime.fromisoformat(found[0]).replace(tzinfo=UTC) if found and found[0] else None

    def close(self) -> None:
        self._connection.close()
