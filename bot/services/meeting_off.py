"""An appointment that will not be: called off, or one of them falls away.

The others hear it once and kindly, in words that are the same whatever the reason (P24), and may look on.
"""

from datetime import datetime, timedelta
from itertools import combinations

from bot.chat.message import Message, say
from bot.domain import koffie as koffie_rules
from bot.domain import meeting as rules
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import CalledOff, SeatGone
from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import Meeting, State
from bot.i18n.text import text
from bot.services import meeting_words as words
from bot.services.meeting import forget_nudge, is_soon, of, settled, taken, tell
from bot.store import koffie as koffies
from bot.store import meeting as store
from bot.store import network, offers
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

_LONG = timedelta(days=14)
"""A pause from which what is being planned is let go."""


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
    await tell(
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
        await tell(work, official, message, f"one-less:{kept.id}:{who}", Lane.UNASKED)
    await settled(work, kept, left)


async def _end(work: Work, kept: KeptKoffie, meeting: Meeting, by: OfficialId) -> None:
    """Off: the others hear it once, in words that are the same whatever the reason."""
    await store.save(work, kept.id, rules.call_off(meeting, work.now))
    await offers.close_slot(work, words.slot_of(kept.id))
    await forget_nudge(work, kept, meeting)
    until = work.now + timedelta(days=work.rules.leave_lists_days)
    for one, other in combinations(meeting.officials, 2):
        await network.keep_apart(work, one, other, until)
    lane = Lane.FOLLOWS if is_soon(work, meeting.slot) else Lane.UNASKED
    for official in meeting.officials:
        if official != by:
            about = await words.about(work, kept, official)
            await tell(
                work,
                official,
                await words.off(work, kept, about, meeting.slot, official),
                f"off:{kept.id}",
                lane,
            )
