"""Who may set up channels: admins every one, stewards their own."""

from sqlalchemy import delete, exists, select

from bot.domain.ids import ChannelId, OfficialId
from bot.store.dialect import insert_into
from bot.store.tables import Admin, ChannelSteward
from bot.store.work import Work


async def add_admin(work: Work, official: OfficialId) -> bool:
    """Somebody may set up every channel from now on; false when they might already."""
    statement = (
        insert_into(work, Admin)
        .values(official_id=official, since=work.now)
        .on_conflict_do_nothing(index_elements=["official_id"])
        .returning(Admin.official_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def remove_admin(work: Work, official: OfficialId) -> bool:
    """Somebody is no admin any more; false when they were not made one."""
    statement = delete(Admin).where(Admin.official_id == official).returning(Admin.official_id)
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def admins(work: Work) -> list[OfficialId]:
    """Those who were made admin."""
    rows = await work.session.execute(select(Admin.official_id).order_by(Admin.official_id))
    return [OfficialId(official) for official in rows.scalars()]


async def is_admin(work: Work, official: OfficialId) -> bool:
    """Whether somebody was made admin."""
    found = await work.session.execute(select(exists().where(Admin.official_id == official)))
    return bool(found.scalar_one())


async def add_steward(work: Work, channel: ChannelId, official: OfficialId) -> bool:
    """Somebody may set up this channel from now on; false when they might already."""
    statement = (
        insert_into(work, ChannelSteward)
        .values(channel_id=channel, official_id=official, since=work.now)
        .on_conflict_do_nothing(index_elements=["channel_id", "official_id"])
        .returning(ChannelSteward.official_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def remove_steward(work: Work, channel: ChannelId, official: OfficialId) -> bool:
    """Somebody may set up this channel no longer; false when they might not."""
    row = ChannelSteward
    statement = (
        delete(row).where(row.channel_id == channel, row.official_id == official).returning(row.official_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def stewards(work: Work, channel: ChannelId) -> list[OfficialId]:
    """Those of one channel, the first first."""
    row = ChannelSteward
    rows = await work.session.execute(
        select(row.official_id).where(row.channel_id == channel).order_by(row.since, row.official_id)
    )
    return [OfficialId(official) for official in rows.scalars()]


async def stewarded(work: Work, official: OfficialId) -> list[ChannelId]:
    """The channels of which somebody is a steward, the oldest first."""
    row = ChannelSteward
    rows = await work.session.execute(
        select(row.channel_id).where(row.official_id == official).order_by(row.channel_id)
    )
    return [ChannelId(channel) for channel in rows.scalars()]
