"""From two yeses to one table: choosing a time, moving it, calling it off.

    both yes ──► three times to each, unseen by the other; the first that all marked is fixed
                 none: three others, once; then 'spreken jullie zelf iets af?'
    fixed ─────► the day before: a word; the working day after: how was it
    moved ─────► three times anew; called off, or one falls away: the others hear it in one kind message

Whoever changes an appointment takes its koffie first: two who answer at one moment come one after the other.
"""

from datetime import datetime, timedelta

from bot.chat.message import Message, say
from bot.domain import meeting as rules
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import Meeting, Refusal, Refused, Slot, SlotId, State
from bot.i18n.text import text
from bot.services import follow_up, meeting_times
from bot.services import meeting_words as words
from bot.services.meeting_times import Wish
from bot.store import due, offers, outbox
from bot.store import koffie as koffies
from bot.store import meeting as store
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

TERM, EVE, NOTHING_YET = "meeting-term", "meeting-eve", "meeting-nothing-yet"
"""Kinds of the due things; their subject is a koffie, of the eve a proposed time."""
_ABOUT_TO_BEGIN = timedelta(hours=3)
_SOON = timedelta(hours=24)
"""So near to a koffie its news does not wait for office hours."""
_REFUSED = {
    Refusal.NOT_OPEN: "meeting-refused-closed",
    Refusal.GONE_BY: "meeting-refused-past",
    Refusal.TOO_OFTEN: "meeting-refused-moves",
}


async def expect(work: Work, koffie: KoffieId) -> None:
    """Everybody said yes just now: once they met in words, times follow; a week later there should be one."""
    moment = work.hours.next_office_moment(work.now + timedelta(days=work.rules.arrange_after_days))
    await due.schedule(work, f"{NOTHING_YET}:{koffie}", NOTHING_YET, moment, koffie)


async def begin(work: Work, koffie: KoffieId) -> None:
    """They were introduced: the first three times; in haste they arrange it themselves. Once a koffie."""
    kept = await koffies.take(work, koffie)
    if kept is None or kept.koffie.state is not KoffieState.AGREED or await store.get(work, koffie):
        return
    meeting = rules.begin(kept.koffie.present, work.now)
    if kept.kind in koffies.HURRIED:
        await store.save(work, kept.id, rules.themselves(meeting, work.now))
        return
    await store.save(work, kept.id, meeting)
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


async def mark(work: Work, me: OfficialId, slot: SlotId, *more: SlotId) -> Message | None:
    """Times suit me, of one koffie; the question for others, unless one is fixed by this.

    Raises :class:`KoffieError`.
    """
    found = await store.koffie_of_slot(work, slot)
    if found is None:
        raise KoffieError(text("meeting-refused"))
    kept, meeting = await taken(work, me, found[0])
    try:
        for one in (slot, *more):
            meeting = rules.mark(meeting, me, one, work.now)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, meeting)
    if await settled(work, kept, meeting):
        return None
    if meeting.seat_of(me).done:
        return words.heard()
    return await words.one_more(work, kept, meeting, me, [meeting.slot_of(one) for one in (slot, *more)])


async def done(work: Work, me: OfficialId, koffie: KoffieId) -> Message | None:
    """No (other) time suits me. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    try:
        meeting = rules.finish(meeting, me)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, meeting)
    return None if await settled(work, kept, meeting) else words.heard()


async def settled(work: Work, kept: KeptKoffie, meeting: Meeting) -> bool:
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
    await forget_nudge(work, kept, meeting)
    await follow_up.plan(work, kept.id, slot.span.end)
    day_before = work.hours.opening_before(slot.span.start)
    if day_before > work.now:
        await due.schedule(work, f"{EVE}:{slot.id}", EVE, day_before, slot.id)
    for official in meeting.officials:
        await tell(
            work,
            official,
            await words.fixed(work, kept, meeting, slot, official),
            # Moved away and back, one time is fixed twice.
            f"fixed:{slot.id}:{meeting.changes}",
            Lane.FOLLOWS,
            valid_until=slot.span.end,
        )


async def _next(work: Work, kept: KeptKoffie, meeting: Meeting, wish: Wish | None = None) -> list[Slot]:
    """Three (other) times, to all at one moment; without any they arrange it themselves."""
    await offers.close_slot(work, words.slot_of(kept.id))
    if rules.may_try_again(meeting):
        answer_by = work.hours.add_working_days(work.now, work.rules.choose_time_working_days)
        found = await meeting_times.proposals(work, kept, meeting.attempt + 1, answer_by, wish)
        if found:
            slots = await store.add_slots(work, kept.id, found)
            proposed = rules.propose(meeting, slots, answer_by)
            if wish is not None:
                named = [slot.id for slot in slots if slot.span.start in wish.moments]
                # Words that may mean two moments say of neither that it suits, nor does a day.
                proposed = rules.mark(proposed, wish.by, named[0], work.now) if len(named) == 1 else proposed
            await _ask(work, kept, proposed)
            return slots
    await _leave_to_them(work, kept, meeting, None)
    return []


async def _ask(work: Work, kept: KeptKoffie, meeting: Meeting) -> None:
    await store.save(work, kept.id, meeting)
    key = f"{kept.id}:{meeting.moves}:{meeting.attempt}"
    moment = work.hours.next_office_moment(meeting.answer_by)
    await due.schedule(work, f"{TERM}:{key}", TERM, moment, kept.id)
    first = meeting.attempt == 1 and (not meeting.moves or is_soon(work, meeting.slot))
    for official in meeting.officials:
        await tell(
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
        lane = Lane.FOLLOWS if official == by or is_soon(work, dropped) else Lane.UNASKED
        await tell(work, official, message, f"ourselves:{kept.id}:{meeting.moves}:{meeting.changes}", lane)


async def ourselves(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """'Zelf regelen': all get how to reach each other. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    if meeting.state is State.THEMSELVES:
        raise KoffieError(text("meeting-already-yours"))
    await _leave_to_them(work, kept, meeting, me)


async def move(work: Work, me: OfficialId, koffie: KoffieId, wish: Wish | None = None) -> list[Slot]:
    """Another time: those that are proposed to all, what was wished for first. Raises :class:`KoffieError`.

    It may be that nothing of the wish suits all. The move goes on all the same, and counts: else it would
    tell, moment by moment, when the other can.
    """
    kept, meeting = await taken(work, me, koffie)
    if wish is not None:
        if meeting.slot is not None and meeting.slot.span.start in wish.moments:
            raise KoffieError(text("meeting-wish-same"))
        wish = meeting_times.within_reach(work, wish)
    try:
        moved = rules.move(meeting, me)
    except Refused as refused:
        raise _error(refused) from None
    await store.save(work, kept.id, moved)
    await forget_nudge(work, kept, moved)
    await follow_up.plan(work, kept.id)
    return await _next(work, kept, moved, wish)


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
            await tell(
                work,
                official,
                say(said),
                # How much later may be said again; each once.
                f"late:{meeting.slot.id}:{me}:{minutes or 0}",
                Lane.FOLLOWS,
                valid_until=meeting.slot.span.end,
            )


def is_soon(work: Work, slot: Slot | None) -> bool:
    """Whether what stood in their calendars is so near that all have to hear at once that it changes."""
    return slot is not None and work.now < slot.span.start < work.now + _SOON


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
        await settled(work, kept, meeting)


async def arranged(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """'We hebben iets afgesproken': nobody is asked again until how it was. Raises :class:`KoffieError`."""
    kept, meeting = await taken(work, me, koffie)
    await due.cancel_about(work, NOTHING_YET, koffie)
    await forget_nudge(work, kept, meeting)


async def forget_nudge(work: Work, kept: KeptKoffie, meeting: Meeting) -> None:
    await offers.close_slot(work, words.nudge_slot(kept.id))
    for official in meeting.officials:
        await outbox.withdraw(work, f"meeting-nothing-yet:{kept.id}:{official}")


async def tell(
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
