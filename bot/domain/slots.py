"""When all of them can meet: times on days and hours that suit each one by their own clock.

Times lie on whole and half hours of the office's clock, on working days of the office; see `working_time`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.working_time import OfficeHours

COUNT = 3
HORIZON_DAYS = 28
"""As far ahead as times are looked for: who works one day a week still has four of them."""
MARGIN = timedelta(minutes=30)
"""Between two koffies of one person, to get from the one to the other."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_STEP = timedelta(minutes=30)
_WORKING_DAYS = range(5)
_HOUR = 60
_LUNCH = (12 * _HOUR, 13 * _HOUR)
_LUNCH_COSTS = 3 * _HOUR
# Each time another part of the day: who is never free in the morning finds an afternoon among the three.
_AIMS = (10 * _HOUR, 14 * _HOUR, 15 * _HOUR + 30)


class Span(NamedTuple):
    """From a moment until another, both aware."""

    start: datetime
    end: datetime

    def near(self, other: "Span") -> bool:
        """Whether the two overlap, or leave no time to get from the one to the other."""
        return self.start < other.end + MARGIN and other.start < self.end + MARGIN


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody works, by the clock of their own zone, and what they have already.

    ``days`` are weekdays, Monday is 0; none named are all five.
    """

    zone: ZoneInfo
    start: time
    end: time
    days: Collection[int] = ()
    busy: tuple[Span, ...] = ()

    def suits(self, span: Span, hours: OfficeHours) -> bool:
        """Whether the span falls in one working day of theirs, with nothing else near it."""
        return (
            hours.is_working_day(span.start.astimezone(self.zone).date())
            and self.holds(span)
            and not any(span.near(taken) for taken in self.busy)
        )

    def holds(self, span: Span) -> bool:
        """Whether the span falls in their hours on one of their weekdays, holiday or not."""
        start, end = span.start.astimezone(self.zone), span.end.astimezone(self.zone)
        return (
            start.weekday() in (self.days or _WORKING_DAYS)
            and start.date() == end.date()
            and self.start <= start.time()
            and end.time() <= self.end
        )


def propose(
    rhythms: Sequence[Rhythm],
    hours: OfficeHours,
    after: datetime,
    length: timedelta,
    *,
    count: int = COUNT,
    avoid: Collection[datetime] = (),
    until: datetime = _NEVER,
) -> tuple[Span, ...]:
    """Up to ``count`` times from a moment on, in their order, on as many days as there are.

    They begin before ``until``. ``avoid`` are starts that were proposed before; other days than theirs come
    first. Empty when the rhythms share no time at all.
    """
    first = hours.local_date(after)
    seen = {hours.local_date(moment) for moment in avoid}
    fresh: list[list[Span]] = []
    stale: list[list[Span]] = []
    for ahead in range(HORIZON_DAYS + 1):
        day = first + timedelta(days=ahead)
        times = [span for span in _times(rhythms, hours, day, after, length, avoid) if span.start < until]
        if times:
            (stale if day in seen else fresh).append(times)
        if len(fresh) == count:
            break
    days = fresh + stale
    chosen: list[Span] = []
    while len(chosen) < count and any(days):
        for left in days:
            if len(chosen) == count:
                break
            free = [span for span in left if not any(span.near(taken) for taken in chosen)]
            if free:
                aim = _AIMS[len(chosen) % len(_AIMS)]
                chosen.append(min(free, key=lambda span: (_distance(span, aim, hours), span.start)))
            left[:] = [span for span in free if span not in chosen]
    return tuple(sorted(chosen))


def weekly_starts(rhythm: Rhythm, hours: OfficeHours, day: date, length: timedelta) -> frozenset[int]:
    """The half hours of a week, from its first midnight on, at which something so long could begin.

    ``day``: any one of that week, since clocks differ by the season. Holidays, and what somebody has already,
    come once only and do not count.
    """
    monday = day - timedelta(days=day.weekday())
    week = (monday + timedelta(days=weekday) for weekday in _WORKING_DAYS)
    spans = ((one, Span(start, start + length)) for one in week for start in _starts(hours, one))
    return frozenset(
        (span.start - hours.midnight(monday)) // _STEP
        for one, span in spans
        if span.end <= hours.closing(one) and rhythm.holds(span)
    )


def _times(
    rhythms: Sequence[Rhythm],
    hours: OfficeHours,
    day: date,
    after: datetime,
    length: timedelta,
    avoid: Collection[datetime],
) -> list[Span]:
    """All that suits everybody on one day."""
    if not hours.is_working_day(day):
        return []
    spans = (Span(start, start + length) for start in _starts(hours, day))
    return [
        span
        for span in spans
        if span.start >= after
        and span.start not in avoid
        and span.end <= hours.closing(day)
        and all(rhythm.suits(span, hours) for rhythm in rhythms)
    ]


def _starts(hours: OfficeHours, day: date) -> Iterator[datetime]:
    """Whole and half hours from the first one at which the office is open."""
    wall = datetime.combine(day, time(), hours.zone)
    while wall.date() == day:
        if wall.time() >= hours.start:
            yield wall.astimezone(UTC)
        wall += _STEP


def _distance(span: Span, aim: int, hours: OfficeHours) -> int:
    """Minutes from the hour that is aimed at; over lunch counts as far away."""
    start, end = (_minutes(moment, hours) for moment in span)
    over_lunch = start < _LUNCH[1] and end > _LUNCH[0] and end - start < _LUNCH_COSTS
    return abs(start - aim) + over_lunch * _LUNCH_COSTS


def _minutes(moment: datetime, hours: OfficeHours) -> int:
    wall = moment.astimezone(hours.zone)
    return wall.hour * _HOUR + wall.minute
