"""Working days against the calendar as printed, and properties over ten years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working_time import OfficeHours, Recess

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = OfficeHours(AMSTERDAM)
MONDAY, FRIDAY = 0, 4

_FIRST, _LAST = datetime(2025, 1, 1), datetime(2034, 12, 31)  # noqa: DTZ001 - the strategy adds the zone
moments = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))
terms = st.integers(1, 15)


def local(text: str) -> datetime:
    """A moment as the clock in the office shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-01", "Nieuwjaarsdag"),
        ("2026-04-03", "Goede Vrijdag"),
        ("2026-04-06", "Tweede Paasdag"),
        ("2026-04-27", "Koningsdag"),
        ("2025-05-05", "Bevrijdingsdag in a lustrum year"),
        ("2026-05-05", "Bevrijdingsdag in any other year"),
        ("2026-05-14", "Hemelvaartsdag"),
        ("2026-05-25", "Tweede Pinksterdag"),
        ("2026-12-25", "Eerste Kerstdag"),
        ("2028-12-26", "Tweede Kerstdag"),
        ("2026-11-28", "a Saturday"),
        ("2026-11-29", "a Sunday"),
    ],
)
def test_the_office_is_closed(day: str, why: str) -> None:
    assert not HOURS.is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-04-28", "Koningsdag 2025 moved off Sunday, to the Saturday before, so this Monday is plain"),
        ("2031-04-28", "and again in 2031"),
        ("2026-05-15", "the Friday after Hemelvaart"),
        ("2026-12-24", "the day before Christmas"),
        ("2027-12-27", "Christmas in a weekend is not made up for"),
        ("2026-12-31", "Oudjaar"),
        ("2026-08-03", "in the summer recess"),
    ],
)
def test_the_office_is_open(day: str, why: str) -> None:
    assert HOURS.is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize(
    ("asked", "days", "ends", "why"),
    [
        ("2026-11-23 09:00", 3, "2026-11-26 17:00", "Monday morning"),
        ("2026-11-23 23:59", 3, "2026-11-26 17:00", "Monday night is still Monday"),
        ("2026-11-27 16:00", 3, "2026-12-02 17:00", "Friday, over the weekend"),
        ("2026-11-28 12:00", 3, "2026-12-02 17:00", "a Saturday"),
        ("2026-11-29 12:00", 1, "2026-11-30 17:00", "a Sunday"),
        ("2026-03-27 10:00", 3, "2026-04-01 17:00", "the clock goes forward in between"),
        ("2026-10-23 10:00", 3, "2026-10-28 17:00", "the clock goes back in between"),
        ("2026-03-29 01:59", 1, "2026-03-30 17:00", "a minute before the lost hour"),
        ("2026-04-02 10:00", 3, "2026-04-09 17:00", "over Easter"),
        ("2026-12-30 10:00", 3, "2027-01-05 17:00", "over New Year"),
        ("2026-12-24 10:00", 3, "2026-12-30 17:00", "over Christmas"),
        ("2028-02-28 10:00", 1, "2028-02-29 17:00", "a leap day"),
    ],
)
def test_a_term_ends_at_closing_time(asked: str, days: int, ends: str, why: str) -> None:
    assert HOURS.add_working_days(local(asked), days) == local(ends), why


def test_a_day_is_the_local_day() -> None:
    almost_saturday = datetime(2026, 11, 27, 22, 59, tzinfo=UTC)
    saturday = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
    assert HOURS.local_date(almost_saturday) == date(2026, 11, 27)
    assert HOURS.local_date(saturday) == date(2026, 11, 28)
    assert HOURS.local_date(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert HOURS.midnight(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert HOURS.midnight(date(2026, 12, 1)) == datetime(2026, 11, 30, 23, 0, tzinfo=UTC)


def test_closing_time_follows_the_clock_on_the_wall() -> None:
    assert HOURS.closing(date(2026, 3, 27)).hour == 16
    assert HOURS.closing(date(2026, 3, 30)).hour == 15


def test_a_recess_closes_the_office() -> None:
    hours = OfficeHours(AMSTERDAM, recesses=(Recess(date(2026, 12, 21), date(2027, 1, 4)),))
    assert hours.is_working_day(date(2026, 12, 18))
    assert not hours.is_working_day(date(2026, 12, 21))
    assert not hours.is_working_day(date(2027, 1, 4))
    assert hours.add_working_days(local("2026-12-17 10:00"), 3) == local("2027-01-06 17:00")
    assert hours.add_working_days(local("2026-12-22 10:00"), 1) == local("2027-01-05 17:00")
    assert hours.next_office_moment(local("2026-12-22 10:00")) == local("2027-01-05 09:00")
    assert hours.next_weekday_opening(local("2026-12-22 10:00"), MONDAY) == local("2027-01-05 09:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 09:00", "2026-11-24 09:00"),
        ("2026-11-24 12:34", "2026-11-24 12:34"),
        ("2026-11-24 16:59", "2026-11-24 16:59"),
        ("2026-11-24 17:00", "2026-11-25 09:00"),
        ("2026-11-24 08:59", "2026-11-24 09:00"),
        ("2026-11-24 00:00", "2026-11-24 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),
        ("2026-03-28 12:00", "2026-03-30 09:00"),
        ("2026-10-24 12:00", "2026-10-26 09:00"),
        ("2026-12-31 17:00", "2027-01-04 09:00"),
    ],
)
def test_what_nobody_asked_for_waits_for_the_office(moment: str, expected: str) -> None:
    assert HOURS.next_office_moment(local(moment)) == local(expected)


@pytest.mark.parametrize(
    ("moment", "weekday", "expected", "why"),
    [
        ("2026-11-24 10:00", MONDAY, "2026-11-30 09:00", "from a Tuesday"),
        ("2026-11-23 08:59", MONDAY, "2026-11-23 09:00", "still today"),
        ("2026-11-23 09:00", MONDAY, "2026-11-30 09:00", "the opening itself is past"),
        ("2026-04-01 10:00", MONDAY, "2026-04-07 09:00", "Tweede Paasdag gives way to Tuesday"),
        ("2026-04-06 12:00", MONDAY, "2026-04-07 09:00", "asked on that very day"),
        ("2026-04-07 09:00", MONDAY, "2026-04-13 09:00", "its stand-in is past"),
        ("2026-04-02 10:00", FRIDAY, "2026-04-07 09:00", "Goede Vrijdag gives way to after Easter"),
        ("2026-03-27 10:00", MONDAY, "2026-03-30 09:00", "over the lost hour"),
    ],
)
def test_the_next_opening_on_a_weekday(moment: str, weekday: int, expected: str, why: str) -> None:
    assert HOURS.next_weekday_opening(local(moment), weekday) == local(expected), why


def test_other_hours_and_countries() -> None:
    shop = OfficeHours(AMSTERDAM, start=time(8, 30), end=time(12), country="BE")
    assert shop.add_working_days(local("2026-07-20 10:00"), 1) == local("2026-07-22 12:00")
    assert HOURS.add_working_days(local("2026-07-20 10:00"), 1) == local("2026-07-21 17:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": time(17), "end": time(9)},
        {"start": time(9), "end": time(9)},
        {"start": time(9, tzinfo=UTC)},
        {"country": "Atlantis"},
        {"recesses": (Recess(date(2026, 2, 1), date(2026, 1, 1)),)},
        {"recesses": (Recess(date(2026, 1, 1), date(2027, 1, 1)),)},
    ],
)
def test_nonsense_hours_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"office hours|holidays|recess"):
        OfficeHours(AMSTERDAM, **wrong)  # type: ignore[arg-type]


def test_nonsense_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        HOURS.next_office_moment(datetime(2026, 11, 24))  # noqa: DTZ001
    with pytest.raises(ValueError, match="at least one"):
        HOURS.add_working_days(local("2026-11-24 10:00"), 0)
    with pytest.raises(ValueError, match="weekday"):
        HOURS.next_weekday_opening(local("2026-11-24 10:00"), 7)


@pytest.mark.parametrize(
    ("moment", "before", "why"),
    [
        ("2026-11-27 10:00", "2026-11-26 09:00", "a Friday"),
        ("2026-11-30 14:00", "2026-11-27 09:00", "a Monday, over the weekend"),
        ("2026-03-30 10:00", "2026-03-27 09:00", "over the lost hour"),
        ("2026-10-26 10:00", "2026-10-23 09:00", "over the hour that comes twice"),
        ("2026-04-07 10:00", "2026-04-02 09:00", "over Easter"),
        ("2027-01-04 10:00", "2026-12-31 09:00", "over New Year"),
    ],
)
def test_the_working_day_before(moment: str, before: str, why: str) -> None:
    assert HOURS.opening_before(local(moment)) == local(before), why


def test_reminders_of_ten_years_day_by_day() -> None:
    """The working day before and the one after are neighbours: for whom it is today it was tomorrow there."""
    day = date(2026, 1, 1)
    while day < date(2036, 1, 1):
        koffie = HOURS.opening(day) + timedelta(hours=1)
        before, after = HOURS.opening_before(koffie), HOURS.opening_after_working_days(koffie, 1)
        assert HOURS.local_date(before) < day < HOURS.local_date(after)
        for moment in (before, after):
            assert moment.astimezone(AMSTERDAM).time() == time(9)
            assert HOURS.next_office_moment(moment) == moment
        if HOURS.is_working_day(day):
            assert HOURS.opening_before(after) == HOURS.opening(day)
            assert HOURS.opening_after_working_days(before, 1) == HOURS.opening(day)
        else:
            assert HOURS.opening_before(after) == before
        day += timedelta(days=1)


@given(moments, terms)
def test_a_term_holds_exactly_its_working_days(moment: datetime, days: int) -> None:
    end = HOURS.add_working_days(moment, days)
    asked, ended = HOURS.local_date(moment), HOURS.local_date(end)
    between = [asked + timedelta(days=n) for n in range(1, (ended - asked).days + 1)]
    assert sum(map(HOURS.is_working_day, between)) == days
    assert HOURS.is_working_day(ended)
    assert end.astimezone(AMSTERDAM).time() == time(17)
    assert end.tzinfo is UTC
    assert HOURS.opening_after_working_days(moment, days) == HOURS.opening(ended) > moment


@given(moments, moments, terms)
def test_a_later_question_never_ends_sooner(one: datetime, other: datetime, days: int) -> None:
    earlier, later = sorted((one, other))
    assert HOURS.add_working_days(earlier, days) <= HOURS.add_working_days(later, days)
    assert HOURS.next_office_moment(earlier) <= HOURS.next_office_moment(later)
    assert HOURS.next_weekday_opening(earlier, MONDAY) <= HOURS.next_weekday_opening(later, MONDAY)


@given(moments, terms, terms)
def test_terms_add_up(moment: datetime, first: int, second: int) -> None:
    at_once = HOURS.add_working_days(moment, first + second)
    assert HOURS.add_working_days(HOURS.add_working_days(moment, first), second) == at_once


@given(moments)
def test_an_office_moment_is_the_first_one_ahead(moment: datetime) -> None:
    found = HOURS.next_office_moment(moment)
    wall = found.astimezone(AMSTERDAM)
    assert found >= moment
    assert HOURS.is_working_day(wall.date())
    assert time(9) <= wall.time() < time(17)
    assert HOURS.next_office_moment(found) == found
    if found > moment:
        assert wall.time() == time(9)
        assert HOURS.next_office_moment(moment + (found - moment) / 2) == found


@given(moments, st.integers(0, 6))
def test_a_weekday_opening_is_ahead_and_on_a_working_day(moment: datetime, weekday: int) -> None:
    found = HOURS.next_weekday_opening(moment, weekday)
    day = HOURS.local_date(found)
    assert found > moment
    assert found == HOURS.opening(day)
    assert HOURS.is_working_day(day)
    nominal = day - timedelta(days=(day.weekday() - weekday) % 7)
    skipped = [nominal + timedelta(days=n) for n in range((day - nominal).days)]
    assert not any(map(HOURS.is_working_day, skipped)), "only closed days are passed over"


@given(moments)
def test_midnight_and_local_date_agree(moment: datetime) -> None:
    day = HOURS.local_date(moment)
    assert HOURS.midnight(day) <= moment < HOURS.midnight(day + timedelta(days=1))
