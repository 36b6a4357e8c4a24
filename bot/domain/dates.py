"""Dates and times as people write them, Dutch and English, day before month.

A grammar of our own, since a general parser was measured and guessed too often: see
docs/decisions/0021-reading-dates.md. What is not understood is None; it is never guessed.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.domain import date_words as say
from bot.domain.date_phrases import Days, Kind, Reading, read_days, read_span
from bot.domain.slots import Span

Day = TypeVar("Day", bound=date)

_NOON, _EVENING = 12, 18
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:(?P<sign>[:.uh])(?P<minute>\d{2}))?(?P<mark>uur|u|h|am|pm)?")
_QUARTER = re.compile(r"\d{1,2}\.(00|15|30|45)")
_TOWARDS = (["naar"], ["to"])
_FIRST_HOUR = 7
"""Nobody meets before: 'om half drie' and '2 uur' are in the afternoon."""
_WEEKS_AHEAD = 5
_PARTS = {
    **dict.fromkeys(("ochtend", "morning"), (0, _NOON)),
    **dict.fromkeys(("middag", "afternoon"), (_NOON, _EVENING)),
    **dict.fromkeys(("avond", "evening"), (_EVENING, 24)),
}
"""Parts of a day, from an hour until an hour."""
_AT_NIGHT = re.compile(r"(?:^|[ t])0\d?[:.uh]?\d*(?: uur| u)?$|am$")
"""But '02:00' is what it says."""
_ANY_MOMENT = datetime(2028, 1, 1, tzinfo=UTC)
"""Whether words are a date does not depend on the day, but for 29 February: this is a leap year."""
_DATE_T_TIME = re.compile(r"(\d{4}-\d\d-\d\d)t(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[Day]):
    """The phrase means one of these, earliest first: ask which."""

    options: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Past(Generic[Day]):
    """The phrase is clear, but what it names is not ahead."""

    day: Day


@dataclass(frozen=True, slots=True)
class Indefinite:
    """Until further notice."""


Until = date | Ambiguous[date] | Past[date] | Indefinite
"""The first day back, or why there is none."""

Moment = datetime | Ambiguous[datetime] | Past[datetime]
"""A moment in UTC, or why there is none."""


def parse_until(text: str, now: datetime, zone: ZoneInfo) -> Until | None:
    """The first day back, from a phrase such as 't/m vrijdag' or 'for two weeks'.

    'tot X' and a bare X come back on the first day of X; 't/m X' and 'tot na X' on the day after its last; a
    duration counts from today. 'volgende vrijdag' is Ambiguous when this week still has a Friday. Without a
    year the first such day ahead is meant; today itself, or a past year, is Past. None: not understood.
    """
    today = now.astimezone(zone).date()
    words = say.date_words(text)
    if not words:
        return None
    words, inclusive = _without_preposition(words)
    bare = words[1:] if words[:1] == ["voor"] or words[:1] == ["for"] else words
    if tuple(bare) in say.INDEFINITELY:
        return Indefinite()
    span = read_span(words)
    if span is not None:
        back = None if span.minutes else span.after(today)
        return back if back is None or back > today else Past(back)
    reading = read_days(words, today)
    return None if reading is None else _first_day_back(reading, today, inclusive=inclusive)


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> Moment | None:
    """A moment ahead, from a phrase such as '+3d', 'di 10:00' or 'next monday 9:00', to set a clock by.

    '+' and durations count from now: days and longer keep the time on the wall, hours and minutes are real
    ones. A day without a time keeps the time of now; a time without a day is the next such time. A local time
    that the change to summer time skips becomes the one an hour later. None: not understood.
    """
    words = say.date_words(text)
    if not words:
        return None
    local = now.astimezone(zone)
    span = read_span(_spread(words))
    if span is not None:
        day = span.after(local.date())
        if day is None:
            return None
        moment = datetime.combine(day, local.time(), zone).astimezone(UTC) + timedelta(minutes=span.minutes)
        return moment if moment > now else Past(moment)
    words, wall = _without_time(words)
    if not words:
        reading: Reading | None = Reading(Kind.NEXT, (Days.of(local.date()), Days.of(local.date(), plus=1)))
    else:
        reading = read_days(words, local.date())
    if reading is None or reading.kind is Kind.CURRENT:
        return None
    return _first_moment(reading, local.time() if wall is None else wall, now, zone)


def parse_appointment(text: str, now: datetime, zone: ZoneInfo) -> Moment | None:
    """A day and its time to meet, both named: 'naar dinsdag 14:00', '3 december om 10 uur'.

    Today's weekday is Ambiguous while that time is ahead. None: not understood, or one of the two is missing.
    """
    words, part, wall = _day_and_time(text)
    reading = read_days(words, now.astimezone(zone).date()) if words else None
    if wall is None or reading is None or reading.kind is Kind.CURRENT:
        return None
    if part is not None and not part[0] <= wall.hour < part[1]:
        return None
    if any(days.first != days.last for days in reading.days):
        return None
    if reading.kind is Kind.WEEKLY:
        reading = Reading(Kind.EITHER, reading.days)
    return _first_moment(reading, wall, now, zone)


def parse_deadline(
    text: str, now: datetime, zone: ZoneInfo, closing: time
) -> datetime | Past[datetime] | None:
    """The moment before which something is needed: 'morgen', 'vrijdag 12.00', '15:00', '3 december'.

    A day without a time means its ``closing``. Of several days that may be meant it is the first: who named
    it is shown what was understood. None: not understood, as is a bare number.
    """
    words = [_with_colon(word) for word in say.date_words(text) or []]
    words, wall = _without_time(words) if words else ([], None)
    if (not words and wall is None) or (words and all(word.isdecimal() for word in words)):
        return None
    today = now.astimezone(zone).date()
    reading: Reading | None = Reading(Kind.NEXT, (Days.of(today), Days.of(today, plus=1)))
    if words:
        reading = read_days(words, today)
    if reading is None:
        return None
    days = tuple(Days.of(days.last) for days in reading.days if days.last >= days.first)
    if not days:
        return None
    moment = _first_moment(Reading(Kind.NEXT, days), wall or closing, now, zone)
    return moment.options[0] if isinstance(moment, Ambiguous) else moment


def _with_colon(word: str) -> str:
    """'17.00' as a time: no month has that number."""
    return word.replace(".", ":") if _QUARTER.fullmatch(word) else word


def is_appointment(text: str) -> bool:
    """Whether words name a day or a time to meet, or both."""
    words, _, wall = _day_and_time(text)
    if not words:
        return wall is not None
    return read_days(words, _ANY_MOMENT.date()) is not None


def parse_stretches(text: str, now: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    """When to meet that a phrase without a time may mean, the first that is not over first.

    'dinsdag', 'morgenmiddag', 'naar volgende week'. A weekday alone may be that of any week to come.
    Empty: not understood, past, or a time is named too.
    """
    words, part, wall = _day_and_time(text)
    reading = read_days(words, now.astimezone(zone).date()) if words and wall is None else None
    days = reading.days if reading else ()
    if part is not None and any(one.first != one.last for one in days):
        return ()
    if days and len(words) == 1 and words[0] in say.WEEKDAYS:
        days = tuple(Days.of(days[0].first, plus=7 * week) for week in range(_WEEKS_AHEAD))
    begin, end = part or (0, 24)
    found = (Span(_at_hour(one.first, begin, zone), _at_hour(one.last, end, zone)) for one in days)
    return tuple(one for one in found if one.start < one.end > now)


def _at_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """That hour on the wall; 24 is the midnight that ends the day."""
    days, hour = divmod(hour, 24)
    return datetime.combine(day + timedelta(days=days), time(hour), zone).astimezone(UTC)


def _day_and_time(text: str) -> tuple[list[str], tuple[int, int] | None, time | None]:
    """What a phrase says of when to meet: the words of a day, the hours of the part of it, and a time."""
    words, wall = _words_and_time(text)
    part = next((word for word in words[1:] if word in _PARTS), None)
    if part is None:
        return words, None, wall
    return [word for word in words if word != part], _PARTS[part], wall


def _words_and_time(text: str) -> tuple[list[str], time | None]:
    """The words of a day to meet, without the 'naar' in front and the time behind; and that time."""
    words = [_with_colon(word) for word in say.date_words(text) or ()]
    words = words[1:] if words[:1] in _TOWARDS else words
    if not words:
        return [], None
    left, wall = _without_spoken_time(words)
    if wall is None:
        left, wall = _without_time(words)
        if wall is None or _AT_NIGHT.search(" ".join(words)):
            return left, wall
    return left, wall.replace(hour=wall.hour + _NOON) if 0 < wall.hour < _FIRST_HOUR else wall


def _without_spoken_time(words: list[str]) -> tuple[list[str], time | None]:
    """The phrase without the 'half drie' or 'kwart over 2' at its end, and that time.

    'Half three' is half past three to the English, and to the Dutch the hour before: it is not guessed.
    """
    match words:
        case [*left, "half", hour] if hour not in say.ENGLISH_NUMBERS:
            minutes = -30
        case [*left, "half", "past", hour]:
            minutes = 30
        case [*left, "kwart", "over", hour] | [*left, "quarter", "past", hour]:
            minutes = 15
        case [*left, "kwart", "voor", hour] | [*left, "quarter", "to", hour]:
            minutes = -15
        case _:
            return words, None
    number = int(hour) if hour.isascii() and hour.isdecimal() else say.NUMBERS.get(hour, 0)
    if not 1 <= number <= _NOON:
        return words, None
    hours, minute = divmod(number * 60 + minutes, 60)
    return left, time(hours or _NOON, minute)


def _first_moment(reading: Reading, wall: time, now: datetime, zone: ZoneInfo) -> Moment:
    moments = [datetime.combine(days.first, wall, zone).astimezone(UTC) for days in reading.days]
    ahead = [moment for moment in moments if moment > now]
    if not ahead:
        return Past(moments[-1])
    return Ambiguous(tuple(ahead)) if reading.kind is Kind.EITHER and len(ahead) > 1 else ahead[0]


def _first_day_back(reading: Reading, today: date, *, inclusive: bool) -> Until:
    through = inclusive or reading.kind is Kind.CURRENT
    if reading.kind is Kind.NEXT and not through and any(days.first == today for days in reading.days):
        return Past(today)
    backs = [days.last + timedelta(days=1) if through else days.first for days in reading.days]
    ahead = [back for back in backs if back > today]
    if not ahead:
        return Past(backs[-1])
    choice = reading.kind in (Kind.EITHER, Kind.WEEKLY) and len(ahead) > 1
    return Ambiguous(tuple(ahead)) if choice else ahead[0]


def _without_preposition(words: list[str]) -> tuple[list[str], bool]:
    """The phrase without 'tot' or 't/m', and whether its last day is a day away."""
    for prepositions, inclusive in ((say.THROUGH, True), (say.UNTIL, False)):
        for preposition in prepositions:
            if tuple(words[: len(preposition)]) == preposition:
                return words[len(preposition) :], inclusive
    return words, False


def _spread(words: list[str]) -> list[str]:
    """'+ 3 d' and '+3 d' as '3 d'."""
    if words[0].startswith("+"):
        return [word for word in (words[0].removeprefix("+"), *words[1:]) if word]
    return words


def _without_time(words: list[str]) -> tuple[list[str], time | None]:
    """The phrase without the time of day at its end, and that time."""
    if joined := _DATE_T_TIME.fullmatch(words[-1]):
        words = [*words[:-1], joined[1], joined[2]]
    length = 2 if len(words) > 1 and words[-1] in ("uur", "u", "am", "pm") else 1
    match = _TIME.fullmatch("".join(words[-length:]))
    # '10.30' alone may be a date; with 'uur' it is a time.
    if match is None or not (match["mark"] or match["sign"] in (":", "u", "h")):
        return words, None
    wall = _time_of_day(int(match["hour"]), int(match["minute"] or 0), match["mark"])
    return (words, None) if wall is None else (words[:-length], wall)


def _time_of_day(hour: int, minute: int, mark: str | None) -> time | None:
    if mark in ("am", "pm"):
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if mark == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
