"""The rounds of a topic channel: announced, asked, repaired once, over.

Each step is one unit of work: a process that dies in the middle leaves a whole step or none. What is to
happen when is a due thing, so that a round whose moment passed while the bot was down is held once, late, or
is skipped with a word to the admins. See docs/decisions/0071-a-round.md.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain import round as rules
from bot.domain.cadence import ByHand, announcement, late_round, next_round
from bot.domain.cadence_words import USUAL_TIME
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, KoffieId, OfficialId, RoundId
from bot.domain.koffie import Koffie, State
from bot.domain.pause import Switch
from bot.domain.round import MISSED_UNTIL_REST, Round, RoundState
from bot.i18n.text import text
from bot.services import (
    admins,
    channel_words,
    koffie_words,
    openings,
    pause,
    round_ask,
    round_plan,
    round_words,
)
from bot.services import channel as channels
from bot.services.koffie import lapse
from bot.services.koffie_ask import tell
from bot.store import audit, due, outbox
from bot.store import channel as channel_store
from bot.store import channel_change as log
from bot.store import koffie as koffie_store
from bot.store import round as store
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

PLAN, REPAIR, END = "round-plan", "round-repair", "round-end"
"""Kinds of the due things; their subject is a round."""
_SHORTEST_DAY = timedelta(hours=1)
"""A round of one day leaves at least so long to answer."""


# Announcing.


async def announce_due(work: Work, number: ChannelId) -> None:
    """The next round of a channel is to be announced.

    When the bot was down meanwhile it comes later, so that everybody has the same notice; unless it would
    then run into the one after it, which is held instead.
    """
    channel = await channel_store.get(work, number, lock=True)
    if channel is None or channel.next_at is None:
        return
    planned, hours = channel.next_at, channels.hours_of_rounds(work)
    if channel.rests(hours.local_date(planned)):
        return
    if not await channel_store.places(work, number):
        # Its last conversation was lost: a round that nobody is told of beforehand cannot be sat out.
        await channels.schedule_next(work, number, max(planned, work.now))
        return
    if hours.local_date(work.now) == hours.local_date(announcement(planned, hours)):
        await _announce(work, channel, planned)
        await channels.schedule_next(work, number, planned)
        return
    at = late_round(planned, work.now, hours)
    following = next_round(channel.cadence, planned, hours)
    if following is not None and announcement(following, hours) <= at:
        await _tell_admins(work, channel, planned)
        await channels.schedule_next(work, number, work.now)
        return
    await _announce(work, channel, at)
    await channels.schedule_next(work, number, at)


async def start(work: Work, channel: Channel, by: OfficialId) -> datetime:
    """Announce a round now, to be held two working days later. Raises :class:`KoffieError`."""
    hours = channels.hours_of_rounds(work)
    usual = USUAL_TIME if isinstance(channel.cadence, ByHand) else channel.cadence.at
    day = hours.local_date(work.now)
    wanted = datetime.combine(day, usual, hours.zone)
    return await _start(work, channel, late_round(wanted, work.now, hours), by)


async def start_today(work: Work, channel: Channel, at: datetime, by: OfficialId) -> datetime:
    """Announce a round of one day (P41), for who joins it before ``at``. Raises :class:`KoffieError`."""
    last = work.hours.closing(work.today) - _SHORTEST_DAY
    if not work.hours.is_working_day(work.today) or not work.now < at <= last:
        raise KoffieError(text("round-today-too-late"))
    return await _start(work, channel, at, by, one_day=True)


async def _start(
    work: Work, channel: Channel, at: datetime, by: OfficialId, *, one_day: bool = False
) -> datetime:
    channel = await channel_store.get(work, channel.id, lock=True) or channel
    if channel.rests(work.hours.local_date(at)):
        stopped = channel.state is ChannelState.STOPPED
        raise KoffieError(
            text(
                "steward-stopped" if stopped else "round-rests",
                channel=await channel_words.name(work, channel),
            )
        )
    waiting = await announced(work, channel, one_day=one_day)
    if waiting is not None:
        raise KoffieError(text("round-announced-already", moment=waiting.at))
    if not await channel_store.places(work, channel.id):
        raise KoffieError(text("round-no-place"))
    await _announce(work, channel, at, one_day=one_day)
    await audit.record(work, "round-start", actor=by, subject=channel.id)
    await log.add(work, channel.id, Act.ROUND_TODAY if one_day else Act.ROUND, by)
    return at


async def _announce(work: Work, channel: Channel, at: datetime, *, one_day: bool = False) -> None:
    """In the channel, not in everyone's messages."""
    made = await store.add(work, channel.id, at, one_day=one_day)
    if made is None:
        return
    await _tell_channel(work, channel, made)
    await due.schedule(work, f"{PLAN}:{made.id}", PLAN, at, made.id)


async def _tell_channel(work: Work, channel: Channel, round_: Round) -> None:
    message = await round_words.announcement(work, channel, round_)
    for number, place in enumerate(await channel_store.places(work, channel.id)):
        key = f"{_announced_key(round_.id)}{number}"
        await outbox.post(work, place, message, Lane.UNASKED, business_key=key, valid_until=round_.at)


def _announced_key(number: RoundId) -> str:
    return f"round-announced:{number}:"


async def call_off(work: Work, number: RoundId) -> None:
    """An announced round is not held; what waits for office hours to announce it is taken back."""
    await store.move_on(work, number, RoundState.SKIPPED)
    await outbox.withdraw_all(work, _announced_key(number))


async def hold_after_all(work: Work, channel: Channel, round_: Round) -> None:
    """What was called off is on again, and announced where that was taken back."""
    await store.move_on(work, round_.id, RoundState.ANNOUNCED)
    await _tell_channel(work, channel, round_)


async def announced(work: Work, channel: Channel, *, one_day: bool = False) -> Round | None:
    """The first round of a channel that is announced and was not held yet, if there is one."""
    waiting = await store.of_channel(work, channel.id, RoundState.ANNOUNCED)
    return next((one for one in waiting if one.one_day == one_day), None)


async def next_moment(work: Work, channel: Channel) -> datetime | None:
    """When the next round of a channel is, announced or not."""
    waiting = await announced(work, channel)
    return channel.next_at if waiting is None else waiting.at


# Choosing.


async def join(work: Work, channel: Channel, official: OfficialId) -> bool:
    """Somebody takes part from now on, also in the round that is announced; false when they did already.

    Raises :class:`KoffieError` when the channel was stopped.
    """
    if channel.state is ChannelState.STOPPED:
        raise KoffieError(text("channel-stopped", channel=await channel_words.name(work, channel)))
    waiting = await announced(work, channel)
    if waiting is not None:
        await store.choose(work, waiting.id, official, joins=True)
    return await channels.join(work, channel, official)


async def sit_out(work: Work, official: OfficialId, number: RoundId) -> Round:
    """Somebody sits one round out. Raises :class:`KoffieError` once it began, and for who takes no part."""
    chosen = await _choose(work, official, number, joins=False)
    if not await channel_store.is_member(work, chosen.channel, official):
        raise KoffieError(text("round-not-joined"))
    return chosen


async def channel_of(work: Work, number: RoundId) -> Channel:
    """The channel of a round. Raises :class:`KoffieError` for none."""
    known = await store.get(work, number)
    channel = None if known is None else await channel_store.get(work, known.channel)
    if channel is None:
        raise KoffieError(text("round-begun"))
    return channel


async def join_day(work: Work, official: OfficialId, number: RoundId) -> Round:
    """Somebody joins a round of one day. Raises :class:`KoffieError` once it was held."""
    await pause.go_on(work, official, [Switch.ROUNDS])
    return await _choose(work, official, number, joins=True)


async def _choose(work: Work, official: OfficialId, number: RoundId, *, joins: bool) -> Round:
    round_ = await store.get(work, number, lock=True)
    if round_ is not None and round_.state is RoundState.SKIPPED:
        raise KoffieError(text("round-called-off"))
    if round_ is None or round_.state is not RoundState.ANNOUNCED:
        raise KoffieError(text("round-begun"))
    await store.choose(work, number, official, joins=joins)
    return round_


# Holding.


async def hold(work: Work, number: RoundId) -> None:
    """Plan the round and ask everybody, in this unit of work."""
    # The channel first, as who sets it does: else each could wait for what the other holds.
    known = await store.get(work, number)
    channel = None if known is None else await channel_store.get(work, known.channel, lock=True)
    round_ = await store.get(work, number, lock=True)
    if round_ is None or channel is None or round_.state is not RoundState.ANNOUNCED:
        return
    if _came_too_late(work, channel, round_):
        await store.move_on(work, number, RoundState.SKIPPED)
        await _tell_admins(work, channel, round_.at)
        return
    moment = work.hours.next_office_moment(work.now)
    if moment > work.now:
        await due.schedule(work, f"{PLAN}:{number}:{moment.isoformat()}", PLAN, moment, number)
        return
    people = await round_plan.with_room(work, channel, round_)
    if not round_.one_day:
        # The proposal is the one opening message of this week.
        free = await openings.take_all(work, people, work.now)
        people = {who: one for who, one in people.items() if who in free}
    plan = await round_plan.plan(work, channel, round_, people)
    term = await round_ask.ask(work, channel, round_, plan, people)
    left_out = [OfficialId(int(who)) for who in plan.left_out]
    placed = [who for group in plan.groups for who in round_plan.members(group)]
    await channel_store.note_waiting(work, channel.id, placed, left_out)
    for who in left_out:
        key = f"round-left-out:{number}:{who}"
        await outbox.post(
            work, who, await round_words.left_out(work, channel), Lane.UNASKED, business_key=key
        )
    state = RoundState.OVER if term is None else RoundState.ASKED
    await store.move_on(work, number, state, certificate=round_plan.proof(plan), sha256=plan.sha256)
    if term is not None:
        kind = END if round_.one_day else REPAIR
        # The term ends when offices close; what came of it is told when they open again.
        await due.schedule(work, f"{kind}:{number}", kind, work.hours.next_office_moment(term), number)


def _came_too_late(work: Work, channel: Channel, round_: Round) -> bool:
    """The bot was down: an event is over, and another round may be on its way."""
    if round_.one_day:
        return work.now >= work.hours.closing(work.hours.local_date(round_.at)) - _SHORTEST_DAY
    if channel.next_at is None or work.today == work.hours.local_date(round_.at):
        return False
    return announcement(channel.next_at, channels.hours_of_rounds(work)) <= work.now


async def _tell_admins(work: Work, channel: Channel, planned: datetime) -> None:
    message = await round_words.skipped(work, channel, planned)
    for admin in await admins.of_channel(work, channel.id):
        key = f"round-skipped:{channel.id}:{planned.isoformat()}:{admin}"
        await outbox.post(work, admin, message, Lane.UNASKED, business_key=key)


# Afterwards.


async def repair(work: Work, number: RoundId) -> None:
    """The term is over for the whole round: who wanted a koffie and has none is introduced once more."""
    round_ = await store.get(work, number, lock=True)
    channel = None if round_ is None else await channel_store.get(work, round_.channel)
    if round_ is None or channel is None or round_.state is not RoundState.ASKED:
        return
    kept = await koffie_store.of_round(work, number, lock=True)
    ended = await _end_terms(work, kept)
    resting = await _count_missed(work, kept, ended.values())
    wanting = rules.fell_out([ended.get(one.id, one.koffie) for one in kept])
    # Where rounds rest by now, what was asked is ended as always, and nobody is asked anew.
    again_for = () if channel.rests(work.today) else wanting
    people = await round_plan.with_room(work, channel, round_, again_for)
    plan = await round_plan.plan(work, channel, round_, people)
    again = {who for group in plan.groups for who in round_plan.members(group)}
    leads = {
        who: (await koffie_words.off_in_words(work, one, who), text("round-someone-else"))
        for one in kept
        if one.id in ended
        for who in ended[one.id].present
        if who in again
    }
    term = await round_ask.ask(work, channel, round_, plan, people, leads)
    await channel_store.note_waiting(work, channel.id, (), [who for who in wanting if who not in again])
    await _tell_off(work, kept, ended, besides=again, resting=resting)
    state = RoundState.OVER if term is None else RoundState.REPAIRED
    proof = round_plan.proof(plan)
    await store.move_on(work, number, state, repair_certificate=proof, repair_sha256=plan.sha256)
    if term is not None:
        await due.schedule(work, f"{END}:{number}", END, work.hours.next_office_moment(term), number)


async def end(work: Work, number: RoundId) -> None:
    """The last term is over: all who have no koffie hear so."""
    round_ = await store.get(work, number, lock=True)
    if round_ is None or round_.state not in (RoundState.ASKED, RoundState.REPAIRED):
        return
    kept = await koffie_store.of_round(work, number, lock=True)
    ended = await _end_terms(work, kept)
    await _tell_off(work, kept, ended)
    await store.move_on(work, number, RoundState.OVER)


async def _end_terms(work: Work, kept: Collection[KeptKoffie]) -> dict[KoffieId, Koffie]:
    """End those that are still open; returns them as they ended."""
    return {one.id: await lapse(work, one) for one in kept if one.koffie.state is State.PROPOSED}


async def _count_missed(
    work: Work, kept: Collection[KeptKoffie], ended: Collection[Koffie]
) -> set[OfficialId]:
    """Who left rounds unanswered twice in a row is let off kindly; their requests go on (P25)."""
    silent = rules.missed(ended)
    spoke = [seat.official for one in kept for seat in one.koffie.seats if seat.answer is not None]
    await store.answered(work, spoke)
    resting = await store.missed(work, silent, MISSED_UNTIL_REST)
    for official in resting:
        await pause.pause(work, official, [Switch.ROUNDS], None)
    await store.answered(work, resting)
    return set(resting)


async def _tell_off(
    work: Work,
    kept: Collection[KeptKoffie],
    ended: Mapping[KoffieId, Koffie],
    *,
    besides: Collection[OfficialId] = (),
    resting: Collection[OfficialId] = (),
) -> None:
    """In the words of a silence, whatever came of it; ``besides`` heard so already."""
    for one in kept:
        if one.id not in ended:
            continue
        for official in ended[one.id].present:
            if official not in besides:
                rest = [text("round-rest")] if official in resting else []
                await tell(work, official, await koffie_words.off(work, one, official, *rest), one, "off")
