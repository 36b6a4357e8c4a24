"""Transactions: whole or not at all, also when they are cancelled at any moment or cut off."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.store import database as database_module
from bot.store import schema, state
from bot.store.database import Database, is_passing
from bot.store.work import Work, Workshop

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"


async def put(workshop: Workshop, key: str, value: str, steps: int = 3) -> None:
    async with workshop.write() as work:
        for step in range(steps):
            await state.set_meta(work, f"{key}-{step}", value)


async def kept(workshop: Workshop) -> dict[str, str]:
    async with workshop.read() as work:
        rows = await work.session.execute(text("SELECT key, value FROM meta"))
        return {str(row[0]): str(row[1]) for row in rows}


async def test_what_raises_leaves_nothing(workshop: Workshop) -> None:
    async def fails() -> None:
        async with workshop.write() as work:
            await state.set_meta(work, "a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await kept(workshop) == {}


async def fail_in_between(work: Work) -> None:
    async with work.attempt():
        await state.set_meta(work, "within", "1")
        raise ZeroDivisionError


async def test_an_attempt_that_raises_is_undone_and_the_rest_stands(workshop: Workshop) -> None:
    async with workshop.write() as work:
        await state.set_meta(work, "before", "1")
        with pytest.raises(ZeroDivisionError):
            await fail_in_between(work)
        await state.set_meta(work, "after", "1")
    assert await kept(workshop) == {"before": "1", "after": "1"}


@pytest.mark.parametrize("seed", range(3))
async def test_cancelled_at_any_moment_it_is_whole_or_not_there_and_the_next_one_works(
    workshop: Workshop, seed: int
) -> None:
    """Also when it is cancelled a second time while it rolls back."""
    chance = Random(seed)
    for turn in range(30):
        tasks = [asyncio.create_task(put(workshop, f"{turn}.{n}", "x")) for n in range(4)]
        for _ in range(chance.randrange(60)):
            await asyncio.sleep(0)
        await asyncio.sleep(chance.random() * 0.004)
        for task in tasks[:3]:
            task.cancel()
        for _ in range(chance.randrange(5)):
            await asyncio.sleep(0)
        tasks[0].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(result) for result in results} <= {type(None), asyncio.CancelledError}, results
        assert results[3] is None
        async with asyncio.timeout(5):
            await put(workshop, f"{turn}.next", "x")
    found = await kept(workshop)
    whole = {key.rpartition("-")[0] for key in found}
    assert all(f"{key}-{step}" in found for key in whole for step in range(3))
    assert {f"{turn}.{who}" for turn in range(30) for who in ("3", "next")} <= whole


async def test_fifty_writers_at_once_all_succeed_and_lose_no_update(workshop: Workshop) -> None:
    async with workshop.write() as work:
        await state.set_meta(work, "count", "0")

    async def add() -> None:
        async with workshop.write() as work:
            await work.session.execute(
                text("UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS VARCHAR)")
            )

    await asyncio.gather(*(add() for _ in range(50)))
    assert await kept(workshop) == {"count": "50"}


async def test_a_reader_cannot_write(workshop: Workshop) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        async with workshop.read() as work:
            await state.set_meta(work, "a", "1")


async def test_an_error_of_the_database_prints_no_value(workshop: Workshop) -> None:
    secret = "0612345678"
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whichever the driver raises
        async with workshop.write() as work:
            await work.session.execute(
                text("INSERT INTO meta (key, nothing) VALUES (:key, :value)"),
                {"key": secret, "value": secret},
            )
    assert secret not in str(caught.value)
    assert secret not in repr(caught.value)


async def test_a_connection_cut_in_the_middle_is_a_passing_error_and_the_next_one_works(
    workshop: Workshop, database: Database
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no connection to cut")

    async def is_cut() -> None:
        async with workshop.write() as work:
            await state.set_meta(work, "a", "1")
            pid = (await work.session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with database.connection() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            await state.set_meta(work, "b", "1")

    with pytest.raises(Exception) as caught:  # noqa: PT011 - whichever the driver raises
        await is_cut()
    assert is_passing(caught.value)
    await put(workshop, "after", "1", steps=1)
    assert await kept(workshop) == {"after-0": "1"}


async def test_a_connection_that_was_cut_off_keeps_nobody_from_closing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after two cancellations in the midst of a statement: told to stop first, and closed then."""
    monkeypatch.setattr(database_module, "_CLOSING_SECONDS", 0.2)
    database = Database(f"sqlite:///{tmp_path / 'koffie.db'}")
    async with database.connection() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    busy = asyncio.create_task(driver.execute(SLOW))
    await asyncio.sleep(0)
    driver.stop()
    async with asyncio.timeout(20):
        await database.close()
    await busy


async def test_who_begins_while_another_does_waits_for_it(tmp_path: Path) -> None:
    """A new file is not yet written ahead: to change that is refused at once while somebody writes."""
    file = tmp_path / "new.db"
    database = Database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        beginning = asyncio.ensure_future(schema.upgrade(database))
        refused, _ = await asyncio.wait({beginning}, timeout=0.5)
        other.execute("COMMIT")
    try:
        assert not refused
        assert (await beginning)[1] == schema.head()
    finally:
        await database.close()
