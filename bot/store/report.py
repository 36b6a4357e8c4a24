"""Reports about somebody: sealed, for the operator alone (P27)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from bot.domain.ids import OfficialId
from bot.store.dialect import insert_into
from bot.store.tables import Report
from bot.store.work import Work

_PLACE = ("report", "sealed")


@dataclass(frozen=True)
class Told:
    """A report: by whom, about whom (when that could be told), and what. The words never show in a log."""

    id: int
    by: OfficialId | None
    of: OfficialId | None
    at: datetime
    words: str = field(repr=False)


async def add(work: Work, by: OfficialId, of: OfficialId | None, words: str) -> int:
    """Keep a report; returns its id."""
    made = await work.session.execute(
        insert_into(work, Report)
        .values(by_id=by, of_id=of, sealed=b"", at=work.now, read_at=None)
        .returning(Report.id)
    )
    report = made.scalar_one()
    sealed = work.vault.seal(words.encode(), *_PLACE, report)
    await work.session.execute(update(Report).where(Report.id == report).values(sealed=sealed))
    return report


async def unread(work: Work) -> list[Told]:
    """What the operator did not take in yet, oldest first."""
    rows = await work.session.execute(select(Report).where(Report.read_at.is_(None)).order_by(Report.id))
    return [
        Told(
            row.id,
            None if row.by_id is None else OfficialId(row.by_id),
            None if row.of_id is None else OfficialId(row.of_id),
            row.at,
            work.vault.open(row.sealed, *_PLACE, row.id).decode(),
        )
        for row in rows.scalars()
    ]


async def count_unread(work: Work) -> int:
    """How many the operator did not take in yet."""
    rows = select(func.count()).select_from(Report).where(Report.read_at.is_(None))
    return (await work.session.execute(rows)).scalar_one()


async def mark_read(work: Work, report: int) -> None:
    await work.session.execute(update(Report).where(Report.id == report).values(read_at=work.now))


async def forget(work: Work, official: OfficialId) -> None:
    """Part of an erasure: what one reported is gone, what others reported about one too."""
    await work.session.execute(delete(Report).where(or_(Report.by_id == official, Report.of_id == official)))


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what is older."""
    await work.session.execute(delete(Report).where(Report.at < work.now - older_than))
