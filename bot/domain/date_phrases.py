"""Which days a phrase names, before it is known whether they are meant as an end, inclusive or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import cache

import holidays

from bot.domain import date_words as say

LAST_YEAR = 2199
_FIRST_YEAR = 2000
_YEARS_AHEAD = 9
"""Enough for 29 February to come by, also over 2100."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_NEAREST = 3
"""A weekday is never further than three days from a date."""

_SPAN = re.compile(r"\+?(\d{1,4})([a-z]{1,8})")
_YEAR = re.compile(r"\d{2}|2[01]\d{2}")
_ORDINAL = re.compile(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")


class Kind(Enum):
    """How the days of a reading lie to one another."""

    FIXED = auto()
    """One, named outright."""
    CURRENT = auto()
    """One, running now, such as 'deze week': only its end can be meant."""
    NEXT = auto()
    """A row that comes by again and again: the first ahead is meant."""
    WEEKLY = auto()
    """The same, when one of them is today and may be meant as well as the next."""
    EITHER = auto()
    """Any of them may be meant."""


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends included; a boundary between two days has its end before its start."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date, plus: int = 0) -> "Days":
        """One day, `plus` days later."""
        return cls(day + plus * _DAY, day + plus * _DAY)

    @classmethod
    def up_to(cls, day: date) -> "Days":
        """The boundary just before a day: 'until' and 'through' it come back on the same day."""
        return cls(day, day - _DAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase names: one or more stretches of days, in order of time."""

    kind: Kind
    days: tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in calendar months, days and minutes."""

    months: int = 0
    days: int = 0
    minutes: int = 0

    def after(self, day: date) -> date | None:
        """The day that lies months and days later; 31 January and a month is the last of February.

        None beyond the calendar of this module.
        """
        years, month = divmod(day.month - 1 + self.months, 12)
        if day.year + years > LAST_YEAR:
            return None
        first = date(day.year + years, month + 1, 1)
        later = min(first + timedelta(days=day.day - 1), _end_of_month(first)) + timedelta(days=self.days)
        return later if later.year <= LAST_YEAR else None


def read_span(words: Sequence[str]) -> Span | None:
    """A length of time: 'over 2 weken', 'half a year', '+3d', '4h'."""
    rest = list(words)
    if rest and rest[0] in say.DURING:
        rest = rest[1:]
    if tuple(rest[-2:]) in say.FROM_NOW:
        rest = rest[:-2]
    if len(rest) == 1:
        if match := _SPAN.fullmatch(rest[0]):
            rest = [match[1], match[2]]
        elif rest[0] == "fortnight":
            rest = ["1", *rest]
    if rest[:1] in (["een"], ["a"]) and rest[1:2] == ["half"]:
        rest = rest[1:]
    if rest[:1] == ["half"]:
        halved = [word for word in rest[1:] if word not in ("a", "een")]
        return Span(months=6) if len(halved) == 1 and say.PERIODS.get(halved[0]) is say.YEAR else None
    match rest:
        case [number, unit] if unit in say.SPANS:
            times = int(number) if re.fullmatch(r"\d{1,4}", number) else say.NUMBERS.get(number)
            if times:
                name, worth = say.SPANS[unit]
                return Span(**{name: worth * times})
    return None


def read_days(words: Sequence[str], today: date) -> Reading | None:
    """The days that a phrase names, without its preposition; None when it is not understood."""
    match tuple(words):
        case near if near in say.NEAR_DAYS:
            return Reading(Kind.FIXED, (Days.of(today, plus=say.NEAR_DAYS[near]),))
        case (edge, *rest) if edge in say.BEGIN | say.MIDDLE | say.END:
            return _edge(edge, rest, today)
        case (weekday, *rest) if weekday in say.WEEKDAYS:
            return _weekday(say.WEEKDAYS[weekday], rest, today)
        case (which, unit, weekday) if unit in say.PERIODS and weekday in say.WEEKDAYS:
            return _weekday(say.WEEKDAYS[weekday], [which, unit], today)
        case (which, weekday) if weekday in say.WEEKDAYS:
            return _which_weekday(which, say.WEEKDAYS[weekday], today)
    return _period(words, today) or _calendar(words, today)


def _weekday(weekday: int, rest: Sequence[str], today: date) -> Reading | None:
    """'vrijdag', 'vrijdag volgende week', or 'vrijdag 27 november', whose two halves may contradict."""
    coming = today + (weekday - today.weekday()) % 7 * _DAY
    if not rest:
        kind = Kind.WEEKLY if coming == today else Kind.NEXT
        return Reading(kind, (Days.of(coming), Days.of(coming + _WEEK)))
    match rest:
        case [which, unit] if say.PERIODS.get(unit) is say.WEEK:
            monday = _start(say.WEEK, which, today)
            return None if monday is None else Reading(Kind.FIXED, (Days.of(monday, plus=weekday),))
    named = _calendar(rest, today)
    if named is None or any(days.first != days.last for days in named.days):
        return None
    meant = next((days.first for days in named.days if days.first >= today), named.days[-1].first)
    if meant.weekday() == weekday:
        return named
    nearest = meant + ((weekday - meant.weekday() + _NEAREST) % 7 - _NEAREST) * _DAY
    return Reading(Kind.EITHER, tuple(map(Days.of, sorted((meant, nearest)))))


def _which_weekday(which: str, weekday: int, today: date) -> Reading | None:
    """'komende vrijdag' is the first ahead; 'volgende vrijdag' may also be the one of next week."""
    coming = today + ((weekday - today.weekday() - 1) % 7 + 1) * _DAY
    if which in say.THIS | say.COMING:
        return Reading(Kind.FIXED, (Days.of(coming),))
    if which in say.NEXT:
        next_week = _monday(today) + _WEEK + weekday * _DAY
        return Reading(Kind.EITHER, tuple(map(Days.of, sorted({coming, next_week}))))
    return None


def _edge(edge: str, rest: Sequence[str], today: date) -> Reading | None:
    """'begin maart', 'half januari', 'eind van de maand'.

    The begin is the first day, the middle of a month its 15th, the end the boundary after the last day.
    """
    alone = len(rest) == 1 and rest[0] in say.PERIODS
    whole = _period(("deze", *rest), today) if alone else _period(rest, today) or _month(rest, today)
    if whole is None:
        return None
    kind = Kind.FIXED if whole.kind is Kind.CURRENT else whole.kind
    if edge in say.END:
        return Reading(kind, tuple(Days.up_to(days.last + _DAY) for days in whole.days))
    if edge in say.BEGIN:
        return Reading(kind, tuple(Days.of(days.first) for days in whole.days))
    if any(days.last != _end_of_month(days.first) for days in whole.days):
        return None
    return Reading(kind, tuple(Days.of(days.first, plus=14) for days in whole.days))


def _period(words: Sequence[str], today: date) -> Reading | None:
    """'volgende week', 'this month', 'dit weekend', 'weekend', '2027'."""
    match words:
        case [say.WEEKEND]:
            saturday = _monday(today) + 5 * _DAY
            weekends = (Days(day, day + _DAY) for day in (saturday, saturday + _WEEK))
            return Reading(Kind.NEXT, tuple(weekends))
        case [which, say.WEEKEND]:
            monday = _start(say.WEEK, which, today)
            if monday is None:
                return None
            return Reading(Kind.FIXED, (Days(monday + 5 * _DAY, monday + 6 * _DAY),))
        case [which, unit] if unit in say.PERIODS:
            period = say.PERIODS[unit]
            first = _start(period, which, today)
            if first is None:
                return None
            kind = Kind.CURRENT if which in say.THIS else Kind.FIXED
            return Reading(kind, (Days(first, _last(period, first)),))
        case [year] if re.fullmatch(r"2[01]\d\d", year):
            return Reading(Kind.FIXED, (Days(date(int(year), 1, 1), date(int(year), 12, 31)),))
    return None


def _start(period: str, which: str, today: date) -> date | None:
    if which not in say.THIS | say.COMING | say.NEXT:
        return None
    this = {say.WEEK: _monday(today), say.MONTH: today.replace(day=1), say.YEAR: date(today.year, 1, 1)}[
        period
    ]
    return this if which in say.THIS else _last(period, this) + _DAY


def _last(period: str, first: date) -> date:
    if period is say.WEEK:
        return first + 6 * _DAY
    return _end_of_month(first) if period is say.MONTH else date(first.year, 12, 31)


def _calendar(words: Sequence[str], today: date) -> Reading | None:
    """A date, a month or a feast, with or without its year."""
    return (
        _numeric(words, today) or _day_and_month(words, today) or _month(words, today) or _feast(words, today)
    )


def _numeric(words: Sequence[str], today: date) -> Reading | None:
    if len(words) != 1:
        return None
    if match := _YEAR_MONTH_DAY.fullmatch(words[0]):
        return _on(int(match[4]), int(match[3]), match[1], today)
    if match := _DAY_MONTH_YEAR.fullmatch(words[0]):
        return _on(int(match[1]), int(match[3]), match[4], today)
    if match := _ORDINAL.fullmatch(words[0]):
        number = int(match[1])
        months = (_month_ahead(today, ahead) for ahead in range(-1, 4))
        days = (_valid(first.year, first.month, number) for first in months)
        found = tuple(Days.of(day) for day in days if day is not None)
        return Reading(Kind.NEXT, found) if found else None
    return None


def _day_and_month(words: Sequence[str], today: date) -> Reading | None:
    match words:
        case [one, other] | [one, other, _] if one in say.MONTHS or other in say.MONTHS:
            number, month = (other, one) if one in say.MONTHS else (one, other)
            day = _DAY_NUMBER.fullmatch(number)
            if day is None or month not in say.MONTHS:
                return None
            return _on(int(day[1]), say.MONTHS[month], words[2] if len(words) > 2 else None, today)  # noqa: PLR2004
    return None


def _month(words: Sequence[str], today: date) -> Reading | None:
    match words:
        case [month] if month in say.MONTHS:
            kind, years = Kind.NEXT, _years(None, today)
        case [month, year] if month in say.MONTHS:
            kind, years = Kind.FIXED, _years(year, today)
        case _:
            return None
    firsts = [date(year, say.MONTHS[month], 1) for year in years]
    return Reading(kind, tuple(Days(first, _end_of_month(first)) for first in firsts)) if firsts else None


def _feast(words: Sequence[str], today: date) -> Reading | None:
    match words:
        case [name] if name in say.FEASTS:
            kind, years = Kind.NEXT, _years(None, today)
        case [name, year] if name in say.FEASTS:
            kind, years = Kind.FIXED, _years(year, today)
        case _:
            return None
    when, length = say.FEASTS[name]
    firsts = [
        first
        for year in years
        if (first := _named_days(year).get(when) if isinstance(when, str) else date(year, *when)) is not None
    ]
    return (
        Reading(kind, tuple(Days(first, first + (length - 1) * _DAY) for first in firsts)) if firsts else None
    )


def _on(day: int, month: int, year: str | None, today: date) -> Reading | None:
    days = tuple(
        Days.of(found) for number in _years(year, today) if (found := _valid(number, month, day)) is not None
    )
    return Reading(Kind.NEXT if year is None else Kind.FIXED, days) if days else None


def _years(text: str | None, today: date) -> Iterator[int]:
    """The year that is written, or last year and on: what began last year may still have its end ahead."""
    if text is None:
        yield from range(today.year - 1, min(today.year + _YEARS_AHEAD, LAST_YEAR + 1))
    elif _YEAR.fullmatch(text):
        yield int(text) if len(text) == 4 else _FIRST_YEAR + int(text[-2:])  # noqa: PLR2004 - digits of a year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year <= LAST_YEAR else None


def _month_ahead(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


@cache
def _named_days(year: int) -> dict[str, date]:
    return {name: day for day, name in holidays.country_holidays("NL", years=year, language="nl").items()}
