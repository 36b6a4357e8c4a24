"""Taking an event out stays quick however many were handled: only those that wait are read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, text

from bot.store import inbox
from bot.store.database import Database
from bot.store.work import Workshop


async def test_only_events_that_wait_are_read(
    workshop: Workshop, database: Database, database_kind: str
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    engine = database._writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with workshop.write() as work:
        assert await inbox.take(work) is None
    event.remove(engine, "before_cursor_execute", note)
    ((take, values),) = [(words, values) for words, values in asked if "FROM inbox" in words]
    async with database.connection() as connection:
        if database_kind == "postgresql":
            # An empty table is read whole, whatever its indexes: this asks what could be done.
            await connection.execute(text("SET enable_seqscan = off"))
        explain = "EXPLAIN" if database_kind == "postgresql" else "EXPLAIN QUERY PLAN"
        rows = await connection.exec_driver_sql(f"{explain} {take}", values)
        plan = [str(row) for row in rows.all()]
    assert any("ix_inbox_new" in line for line in plan)
    # Each way to the table itself is by a key.
    assert not any("Seq Scan" in line or "SCAN inbox'" in line for line in plan), plan
