"""Due times: facts about when something has to happen, as rows of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.store.dialect import insert_into
from bot.store.tables import Due
from bot.store.work import Work

MOST_FAILURES = 5
"""After so many failures a due thing is set aside and reported, so that it cannot stop the others."""


@dataclass(frozen=True)
class DueThing:
    """What is due: which job, about what."""

    id: int
    key: str
    kind: str
    subject: int
    due_at: datetime


async def schedule(work: Work, key: str, kind: str, due_at: datetime, subject: int = 0) -> bool:
    """Note that ``kind`` is due at a moment; once a key, ever. Tells whether it is new."""
    statement = (
        insert_into(work, Due)
        .values(key=key, kind=kind, subject=subject, due_at=due_at, failures=0)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Due.id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def noted(work: Work, key: str) -> bool:
    """Whether a thing was ever scheduled under this key, done or not."""
    return (await work.session.execute(select(Due.id).where(Due.key == key))).scalar_one_or_none() is not None


async def cancel(work: Work, key: str) -> None:
    await work.session.execute(delete(Due).where(Due.key == key, Due.fired_at.is_(None)))


async def take(work: Work, kinds: Sequence[str]) -> DueThing | None:
    """The next due thing of these kinds, locked and marked fired in this transaction."""
    statement = (
        select(Due.id, Due.key, Due.kind, Due.subject, Due.due_at)
        .where(
            Due.fired_at.is_(None), Due.due_at <= work.now, Due.kind.in_(kinds), Due.failures < MOST_FAILURES
        )
        .order_by(Due.due_at, Due.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await work.session.execute(statement)).one_or_none()
    if row is None:
        return None
    await work.session.execute(update(Due).where(Due.id == row.id).values(fired_at=work.now))
    return DueThing(row.id, row.key, row.kind, row.subject or 0, row.due_at)


async def failed(work: Work, thing: DueThing, again_at: datetime) -> bool:
    """Its transaction was rolled back: count that, and let it wait. False when it is set aside by now."""
    counted = await work.session.execute(
        update(Due)
        .where(Due.id == thing.id, Due.fired_at.is_(None))
        .values(failures=Due.failures + 1, due_at=again_at)
        .returning(Due.failures)
    )
    failures = counted.scalar_one_or_none()
    return failures is None or failures < MOST_FAILURES


async def next_due(work: Work, kinds: Sequence[str]) -> datetime | None:
    """When the next thing is due, for who moves the clock."""
    return (
        await work.session.execute(
            select(func.min(Due.due_at)).where(
                Due.fired_at.is_(None), Due.kind.in_(kinds), Due.failures < MOST_FAILURES
            )
        )
    ).scalar_one()


async def stuck(work: Work) -> int:
    """How many due things were set aside, for the check."""
    rows = await work.session.execute(
        select(func.count()).select_from(Due).where(Due.fired_at.is_(None), Due.failures >= MOST_FAILURES)
    )
    return rows.scalar_one()


async def clear(work: Work, older_than: timedelta) -> None:
    await work.session.execute(delete(Due).where(Due.fired_at < work.now - older_than))
