"""The log of what was set in a channel: who, when, what, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.domain.channel_rules import Act, Setting, Values
from bot.domain.ids import ChannelId, OfficialId, RoundId
from bot.store.tables import ChannelChange
from bot.store.work import Work


@dataclass(frozen=True)
class Change:
    """One act. ``by`` and ``steward`` are empty once erased; ``rounds`` were called off by it."""

    id: int
    channel: ChannelId
    at: datetime
    act: str
    by: OfficialId | None
    steward: OfficialId | None
    before: dict[Setting, Any]
    after: dict[Setting, Any]
    rounds: tuple[RoundId, ...]
    undone_at: datetime | None


def _change(row: ChannelChange) -> Change:
    return Change(
        id=row.id,
        channel=ChannelId(row.channel_id),
        at=row.at,
        act=row.act,
        by=None if row.by_id is None else OfficialId(row.by_id),
        steward=None if row.steward_id is None else OfficialId(row.steward_id),
        before={Setting(name): value for name, value in row.before.items()},
        after={Setting(name): value for name, value in row.after.items()},
        rounds=tuple(map(RoundId, row.rounds)),
        undone_at=row.undone_at,
    )


async def add(
    work: Work,
    channel: ChannelId,
    act: str,
    by: OfficialId,
    *,
    before: Values | None = None,
    after: Values | None = None,
    rounds: Sequence[RoundId] = (),
    steward: OfficialId | None = None,
    at: datetime | None = None,
) -> Change:
    """Note an act, in the unit of work of the act itself; with ``at`` one of before."""
    row = ChannelChange(
        channel_id=channel,
        at=at or work.now,
        act=act,
        by_id=by,
        steward_id=steward,
        before={str(name): value for name, value in (before or {}).items()},
        after={str(name): value for name, value in (after or {}).items()},
        rounds=list(rounds),
    )
    work.session.add(row)
    await work.session.flush()
    return _change(row)


async def get(work: Work, number: int) -> Change | None:
    """One act. Who goes by it holds its channel: nobody else undoes it meanwhile."""
    statement = select(ChannelChange).where(ChannelChange.id == number)
    row = (
        await work.session.execute(statement.execution_options(populate_existing=True))
    ).scalar_one_or_none()
    return None if row is None else _change(row)


async def latest(work: Work, channel: ChannelId, most: int) -> list[Change]:
    """The last acts in a channel, the newest first."""
    rows = await work.session.execute(
        select(ChannelChange)
        .where(ChannelChange.channel_id == channel)
        .order_by(ChannelChange.id.desc())
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return [_change(row) for row in rows.scalars()]


async def since(work: Work, channel: ChannelId, moment: datetime) -> list[Change]:
    """The acts of a channel from a moment on that stand, the newest first."""
    row = ChannelChange
    rows = await work.session.execute(
        select(row)
        .where(row.channel_id == channel, row.at >= moment, row.undone_at.is_(None))
        .order_by(row.id.desc())
    )
    return [_change(one) for one in rows.scalars()]


async def last_asked(work: Work, channel: ChannelId, by: OfficialId, steward: OfficialId) -> Change | None:
    """The last time that somebody asked another to be a steward, undone or not."""
    row = ChannelChange
    asked = (row.channel_id == channel, row.act == Act.STEWARD_ASKED, row.by_id == by)
    found = await work.session.execute(
        select(row)
        .where(*asked, row.steward_id == steward)
        .order_by(row.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    last = found.scalar_one_or_none()
    return None if last is None else _change(last)


async def note_undone(work: Work, number: int) -> None:
    """An act was undone now."""
    await work.session.execute(
        update(ChannelChange).where(ChannelChange.id == number).values(undone_at=work.now)
    )


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget acts of long ago."""
    await work.session.execute(delete(ChannelChange).where(ChannelChange.at < work.now - older_than))
