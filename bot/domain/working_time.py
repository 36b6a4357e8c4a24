"""Working days and office hours: stored moments are aware UTC, rules speak the zone of the office.

What closes a Dutch government office: Saturday, Sunday and the days of article 3 of the Algemene
termijnenwet, the act by which government counts its own terms. That includes Goede Vrijdag and 5 May of every
year; see docs/decisions/0020-working-days.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

_DAY = timedelta(days=1)
_FIRST_WEEKEND_DAY = 5
# The package files 5 May as optional in the years that are no lustrum; elsewhere 'optional' closes no office.
_CLOSING_CATEGORIES = {"NL": ("public", "optional")}
_LONGEST_CLOSURE_DAYS = 120


class Recess(NamedTuple):
    """A stretch in which the office is closed besides its holidays, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office is open, by its own clock. Every moment taken is aware; every moment given is UTC.

    Raises ValueError for hours that do not follow each other, an unknown country or a recess that ends before
    it starts or, by itself, lasts over 120 days.
    """

    zone: ZoneInfo
    start: time = time(9)
    end: time = time(17)
    country: str = "NL"
    recesses: tuple[Recess, ...] = ()

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo or not self.start < self.end:
            raise ValueError("office hours need a start before their end, both without a zone")
        if self.country not in holidays.list_supported_countries(include_aliases=False):
            raise ValueError("no holidays are known for that country code")
        for recess in self.recesses:
            if not 0 <= (recess.last - recess.first).days < _LONGEST_CLOSURE_DAYS:
                raise ValueError(f"a recess lasts 1 to {_LONGEST_CLOSURE_DAYS} days, its first day first")

    def local_date(self, moment: datetime) -> date:
        """The calendar day of a moment in the office's zone: the key by which a thing happens once a day."""
        return _aware(moment).astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """The moment at which a local day begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens on that day."""
        return (
            day.weekday() < _FIRST_WEEKEND_DAY
            and day not in _holidays(self.country, day.year)
            and not any(recess.first <= day <= recess.last for recess in self.recesses)
        )

    def opening(self, day: date) -> datetime:
        """The moment at which office hours begin on that day, working day or not."""
        return datetime.combine(day, self.start, self.zone).astimezone(UTC)

    def closing(self, day: date) -> datetime:
        """The moment at which office hours end on that day, working day or not."""
        return datetime.combine(day, self.end, self.zone).astimezone(UTC)

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The end of a term: closing time of the `days`-th working day after the local day of `moment`.

        The day itself never counts, whatever the hour: three days asked on a Monday end on Thursday at
        closing time, asked on a Saturday on Wednesday. Raises ValueError below one day.
        """
        return self.closing(self._working_day_after(moment, days))

    def opening_after_working_days(self, moment: datetime, days: int) -> datetime:
        """Opening time of the day on which a term of that many working days ends: the hour for a reminder."""
        return self.opening(self._working_day_after(moment, days))

    def opening_before(self, moment: datetime) -> datetime:
        """Opening time of the last working day before the local day of `moment`: the hour for a reminder."""
        day = self.local_date(moment) - _DAY
        while not self.is_working_day(day):
            day -= _DAY
        return self.opening(day)

    def next_office_moment(self, moment: datetime) -> datetime:
        """The moment itself within office hours (opening included, closing not), else the next opening."""
        day = self.local_date(moment)
        if self.is_working_day(day):
            if self.opening(day) <= moment < self.closing(day):
                return moment.astimezone(UTC)
            if moment < self.opening(day):
                return self.opening(day)
        return self.opening(next(self._working_days_from(day + _DAY)))

    def next_weekday_opening(self, moment: datetime, weekday: int) -> datetime:
        """The first opening after `moment` that belongs to a weekday (Monday is 0).

        When the office is closed on that weekday, the opening of the next working day stands in for it: on
        Tweede Paasdag at noon, 'Monday' is Tuesday's opening. An opening at `moment` itself is past.
        """
        if not 0 <= weekday <= 6:  # noqa: PLR2004 - the days of a week
            raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")
        day = self.local_date(moment)
        day -= timedelta(days=(day.weekday() - weekday) % 7)
        while (opening := self.opening(next(self._working_days_from(day)))) <= moment:
            day += timedelta(days=7)
        return opening

    def _working_day_after(self, moment: datetime, days: int) -> date:
        if days < 1:
            raise ValueError("a term lasts at least one working day")
        following = self._working_days_from(self.local_date(moment) + _DAY)
        return next(islice(following, days - 1, None))

    def _working_days_from(self, day: date) -> Iterator[date]:
        while True:
            if self.is_working_day(day):
                yield day
            day += _DAY


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    categories = _CLOSING_CATEGORIES.get(country, ("public",))
    return frozenset(holidays.country_holidays(country, years=year, categories=categories))


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment
