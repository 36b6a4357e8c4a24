"""When rounds are held: every so many weeks, monthly as people mean it, or by hand.

A round is held on a working day. Where the day meant is closed, it is held on the next working day of the
same week (weekly) or month (monthly), else on the last one before; a week or month without any, as in a
recess, has no round. So a holiday never costs a month its round, and two rounds never meet. See
docs/decisions/0070-when-rounds-are-held.md.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.working_time import OfficeHours

MOST_WEEKS = 12
LAST = -1
"""'The last Tuesday' of a month, beside the first to the fourth."""
NOTICE_DAYS = 2
"""Working days between the announcement of a round and the round."""
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_WEEKDAYS = range(7)
_NTH = (1, 2, 3, 4, LAST)
_LONGEST_MONTH = 31
_FURTHEST_YEARS = 3
"""Years looked ahead: nobody plans a recess longer than that."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every so many weeks (1 to 12) on a weekday (Monday is 0), counted from the week of ``since``.

    Raises ValueError for numbers that make no rhythm, as the other ones do.
    """

    weeks: int
    weekday: int
    at: time
    since: date

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= MOST_WEEKS or self.weekday not in _WEEKDAYS or self.at.tzinfo:
            raise ValueError("a rhythm is every 1 to 12 weeks, on a weekday, at a local time")


@dataclass(frozen=True, slots=True)
class MonthlyOnDay:
    """Every month on a day; the 29th to the 31st mean the last day of a shorter month."""

    day: int
    at: time

    def __post_init__(self) -> None:
        if not 1 <= self.day <= _LONGEST_MONTH or self.at.tzinfo:
            raise ValueError("a month has days 1 to 31, and a rhythm a local time")


@dataclass(frozen=True, slots=True)
class MonthlyOnWeekday:
    """Every month on the first to the fourth or the last (``LAST``) of a weekday."""

    nth: int
    weekday: int
    at: time

    def __post_init__(self) -> None:
        if self.nth not in _NTH or self.weekday not in _WEEKDAYS or self.at.tzinfo:
            raise ValueError("a month has a first to fourth and a last of each weekday, at a local time")


@dataclass(frozen=True, slots=True)
class ByHand:
    """Only when somebody starts one."""


Cadence = Weekly | MonthlyOnDay | MonthlyOnWeekday | ByHand


def next_round(cadence: Cadence, after: datetime, hours: OfficeHours) -> datetime | None:
    """The first round after a moment, in UTC; ``None`` by hand, or when a recess never ends."""
    if isinstance(cadence, ByHand):
        return None
    first = hours.local_date(after)
    for start, end, meant in _periods(cadence, first):
        if start.year > first.year + _FURTHEST_YEARS:
            return None
        day = _open_day(meant, start, end, hours)
        if day is not None:
            moment = datetime.combine(day, cadence.at, hours.zone).astimezone(UTC)
            if moment > after:
                return moment
    return None


def next_announced_round(
    cadence: Cadence, now: datetime, hours: OfficeHours, earliest: datetime | None = None
) -> datetime | None:
    """The first round, not before ``earliest``, that can still be announced in time."""
    moment = next_round(cadence, now if earliest is None else max(now, earliest), hours)
    while moment is not None and announcement(moment, hours) <= now:
        moment = next_round(cadence, moment, hours)
    return moment


def announcement(moment: datetime, hours: OfficeHours) -> datetime:
    """When a round is announced: at opening time, two working days before its day."""
    day = hours.local_date(moment)
    for _ in range(NOTICE_DAYS):
        day -= _DAY
        while not hours.is_working_day(day):
            day -= _DAY
    return hours.opening(day)


def late_round(planned: datetime, now: datetime, hours: OfficeHours) -> datetime:
    """When a round is held whose announcement was missed: with its notice counted from now, at its hour."""
    day = hours.local_date(hours.opening_after_working_days(now, NOTICE_DAYS))
    return datetime.combine(day, planned.astimezone(hours.zone).time(), hours.zone).astimezone(UTC)


def _periods(
    cadence: Weekly | MonthlyOnDay | MonthlyOnWeekday, first: date
) -> Iterator[tuple[date, date, date]]:
    """Of each week or month of the rhythm, from that of ``first`` on: first day, last day, the day meant."""
    if isinstance(cadence, Weekly):
        since = cadence.since - timedelta(days=cadence.since.weekday())
        week = first - timedelta(days=first.weekday())
        week += (-((week - since) // _WEEK) % cadence.weeks) * _WEEK
        while True:
            yield week, week + _WEEK - _DAY, week + timedelta(days=cadence.weekday)
            week += cadence.weeks * _WEEK
    month = first.replace(day=1)
    while True:
        length = monthrange(month.year, month.month)[1]
        end = month.replace(day=length)
        if isinstance(cadence, MonthlyOnDay):
            yield month, end, month.replace(day=min(cadence.day, length))
        else:
            yield month, end, _nth_weekday(month, end, cadence)
        month = end + _DAY


def _nth_weekday(start: date, end: date, cadence: MonthlyOnWeekday) -> date:
    if cadence.nth == LAST:
        return end - timedelta(days=(end.weekday() - cadence.weekday) % 7)
    first = start + timedelta(days=(cadence.weekday - start.weekday()) % 7)
    return first + (cadence.nth - 1) * _WEEK


def _open_day(meant: date, start: date, end: date, hours: OfficeHours) -> date | None:
    later = (meant + n * _DAY for n in range((end - meant).days + 1))
    earlier = (meant - n * _DAY for n in range(1, (meant - start).days + 1))
    return next((day for days in (later, earlier) for day in days if hours.is_working_day(day)), None)
