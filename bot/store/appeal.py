"""Calls in the channel of an opgave, to and from rows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, select, update

from bot.domain.appeal import Appeal, AppealState
from bot.domain.ids import AppealId, ChannelId, OfficialId
from bot.domain.layer import Layer
from bot.store import tables
from bot.store.dialect import insert_into
from bot.store.work import Work

_row = tables.Appeal


async def add(
    work: Work, asker: OfficialId, channel: ChannelId, layers: Sequence[Layer], until: datetime, week: date
) -> Appeal | None:
    """A new call; ``None`` when this official made one in that week already."""
    statement = (
        insert_into(work, _row)
        .values(
            asker_id=asker,
            channel_id=channel,
            layers=list(layers),
            week=week,
            made_at=work.now,
            until=until,
            state=AppealState.OPEN,
            posts=[],
        )
        .on_conflict_do_nothing(index_elements=["asker_id", "week"])
        .returning(_row.id)
    )
    made = (await work.session.execute(statement)).scalar_one_or_none()
    if made is None:
        return None
    return Appeal(AppealId(made), asker, channel, tuple(layers), until, AppealState.OPEN)


async def has_made_one(work: Work, asker: OfficialId, week: date) -> bool:
    """Whether this official made a call in the week of that Monday."""
    made = await work.session.execute(select(_row.id).where(_row.asker_id == asker, _row.week == week))
    return made.scalar_one_or_none() is not None


async def note_posts(work: Work, appeal: AppealId, posts: Sequence[str]) -> None:
    await work.session.execute(update(_row).where(_row.id == appeal).values(posts=list(posts)))


async def take(work: Work, appeal: AppealId) -> Appeal | None:
    """A call to change: nobody else changes it until this unit of work is over."""
    found = await _load(work, select(_row).where(_row.id == appeal).with_for_update())
    return found[0] if found else None


async def open_of(work: Work, asker: OfficialId, *, lock: bool = False) -> list[Appeal]:
    """The calls of an official that were not settled; with ``lock`` to change them."""
    statement = select(_row).where(_row.asker_id == asker, _row.state == AppealState.OPEN).order_by(_row.id)
    return await _load(work, statement.with_for_update() if lock else statement)


async def running(work: Work) -> list[Appeal]:
    """All calls that can be answered now, the oldest first."""
    return await _load(
        work, select(_row).where(_row.state == AppealState.OPEN, _row.until > work.now).order_by(_row.id)
    )


async def settle(work: Work, appeal: AppealId, state: AppealState) -> None:
    await work.session.execute(update(_row).where(_row.id == appeal).values(state=state))


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget calls of long ago."""
    await work.session.execute(delete(_row).where(_row.made_at < work.now - older_than))


async def _load(work: Work, statement: Select[tables.Appeal]) -> list[Appeal]:
    rows = (await work.session.execute(statement.execution_options(populate_existing=True))).scalars()
    return [
        Appeal(
            id=AppealId(row.id),
            asker=OfficialId(row.asker_id),
            channel=ChannelId(row.channel_id),
            layers=tuple(Layer(layer) for layer in row.layers),
            until=row.until,
            state=AppealState(row.state),
            posts=tuple(row.posts),
        )
        for row in rows
    ]
