"""What the bot says of an appointment by itself: the day before it, and once after a week without a time."""

from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import SlotId, State
from bot.services import meeting_words as words
from bot.services import openings
from bot.services.meeting import NOTHING_YET, begin, tell
from bot.store import due, officials
from bot.store import koffie as koffies
from bot.store import meeting as store
from bot.store.outbox import Lane
from bot.store.work import Work


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
            await tell(
                work,
                official,
                message,
                f"eve:{slot}",
                Lane.UNASKED,
                valid_until=time.span.start,
            )


async def nothing_yet(work: Work, koffie: KoffieId) -> None:
    """A week went by: once, an offer to help. While times are being chosen it waits until that is over."""
    kept = await koffies.get(work, koffie)
    if kept is None or kept.koffie.state is not KoffieState.AGREED or kept.koffie.follow_up_until is not None:
        return
    meeting = await store.get(work, koffie)
    if meeting is None:
        # Nobody knows whether the introduction arrived: times do no harm.
        await begin(work, koffie)
        return
    if meeting.state is State.PROPOSED:
        key = f"{NOTHING_YET}:{koffie}:{meeting.moves}:{meeting.attempt}"
        await due.schedule(work, key, NOTHING_YET, work.hours.next_office_moment(meeting.answer_by), koffie)
    if meeting.state is not State.THEMSELVES:
        return
    for official in meeting.officials:
        if await _wants(work, official, "arrange"):
            await tell(
                work,
                official,
                words.still_nothing(kept, meeting, official),
                f"nothing-yet:{koffie}",
                Lane.UNASKED,
                not_before=await openings.reserve(work, official),
            )


async def _wants(work: Work, official: OfficialId, nudge: str) -> bool:
    known = await officials.get(work, official)
    return known is not None and nudge not in known.nudges_off
