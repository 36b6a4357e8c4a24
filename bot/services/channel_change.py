"""Setting a channel: each change knows what was before, stands in the log, and can be undone for a day.

Who calls holds the channel (:func:`bot.services.admins.require_steward`): two who set the same thing come one
after the other, and the later one is told what the earlier one did. See
docs/decisions/0101-who-may-set-what.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat.message import Message, say
from bot.domain.cadence import Cadence, announcement
from bot.domain.channel import Channel
from bot.domain.channel_rules import LONGEST_GAP_DAYS, MOST_A_MONTH, Act, ChannelState, Setting, Values
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, PlaceId, RoundId
from bot.domain.round import RoundState
from bot.i18n.text import text
from bot.services import channel as channels
from bot.services import channel_words as words
from bot.services import place as places
from bot.services import round as rounds
from bot.services import topic_undo
from bot.store import admins as admin_store
from bot.store import audit, channel_code, due, outbox
from bot.store import channel as store
from bot.store import channel_change as log
from bot.store import round as round_store
from bot.store.channel_change import Change
from bot.store.outbox import Lane
from bot.store.work import Work

UNDO = timedelta(hours=24)
_LATELY = timedelta(hours=1)
"""Somebody who sets what another one set so lately may not know of it."""
CLEAR = "channel-clear"
"""Kind of the due thing that forgets who took part in a stopped channel; its subject is the channel."""


_STATE_TOLD = {
    ChannelState.RUNNING: text("steward-told-running"),
    ChannelState.PAUSED: text("steward-told-paused"),
    ChannelState.STOPPED: text("steward-told-stopped"),
}
_UNDOABLE = frozenset(
    {Act.SET, Act.SKIP, Act.BOUND, Act.STEWARD_ASKED, Act.STEWARD_OUT, Act.CODE_OFF, *topic_undo.UNDOABLE}
)
_NO_CHANGE = frozenset({Act.TOPIC_NEW, Act.OPENED, Act.STEWARD_IN})
"""Nobody means these by their last change: they set nothing, or come when another says yes."""


@dataclass(frozen=True)
class Made:
    """A change as it was made. ``meanwhile`` is what somebody else set lately, and this took the place of."""

    change: Change
    channel: Channel
    meanwhile: Change | None = None


async def change(work: Work, channel: Channel, by: OfficialId, values: Values) -> Made:
    """Set these settings. Raises :class:`KoffieError` where that cannot be, or nothing would change."""
    if channel.state is ChannelState.STOPPED:
        raise KoffieError(text("steward-stopped", channel=await words.name(work, channel)))
    before = _of(channel, values)
    if before == dict(values):
        raise KoffieError(text("steward-same"))
    _check(work, values)
    meanwhile = await _meanwhile(work, channel, by, values)
    made = await _put(work, channel, by, Act.SET, values, before)
    return Made(made.change, made.channel, meanwhile)


def _of(channel: Channel, names: Values) -> dict[Setting, Any]:
    every = store.values_of(channel)
    return {name: every[name] for name in names}


def _check(work: Work, values: Values) -> None:
    gap, most, layers = values.get(Setting.GAP), values.get(Setting.MONTH), values.get(Setting.LAYERS)
    least = work.rules.koffie_gap_days
    if gap is not None and not least <= gap <= LONGEST_GAP_DAYS:
        raise KoffieError(text("steward-gap-range", least=least, most=LONGEST_GAP_DAYS))
    if most is not None and most not in MOST_A_MONTH:
        raise KoffieError(text("steward-month-range", least=MOST_A_MONTH[0], most=MOST_A_MONTH[-1]))
    if layers is not None and len(layers) == 1:
        raise KoffieError(text("steward-layers-one"))


async def _meanwhile(work: Work, channel: Channel, by: OfficialId, values: Values) -> Change | None:
    lately = await log.since(work, channel.id, work.now - _LATELY)
    last = next((one for one in lately if one.after.keys() & values.keys()), None)
    return None if last is None or last.by == by else last


async def _put(
    work: Work, channel: Channel, by: OfficialId, act: Act, values: Values, before: Values
) -> Made:
    made = await store.put(work, channel, values)
    off = await _follow(work, channel, made)
    change = await log.add(work, channel.id, act, by, before=before, after=values, rounds=off)
    await audit.record(work, f"channel-{act}", actor=by, subject=channel.id)
    await _tell_state(work, channel, made, str(change.id))
    if made.state is ChannelState.STOPPED:
        await due.schedule(work, f"{CLEAR}:{change.id}", CLEAR, work.now + UNDO, channel.id)
    return Made(change, await _now(work, made))


async def _now(work: Work, channel: Channel) -> Channel:
    found = await store.get(work, channel.id, lock=True)
    return channel if found is None else found


async def rhythm(work: Work, channel: Channel, cadence: Cadence) -> Values:
    """What is to be set for this rhythm. Raises :class:`KoffieError` for one that cannot be."""
    return {Setting.RHYTHM: store.stored(await channels.fitting(work, channel, cadence))}


# What follows from a change.


async def _follow(work: Work, was: Channel, now: Channel) -> list[RoundId]:
    """Plan the next round anew, and call off those that are announced for a day of rest."""
    if (was.cadence, was.state, was.resumes_on) == (now.cadence, now.state, now.resumes_on):
        return []
    await channels.schedule_next(work, now.id, work.now)
    waiting = await round_store.of_channel(work, now.id, RoundState.ANNOUNCED)
    off = [one.id for one in waiting if now.rests(work.hours.local_date(one.at))]
    for number in off:
        await rounds.call_off(work, number)
    return off


async def _tell_state(work: Work, was: Channel, now: Channel, key: str) -> None:
    """Everybody in the channel reads once that rounds rest, go on or are over."""
    if (was.state, was.resumes_on) == (now.state, now.resumes_on):
        return
    if now.resumes_on is not None:
        line = text("steward-told-paused-until", last=now.resumes_on - timedelta(days=1))
    else:
        line = _STATE_TOLD[now.state]
    await _tell(work, now, say(line), key)


async def _tell(work: Work, channel: Channel, message: Message, key: str) -> None:
    for number, place in enumerate(await store.places(work, channel.id)):
        business_key = f"{_word_key(channel, key)}{number}"
        await outbox.post(work, place, message, Lane.UNASKED, business_key=business_key)


def _word_key(channel: Channel, key: str) -> str:
    return f"channel-word:{channel.id}:{key}:"


# One round.


async def skip(work: Work, channel: Channel, by: OfficialId) -> tuple[Made, datetime]:
    """The next round is not held; returns when it would have been. Raises :class:`KoffieError`."""
    waiting = await rounds.announced(work, channel) or await rounds.announced(work, channel, one_day=True)
    if waiting is not None:
        number, moment = waiting.id, waiting.at
        await rounds.call_off(work, number)
    elif channel.next_at is not None and not channel.rests(work.hours.local_date(channel.next_at)):
        moment = channel.next_at
        added = await round_store.skip(work, channel.id, moment)
        if added is None:
            raise KoffieError(text("steward-skip-none"))
        number = added
        await channels.schedule_next(work, channel.id, moment)
    else:
        raise KoffieError(text("steward-skip-none"))
    change = await log.add(work, channel.id, Act.SKIP, by, rounds=[number])
    await audit.record(work, "channel-skip", actor=by, subject=channel.id)
    now = await _now(work, channel)
    following = await rounds.next_moment(work, now)
    lines = [text("steward-told-skipped", moment=moment)]
    if following is not None:
        lines.append(text("steward-told-next", moment=following))
    await _tell(work, channel, say(*lines), str(change.id))
    return Made(change, now), moment


async def _revive(work: Work, channel: Channel, numbers: Sequence[RoundId]) -> list[datetime]:
    """Hold rounds after all that were called off and are still ahead; returns their moments."""
    revived = []
    for number in numbers:
        one = await round_store.get(work, number, lock=True)
        if one is None or one.state is not RoundState.SKIPPED or one.at <= work.now:
            continue
        if channel.rests(work.hours.local_date(one.at)):
            continue
        if await due.noted(work, f"{rounds.PLAN}:{number}"):
            await rounds.hold_after_all(work, channel, one)
        elif announcement(one.at, channels.hours_of_rounds(work)) <= work.now:
            continue
        else:
            await round_store.forget(work, number)
            await channels.schedule_next(work, channel.id, work.now)
        revived.append(one.at)
    return revived


# Taking back.


async def undo_last(work: Work, channel: Channel, by: OfficialId) -> Made:
    """Undo the last change that this person made. Raises :class:`KoffieError` as :func:`undo` does.

    What has a way back of its own is named with it: an earlier change is not meant.
    """
    lately = await log.since(work, channel.id, work.now - UNDO)
    mine = next((one for one in lately if one.by == by and not _is_no_change(one)), None)
    if mine is None:
        raise KoffieError(text("steward-undo-none"))
    if mine.act not in _UNDOABLE:
        did = text("steward-did", act=mine.act)
        raise KoffieError(text("steward-undo-otherwise", what=did, act=mine.act))
    return await undo(work, channel, mine, by)


def _is_no_change(change: Change) -> bool:
    """A place that is made for a channel is none either: the channel stops, the place stays its people's."""
    return change.act in _NO_CHANGE or (change.act == Act.BOUND and not change.after)


async def undo(work: Work, channel: Channel, change: Change, by: OfficialId) -> Made:
    """All is as it was before this change; in ``Made`` its ``before`` and ``after`` are as they were.

    Raises :class:`KoffieError` when it is too late, was done already, or somebody changed the same since.
    """
    if change.channel != channel.id or change.act not in _UNDOABLE or _is_no_change(change):
        raise KoffieError(text("steward-undo-none"))
    if change.undone_at is not None:
        raise KoffieError(text("steward-undone-already"))
    if work.now >= change.at + UNDO:
        raise KoffieError(text("steward-undo-late"))
    made = await _put_back(work, channel, change)
    if made is None:
        raise KoffieError(text("steward-undo-changed"))
    await _follow(work, channel, made)
    revived = await _revive(work, made, change.rounds)
    if change.act == Act.SKIP and not revived:
        raise KoffieError(text("steward-undo-late"))
    # What nobody read yet, since offices are closed, needs no word that it is otherwise.
    if not await outbox.withdraw_all(work, _word_key(channel, str(change.id))):
        key = f"undo:{change.id}"
        await _tell_state(work, channel, made, key)
        for moment in revived:
            line = text("steward-told-revived", moment=moment)
            await _tell(work, made, say(line), f"{key}:{moment.isoformat()}")
    if change.steward is not None:
        await _undo_steward(work, channel, change, change.steward)
    await log.note_undone(work, change.id)
    await audit.record(work, "channel-undo", actor=by, subject=channel.id)
    return Made(change, await _now(work, made))


async def _put_back(work: Work, channel: Channel, change: Change) -> Channel | None:
    """All that a change set as it was before; ``None`` when it is not what the change made of it any more."""
    if change.act == Act.BOUND:
        number = PlaceId(change.after[Setting.PLACE])
        return channel if await places.let_go(work, channel, number) else None
    since = await log.since(work, channel.id, change.at)
    if any(one.act == Act.TOPIC_MERGED and one.id > change.id for one in since):
        # What became part of another topic brought its log: this may have been done with that one.
        return None
    match change.act, change.before, change.after:
        case act, _, _ if act in topic_undo.UNDOABLE:
            topic = channel.topic
            return channel if topic is not None and await topic_undo.put_back(work, topic, change) else None
        case Act.CODE_OFF, {Setting.CODE: was}, {Setting.CODE: became}:
            return channel if await channel_code.restore(work, channel.id, was, became) else None
    if _of(channel, change.after) != change.after:
        return None
    return await store.put(work, channel, change.before) if change.before else channel


async def _undo_steward(work: Work, channel: Channel, change: Change, other: OfficialId) -> None:
    """Who was taken out sets the channel again; who was asked does so no more, and is asked no more."""
    name = await words.name(work, channel)
    if change.act == Act.STEWARD_OUT:
        await admin_store.add_steward(work, channel.id, other)
        await outbox.post(work, other, say(text("steward-told-in", channel=name)), Lane.UNASKED)
        return
    await outbox.withdraw_all(work, question_key(work, change, other))
    since = await log.since(work, channel.id, change.at)
    said_yes = any((one.act, one.by, one.steward) == (Act.STEWARD_IN, change.by, other) for one in since)
    if said_yes and await admin_store.remove_steward(work, channel.id, other):
        await outbox.post(work, other, say(text("steward-told-out", channel=name)), Lane.UNASKED)


def question_key(work: Work, asked: Change, other: OfficialId) -> str:
    """Of the question whether somebody wants to be a steward: once a day by one person."""
    day = work.hours.local_date(asked.at)
    return f"steward:{asked.channel}:{asked.by}:{other}:{day.isoformat()}"


async def clear_stopped(work: Work, channel: Channel) -> None:
    """Forget who took part, once a stop can be undone no more."""
    lately = await log.since(work, channel.id, work.now - UNDO)
    again = any(one.at > work.now - UNDO and Setting.STATE in one.after for one in lately)
    if channel.state is ChannelState.STOPPED and not again:
        await store.clear_stopped(work, channel.id)
