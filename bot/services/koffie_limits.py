"""How much is asked of one person, and when: read from what every asker may know.

A question counts by when it was asked and until when it runs, never by how it was answered: a no and a
silence take the same place for the same time (P24).
"""

from datetime import date, datetime, timedelta

from bot.domain.ids import OfficialId
from bot.domain.koffie import State
from bot.domain.koffie_view import Phase, visible
from bot.domain.official import Official
from bot.store import koffie as store
from bot.store import openings
from bot.store.koffie import KeptKoffie
from bot.store.work import Work

_MONDAY = 0
_WEEK = timedelta(days=7)


async def open_requests(work: Work, official: OfficialId) -> list[KeptKoffie]:
    """What this official asked for and is open, as the official may see it."""
    found = []
    for kept in await store.running(work, official):
        seen = visible(kept.koffie, official, work.now)
        if seen.requested and seen.phase is Phase.OPEN:
            found.append(kept)
    return found


async def own_room_from(work: Work, official: OfficialId) -> date | None:
    """When this official may ask again; ``None`` is now. A request counts until its term, or both yes."""
    terms = [kept.koffie.term for kept in await open_requests(work, official)]
    if len(terms) < work.rules.open_requests:
        return None
    return work.hours.local_date(min(terms)) + timedelta(days=1)


async def room_from(work: Work, asked: Official, moment: datetime) -> date | None:
    """From which day there is room to ask this official at ``moment``; ``None`` is: there is.

    Full is who agreed on as many koffies this month as one's pace, or who has as many questions open as
    anybody may have. It says the same to all who ask.
    """
    day = work.hours.local_date(moment)
    month = day.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    start, end = work.hours.midnight(month), work.hours.midnight(following)
    if await store.agreed_between(work, asked.id, start, end) >= asked.pace:
        return following
    terms = [
        kept.koffie.term
        for kept in await store.running(work, asked.id)
        if kept.koffie.requester != asked.id
        and kept.koffie.state is State.PROPOSED
        and kept.koffie.term > work.now
    ]
    if len(terms) < work.rules.open_requests:
        return None
    return work.hours.local_date(work.hours.next_office_moment(min(terms)))


async def ask_moment(work: Work, asked: OfficialId) -> datetime:
    """When both are asked: the next office moment, or together with others on Monday.

    Who was asked often enough that week, or spoken to unasked for something else, gets the rest on Monday, in
    one message.
    """
    first = work.hours.next_office_moment(work.now)
    if first == work.hours.next_weekday_opening(work.now, _MONDAY):
        return first
    day = work.hours.local_date(first)
    week = work.hours.midnight(day - timedelta(days=day.weekday()))
    asked_before = await store.asked_between(work, asked, week, week + _WEEK)
    if asked_before < work.rules.requests_a_week and not await openings.is_taken(work, asked, first):
        return first
    return work.hours.next_weekday_opening(first, _MONDAY)
