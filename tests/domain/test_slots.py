"""Times that suit everybody: known days by hand, and properties over ten years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.slots import COUNT, HORIZON_DAYS, MARGIN, Rhythm, Span, propose, weekly_starts
from bot.domain.working_time import OfficeHours, Recess

AMSTERDAM, BONAIRE, TOKYO = map(ZoneInfo, ("Europe/Amsterdam", "America/Kralendijk", "Asia/Tokyo"))
HOURS = OfficeHours(AMSTERDAM, time(8, 30), time(17, 30))
ANNA = Rhythm(AMSTERDAM, time(9), time(17))
BRAM = Rhythm(AMSTERDAM, time(8, 30), time(17, 30))
HALF_HOUR, HALF_DAY = timedelta(minutes=30), timedelta(hours=3)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def walls(spans: tuple[Span, ...], zone: ZoneInfo = AMSTERDAM) -> list[str]:
    return [f"{span.start.astimezone(zone):%Y-%m-%d %H:%M}" for span in spans]


def test_three_days_and_three_parts_of_the_day() -> None:
    found = propose([ANNA, BRAM], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
    assert walls(found) == ["2026-11-27 10:00", "2026-11-30 14:00", "2026-12-01 15:30"]
    assert {span.end - span.start for span in found} == {HALF_HOUR}


@pytest.mark.parametrize(
    ("after", "expected", "why"),
    [
        ("2026-12-23 17:30", ["2026-12-24", "2026-12-28", "2026-12-29"], "over Christmas"),
        ("2026-12-30 17:30", ["2026-12-31", "2027-01-04", "2027-01-05"], "over New Year"),
        ("2026-04-02 17:30", ["2026-04-07", "2026-04-08", "2026-04-09"], "over Easter"),
        ("2026-05-13 17:30", ["2026-05-15", "2026-05-18", "2026-05-19"], "Hemelvaart"),
        ("2028-02-28 17:30", ["2028-02-29", "2028-03-01", "2028-03-02"], "a leap day"),
    ],
)
def test_holidays_are_passed_over(after: str, expected: list[str], why: str) -> None:
    assert [wall[:10] for wall in walls(propose([ANNA, BRAM], HOURS, local(after), HALF_HOUR))] == expected, (
        why
    )


@pytest.mark.parametrize(
    ("before", "day"), [("2026-03-27 17:30", "2026-03-30"), ("2026-10-23 17:30", "2026-10-26")]
)
def test_the_clock_on_the_wall_counts_when_it_changes(before: str, day: str) -> None:
    first, *_ = propose([ANNA, BRAM], HOURS, local(before), HALF_HOUR)
    assert walls((first,)) == [f"{day} 10:00"]
    assert first.start == local(f"{day} 10:00").astimezone(UTC)


def test_a_recess_is_passed_over() -> None:
    closed = replace(HOURS, recesses=(Recess(date(2026, 11, 27), date(2026, 12, 4)),))
    assert walls(propose([ANNA], closed, local("2026-11-26 17:30"), HALF_HOUR))[0] == "2026-12-07 10:00"


def test_part_time_days_meet_on_the_one_day_they_share() -> None:
    """Anna works Monday to Wednesday, Bram Wednesday to Friday: four Wednesdays."""
    anna, bram = replace(ANNA, days=(0, 1, 2)), replace(BRAM, days=(2, 3, 4))
    found = propose([anna, bram], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
    assert walls(found) == ["2026-12-02 10:00", "2026-12-09 14:00", "2026-12-16 15:30"]


def test_who_shares_no_day_or_hour_gets_nothing() -> None:
    after = local("2026-11-26 17:30")
    assert propose([replace(ANNA, days=(0,)), replace(BRAM, days=(4,))], HOURS, after, HALF_HOUR) == ()
    early, late = replace(ANNA, end=time(12)), replace(BRAM, start=time(13))
    assert propose([early, late], HOURS, after, HALF_HOUR) == ()


def test_few_hours_give_several_times_a_day_when_there_are_too_few_days() -> None:
    monday = replace(ANNA, days=(0,))
    blocked = replace(BRAM, busy=tuple(day_of(f"2026-12-{day:02}") for day in (7, 14, 21)))
    found = propose([monday, blocked], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
    assert walls(found) == ["2026-11-30 10:00", "2026-11-30 14:00", "2026-11-30 15:30"]


def day_of(day: str) -> Span:
    return Span(local(f"{day} 00:00"), local(f"{day} 23:00"))


def test_each_has_their_own_clock() -> None:
    """Nine to five on Bonaire is two to ten at night here: the office ends it at half past five."""
    far = Rhythm(BONAIRE, time(9), time(17))
    found = propose([ANNA, far], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
    assert [wall[11:] for wall in walls(found)] == ["14:00", "14:00", "15:30"]
    assert [wall[11:] for wall in walls(found, BONAIRE)] == ["09:00", "09:00", "10:30"]
    # In summer an hour less is shared.
    summer = propose([ANNA, far], HOURS, local("2026-06-25 17:30"), HALF_HOUR)
    assert all(wall[11:] >= "15:00" for wall in walls(summer))
    assert (
        propose([ANNA, Rhythm(TOKYO, time(9), time(17))], HOURS, local("2026-11-26 17:30"), HALF_HOUR) == ()
    )


def test_a_visit_takes_half_a_day() -> None:
    found = propose([ANNA, BRAM], HOURS, local("2026-11-26 17:30"), HALF_DAY)
    assert walls(found) == ["2026-11-27 10:00", "2026-11-30 14:00", "2026-12-01 14:00"]


def test_what_was_proposed_is_not_proposed_again_and_other_days_come_first() -> None:
    after = local("2026-11-26 17:30")
    first = propose([ANNA, BRAM], HOURS, after, HALF_HOUR)
    again = propose([ANNA, BRAM], HOURS, after, HALF_HOUR, avoid={span.start for span in first})
    assert walls(again) == ["2026-12-02 10:00", "2026-12-03 14:00", "2026-12-04 15:30"]


def test_another_koffie_leaves_time_to_get_there() -> None:
    taken = Span(local("2026-11-27 10:00"), local("2026-11-27 10:30"))
    found = propose([ANNA, replace(BRAM, busy=(taken,))], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
    assert walls(found)[0] == "2026-11-27 09:00"


def test_two_koffies_never_get_one_slot() -> None:
    """Each of Anna's koffies is fixed on its first time; the next ones keep away from it."""
    anna = ANNA
    for _ in range(30):
        (first, *_) = propose([anna, BRAM], HOURS, local("2026-11-26 17:30"), HALF_HOUR)
        assert not any(first.near(taken) for taken in anna.busy)
        anna = replace(anna, busy=(*anna.busy, first))


def test_ten_years_day_by_day() -> None:
    """From every day there are three times ahead, in office hours, on working days, at most nine days off."""
    day = date(2026, 1, 1)
    while day < date(2036, 1, 1):
        after = HOURS.closing(day)
        found = propose([ANNA, BRAM], HOURS, after, HALF_HOUR)
        assert len(found) == COUNT
        days = [HOURS.local_date(span.start) for span in found]
        assert len(set(days)) == COUNT
        assert all(HOURS.is_working_day(one) for one in days)
        assert [wall[11:] for wall in walls(found)] == ["10:00", "14:00", "15:30"]
        assert day < days[0]
        assert (days[-1] - day).days <= 9
        day += timedelta(days=1)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from((AMSTERDAM, AMSTERDAM, BONAIRE, TOKYO))
hours_of_day = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))


@st.composite
def rhythms(draw: st.DrawFn, after: datetime) -> Rhythm:
    start, end = sorted(draw(st.lists(hours_of_day, min_size=2, max_size=2, unique=True)))
    busy = tuple(
        Span(after + timedelta(hours=begins), after + timedelta(hours=begins, minutes=minutes))
        for begins, minutes in draw(
            st.lists(st.tuples(st.integers(0, 400), st.integers(10, 600)), max_size=5)
        )
    )
    days = draw(st.sets(st.integers(0, 4)))
    return Rhythm(draw(zones), start, end, frozenset(days), busy)


@given(st.data(), moments, st.sampled_from((HALF_HOUR, HALF_DAY)))
def test_whatever_is_proposed_suits_everybody(
    data: st.DataObject, after: datetime, length: timedelta
) -> None:
    table = data.draw(st.lists(rhythms(after), min_size=2, max_size=4))
    avoid = data.draw(st.sets(moments, max_size=3))
    found = propose(table, HOURS, after, length, avoid=avoid)
    assert len(found) <= COUNT
    assert list(found) == sorted(found)
    for span in found:
        assert after <= span.start <= after + timedelta(days=HORIZON_DAYS + 2)
        assert span.end - span.start == length
        assert span.start not in avoid
        wall = span.start.astimezone(AMSTERDAM)
        assert HOURS.is_working_day(wall.date())
        assert HOURS.opening(wall.date()) <= span.start
        assert span.end <= HOURS.closing(wall.date())
        assert (wall.minute % 30, wall.second) == (0, 0)
        for one in table:
            start, end = span.start.astimezone(one.zone), span.end.astimezone(one.zone)
            assert not one.days or start.weekday() in one.days
            assert one.start <= start.time() < end.time() <= one.end
            assert all(
                span.end + MARGIN <= taken.start or taken.end + MARGIN <= span.start for taken in one.busy
            )
    assert not any(one.near(other) for one in found for other in found if one is not other)


@given(st.data(), moments)
def test_who_comes_first_makes_no_difference(data: st.DataObject, after: datetime) -> None:
    table = data.draw(st.lists(rhythms(after), min_size=2, max_size=3))
    assert propose(table, HOURS, after, HALF_HOUR) == propose(table[::-1], HOURS, after, HALF_HOUR)


@given(st.data(), moments)
def test_nothing_is_left_out_that_would_suit(data: st.DataObject, after: datetime) -> None:
    """Fewer than three times are proposed only where no other half hour suits all."""
    table = data.draw(st.lists(rhythms(after), min_size=2, max_size=2))
    found = propose(table, HOURS, after, HALF_HOUR)
    if len(found) == COUNT:
        return
    day = HOURS.local_date(after)
    for ahead in range(HORIZON_DAYS + 1):
        for half in range(48):
            wall = datetime.combine(day + timedelta(days=ahead), time(half // 2, half % 2 * 30), AMSTERDAM)
            span = Span(wall.astimezone(UTC), wall.astimezone(UTC) + HALF_HOUR)
            outside = (
                not HOURS.is_working_day(wall.date())
                or span.start < after
                or span.start < HOURS.opening(wall.date())
                or span.end > HOURS.closing(wall.date())
            )
            near = any(span.near(one) for one in found)
            assert outside or near or not all(one.suits(span, HOURS) for one in table)


PLAIN = date(2026, 9, 7)
"""A Monday after which no holiday and no change of clocks comes for as long as times are looked for."""


@given(st.data(), st.sampled_from((HALF_HOUR, HALF_DAY)))
def test_who_share_a_half_hour_of_the_week_are_who_get_a_time(data: st.DataObject, length: timedelta) -> None:
    after = HOURS.midnight(PLAIN)
    table = [
        replace(rhythm, busy=()) for rhythm in data.draw(st.lists(rhythms(after), min_size=2, max_size=3))
    ]
    shared = frozenset.intersection(*(weekly_starts(one, HOURS, PLAIN, length) for one in table))
    assert bool(shared) == bool(propose(table, HOURS, after, length))


def test_a_week_of_holidays_is_a_week_like_any() -> None:
    christmas, plain = (weekly_starts(ANNA, HOURS, day, HALF_HOUR) for day in (date(2026, 12, 25), PLAIN))
    assert christmas == plain
    assert min(plain) == 18, "nine o'clock"
    assert len(plain) == 5 * 16


def test_the_weekend_of_who_lives_far_away_begins_while_it_is_friday_here() -> None:
    night = Rhythm(TOKYO, time(), time(3))
    starts = weekly_starts(night, HOURS, PLAIN, HALF_HOUR)
    assert starts == {48 * weekday + 34 for weekday in range(4)}, "five o'clock, but not on Friday"
