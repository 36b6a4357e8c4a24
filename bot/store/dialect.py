"""The one place where the two databases differ in words."""

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.store.tables import Table
from bot.store.work import Work


def insert_into(work: Work, table: type[Table]) -> SqliteInsert | PostgresqlInsert:
    """An INSERT that can say 'on conflict', which standard SQL cannot."""
    if work.session.get_bind().dialect.name == "sqlite":
        return sqlite_insert(table)
    return postgresql_insert(table)


async def take_turns(work: Work, lock: int) -> None:
    """Wait until no other transaction holds this lock, and hold it until this one ends.

    On SQLite all who write take turns anyway.
    """
    if work.session.get_bind().dialect.name == "postgresql":
        await work.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
