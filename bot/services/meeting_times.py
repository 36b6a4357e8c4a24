"""Three times at which all at a table can meet, with how and where: from profiles and engagements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.date_phrases import Days
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.layer import Layer
from bot.domain.meeting_place import (
    LENGTH,
    NATIONAL,
    Way,
    station_between,
    way_of_attempt,
    ways,
)
from bot.domain.official import Official
from bot.domain.profile import hours_of
from bot.domain.slots import COUNT, HORIZON_DAYS, Rhythm, Span, propose
from bot.domain.words import normalise
from bot.domain.working_time import OfficeHours
from bot.i18n.text import Value, text
from bot.services.register import indexes
from bot.store import meeting as store
from bot.store import officials
from bot.store.koffie import KeptKoffie
from bot.store.meeting import Proposal
from bot.store.round import Candidate
from bot.store.work import Work

_NOTICE = timedelta(days=1)
"""A time is proposed at least so long ahead."""


class Wish(Value):
    """What somebody named themselves: moments or days, of which one is meant."""

    by: OfficialId
    moments: tuple[datetime, ...] = ()
    days: tuple[Days, ...] = ()

    def met_by(self, moment: datetime, hours: OfficeHours) -> bool:
        """Whether a moment is what was wished for."""
        day = hours.local_date(moment)
        return moment in self.moments or any(days.first <= day <= days.last for days in self.days)


def within_reach(work: Work, wish: Wish) -> Wish:
    """What of it can be proposed, whoever it is for. Raises :class:`KoffieError`, with why nothing can.

    The reasons hold for everybody: nothing is told about anybody's days or engagements.
    """
    if wish.days:
        if _is_far(work, work.hours.opening(wish.days[0].first)):
            raise KoffieError(text("meeting-wish-far"))
        return wish
    refusals = {moment: _refusal(work, moment) for moment in wish.moments}
    found = tuple(moment for moment, refusal in refusals.items() if refusal is None)
    if not found:
        raise KoffieError(text(next((key for key in refusals.values() if key), "meeting-wish-unclear")))
    return wish.model_copy(update={"moments": found})


def _refusal(work: Work, moment: datetime) -> str | None:
    day, end = work.hours.local_date(moment), moment + min(LENGTH.values())
    if moment <= work.now:
        return "meeting-refused-past"
    if moment < work.now + _NOTICE:
        return "meeting-wish-soon"
    if _is_far(work, moment):
        return "meeting-wish-far"
    if not (
        work.hours.is_working_day(day)
        and work.hours.opening(day) <= moment
        and end <= work.hours.closing(day)
    ):
        return "meeting-wish-closed"
    return None


def _is_far(work: Work, moment: datetime) -> bool:
    return moment > work.now + timedelta(days=HORIZON_DAYS)


def zone_of(work: Work, one: Official | Candidate) -> ZoneInfo:
    """By which clock somebody lives."""
    return ZoneInfo(one.time_zone) if one.time_zone else work.zone


def rhythm_of(work: Work, one: Official | Candidate) -> Rhythm:
    """When somebody works, whatever they have already."""
    start, end = hours_of(one.working_hours) or (work.hours.start, work.hours.end)
    return Rhythm(zone_of(work, one), start, end, one.working_days)


async def proposals(
    work: Work, kept: KeptKoffie, attempt: int, after: datetime, wish: Wish | None = None
) -> list[Proposal]:
    """Up to three times after a moment, none of them proposed before; empty when nothing suits all.

    What somebody wished for comes first, if it suits the others; it may be sooner, or proposed before. Of
    days that they wished for the first, with what follows on it.
    """
    if wish is not None and wish.days:
        after = max(work.now + _NOTICE, work.hours.midnight(wish.days[0].first))
    table = [one for who in kept.koffie.present if (one := await officials.get(work, who)) is not None]
    if len(table) < 2:  # noqa: PLR2004 - nobody meets alone
        return []
    found = ways(
        [one.formats for one in table],
        near=len({zone_of(work, one).key for one in table}) == 1,
        online=bool(work.online_address),
    )
    rhythms = await _rhythms(work, kept, table)
    before = await store.proposed_before(work, kept.id)
    best = way_of_attempt(found, attempt)
    for way in (best, *(way for way in found if way is not best)):
        wished = [] if wish is None else _wished(work, table, rhythms, wish, LENGTH[way])
        rest = propose(
            [replace(rhythm, busy=(*rhythm.busy, *wished)) for rhythm in rhythms],
            work.hours,
            after,
            LENGTH[way],
            count=COUNT - len(wished),
            avoid={*before, *(span.start for span in wished)},
        )
        spans = [*wished, *rest]
        if spans:
            place, host = await _where(work, kept, table, way, attempt)
            return [Proposal(span, way, place, None if host is None else host.id) for span in spans]
    return []


def _wished(
    work: Work, table: Sequence[Official], rhythms: Sequence[Rhythm], wish: Wish, length: timedelta
) -> list[Span]:
    """Those moments that suit all. Who names one knows best on which days they work."""
    office = (work.hours.start, work.hours.end)
    free = [
        replace(rhythm, start=office[0], end=office[1], days=()) if one.id == wish.by else rhythm
        for one, rhythm in zip(table, rhythms, strict=True)
    ]
    spans = (Span(moment, moment + length) for moment in sorted(wish.moments)[:COUNT])
    return [span for span in spans if all(rhythm.suits(span, work.hours) for rhythm in free)]


async def _rhythms(work: Work, kept: KeptKoffie, table: Sequence[Official]) -> list[Rhythm]:
    taken = await store.engagements(work, [one.id for one in table], besides=kept.id)
    made = []
    for one in table:
        busy = tuple(span for who, span in taken if who == one.id)
        made.append(replace(rhythm_of(work, one), busy=busy))
    return made


async def _where(
    work: Work, kept: KeptKoffie, table: Sequence[Official], way: Way, attempt: int
) -> tuple[str, Official | None]:
    """The place, and whose words it is or who calls.

    Who was asked is visited first, and who asked the second time: effort comes from all sides (P12).
    """
    asked_first = sorted(table, key=lambda one: one.id == kept.koffie.requester)
    match way:
        case Way.CALL:
            return "", asked_first[-1]
        case Way.ONLINE:
            return "", None
        case Way.VISIT:
            return asked_first[0].place, asked_first[0]
        case _:
            pass
    named = [one for one in (asked_first if attempt == 1 else asked_first[::-1]) if one.place]
    provinces = [await _province(work, one) for one in table]
    all_alike = len(named) == len(table) and len({normalise(one.place) for one in named}) == 1
    if named and (all_alike or len(set(provinces)) == 1):
        return named[0].place, named[0]
    return station_between(provinces), None


async def _province(work: Work, official: Official) -> str:
    """Where somebody works, as far as that is known."""
    organisation = (await indexes(work)).organisations.get(official.organisation_id)
    province = organisation.province if organisation else ""
    return province or (NATIONAL if official.layer is Layer.RIJK else "")
