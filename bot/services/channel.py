"""Topic channels: setting one up, its rhythm, and who takes part in its rounds."""

from dataclasses import replace
from datetime import datetime, time

from bot.chat.address import Address, Conversation
from bot.domain.cadence import ByHand, Cadence, MonthlyOnDay, Weekly, announcement, next_announced_round
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId, TopicId
from bot.domain.pause import Switch
from bot.domain.profile import DAYS
from bot.domain.round import RoundState
from bot.domain.working_time import OfficeHours, Recess
from bot.i18n.text import text
from bot.services import admins, pause
from bot.services import channel_words as words
from bot.services import place as places
from bot.store import admins as admin_store
from bot.store import audit, due
from bot.store import channel as store
from bot.store import channel_change as log
from bot.store import place as place_store
from bot.store import round as rounds
from bot.store import topic as topics
from bot.store.channel_change import Change
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

    Who opens it becomes its steward; also of one that has none. One that was stopped begins anew. Raises
    :class:`KoffieError` while a stop can still be undone.
    """
    channel, new = await store.make(work, topic)
    mine = await admin_store.stewards(work, channel.id)
    if channel.state is ChannelState.STOPPED:
        if mine:
            raise KoffieError(text("channel-stopped-lately", channel=await words.name(work, channel)))
        channel = await store.put(work, channel, store.values_of(channel.anew()))
    if new:
        await audit.record(work, "channel-new", actor=by, subject=channel.id)
    if not mine:
        await _note_proposal(work, channel, by)
        await log.add(work, channel.id, Act.OPENED, by)
        await admin_store.add_steward(work, channel.id, by)
    return channel


async def _note_proposal(work: Work, channel: Channel, by: OfficialId) -> None:
    """The log begins with the proposal of its topic, where that was an act of who sets the channel."""
    kept = None if channel.topic is None else await topics.get(work, channel.topic)
    if kept is None or kept.proposed_by is None:
        return
    at = await audit.moment_of(work, "topic-new", kept.proposed_by, kept.id)
    if at is not None and kept.proposed_by in {by, *await admins.everyone(work)}:
        await log.add(work, channel.id, Act.TOPIC_NEW, kept.proposed_by, at=at)


async def bind(
    work: Work, channel: Channel, place: Conversation, by: OfficialId, *, moves_in: bool = False
) -> Change:
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
    change = await log.add(work, channel.id, Act.BOUND, by, after={Setting.PLACE: number})
    await places.tell_stewards(work, channel, by)
    if moves_in:
        await places.adopt(work, channel, place, by)
    else:
        await places.welcome(work, channel, number, place)
    return change


async def let_go(work: Work, channel: Channel, place: Conversation, by: OfficialId) -> None:
    """This conversation belongs to the channel no longer; who takes part stays."""
    bound = await place_store.at(work, place)
    if bound is not None and await places.let_go(work, channel, bound.id):
        await audit.record(work, "channel-let-go", actor=by, subject=channel.id)
        await log.add(work, channel.id, Act.LET_GO, by)


async def fitting(work: Work, channel: Channel, cadence: Cadence) -> Cadence:
    """The rhythm as it is kept for a channel; the same as the one there is stays that one.

    Raises :class:`KoffieError` for a time at which nobody is in office, and where nobody would be told: a
    round that nobody is told of beforehand cannot be sat out.
    """
    if isinstance(cadence, ByHand):
        return cadence
    _refuse_closed(work, cadence.at, None if isinstance(cadence, MonthlyOnDay) else cadence.weekday)
    if not await store.places(work, channel.id):
        raise KoffieError(text("round-no-place"))
    if not isinstance(cadence, Weekly):
        return cadence
    kept = channel.cadence
    if isinstance(kept, Weekly) and replace(cadence, since=kept.since) == kept:
        return kept
    # The weeks are counted from the first one that can be announced in time.
    first = next_announced_round(replace(cadence, weeks=1), work.now, hours_of_rounds(work))
    return cadence if first is None else replace(cadence, since=work.hours.local_date(first))


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
    """Note the first round behind a moment, and behind a pause, that can still be announced in time.

    One that was skipped stays so, whatever else is set.
    """
    known = await store.get(work, channel, lock=True)
    if known is None:
        return None
    if known.next_at is not None:
        await due.cancel(work, _announce_key(known, known.next_at))
    hours = hours_of_rounds(work)
    topic = await words.topic_of(work, known)
    open_now = known.topic is None or (topic is not None and topic.id == known.topic)
    moment = None
    if open_now and (known.state is ChannelState.RUNNING or known.resumes_on is not None):
        back = None if known.resumes_on is None else hours.midnight(known.resumes_on)
        off = {one.at for one in await rounds.of_channel(work, channel, RoundState.SKIPPED)}
        moment = next_announced_round(known.cadence, after, hours, back)
        while moment in off:
            moment = next_announced_round(known.cadence, moment, hours, back)
    await store.set_next(work, channel, moment)
    if moment is not None:
        at = announcement(moment, hours)
        await due.schedule(work, _announce_key(known, moment), ANNOUNCE, at, channel)
    return moment


async def cancel_next(work: Work, channel: ChannelId) -> None:
    """No further round is announced by itself; the rhythm stays."""
    known = await store.get(work, channel, lock=True)
    if known is not None and known.next_at is not None:
        await due.cancel(work, _announce_key(known, known.next_at))
        await store.set_next(work, channel, None)


def _announce_key(channel: Channel, moment: datetime) -> str:
    return f"{ANNOUNCE}:{channel.id}:{moment.isoformat()}"


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
