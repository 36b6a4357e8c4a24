"""From two yeses to one table: choosing a time, moving it, calling it off.

    both yes ──► three times to each, unseen by the other; the first that all marked is fixed
                 none: three others, once; then 'spreken jullie zelf iets af?'
    fixed ─────► the day before: a word; the working day after: how was it
    moved ─────► three times anew; called off, or one falls away: the others hear it in one kind message

Whoever changes an appointment takes its koffie first: two who answer at one moment come one after the other.
"""

from datetime import datetime, timedelta
from itertools import combinations

from bot.chat.message import Message, say
from bot.domain import koffie as koffie_rules
from bot.domain import meeting as rules
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import CalledOff, SeatGone
from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import Meeting, Refusal, Refused, Slot, SlotId, State
from bot.i18n.text import text
from bot.services import follow_up, meeting_times, openings
from bot.services import meeting_words as words
from bot.store import due, network, offers, officials, outbox
from bot.store import koffie as koffies
from bot.store import meeting as store
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

TERM, EVE, NOTHING_YET = "meeting-term", "meeting-eve", "meeting-nothing-yet"
"""Kinds of the due things; their subject is a koffie, of the eve a proposed time."""
_SOON = timedelta(hours=24)
"""So near to a koffie its news does not wait for office hours."""
_ABOUT_TO_BEGIN = timedelta(hours=3)
_LONG = timedelta(days=14)
"""A pause from which what is being planned is let go."""
_REFUSED = {
    Refusal.NOT_OPEN: "meeting-refused-closed",
    Refusal.GONE_BY: "meeting-refused-past",
    Refusal.TOO_OFTEN: "meeting-refused-moves",
}


async def begin(work: Work, kept: KeptKoffie) -> None:
    """Everybody said yes just now: the first three times. To be called once a koffie."""
    meeting = rules.begin(kept.koffie.present, work.now)
    await store.save(work, kept.id, meeting)
    moment = work.hours.next_office_moment(work.now + timedelta(days=work.rules.arrange_after_days))
    await due.schedule(work, f"{NOTHING_YET}:{kept.id}", NOTHING_YET, moment, kept.id)
    await _next(work, kept, meeting)


async def taken(work: Work, me: OfficialId, koffie: KoffieId) -> tuple[KeptKoffie, Meeting]:
    """An appointment of mine that is not over, taken to be changed. Raises :class:`KoffieError`."""
    kept = await koffies.take(work, koffie)
    meeting = None if kept is None else await store.get(work, koffie)
    if (
        kept is None
        or meeting is None
        or me not in meeting.officials
        or meeting.state is State.OFF
        or kept.koffie.state is not KoffieState.AGREED
    ):
        raise KoffieError(text("meeting-refused"))
    return kept, meeting


async def of(work: Work, me: OfficialId) -> list[tuple[KoffieId, Meeting]]:
    """My appointments that are not over, the soonest first."""
    found = []
    for koffie in await store.of(work, me):
        meeting = await store.get(work, koffie)
        if meeting is not None:
            found.append((koffie, meeting))
    return found


async def mark(work: Work, me: OfficialId, slot: SlotId) -> Message | None:
    """A time suits me; the question for more, unless it is fixed by this. Raises :class:`KoffieError`."""
    found = await store.koffie_of_slot(work, slot)
    if found is None:
        raise KoffieError(text("meeting-refused"))
    kept, meeting = await taken(work, me, found[0])
    try:
        meeting = rules.mark(meeting, me, slot, work.now)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, meeting)
    if await _settled(work, kept, meeting):
        return None
    if meeting.seat_of(me).done:
        return words.heard()
    return await words.one_more(work, kept, meeting, me, found[1])


async def done(work: Work, me: OfficialId, koffie: KoffieId) -> Message | None:
    """No (other) time suits me. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    try:
        meeting = rules.finish(meeting, me)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, meeting)
    return None if await _settled(work, kept, meeting) else words.heard()


async def _settled(work: Work, kept: KeptKoffie, meeting: Meeting) -> bool:
    """Whether something came of the times: one is fixed, or others take their place."""
    gone: set[SlotId] = set()
    while (slot := rules.common(meeting, work.now, gone)) is not None:
        if await store.take_moment(work, kept.id, meeting, slot):
            await _fix(work, kept, meeting, slot)
            return True
        gone.add(slot.id)
    if not rules.fruitless(meeting, work.now):
        return False
    await _next(work, kept, meeting)
    return True


async def _fix(work: Work, kept: KeptKoffie, meeting: Meeting, slot: Slot) -> None:
    meeting = rules.fix(meeting, slot, work.now)
    await store.save(work, kept.id, meeting)
    await offers.close_slot(work, words.slot_of(kept.id))
    await _forget_nudge(work, kept, meeting)
    await follow_up.plan(work, kept.id, slot.span.end)
    day_before = _day_before(work, slot)
    if day_before > work.now:
        await due.schedule(work, f"{EVE}:{slot.id}", EVE, day_before, slot.id)
    for official in meeting.officials:
        await _tell(
            work,
            official,
            await words.fixed(work, kept, meeting, slot, official),
            f"fixed:{slot.id}",
            Lane.FOLLOWS,
            valid_until=slot.span.end,
        )


def _day_before(work: Work, slot: Slot) -> datetime:
    """Opening time of the last working day before a koffie."""
    day = work.hours.local_date(slot.span.start) - timedelta(days=1)
    while not work.hours.is_working_day(day):
        day -= timedelta(days=1)
    return work.hours.opening(day)


async def _next(work: Work, kept: KeptKoffie, meeting: Meeting) -> None:
    """Three (other) times, to all at one moment; without any they arrange it themselves."""
    await offers.close_slot(work, words.slot_of(kept.id))
    if rules.may_try_again(meeting):
        answer_by = work.hours.add_working_days(work.now, work.rules.choose_time_working_days)
        found = await meeting_times.proposals(work, kept, meeting.attempt + 1, answer_by)
        if found:
            slots = await store.add_slots(work, kept.id, found)
            await _ask(work, kept, rules.propose(meeting, slots, answer_by))
            return
    await _leave_to_them(work, kept, meeting, None)


async def _ask(work: Work, kept: KeptKoffie, meeting: Meeting) -> None:
    await store.save(work, kept.id, meeting)
    key = f"{kept.id}:{meeting.moves}:{meeting.attempt}"
    moment = work.hours.next_office_moment(meeting.answer_by)
    await due.schedule(work, f"{TERM}:{key}", TERM, moment, kept.id)
    first = meeting.attempt == 1 and not meeting.moves
    for official in meeting.officials:
        await _tell(
            work,
            official,
            await words.question(work, kept, meeting, official),
            f"ask:{key}",
            Lane.FOLLOWS if first else Lane.UNASKED,
            valid_until=meeting.answer_by,
        )


async def _leave_to_them(work: Work, kept: KeptKoffie, meeting: Meeting, by: OfficialId | None) -> None:
    """Without ``by`` no time was found; else that one would rather arrange it."""
    dropped, changed = meeting.slot, rules.themselves(meeting, work.now)
    await store.save(work, kept.id, changed)
    await offers.close_slot(work, words.slot_of(kept.id))
    if dropped is not None:
        await follow_up.plan(work, kept.id)
    for official in changed.officials:
        if by is None:
            lead = text("meeting-no-time", others=words.others(changed, official))
        elif official == by:
            lead = text("meeting-ourselves-you")
        else:
            lead = text("meeting-ourselves-other", name=words.name_of(by))
        message = words.without_me(lead, changed, official, dropped)
        lane = Lane.FOLLOWS if official == by else Lane.UNASKED
        await _tell(work, official, message, f"ourselves:{kept.id}:{meeting.moves}:{meeting.changes}", lane)


async def ourselves(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """'Zelf regelen': all get how to reach each other. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    if meeting.state is State.THEMSELVES:
        raise KoffieError(text("meeting-already-yours"))
    await _leave_to_them(work, kept, meeting, me)


async def move(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """Another time, proposed to all. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    try:
        moved = rules.move(meeting, me)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, moved)
    await _forget_nudge(work, kept, moved)
    await follow_up.plan(work, kept.id)
    await _next(work, kept, moved)


async def call_off(work: Work, me: OfficialId, koffie: KoffieId) -> Message:
    """It will not be, or not with me; what the one who says so is told. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    told = await words.off_for_me(work, await words.about(work, kept, me), meeting.slot, me)
    if len(meeting.officials) > 2:  # noqa: PLR2004 - the others go on
        await koffies.save(work, kept, koffie_rules.apply(kept.koffie, SeatGone(me), work.now))
        await _go_on_without(work, kept, meeting, me)
    else:
        await _end(work, kept, meeting, me)
        await koffies.save(work, kept, koffie_rules.apply(kept.koffie, CalledOff(), work.now))
    return told


async def leave(work: Work, kept: KeptKoffie, me: OfficialId) -> bool:
    """Somebody falls away, before their seat is given up: erased, no longer there, or blocking another.

    The others hear the same as when it is called off (P24). Tells whether nobody is left to meet. What is
    over, or being looked back on, stays as it is.
    """
    meeting = await store.get(work, kept.id)
    if (
        meeting is None
        or me not in meeting.officials
        or meeting.state is State.OFF
        or kept.koffie.state is not KoffieState.AGREED
        or kept.koffie.follow_up_until is not None
        or (meeting.state is State.FIXED and not meeting.ahead(work.now))
    ):
        return False
    about = await words.about(work, kept, me)
    await _tell(
        work,
        me,
        await words.off_for_me(work, about, meeting.slot, me),
        f"left:{kept.id}",
        Lane.FOLLOWS,
    )
    if len(meeting.officials) > 2:  # noqa: PLR2004 - the others go on
        await _go_on_without(work, kept, meeting, me)
        return False
    await _end(work, kept, meeting, me)
    return True


async def away(work: Work, me: OfficialId, until: datetime | None) -> list[Message]:
    """A pause: what falls in it, and what is still being planned in a long one, is called off."""
    told = []
    for koffie, meeting in await of(work, me):
        if meeting.state is State.FIXED and meeting.slot is not None:
            within = meeting.ahead(work.now) and (until is None or meeting.slot.span.start < until)
        else:
            within = until is None or until - work.now >= _LONG
        if within:
            told.append(await call_off(work, me, koffie))
    return told


async def _go_on_without(work: Work, kept: KeptKoffie, meeting: Meeting, who: OfficialId) -> None:
    left = rules.leave(meeting, who, work.now)
    await store.save(work, kept.id, left)
    for official in left.officials:
        message = say(text("meeting-one-less", about=await words.about(work, kept, official)))
        await _tell(work, official, message, f"one-less:{kept.id}:{who}", Lane.UNASKED)
    await _settled(work, kept, left)


async def _end(work: Work, kept: KeptKoffie, meeting: Meeting, by: OfficialId) -> None:
    """Off: the others hear it once, in words that are the same whatever the reason."""
    await store.save(work, kept.id, rules.call_off(meeting, work.now))
    await offers.close_slot(work, words.slot_of(kept.id))
    await _forget_nudge(work, kept, meeting)
    until = work.now + timedelta(days=work.rules.leave_lists_days)
    for one, other in combinations(meeting.officials, 2):
        await network.keep_apart(work, one, other, until)
    lane = Lane.FOLLOWS if _is_soon(work, meeting) else Lane.UNASKED
    for official in meeting.officials:
        if official != by:
            about = await words.about(work, kept, official)
            await _tell(
                work,
                official,
                await words.off(work, kept, about, meeting.slot, official),
                f"off:{kept.id}",
                lane,
            )


def _is_soon(work: Work, meeting: Meeting) -> bool:
    return meeting.slot is not None and meeting.ahead(work.now) and meeting.slot.span.start < work.now + _SOON


async def late(work: Work, me: OfficialId, koffie: KoffieId, minutes: int | None) -> None:
    """'Ik ben later': the others hear it at once. Raises :class:`KoffieError` when nothing begins soon."""
    _, meeting = await taken(work, me, koffie)
    if not is_about_to_begin(work, meeting) or meeting.slot is None:
        raise KoffieError(text("meeting-late-not-now"))
    name = words.name_of(me)
    said = text("meeting-late", name=name)
    if minutes is not None:
        said = text("meeting-late-minutes", name=name, minutes=minutes)
    for official in meeting.officials:
        if official != me:
            await _tell(
                work,
                official,
                say(said),
                f"late:{meeting.slot.id}:{me}",
                Lane.FOLLOWS,
                valid_until=meeting.slot.span.end,
            )


def is_about_to_begin(work: Work, meeting: Meeting) -> bool:
    """Whether it begins within hours, or has begun."""
    slot = meeting.slot
    return (
        slot is not None
        and meeting.state is State.FIXED
        and slot.span.start - _ABOUT_TO_BEGIN <= work.now < slot.span.end
    )


async def end_term(work: Work, koffie: KoffieId) -> None:
    """The time to choose is over."""
    kept = await koffies.take(work, koffie)
    meeting = None if kept is None else await store.get(work, koffie)
    if kept is None or meeting is None or kept.koffie.state is not KoffieState.AGREED:
        return
    if rules.fruitless(meeting, work.now):
        await _settled(work, kept, meeting)


async def remind(work: Work, slot: SlotId) -> None:
    """The day before: when and where, to who wants to be told."""
    found = await store.koffie_of_slot(work, slot)
    kept = None if found is None else await koffies.get(work, found[0])
    meeting = None if kept is None else await store.get(work, kept.id)
    if found is None or kept is None or meeting is None or meeting.state is not State.FIXED:
        return
    time = found[1]
    if meeting.slot != time:
        return
    for official in meeting.officials:
        if await _wants(work, official, "eve"):
            message = await words.eve(work, kept, meeting, time, official)
            await _tell(work, official, message, f"eve:{slot}", Lane.UNASKED, valid_until=time.span.start)


async def nothing_yet(work: Work, koffie: KoffieId) -> None:
    """A week went by: once, an offer to help. While times are being chosen it waits until that is over."""
    kept = await koffies.get(work, koffie)
    meeting = None if kept is None else await store.get(work, koffie)
    if kept is None or meeting is None or kept.koffie.state is not KoffieState.AGREED:
        return
    if meeting.state is State.PROPOSED:
        key = f"{NOTHING_YET}:{koffie}:{meeting.moves}:{meeting.attempt}"
        await due.schedule(work, key, NOTHING_YET, work.hours.next_office_moment(meeting.answer_by), koffie)
    if meeting.state is not State.THEMSELVES:
        return
    for official in meeting.officials:
        if await _wants(work, official, "arrange"):
            await _tell(
                work,
                official,
                words.still_nothing(kept, meeting, official),
                f"nothing-yet:{koffie}",
                Lane.UNASKED,
                not_before=await openings.reserve(work, official),
            )


async def arranged(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """'We hebben iets afgesproken': nobody is asked again until how it was. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    await _forget_nudge(work, kept, meeting)


async def _forget_nudge(work: Work, kept: KeptKoffie, meeting: Meeting) -> None:
    await offers.close_slot(work, words.nudge_slot(kept.id))
    for official in meeting.officials:
        await outbox.withdraw(work, f"meeting-nothing-yet:{kept.id}:{official}")


async def _wants(work: Work, official: OfficialId, nudge: str) -> bool:
    known = await officials.get(work, official)
    return known is not None and nudge not in known.nudges_off


async def _tell(
    work: Work,
    to: OfficialId,
    message: Message,
    what: str,
    lane: Lane,
    *,
    not_before: datetime | None = None,
    valid_until: datetime | None = None,
) -> None:
    """One message of a kind and person, ever."""
    await outbox.post(
        work,
        to,
        message,
        lane,
        business_key=f"meeting-{what}:{to}",
        not_before=not_before,
        valid_until=valid_until,
    )


def _error(refused: Refused) -> KoffieError:
    return KoffieError(text(_REFUSED.get(refused.refusal, "meeting-refused")))
