"""How the clockwork is doing, in counts: for the check."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from bot.store.dialect import is_sqlite
from bot.store.due import MOST_FAILURES, stuck
from bot.store.tables import Due, Inbox, Outbox
from bot.store.work import Work

FAULTS = ("text", "unreadable", "empty")
"""Reasons of the outbox that are a fault of the program, not of the recipient or the moment."""


@dataclass(frozen=True)
class Health:
    """``behind`` counts what should have been done by a moment ago; ``behind_since`` is the oldest of it."""

    behind: int
    behind_since: datetime | None
    failed: int
    unknown: int
    faulty: int
    set_aside: int
    newest: datetime | None
    server_now: datetime | None


async def health(work: Work, patience: timedelta, recent: timedelta) -> Health:
    """Counts of now. Events that failed are counted over the ``recent`` past."""
    before = work.now - patience
    late = [
        await _late(work, Inbox.arrived_at, select().where(Inbox.state == "new", Inbox.arrived_at < before)),
        await _late(
            work, Outbox.not_before, select().where(Outbox.state == "pending", Outbox.not_before < before)
        ),
        await _late(
            work,
            Due.due_at,
            select().where(Due.fired_at.is_(None), Due.due_at < before, Due.failures < MOST_FAILURES),
        ),
    ]
    return Health(
        behind=sum(count for count, _ in late),
        behind_since=min((since for _, since in late if since is not None), default=None),
        failed=await _count(
            work, select(Inbox.id).where(Inbox.state == "failed", Inbox.arrived_at > work.now - recent)
        ),
        unknown=await _count(work, select(Outbox.id).where(Outbox.state == "unknown")),
        faulty=await _count(work, select(Outbox.id).where(Outbox.state == "dead", Outbox.reason.in_(FAULTS))),
        set_aside=await stuck(work),
        newest=(await work.session.execute(select(func.max(Inbox.arrived_at)))).scalar_one(),
        server_now=await _server_now(work),
    )


async def _late(work: Work, moment: Any, chosen: Select[*tuple[Any, ...]]) -> tuple[int, datetime | None]:
    row = (await work.session.execute(chosen.add_columns(func.count(), func.min(moment)))).one()
    return row[0], row[1]


async def _count(work: Work, chosen: Select[*tuple[Any, ...]]) -> int:
    counted = select(func.count()).select_from(chosen.subquery())
    return (await work.session.execute(counted)).scalar_one()


async def _server_now(work: Work) -> datetime | None:
    """The clock of the database's machine; SQLite's is our own."""
    if is_sqlite(work):
        return None
    return (await work.session.execute(select(func.now()))).scalar_one()
