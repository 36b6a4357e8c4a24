"""Due times: facts about when something has to happen, as rows of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.dialect import either
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


_CORE = Due.metadata.tables[Due.__tablename__]
# Put together once: each look of the clock asks for these.
_OPEN = (
    _CORE.c.fired_at.is_(None),
    _CORE.c.kind.in_(bindparam("kinds", expanding=True)),
    _CORE.c.failures < MOST_FAILURES,
)
_NEXT = (
    select(_CORE.c.id, _CORE.c.key, _CORE.c.kind, _CORE.c.subject, _CORE.c.due_at)
    .where(*_OPEN, _CORE.c.due_at <= bindparam("now"))
    .order_by(_CORE.c.due_at, _CORE.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_FIRE = update(_CORE).where(_CORE.c.id == bindparam("row")).values(fired_at=bindparam("at"))
_SCHEDULE = either(
    lambda insert: insert(_CORE).on_conflict_do_nothing(index_elements=["key"]).returning(_CORE.c.id)
)
_NEXT_AT = select(func.min(_CORE.c.due_at)).where(*_OPEN)


async def schedule(work: Work, key: str, kind: str, due_at: datetime, subject: int = 0) -> bool:
    """Note that ``kind`` is due at a moment; once a key, ever. Tells whether it is new."""
    row = {"key": key, "kind": kind, "subject": subject, "due_at": due_at, "failures": 0}
    return (await work.session.execute(_SCHEDULE(work), row)).scalar_one_or_none() is not None


async def noted(work: Work, key: str) -> bool:
    """Whether a thing was ever scheduled under this key, done or not."""
    return (await work.session.execute(select(Due.id).where(Due.key == key))).scalar_one_or_none() is not None


async def cancel(work: Work, key: str) -> None:
    await work.session.execute(delete(Due).where(Due.key == key, Due.fired_at.is_(None)))


async def cancel_about(work: Work, kind: str, subject: int) -> None:
    """All that is to come of a kind about one thing, whatever its keys."""
    await work.session.execute(
        delete(Due).where(Due.kind == kind, Due.subject == subject, Due.fired_at.is_(None))
    )


async def take(work: Work, kinds: Sequence[str]) -> DueThing | None:
    """The next due thing of these kinds, locked and marked fired in this transaction."""
    row = (await work.session.execute(_NEXT, {"kinds": list(kinds), "now": work.now})).one_or_none()
    if row is None:
        return None
    await work.session.execute(_FIRE, {"row": row.id, "at": work.now})
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
    moment: datetime | None = (await work.session.execute(_NEXT_AT, {"kinds": list(kinds)})).scalar_one()
    return moment


async def stuck(work: Work) -> int:
    """How many due things were set aside, for the check."""
    rows = await work.session.execute(
        select(func.count()).select_from(Due).where(Due.fired_at.is_(None), Due.failures >= MOST_FAILURES)
    )
    return rows.scalar_one()


async def clear(work: Work, older_than: timedelta) -> None:
    await work.session.execute(delete(Due).where(Due.fired_at < work.now - older_than))
