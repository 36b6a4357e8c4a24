"""Topic channels, their conversations and who takes part. Who may set them up: :mod:`bot.store.admins`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.chat.address import Conversation
from bot.domain.cadence import ByHand, Cadence, MonthlyOnDay, MonthlyOnWeekday, Weekly
from bot.domain.channel import USUAL_SIZE, Channel
from bot.domain.channel_rules import ChannelRules, ChannelState, Setting, Values
from bot.domain.ids import ChannelId, OfficialId, PlaceId, TopicId
from bot.store.dialect import batches, insert_into, take_turns
from bot.store.tables import ChannelCode, ChannelMember, ChannelPlace, ChannelSteward, Topic, TopicChannel
from bot.store.work import Work

_MAKING = 4_906_113_377_250
"""Advisory lock on PostgreSQL: there is one channel without a topic."""
_GOES_ON = TopicChannel.state != ChannelState.STOPPED
_KINDS: Mapping[str, Callable[..., Cadence]] = {
    "weekly": Weekly,
    "monthly_on_day": MonthlyOnDay,
    "monthly_on_weekday": MonthlyOnWeekday,
    "by_hand": ByHand,
}


def stored(cadence: Cadence) -> dict[str, Any]:
    """A rhythm as plain JSON."""
    kind = next(kind for kind, made in _KINDS.items() if made is type(cadence))
    values = asdict(cadence).items()
    return {"kind": kind} | {
        name: value if isinstance(value, int) else value.isoformat() for name, value in values
    }


def _cadence(stored: Mapping[str, Any]) -> Cadence:
    read: Mapping[str, Callable[[Any], Any]] = {"at": time.fromisoformat, "since": date.fromisoformat}
    values = {name: read.get(name, int)(value) for name, value in stored.items() if name != "kind"}
    return _KINDS[stored["kind"]](**values)


def _channel(row: TopicChannel) -> Channel:
    return Channel(
        id=ChannelId(row.id),
        topic=None if row.topic_id is None else TopicId(row.topic_id),
        cadence=_cadence(row.cadence),
        group_size=row.group_size,
        next_at=row.next_at,
        rules=ChannelRules.of(row.rules),
        state=ChannelState(row.state),
        resumes_on=row.resumes_on,
    )


def values_of(channel: Channel) -> dict[Setting, Any]:
    """All settings of a channel, as they are stored."""
    return {
        Setting.RHYTHM: stored(channel.cadence),
        Setting.GROUP: channel.group_size,
        Setting.STATE: channel.state.value,
        Setting.RESUMES: channel.resumes_on and channel.resumes_on.isoformat(),
        **channel.rules.stored(),
    }


def with_values(channel: Channel, values: Values) -> Channel:
    """The channel as it would be with these settings."""
    every = {**values_of(channel), **values}
    return replace(
        channel,
        cadence=_cadence(every[Setting.RHYTHM]),
        group_size=every[Setting.GROUP],
        rules=ChannelRules.of(every),
        state=ChannelState(every[Setting.STATE]),
        resumes_on=every[Setting.RESUMES] and date.fromisoformat(every[Setting.RESUMES]),
    )


async def put(work: Work, channel: Channel, values: Values) -> Channel:
    """Set these settings, as they are stored; returns the channel with them."""
    made = with_values(channel, values)
    await _change(
        work,
        channel.id,
        cadence=stored(made.cadence),
        group_size=made.group_size,
        rules=made.rules.stored(),
        state=made.state,
        resumes_on=made.resumes_on,
    )
    return made


async def make(work: Work, topic: TopicId | None) -> tuple[Channel, bool]:
    """The channel of a topic, and whether it is new: then its rounds are held by hand."""
    await take_turns(work, _MAKING)
    found = await of_topic(work, topic)
    if found is not None:
        return found, False
    row = TopicChannel(topic_id=topic, cadence=stored(ByHand()), group_size=USUAL_SIZE, made_at=work.now)
    work.session.add(row)
    await work.session.flush()
    return _channel(row), True


async def get(work: Work, channel: ChannelId, *, lock: bool = False) -> Channel | None:
    """A channel; with ``lock`` nobody else changes it until this unit of work is over."""
    statement = select(TopicChannel).where(TopicChannel.id == channel)
    if lock:
        statement = statement.with_for_update()
    row = (
        await work.session.execute(statement.execution_options(populate_existing=True))
    ).scalar_one_or_none()
    return None if row is None else _channel(row)


async def of_topic(work: Work, topic: TopicId | None) -> Channel | None:
    """The channel of a topic, or the one without."""
    same = TopicChannel.topic_id.is_(None) if topic is None else TopicChannel.topic_id == topic
    row = (await work.session.execute(select(TopicChannel).where(same))).scalar_one_or_none()
    return None if row is None else _channel(row)


async def all_of_them(work: Work) -> list[Channel]:
    """Every channel that was not stopped, the oldest first.

    Without those of topics that are closed, or part of another topic by now.
    """
    open_topic = select(Topic.id).where(Topic.id == TopicChannel.topic_id, Topic.status == "active").exists()
    offered = or_(TopicChannel.topic_id.is_(None), open_topic)
    rows = await work.session.execute(select(TopicChannel).where(_GOES_ON, offered).order_by(TopicChannel.id))
    return [_channel(row) for row in rows.scalars()]


async def at_place(work: Work, place: Conversation) -> Channel | None:
    """The channel that a conversation belongs to."""
    row = await work.session.execute(
        select(TopicChannel)
        .join(ChannelPlace, ChannelPlace.channel_id == TopicChannel.id)
        .where(
            ChannelPlace.platform == place.platform,
            ChannelPlace.tenant == place.tenant,
            ChannelPlace.conversation == place.id,
        )
    )
    found = row.scalar_one_or_none()
    return None if found is None else _channel(found)


async def bind(work: Work, channel: ChannelId, place: Conversation) -> PlaceId | None:
    """From now on a conversation belongs to a channel; ``None`` when it does already, to any."""
    statement = (
        insert_into(work, ChannelPlace)
        .values(channel_id=channel, platform=place.platform, tenant=place.tenant, conversation=place.id)
        .on_conflict_do_nothing(index_elements=["platform", "tenant", "conversation"])
        .returning(ChannelPlace.id)
    )
    number = (await work.session.execute(statement)).scalar_one_or_none()
    return None if number is None else PlaceId(number)


async def places(work: Work, channel: ChannelId) -> list[Conversation]:
    """All conversations of a channel; one that is being made is none yet."""
    rows = await work.session.execute(
        select(ChannelPlace.platform, ChannelPlace.tenant, ChannelPlace.conversation)
        .where(ChannelPlace.channel_id == channel, ChannelPlace.conversation.is_not(None))
        .order_by(ChannelPlace.id)
    )
    return [Conversation(platform=row.platform, tenant=row.tenant, id=row.conversation) for row in rows]


async def set_next(work: Work, channel: ChannelId, moment: datetime | None) -> None:
    await _change(work, channel, next_at=moment)


async def _change(work: Work, channel: ChannelId, **values: Any) -> None:
    await work.session.execute(update(TopicChannel).where(TopicChannel.id == channel).values(**values))


async def clear_stopped(work: Work, channel: ChannelId) -> None:
    """Forget who took part in a channel that was stopped, who set it up, and where it was."""
    for table in (ChannelMember, ChannelSteward, ChannelPlace, ChannelCode):
        await work.session.execute(delete(table).where(table.channel_id == channel))


# Who takes part.


async def join(work: Work, channel: ChannelId, official: OfficialId) -> bool:
    """Somebody takes part from now on; false when they did already."""
    statement = (
        insert_into(work, ChannelMember)
        .values(channel_id=channel, official_id=official, joined_at=work.now, waiting=0)
        .on_conflict_do_nothing(index_elements=["channel_id", "official_id"])
        .returning(ChannelMember.official_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def leave(work: Work, channel: ChannelId, official: OfficialId) -> bool:
    """Somebody takes part no longer; false when they did not."""
    statement = (
        delete(ChannelMember)
        .where(ChannelMember.channel_id == channel, ChannelMember.official_id == official)
        .returning(ChannelMember.official_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def joined(work: Work, official: OfficialId) -> list[Channel]:
    """The channels in whose rounds somebody takes part, the first joined first."""
    rows = await work.session.execute(
        select(TopicChannel)
        .join(ChannelMember, ChannelMember.channel_id == TopicChannel.id)
        .where(ChannelMember.official_id == official, _GOES_ON)
        .order_by(ChannelMember.joined_at, TopicChannel.id)
    )
    return [_channel(row) for row in rows.scalars()]


async def is_member(work: Work, channel: ChannelId, official: OfficialId) -> bool:
    """Whether somebody takes part in the rounds of a channel."""
    row = ChannelMember
    found = await work.session.execute(
        select(row.official_id).where(row.channel_id == channel, row.official_id == official)
    )
    return found.scalar_one_or_none() is not None


async def count_members(work: Work, channel: ChannelId) -> int:
    rows = await work.session.execute(
        select(func.count()).select_from(ChannelMember).where(ChannelMember.channel_id == channel)
    )
    return rows.scalar_one()


async def note_waiting(
    work: Work, channel: ChannelId, placed: Collection[OfficialId], left_out: Collection[OfficialId]
) -> None:
    """Who was left out waits a round longer and goes first; who was introduced waits no more."""
    mine = ChannelMember.channel_id == channel
    for some, waiting in ((placed, 0), (left_out, ChannelMember.waiting + 1)):
        for batch in batches(some):
            await work.session.execute(
                update(ChannelMember)
                .where(mine, ChannelMember.official_id.in_(batch))
                .values(waiting=waiting)
            )
