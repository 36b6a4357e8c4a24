"""Three times at which all at a table can meet, with how and where: from profiles and engagements."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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
    """What somebody named themselves: moments, or stretches to meet in, of which one is meant."""

    by: OfficialId
    moments: tuple[datetime, ...] = ()
    stretches: tuple[Span, ...] = ()

    def met_by(self, moment: datetime) -> bool:
        """Whether a moment is what was wished for."""
        return moment in self.moments or any(one.start <= moment < one.end for one in self.stretches)


def within_reach(work: Work, wish: Wish) -> Wish:
    """What of it can be proposed, whoever it is for. Raises :class:`KoffieError`, with why nothing can.

    The reasons hold for everybody: nothing is told about anybody's days or engagements.
    """
    moments = {moment: _refusal(work, moment) for moment in wish.moments}
    stretches = {stretch: _refusal_of_all(work, stretch) for stretch in wish.stretches}
    refusals = [*moments.values(), *stretches.values()]
    if None not in refusals:
        raise KoffieError(text(next(filter(None, refusals), "meeting-wish-unclear")))
    return Wish(
        by=wish.by,
        moments=tuple(moment for moment, refusal in moments.items() if refusal is None),
        stretches=tuple(stretch for stretch, refusal in stretches.items() if refusal is None),
    )


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


def _refusal_of_all(work: Work, stretch: Span) -> str | None:
    """Why no moment of a stretch can be proposed, if none can."""
    if _is_far(work, stretch.start):
        return "meeting-wish-far"
    opening = work.hours.next_office_moment(stretch.start)
    if opening >= stretch.end:
        return "meeting-wish-closed"
    if work.hours.next_office_moment(max(opening, work.now + _NOTICE)) >= stretch.end:
        return "meeting-wish-soon"
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

    What somebody wished for comes first, if it suits the others; it may be sooner, and a moment proposed
    before. A stretch gives one time, and what follows on it.
    """
    if wish is not None and wish.stretches:
        after = max(work.now + _NOTICE, wish.stretches[0].start)
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
        wished = [] if wish is None else _wished(work, table, rhythms, wish, LENGTH[way], after, before)
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
    work: Work,
    table: Sequence[Official],
    rhythms: Sequence[Rhythm],
    wish: Wish,
    length: timedelta,
    after: datetime,
    before: Collection[datetime],
) -> Sequence[Span]:
    """Those moments that suit all, or the one time in a stretch. Who names it knows best when they work."""
    office = (work.hours.start, work.hours.end)
    free = [
        replace(rhythm, start=office[0], end=office[1], days=()) if one.id == wish.by else rhythm
        for one, rhythm in zip(table, rhythms, strict=True)
    ]
    if wish.stretches:
        until = wish.stretches[0].end
        for each in (rhythms, free):
            if found := propose(each, work.hours, after, length, count=1, avoid=before, until=until):
                return found
        return ()
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
