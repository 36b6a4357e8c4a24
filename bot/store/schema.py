"""The schema's version: migrations by Alembic, started by us."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.store.database import Database

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
_LOCK = 7_261_532_405_113
"""Advisory lock on PostgreSQL, so that two processes that start at once migrate one after the other."""

_POINTS_NOWHERE = "PRAGMA foreign_key_check"


class SchemaError(Exception):
    """The database's schema is not the program's; the words are for the operator."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, on a connection of ours."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


async def upgrade(database: Database) -> tuple[str | None, str]:
    """Bring the schema to the program's version in one transaction; returns the versions before and after."""
    async with database.migration() as connection:
        return await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    before = version(connection)
    refuse_newer(before)
    if before != head():
        command.upgrade(config(connection), "head")
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql(_POINTS_NOWHERE).first():
            raise SchemaError(
                "The migration leaves rows that point at nothing: the database stays as it was."
            )
    return before, head()


def head() -> str:
    """The version that this program needs."""
    found = ScriptDirectory.from_config(config()).get_current_head()
    if found is None:
        raise SchemaError("the program has no migrations")
    return found


def version(connection: Connection) -> str | None:
    """The version that the database has; ``None`` when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


async def current(database: Database) -> str | None:
    """The version that the database has, without changing anything; ``None`` when it is empty."""
    async with database.read() as session:
        return await (await session.connection()).run_sync(version)


async def refuse_old(database: Database) -> None:
    """Raise :class:`SchemaError` unless the database's schema is the program's."""
    has = await current(database)
    refuse_newer(has)
    if has != head():
        raise SchemaError("The database's schema is not up to date: run 'koffie migrate' first.")


def refuse_newer(has: str | None) -> None:
    """Raise :class:`SchemaError` for a version that this program does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if has is not None and has not in known:
        raise SchemaError("The database was made by a newer version of the program: update the program.")
