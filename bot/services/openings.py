"""At most one opening message a person a week, over everything that the bot says unasked.

An opening is what nobody waits for: a colleague's request, a round, a nudge, a question about the profile.
What follows on one's own request or appointment is none. Requests of colleagues have their own limit
(:mod:`bot.services.koffie_limits`) and count here as they were asked; all others take the week here.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.ids import OfficialId
from bot.store import koffie, openings
from bot.store.work import Work

_MONDAY = 0
_WEEK = timedelta(days=7)


async def is_free(work: Work, official: OfficialId, moment: datetime) -> bool:
    """Whether an opening message may reach this official in the week of a moment."""
    if await openings.is_taken(work, official, moment):
        return False
    return await koffie.asked_between(work, official, *_week(work, moment)) == 0


def _week(work: Work, moment: datetime) -> tuple[datetime, datetime]:
    monday = openings.week_of(work, moment)
    return work.hours.midnight(monday), work.hours.midnight(monday + _WEEK)


async def take(work: Work, official: OfficialId, moment: datetime) -> bool:
    """Take the week of a moment, for a message that goes out then; false when it is not free."""
    return await is_free(work, official, moment) and await openings.take(work, official, moment)


async def take_all(work: Work, some: Collection[OfficialId], moment: datetime) -> set[OfficialId]:
    """Take the week for many at once; those for whom it was free."""
    asked = await koffie.asked_of(work, some, *_week(work, moment))
    return await openings.take_all(work, [one for one in some if one not in asked], moment)


async def reserve(work: Work, official: OfficialId) -> datetime:
    """Take the first free week; the office moment in it at which the message may go (its ``not_before``)."""
    moment = work.hours.next_office_moment(work.now)
    while not await take(work, official, moment):
        moment = work.hours.next_weekday_opening(moment, _MONDAY)
    return moment
