"""Small wins: one line after a koffie, sealed, and shown to others only when all at the table agree (P39)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from bot.domain.ids import KoffieId, OfficialId, TopicId
from bot.store.dialect import insert_into
from bot.store.tables import Koffie, SmallWin
from bot.store.work import Work


@dataclass(frozen=True)
class Win:
    """Whose line after which koffie; the words are read when they are shown."""

    koffie: KoffieId
    by: OfficialId
    agreed_by: frozenset[OfficialId]
    agreed: bool


async def add(work: Work, koffie: KoffieId, by: OfficialId, line: str) -> bool:
    """Keep a line; false when this koffie has one already."""
    sealed = work.vault.seal(line.encode(), "small_win", "sealed", koffie)
    statement = (
        insert_into(work, SmallWin)
        .values(koffie_id=koffie, by_id=by, sealed=sealed, written_at=work.now, agreed_by=[], agreed_at=None)
        .on_conflict_do_nothing(index_elements=["koffie_id"])
        .returning(SmallWin.id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def take(work: Work, koffie: KoffieId) -> Win | None:
    """The line of a koffie, to be changed."""
    found = await work.session.execute(
        select(SmallWin.koffie_id, SmallWin.by_id, SmallWin.agreed_by, SmallWin.agreed_at)
        .where(SmallWin.koffie_id == koffie)
        .with_for_update()
    )
    row = found.one_or_none()
    if row is None:
        return None
    agreed_by = frozenset(OfficialId(official) for official in row.agreed_by)
    return Win(koffie, OfficialId(row.by_id), agreed_by, row.agreed_at is not None)


async def agree(work: Work, win: Win, official: OfficialId, *, last: bool) -> None:
    """One more agrees; ``last``: now all do, and it may be shown."""
    await work.session.execute(
        update(SmallWin)
        .where(SmallWin.koffie_id == win.koffie)
        .values(agreed_by=sorted({*win.agreed_by, official}), agreed_at=work.now if last else None)
    )


async def remove(work: Work, koffie: KoffieId) -> None:
    await work.session.execute(delete(SmallWin).where(SmallWin.koffie_id == koffie))


async def latest(work: Work, limit: int) -> list[tuple[KoffieId, OfficialId]]:
    """The latest that all agreed to: which koffie's, and by whom."""
    rows = await work.session.execute(
        select(SmallWin.koffie_id, SmallWin.by_id)
        .where(SmallWin.agreed_at.is_not(None))
        .order_by(SmallWin.agreed_at.desc(), SmallWin.id.desc())
        .limit(limit)
    )
    return [(KoffieId(koffie), OfficialId(by)) for koffie, by in rows]


async def of_topic(
    work: Work, topic: TopicId, since: datetime, limit: int
) -> list[tuple[KoffieId, OfficialId]]:
    """As :func:`latest`, of koffies on a topic, agreed to since a moment."""
    rows = await work.session.execute(
        select(SmallWin.koffie_id, SmallWin.by_id)
        .join(Koffie, Koffie.id == SmallWin.koffie_id)
        .where(Koffie.topic_id == topic, SmallWin.agreed_at >= since)
        .order_by(SmallWin.agreed_at.desc(), SmallWin.id.desc())
        .limit(limit)
    )
    return [(KoffieId(koffie), OfficialId(by)) for koffie, by in rows]


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what was agreed to, or never was, longer ago."""
    old = work.now - older_than
    await work.session.execute(delete(SmallWin).where(SmallWin.written_at < old))
