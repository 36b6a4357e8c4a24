"""What an answer costs: each statement is a round trip to the database, and most of the time it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.store.database import Database
from tests.support.desk import Desk

MOST = {"sqlite": 13, "postgresql": 11}
"""To keep the event, take it out, know who asks, look up (four), keep the answer and its choices, see what
its reader may, and record that it stands. SQLite needs a statement for each change; BEGIN and COMMIT come on
top."""


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What the database was asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    engines = [engine.sync_engine for engine in (database._writer, database._reader)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def test_a_look_up_that_was_asked_before(desk: Desk, database: Database, database_kind: str) -> None:
    question = "wie-ken-ik stikstof waterschap"
    await desk.joins("anna")
    await desk.joins("bram", "waterschap De Dommel")
    first = await desk.says("anna", question)
    bench = desk.bench
    await bench.act("anna", type="said", text="/" + question)
    with statements(database) as asked:
        assert await bench.dispatcher.handle_next()
        assert await bench.deliverer.send_next()
    assert bench.seen("anna")[-1] == first
    # One more kept the event.
    assert len(asked) + 1 <= MOST[database_kind], "\n".join(asked)
    assert not any("SAVEPOINT" in one for one in asked)
