"""Claiming stays quick when thousands of messages wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event, text

from bot.store import claims
from bot.store.database import Database
from bot.store.work import Workshop
from tests.platforms.board.receive import PLATFORM


async def test_a_claim_walks_the_open_rows_in_order_and_sorts_nothing(
    workshop: Workshop, database: Database, database_kind: str
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    engine = database._writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    async with workshop.write() as work:
        assert await claims.claim(work, (PLATFORM,), timedelta(minutes=2)) is None
    event.remove(engine, "before_cursor_execute", note)
    (claim,) = [(words, values) for words, values in asked if "FROM outbox" in words]
    async with database.connection() as connection:
        if database_kind == "postgresql":
            # An empty table is read whole and sorted, whatever its indexes: this asks what could be done.
            await connection.execute(text("SET enable_seqscan = off"))
            await connection.execute(text("SET enable_bitmapscan = off"))
            await connection.execute(text("SET enable_sort = off"))
        explain = "EXPLAIN" if database_kind == "postgresql" else "EXPLAIN QUERY PLAN"
        rows = await connection.exec_driver_sql(f"{explain} {claim[0]}", claim[1])
        plan = "\n".join(map(str, rows.all()))
    assert "ix_outbox_open" in plan
    assert "ix_outbox_open_recipient" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
