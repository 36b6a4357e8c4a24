"""The places of topic channels: conversations on platforms, also those that are yet to be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update

from bot.chat.address import Account, Conversation
from bot.domain.ids import ChannelId, PlaceId
from bot.store.tables import ChannelPlace
from bot.store.work import Work


@dataclass(frozen=True)
class Place:
    """Where a channel is, or will be: ``conversation`` is empty while it is being made.

    ``welcome_key`` and ``welcome_ref`` are of the message that everybody should find there; empty until the
    bot moved in.
    """

    id: PlaceId
    channel: ChannelId
    platform: str
    tenant: str
    conversation: str | None
    name: str
    link: str
    welcome_key: str
    welcome_ref: str
    welcomed_at: datetime | None

    @property
    def at(self) -> Conversation | None:
        if self.conversation is None:
            return None
        return Conversation(platform=self.platform, tenant=self.tenant, id=self.conversation)

    @property
    def is_settled(self) -> bool:
        """Whether the bot moved in and welcomed everybody."""
        return self.welcome_key != ""

    def is_where(self, account: Account) -> bool:
        """Whether it is on the chat of an account."""
        return (self.platform, self.tenant) == (account.platform, account.tenant)


def _place(row: ChannelPlace) -> Place:
    return Place(
        PlaceId(row.id),
        ChannelId(row.channel_id),
        row.platform,
        row.tenant,
        row.conversation,
        row.name,
        row.link,
        row.welcome_key,
        row.welcome_ref,
        row.welcomed_at,
    )


async def reserve(work: Work, channel: ChannelId, platform: str, tenant: str) -> PlaceId:
    """Note that a place is to be made."""
    row = ChannelPlace(channel_id=channel, platform=platform, tenant=tenant, conversation=None)
    work.session.add(row)
    await work.session.flush()
    return PlaceId(row.id)


async def get(work: Work, place: PlaceId, *, lock: bool = False) -> Place | None:
    """A place; with ``lock`` nobody else changes it until this unit of work is over."""
    statement = select(ChannelPlace).where(ChannelPlace.id == place)
    if lock:
        statement = statement.with_for_update()
    rows = await work.session.execute(statement.execution_options(populate_existing=True))
    row = rows.scalar_one_or_none()
    return None if row is None else _place(row)


async def at(work: Work, where: Conversation) -> Place | None:
    """The place that a conversation is."""
    rows = await work.session.execute(select(ChannelPlace).where(*_is(where)))
    row = rows.scalar_one_or_none()
    return None if row is None else _place(row)


def _is(where: Conversation) -> Sequence[Any]:
    row = ChannelPlace
    return row.platform == where.platform, row.tenant == where.tenant, row.conversation == where.id


async def of_channel(work: Work, channel: ChannelId) -> list[Place]:
    """All places of a channel, the oldest first; those too that are being made."""
    statement = select(ChannelPlace).where(ChannelPlace.channel_id == channel).order_by(ChannelPlace.id)
    return [_place(row) for row in (await work.session.execute(statement)).scalars()]


async def all_settled(work: Work) -> list[Place]:
    """Every place that the bot moved in to."""
    statement = select(ChannelPlace).where(ChannelPlace.welcome_key != "").order_by(ChannelPlace.id)
    return [_place(row) for row in (await work.session.execute(statement)).scalars()]


async def opened(work: Work, place: PlaceId, where: Conversation, name: str, link: str) -> bool:
    """It was made, or moved into; false when that conversation is another place already."""
    taken = exists().where(*_is(where), ChannelPlace.id != place)
    if (await work.session.execute(select(taken))).scalar_one():
        return False
    await _change(work, place, conversation=where.id, tenant=where.tenant, name=name, link=link)
    return True


async def note_welcome(work: Work, place: PlaceId, key: str) -> None:
    """Everybody is welcomed by the message of this key."""
    await _change(work, place, welcome_key=key, welcome_ref="", welcomed_at=work.now)


async def keep_welcome(work: Work, place: PlaceId, ref: str) -> None:
    """By this ref the platform knows the welcome."""
    await _change(work, place, welcome_ref=ref)


async def _change(work: Work, place: PlaceId, **values: Any) -> None:
    await work.session.execute(update(ChannelPlace).where(ChannelPlace.id == place).values(**values))


async def remove(work: Work, place: PlaceId) -> None:
    await work.session.execute(delete(ChannelPlace).where(ChannelPlace.id == place))
