"""When rounds are held: as people mean it, day by day over ten years, whatever the clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    LAST,
    ByHand,
    Cadence,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Weekly,
    announcement,
    late_round,
    next_announced_round,
    next_round,
)
from bot.domain.cadence_words import parse_cadence
from bot.domain.working_time import OfficeHours, Recess

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = OfficeHours(AMSTERDAM)
TEN = time(10)
FIRST, YEARS = date(2025, 1, 1), 10
DAY = timedelta(days=1)

times = st.times(time(9), time(16, 59)).map(lambda at: at.replace(microsecond=0))
weekly = st.builds(
    Weekly, st.integers(1, 12), st.integers(0, 6), times, st.dates(date(2024, 1, 1), date(2030, 1, 1))
)
monthly = st.one_of(
    st.builds(MonthlyOnDay, st.integers(1, 31), times),
    st.builds(MonthlyOnWeekday, st.sampled_from((1, 2, 3, 4, LAST)), st.integers(0, 6), times),
)
cadences = st.one_of(weekly, monthly)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def days(cadence: Cadence, first: date, last: date, hours: OfficeHours = HOURS) -> list[date]:
    """All days on which a round is held."""
    found = []
    moment = next_round(cadence, hours.midnight(first), hours)
    while moment is not None and hours.local_date(moment) <= last:
        found.append(hours.local_date(moment))
        moment = next_round(cadence, moment, hours)
    return found


def iso(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        # Mondays: Nieuwjaar is a Thursday, Tweede Paasdag (6 April) goes to Tuesday, Koningsdag too.
        (Weekly(4, 0, TEN, date(2026, 1, 12)), iso("2026-01-12", "2026-02-09", "2026-03-09", "2026-04-07")),
        # Goede Vrijdag, 3 April: the week has no later day, so it is the Thursday.
        (Weekly(2, 4, TEN, date(2026, 3, 20)), iso("2026-03-20", "2026-04-02", "2026-04-17", "2026-05-01")),
        # The 31st is the last day of a shorter month; at a weekend, the last working day.
        (MonthlyOnDay(31, TEN), iso("2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30")),
        (MonthlyOnDay(1, TEN), iso("2026-01-02", "2026-02-02", "2026-03-02", "2026-04-01")),
        (MonthlyOnWeekday(1, 1, TEN), iso("2026-01-06", "2026-02-03", "2026-03-03", "2026-04-07")),
        (MonthlyOnWeekday(LAST, 3, TEN), iso("2026-01-29", "2026-02-26", "2026-03-26", "2026-04-30")),
        # The first Monday of April is Tweede Paasdag: April is not skipped.
        (MonthlyOnWeekday(1, 0, TEN), iso("2026-01-05", "2026-02-02", "2026-03-02", "2026-04-07")),
    ],
)
def test_against_the_calendar_as_printed(cadence: Cadence, expected: list[date]) -> None:
    assert days(cadence, expected[0], date(2026, 12, 31))[:4] == expected


@pytest.mark.parametrize("day", range(1, 32))
def test_every_month_of_ten_years_has_one_round(day: int) -> None:
    held = days(MonthlyOnDay(day, TEN), FIRST, FIRST.replace(year=FIRST.year + YEARS) - DAY)
    months = [(one.year, one.month) for one in held]
    assert months == [(year, month) for year in range(2025, 2025 + YEARS) for month in range(1, 13)]


@pytest.mark.parametrize("weeks", range(1, 13))
def test_every_so_many_weeks_for_ten_years(weeks: int) -> None:
    held = days(Weekly(weeks, 1, TEN, FIRST), FIRST, FIRST.replace(year=FIRST.year + YEARS) - DAY)
    weeks_held = [one - timedelta(days=one.weekday()) for one in held]
    steps = {(later - one).days // 7 for one, later in pairwise(weeks_held)}
    # Only a week that is all holidays is passed over: there is none in these years.
    assert steps == {weeks}


def test_each_day_of_ten_years_gives_the_same_next_round() -> None:
    cadence = MonthlyOnWeekday(2, 2, TEN)
    held = days(cadence, FIRST, FIRST.replace(year=FIRST.year + YEARS + 1))
    day = FIRST
    while day < FIRST.replace(year=FIRST.year + YEARS):
        moment = next_round(cadence, HOURS.midnight(day), HOURS)
        assert moment is not None
        assert HOURS.local_date(moment) == next(one for one in held if one >= day)
        assert moment.astimezone(AMSTERDAM).time() == TEN, "winter or summer, it is ten on the wall"
        day += DAY


@given(cadences, moments)
def test_a_round_is_ahead_on_a_working_day_at_its_hour(cadence: Cadence, now: datetime) -> None:
    moment = next_round(cadence, now, HOURS)
    assert moment is not None
    assert not isinstance(cadence, ByHand)
    assert moment > now
    assert HOURS.is_working_day(HOURS.local_date(moment))
    assert moment.astimezone(AMSTERDAM).time() == cadence.at


@given(cadences, moments)
def test_a_round_is_announced_two_working_days_before(cadence: Cadence, now: datetime) -> None:
    moment = next_announced_round(cadence, now, HOURS)
    assert moment is not None
    told = announcement(moment, HOURS)
    assert now < told < moment
    assert HOURS.next_office_moment(told) == told
    assert HOURS.local_date(HOURS.opening_after_working_days(told, 2)) == HOURS.local_date(moment)


@given(weekly, moments)
def test_two_rounds_never_meet(cadence: Weekly, now: datetime) -> None:
    one = next_round(cadence, now, HOURS)
    assert one is not None
    other = next_round(cadence, one, HOURS)
    assert other is not None
    assert HOURS.local_date(one).isocalendar()[:2] != HOURS.local_date(other).isocalendar()[:2]


@given(cadences, moments)
def test_nothing_is_held_in_a_recess(cadence: Cadence, now: datetime) -> None:
    day = HOURS.local_date(now)
    closed = replace(HOURS, recesses=(Recess(day, day + 40 * DAY),))
    moment = next_round(cadence, now, closed)
    assert moment is not None
    assert HOURS.local_date(moment) > day + 40 * DAY


def test_a_recess_that_covers_a_month_costs_that_month_only() -> None:
    closed = replace(HOURS, recesses=(Recess(date(2026, 7, 11), date(2026, 8, 23)),))
    held = days(MonthlyOnWeekday(1, 1, TEN), date(2026, 6, 1), date(2026, 9, 30), closed)
    # August still has open days behind the recess.
    assert held == iso("2026-06-02", "2026-07-07", "2026-08-24", "2026-09-01")
    assert days(Weekly(1, 1, TEN, FIRST), date(2026, 7, 6), date(2026, 8, 30), closed) == iso(
        "2026-07-07", "2026-08-25"
    )


@given(moments, moments)
def test_a_late_round_has_its_notice_too(planned: datetime, now: datetime) -> None:
    late = late_round(planned, now, HOURS)
    assert HOURS.local_date(late) == HOURS.local_date(HOURS.opening_after_working_days(now, 2))
    assert late > now


def test_by_hand_is_never_by_itself() -> None:
    assert next_round(ByHand(), HOURS.midnight(FIRST), HOURS) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Weekly(0, 1, TEN, FIRST),
        lambda: Weekly(13, 1, TEN, FIRST),
        lambda: Weekly(1, 7, TEN, FIRST),
        lambda: MonthlyOnDay(0, TEN),
        lambda: MonthlyOnDay(32, TEN),
        lambda: MonthlyOnWeekday(5, 1, TEN),
        lambda: MonthlyOnWeekday(1, 1, time(10, tzinfo=UTC)),
    ],
)
def test_what_is_no_rhythm_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match=r"rhythm|month"):
        make()  # type: ignore[operator]


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("elke 2 weken op dinsdag om 10 uur", Weekly(2, 1, TEN, TODAY)),
        ("elke week maandag", Weekly(1, 0, TEN, TODAY)),
        ("Elke dinsdag, 9:30", Weekly(1, 1, time(9, 30), TODAY)),
        ("om de week donderdag", Weekly(2, 3, TEN, TODAY)),
        ("elke drie weken wo 14.15 uur", Weekly(3, 2, time(14, 15), TODAY)),
        ("every 12 weeks on friday", Weekly(12, 4, TEN, TODAY)),
        ("every other week friday", Weekly(2, 4, TEN, TODAY)),
        ("wekelijks op woensdag", Weekly(1, 2, TEN, TODAY)),
        ("eerste dinsdag van de maand", MonthlyOnWeekday(1, 1, TEN)),
        ("first tuesday", MonthlyOnWeekday(1, 1, TEN)),
        ("elke maand de laatste vrijdag om 14 uur", MonthlyOnWeekday(LAST, 4, time(14))),
        ("elke maand de 31e", MonthlyOnDay(31, TEN)),
        ("maandelijks op de 15e om 9.30 uur", MonthlyOnDay(15, time(9, 30))),
        ("laatste dag van de maand", MonthlyOnDay(31, TEN)),
        ("met de hand", ByHand()),
        ("by hand", ByHand()),
    ],
)
def test_rhythms_as_people_type_them(words: str, cadence: Cadence) -> None:
    assert parse_cadence(words, TODAY) == cadence


@pytest.mark.parametrize(
    "words",
    [
        "", "dinsdag", "elke 13 weken maandag", "elke 0 weken maandag", "elke maand", "elke maand dinsdag",
        "elke week", "vijfde dinsdag", "elke maand de 32e", "elke dinsdag om 25 uur",
        "met de hand op dinsdag", "elke dinsdag en donderdag", "ik drink elke dinsdag koffie met mijn baas",
        "nooit", "🙂" * 60,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_never_guessed(words: str) -> None:
    assert parse_cadence(words, TODAY) is None


@given(st.text(max_size=200))
def test_any_words_are_a_rhythm_or_nothing(words: str) -> None:
    parse_cadence(words, TODAY)
