"""The one place where the two databases differ in words."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

from sqlalchemy import Executable, text
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.store.tables import Table
from bot.store.work import Work

IdT = TypeVar("IdT", bound=int)
_MOST_IDS = 10_000


def is_sqlite(work: Work) -> bool:
    """Which of the two it is."""
    return work.session.get_bind().dialect.name == "sqlite"


def insert_into(work: Work, table: type[Table]) -> SqliteInsert | PostgresqlInsert:
    """An INSERT that can say 'on conflict', which standard SQL cannot."""
    return sqlite_insert(table) if is_sqlite(work) else postgresql_insert(table)


def batches(ids: Collection[IdT]) -> Iterator[list[IdT]]:
    """The ids in lists that a statement can hold: databases limit how many parameters one has."""
    every = list(ids)
    return (every[start : start + _MOST_IDS] for start in range(0, len(every), _MOST_IDS))


def either(build: Callable[[Callable[[Any], Any]], Executable]) -> Callable[[Work], Executable]:
    """A statement that is put together once for each database; ``build`` gets what makes an INSERT."""
    sqlite, postgresql = build(sqlite_insert), build(postgresql_insert)
    return lambda work: sqlite if is_sqlite(work) else postgresql


_TAKE_TURN = text("SELECT pg_advisory_xact_lock(:lock)")


async def take_turns(work: Work, lock: int) -> None:
    """Wait until no other transaction holds this lock, and hold it until this one ends.

    On SQLite all who write take turns anyway.
    """
    if not is_sqlite(work):
        await work.session.execute(_TAKE_TURN, {"lock": lock})
