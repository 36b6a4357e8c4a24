"""The database: engines, transactions, and the one unit of work that a message gets."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    InternalError,
    InvalidatePoolError,
    OperationalError,
    PendingRollbackError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

log = logging.getLogger(__name__)


def async_url(url: str) -> URL:
    """The URL with the driver that we use: aiosqlite or asyncpg."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise ValueError(f"the database must be sqlite or postgresql, not {other}")


class Database:
    """Engines for writing and for reading.

    On SQLite every write transaction starts with ``BEGIN IMMEDIATE`` on one connection, so that a command
    never fails half-way with 'database is locked'. Reads have an engine of their own that cannot write. On
    PostgreSQL each statement of theirs stands by itself: in a transaction it would not see less, only take
    longer.
    """

    def __init__(self, url: str, *, pool_size: int = 12) -> None:
        parsed = async_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        # hide_parameters: by default an SQL error prints its values, phone numbers among them.
        if self.is_sqlite:
            # Below this level the driver logs every value that it stores.
            logging.getLogger("aiosqlite").setLevel(logging.INFO)
            self._writer = create_async_engine(parsed, poolclass=StaticPool, hide_parameters=True)
            self._reader = create_async_engine(parsed, pool_size=pool_size, hide_parameters=True)
            _prepare_sqlite(self._writer, begin="BEGIN IMMEDIATE", query_only=False)
            _prepare_sqlite(self._reader, begin="BEGIN", query_only=True)
        else:
            # A process that hangs in a transaction must not keep its locks from all others.
            self._writer = _postgresql(parsed, pool_size, {"idle_in_transaction_session_timeout": "30000"})
            self._single = self._writer.execution_options(isolation_level="AUTOCOMMIT")
            self._reader = _postgresql(
                parsed, pool_size, {"default_transaction_read_only": "on"}, isolation_level="AUTOCOMMIT"
            )
        # One connection serves all writers on SQLite: they take turns here, not in the file lock.
        self._turn = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed on a normal exit, rolled back when anything is raised."""
        if self._turn is None:
            async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
                yield session
            return
        async with self._turn, AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def write_one(self) -> AsyncIterator[AsyncSession]:
        """For one statement, which is a transaction by itself: the database begins and ends it."""
        if self._turn is not None:
            async with self.write() as session:
                yield session
            return
        async with AsyncSession(self._single, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A bare connection outside any unit of work, for migrations."""
        async with self._writer.connect() as connection:
            yield connection

    @asynccontextmanager
    async def migration(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes the schema.

        On SQLite a changed column means a new table in the place of the old one. While that is done, what
        points at it is not watched; whoever uses this looks in the end whether all still points somewhere.
        """
        async with self.connection() as connection:
            await self._watch_references(connection, "OFF")
            try:
                async with connection.begin():
                    yield connection
            finally:
                await self._watch_references(connection, "ON")
        if not self.is_sqlite:
            # Connections that read know how to run statements on the tables as they were.
            await self._reader.dispose()

    async def _watch_references(self, connection: AsyncConnection, switch: str) -> None:
        """Past SQLAlchemy, which would open a transaction first: within one SQLite ignores this."""
        if self.is_sqlite:
            driver = (await connection.get_raw_connection()).driver_connection
            if driver is not None:
                await driver.execute(f"PRAGMA foreign_keys={switch}")

    async def close(self) -> None:
        """Let go of all connections.

        One whose user was cancelled twice, in the midst of a statement, may never tell that it is closed: the
        driver's thread has ended by then, and nothing waits for it any longer than this.
        """
        for engine in (self._writer, self._reader):
            try:
                async with asyncio.timeout(_CLOSING_SECONDS):
                    await engine.dispose()
            except TimeoutError:
                log.warning("a connection to the database did not say that it was closed")


_IDLE_SECONDS = 5.0
_CLOSING_SECONDS = 10.0
_TRIES = 5
"""To write ahead, while others begin at the same moment."""


def _postgresql(url: URL, pool_size: int, settings: dict[str, str], **options: Any) -> AsyncEngine:
    """An engine that asks a connection whether it still lives, when it was left alone for a while."""
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        hide_parameters=True,
        connect_args={"server_settings": settings},
        **options,
    )
    dialect = engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def left(_: object, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def taken(connection: Any, record: Any, _: object) -> None:
        if time.monotonic() - record.info.get("left", time.monotonic()) < _IDLE_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return engine


_PASSING = ("08", "40", "53", "55P03", "57")
"""Classes of PostgreSQL's error codes: connection, rollback of a deadlock, resources, lock, intervention."""


def is_passing(error: BaseException | None) -> bool:
    """Whether the same may work another time: the database was away, or two transactions met.

    What is raised while such an error is dealt with counts as well.
    """
    while error is not None:
        if isinstance(error, DBAPIError):
            code = str(getattr(error.orig, "sqlstate", None) or "")
            passing = isinstance(error, OperationalError | InterfaceError | InternalError)
            if passing or error.connection_invalidated or code.startswith(_PASSING):
                return True
        elif isinstance(error, OSError | PoolTimeout | PendingRollbackError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _log_ahead(cursor: Any) -> None:
    """Write-ahead logging. Where somebody else begins at this moment it is refused without the usual wait."""
    for _ in range(_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # This does wait, until they are done.
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _prepare_sqlite(engine: AsyncEngine, *, begin: str, query_only: bool) -> None:
    """Pragmas on each new connection, and our own BEGIN: the driver's deferred one loses updates."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=5000")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        else:  # Write-ahead logging stays in the file: who only reads has no need to change it.
            _log_ahead(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)
