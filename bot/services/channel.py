"""Topic channels: setting one up, its rhythm, and who takes part in its rounds."""

from dataclasses import replace
from datetime import datetime, time

from bot.chat.address import Address, Conversation
from bot.domain.cadence import ByHand, Cadence, MonthlyOnDay, Weekly, announcement, next_announced_round
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId, TopicId
from bot.domain.pause import Switch
from bot.domain.profile import DAYS
from bot.domain.working_time import OfficeHours, Recess
from bot.i18n.text import text
from bot.services import channel_words as words
from bot.services import pause
from bot.services import place as places
from bot.store import admins as admin_store
from bot.store import audit, due
from bot.store import channel as store
from bot.store.work import Work

ANNOUNCE = "round-announce"
"""Kind of the due thing; its subject is a channel."""


def hours_of_rounds(work: Work) -> OfficeHours:
    """Office hours in which a recess counts as closed: people can be asked then, but no round is held."""
    hours = work.hours
    return OfficeHours(
        hours.zone,
        hours.start,
        hours.end,
        hours.country,
        tuple(Recess(*days) for days in work.rules.recess_days),
    )


async def here(work: Work, where: Address) -> Channel | None:
    """The channel of the conversation in which something was said."""
    return await store.at_place(work, where) if isinstance(where, Conversation) else None


async def make(work: Work, topic: TopicId | None, by: OfficialId) -> Channel:
    """The channel of a topic, made when there is none: its rounds are then held by hand.

    Who opens it becomes its steward; also of one that has none.
    """
    channel, new = await store.make(work, topic)
    if new:
        await audit.record(work, "channel-new", actor=by, subject=channel.id)
    if not await admin_store.stewards(work, channel.id):
        await admin_store.add_steward(work, channel.id, by)
    return channel


async def bind(
    work: Work, channel: Channel, place: Conversation, by: OfficialId, *, moves_in: bool = False
) -> None:
    """This conversation belongs to the channel from now on: everybody there reads what that means.

    ``moves_in``: the platform lets the bot in first, and who bound it hears what came of that. Raises
    :class:`KoffieError` when it belongs to one already.
    """
    place = place.model_copy(update={"thread": None, "account": None})
    bound = await store.at_place(work, place)
    if bound is not None:
        key = "channel-bound-already" if bound.id == channel.id else "channel-bound-elsewhere"
        raise KoffieError(text(key, channel=await words.name(work, bound)))
    number = await store.bind(work, channel.id, place)
    if number is None:
        raise KoffieError(text("channel-bound-already", channel=await words.name(work, channel)))
    await audit.record(work, "channel-bind", actor=by, subject=channel.id)
    if moves_in:
        await places.adopt(work, channel, place, by)
    else:
        await places.welcome(work, channel, number, place)


async def set_rhythm(work: Work, channel: ChannelId, cadence: Cadence, by: OfficialId) -> datetime | None:
    """When rounds are held from now on; returns the first one, ``None`` when they are held by hand.

    A round that was announced is held as announced. Raises :class:`KoffieError` for a time at which nobody is
    in office.
    """
    if not isinstance(cadence, ByHand):
        _refuse_closed(work, cadence.at, None if isinstance(cadence, MonthlyOnDay) else cadence.weekday)
    known = await store.get(work, channel, lock=True)
    if known is None:
        raise KoffieError(text("channel-gone"))
    if not isinstance(cadence, ByHand) and not await store.places(work, channel):
        # A round that nobody is told of beforehand cannot be sat out.
        raise KoffieError(text("round-no-place"))
    if isinstance(cadence, Weekly):
        # The weeks are counted from the first one that can be announced in time.
        first = next_announced_round(replace(cadence, weeks=1), work.now, hours_of_rounds(work))
        cadence = cadence if first is None else replace(cadence, since=work.hours.local_date(first))
    await store.set_rhythm(work, channel, cadence)
    await audit.record(work, "channel-rhythm", actor=by, subject=channel)
    return await schedule_next(work, channel, work.now)


def _refuse_closed(work: Work, at: time, weekday: int | None) -> None:
    if weekday is not None and weekday >= len(DAYS):
        raise KoffieError(text("channel-rhythm-weekend"))
    if not work.hours.start <= at < work.hours.end:
        raise KoffieError(
            text(
                "channel-rhythm-closed",
                opens=words.clock(work.hours.start),
                closes=words.clock(work.hours.end),
            )
        )


async def schedule_next(work: Work, channel: ChannelId, after: datetime) -> datetime | None:
    """Note the first round behind a moment that can still be announced in time."""
    known = await store.get(work, channel, lock=True)
    if known is None:
        return None
    if known.next_at is not None:
        await due.cancel(work, _announce_key(known, known.next_at))
    hours = hours_of_rounds(work)
    moment = next_announced_round(known.cadence, after, hours)
    await store.set_next(work, channel, moment)
    if moment is not None:
        at = announcement(moment, hours)
        await due.schedule(work, _announce_key(known, moment), ANNOUNCE, at, channel)
    return moment


def _announce_key(channel: Channel, moment: datetime) -> str:
    return f"{ANNOUNCE}:{channel.id}:{moment.isoformat()}"


async def set_group_size(work: Work, channel: ChannelId, size: int, by: OfficialId) -> None:
    """How many sit at one table from now on."""
    await store.set_group_size(work, channel, size)
    await audit.record(work, "channel-group", actor=by, subject=channel)


# Who takes part.


async def join(work: Work, channel: Channel, official: OfficialId) -> bool:
    """Somebody takes part in the rounds from now on, also when rounds were paused; false when they did."""
    await pause.go_on(work, official, [Switch.ROUNDS])
    return await store.join(work, channel.id, official)


async def leave(work: Work, channel: Channel, official: OfficialId) -> bool:
    """Somebody takes part no longer; what was asked already stays open. False when they did not."""
    return await store.leave(work, channel.id, official)


async def left_place(work: Work, place: Conversation, official: OfficialId) -> None:
    """Somebody left a conversation: they leave the rounds of its channel."""
    channel = await store.at_place(work, place)
    if channel is not None:
        await leave(work, channel, official)
