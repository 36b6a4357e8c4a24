"""In which weeks the bot spoke to somebody who had not asked anything."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from bot.domain.ids import OfficialId
from bot.store.dialect import batches, insert_into
from bot.store.tables import Opening
from bot.store.work import Work


def week_of(work: Work, moment: datetime) -> date:
    """The Monday of a moment's week, by the office's clock."""
    day = work.hours.local_date(moment)
    return day - timedelta(days=day.weekday())


async def is_taken(work: Work, official: OfficialId, moment: datetime) -> bool:
    """Whether that week has its opening message."""
    row = select(Opening.week).where(Opening.official_id == official, Opening.week == week_of(work, moment))
    return (await work.session.execute(row)).scalar_one_or_none() is not None


async def take(work: Work, official: OfficialId, moment: datetime) -> bool:
    """Take the week; false when it was taken."""
    statement = (
        insert_into(work, Opening)
        .values(official_id=official, week=week_of(work, moment))
        .on_conflict_do_nothing()
        .returning(Opening.week)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def take_all(work: Work, some: Collection[OfficialId], moment: datetime) -> set[OfficialId]:
    """Take the week for many at once; those for whom it was free."""
    week = week_of(work, moment)
    taken: set[OfficialId] = set()
    for batch in batches(some):
        statement = (
            insert_into(work, Opening)
            .values([{"official_id": official, "week": week} for official in batch])
            .on_conflict_do_nothing()
            .returning(Opening.official_id)
        )
        taken.update(map(OfficialId, (await work.session.execute(statement)).scalars()))
    return taken


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget weeks that are long over."""
    await work.session.execute(delete(Opening).where(Opening.week < work.today - older_than))
