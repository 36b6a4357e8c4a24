"""Migrations on a database with data, on both databases: also those that are still to be written."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    inspect,
    text,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import IntegrityError

from bot.store import schema
from bot.store.database import Database
from bot.store.schema import SchemaError
from bot.store.tables import Table
from bot.store.tables.base import UtcMoment

ROWS = 3
Rows = dict[str, list[tuple[Any, ...]]]

LATER = '''
"""A migration of the future."""
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
{steps}
'''


@pytest.fixture
async def fresh(empty_database_url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    opened = Database(empty_database_url)
    yield opened
    await opened.close()


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, to which a test adds one."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder


def add(folder: Path, *steps: str) -> None:
    words = LATER.format(head=schema.head(), steps="\n".join(f"    {step}" for step in steps))
    (folder / "versions" / "later.py").write_text(words, "utf-8")


def allowed(table: SqlTable, column: Column[Any]) -> str | None:
    """The first word that a CHECK on this column allows."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.search(rf"\b{column.name} IN \('(\w+)'", str(constraint.sqltext))
            if found:
                return found[1]
    return None


def value(table: SqlTable, column: Column[Any], number: int) -> Any:
    """Something that fits: rows of one number belong together."""
    match column.type:
        case _ if column.name == "high_id":
            return number + 1
        case UtcMoment():
            return datetime(2026, 11, 24, 9, number, tzinfo=UTC)
        case Date():
            return date(2026, 11, number)
        case Boolean():
            return True
        case LargeBinary():
            return b"\x00sealed\xff"
        case JSON():
            return {"words": "één", "numbers": [number]}
        case Integer():
            return number
        case _:
            return allowed(table, column) or f"ij {column.name} {number}"


async def fill(database: Database) -> None:
    """Rows in every table."""
    async with database.write() as session:
        for table in Table.metadata.sorted_tables:
            # The higher of a pair is one more than the lower, and has to be there.
            of_pairs = {table, *(key.column.table for key in table.foreign_keys)}
            fewer = any("high_id" in one.columns for one in of_pairs)
            for number in range(1, ROWS + (not fewer) + 1):
                values = {column.name: value(table, column, number) for column in table.columns}
                await session.execute(table.insert().values(values))


async def rows(database: Database) -> Rows:
    async with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in await session.execute(table.select())), key=repr)
            for table in Table.metadata.sorted_tables
        }


async def test_tables_and_migrations_say_the_same(fresh: Database) -> None:
    """Alembic finds nothing that a new migration would have to do."""
    await schema.upgrade(fresh)

    def compare(connection: Connection) -> None:
        command.check(schema.config(connection))

    async with fresh.connection() as connection:
        await connection.run_sync(compare)


async def test_a_second_upgrade_changes_nothing(fresh: Database) -> None:
    assert await schema.current(fresh) is None
    assert await schema.upgrade(fresh) == (None, schema.head())
    await fill(fresh)
    before = await rows(fresh)
    assert all(len(found) >= ROWS for found in before.values())
    assert await schema.upgrade(fresh) == (schema.head(), schema.head())
    assert await rows(fresh) == before
    await schema.refuse_old(fresh)


async def test_data_survives_a_table_that_others_point_at_being_made_anew(
    fresh: Database, future: Path
) -> None:
    """On SQLite a changed column means a new table: what points at the old one must not stop or lose it."""
    await schema.upgrade(fresh)
    await fill(fresh)
    before, was = await rows(fresh), schema.head()
    add(
        future,
        "with op.batch_alter_table('official') as batch:",
        "    batch.add_column(sa.Column('nickname', sa.String(), nullable=False, server_default='none'))",
        "    batch.alter_column('name', type_=sa.String(500), existing_type=sa.String())",
        "    batch.create_check_constraint('nickname', \"nickname <> ''\")",
    )
    with pytest.raises(SchemaError, match="koffie migrate"):
        await schema.refuse_old(fresh)
    assert await schema.upgrade(fresh) == (was, "later")
    assert await rows(fresh) == before
    async with fresh.write() as session:
        nicknames = await session.execute(text("SELECT DISTINCT nickname FROM official"))
        assert nicknames.scalars().all() == ["none"]
    with pytest.raises(IntegrityError):
        # Who is pointed at still cannot vanish.
        async with fresh.write() as session:
            await session.execute(text("DELETE FROM official"))


async def test_a_migration_that_breaks_what_points_at_it_is_not_taken(fresh: Database, future: Path) -> None:
    await schema.upgrade(fresh)
    await fill(fresh)
    before, was = await rows(fresh), schema.head()
    add(
        future,
        "op.create_table('half', sa.Column('id', sa.Integer(), primary_key=True))",
        "with op.batch_alter_table('official') as batch:",
        "    batch.alter_column('name', type_=sa.String(500), existing_type=sa.String())",
        "op.execute('DELETE FROM official')",
    )
    with pytest.raises((IntegrityError, SchemaError)):
        await schema.upgrade(fresh)
    assert await schema.current(fresh) == was
    assert await rows(fresh) == before
    assert "half" not in await tables(fresh)


async def test_a_migration_that_fails_half_way_leaves_nothing(fresh: Database, future: Path) -> None:
    await schema.upgrade(fresh)
    await fill(fresh)
    before, was = await rows(fresh), schema.head()
    add(
        future,
        "op.create_table('half', sa.Column('id', sa.Integer(), primary_key=True))",
        "op.execute('UPDATE official SET name = null')",
    )
    with pytest.raises(IntegrityError):
        await schema.upgrade(fresh)
    assert await schema.current(fresh) == was
    assert await rows(fresh) == before
    assert "half" not in await tables(fresh)


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(fresh: Database) -> None:
    await schema.upgrade(fresh)
    await fill(fresh)
    async with fresh.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'fromthefuture'"))
    before = await rows(fresh)
    for use in (schema.upgrade, schema.refuse_old):
        with pytest.raises(SchemaError, match="newer version"):
            await use(fresh)
    assert await rows(fresh) == before
    assert await schema.current(fresh) == "fromthefuture"


async def test_two_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    both = [Database(empty_database_url) for _ in range(2)]
    try:
        done = await asyncio.gather(*(schema.upgrade(database) for database in both))
    finally:
        for database in both:
            await database.close()
    assert {before for before, _ in done} == {None, schema.head()}


async def tables(database: Database) -> set[str]:
    async with database.connection() as connection:
        return set(await connection.run_sync(lambda bare: inspect(bare).get_table_names()))
