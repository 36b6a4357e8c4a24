"""A day, a part of it and a time to meet, as people name them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import date_words as say
from bot.domain.dates import Ambiguous, is_appointment, parse_appointment, parse_stretches
from tests.domain.test_dates import AMSTERDAM, TUESDAY, nows, phrases


@pytest.mark.parametrize(
    "phrase",
    [
        "naar donderdag 3 december 10:00",
        "3 december 10 uur",
        "naar 3 december om 10u",
        "donderdag volgende week 10.00 uur",
        "to December 3 at 10 am",
        "2026-12-03T10:00",
    ],
)
def test_a_day_and_a_time_to_meet(phrase: str) -> None:
    assert parse_appointment(phrase, TUESDAY, AMSTERDAM) == datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert is_appointment(phrase)


@pytest.mark.parametrize(
    ("phrase", "wall"),
    [
        ("3 december half drie", "14:30"),
        ("3 december om half 10", "09:30"),
        ("3 december kwart over twee", "14:15"),
        ("3 december kwart voor 1", "12:45"),
        ("3 december half een", "12:30"),
        ("3 december at half past two", "14:30"),
        ("3 december quarter to 3", "14:45"),
        ("3 december om 2 uur", "14:00"),
        ("3 december 2:30", "14:30"),
        ("3 december 14.30", "14:30"),
        ("3 december 02:30", "02:30"),
        ("3 december 2 am", "02:00"),
        ("3 december 0:30", "00:30"),
        ("2026-12-03T02:00", "02:00"),
    ],
)
def test_times_as_they_are_said(phrase: str, wall: str) -> None:
    """Nobody meets at night, unless it is written so."""
    found = parse_appointment(phrase, TUESDAY, AMSTERDAM)
    assert isinstance(found, datetime)
    assert f"{found.astimezone(AMSTERDAM):%d-%m %H:%M}" == f"03-12 {wall}"


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("donderdag", "2026-11-26", "2026-11-26"),
        ("naar dinsdag", "2026-11-24", "2026-11-24"),
        ("morgen", "2026-11-25", "2026-11-25"),
        ("volgende week", "2026-11-30", "2026-12-06"),
        ("deze week", "2026-11-23", "2026-11-29"),
        ("volgende vrijdag", "2026-11-27", "2026-11-27"),
        ("volgende week dinsdag", "2026-12-01", "2026-12-01"),
        ("8 december", "2026-12-08", "2026-12-08"),
        ("vandaag", "2026-11-24", "2026-11-24"),
    ],
)
def test_days_to_meet_on(phrase: str, first: str, last: str) -> None:
    found = parse_stretches(phrase, TUESDAY, AMSTERDAM)
    midnight, end = (datetime.combine(date.fromisoformat(day), time(), AMSTERDAM) for day in (first, last))
    assert found[0] == (midnight, end + timedelta(days=1))


@pytest.mark.parametrize(
    ("phrase", "stretch"),
    [
        ("donderdagmiddag", "26 12-18"),
        ("naar donderdag in de middag", "26 12-18"),
        ("donderdag 's avonds", "26 18-00"),
        ("donderdag 's ochtends", "26 00-12"),
        ("donderdag s morgens", "26 00-12"),
        ("donderdag ’s middags", "26 12-18"),
        ("donderdag in de morgen", "26 00-12"),
        ("thursday morning", "26 00-12"),
        ("thursday in the evening", "26 18-00"),
        ("volgende week maandagochtend", "30 00-12"),
        ("morgenmiddag", "25 12-18"),
        ("morgen middag", "25 12-18"),
        ("overmorgenavond", "26 18-00"),
        ("tomorrow afternoon", "25 12-18"),
        ("vanmiddag", "24 12-18"),
        ("this evening", "24 18-00"),
        ("30 november 's middags", "30 12-18"),
        ("maandagmiddag 30 november", "30 12-18"),
        ("maandagmorgen", "30 00-12"),
    ],
)
def test_a_part_of_a_day_to_meet_in(phrase: str, stretch: str) -> None:
    first, *_ = parse_stretches(phrase, TUESDAY, AMSTERDAM)
    start, end = (moment.astimezone(AMSTERDAM) for moment in first)
    assert f"{start:%d %H}-{end:%H}" == stretch
    assert is_appointment(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "", "gisteren", "dinsdag 14:00", "14:00", "stikstof", "1 maart 2025", "middag", "vanmorgen",
        "volgende week middag", "stikstofmiddag", "eind december", "donderdagmiddag 14:00",
    ],
)  # fmt: skip
def test_no_days_to_meet_on(phrase: str) -> None:
    """It is noon: this morning is over."""
    assert parse_stretches(phrase, TUESDAY + timedelta(hours=2), AMSTERDAM) == ()


@pytest.mark.parametrize(
    ("phrase", "wall"),
    [
        ("donderdagmiddag 2 uur", "14:00"),
        ("donderdag 's middags om half drie", "14:30"),
        ("donderdagmiddag 12 uur", "12:00"),
        ("thursday morning 9:30", "09:30"),
    ],
)
def test_a_part_of_a_day_and_its_time(phrase: str, wall: str) -> None:
    found = parse_appointment(phrase, TUESDAY, AMSTERDAM)
    assert isinstance(found, datetime)
    assert f"{found.astimezone(AMSTERDAM):%d-%m %H:%M}" == f"26-11 {wall}"


@pytest.mark.parametrize("phrase", ["donderdagavond 8 uur", "donderdagochtend 5 uur", "thursday morning 2pm"])
def test_a_time_that_is_not_in_its_part_of_the_day_is_not_guessed(phrase: str) -> None:
    assert parse_appointment(phrase, TUESDAY, AMSTERDAM) is None
    assert is_appointment(phrase)


@given(
    st.sampled_from(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]),
    st.sampled_from([("ochtend", 0), ("middag", 12), ("avond", 18)]),
    nows,
    st.sampled_from(["Europe/Amsterdam", "America/Kralendijk", "Pacific/Auckland"]),
)
def test_a_part_of_a_day_is_by_the_clock_of_who_says_it(
    weekday: str, part: tuple[str, int], now: datetime, zone: str
) -> None:
    """Also on the days on which that clock changes."""
    here = ZoneInfo(zone)
    found = parse_stretches(weekday + part[0], now, here)
    assert len(found) >= 4
    for start, end in found:
        first, last = start.astimezone(here), (end - timedelta(microseconds=1)).astimezone(here)
        assert first.weekday() == say.WEEKDAYS[weekday]
        assert (first.hour, first.minute) == (part[1], 0)
        assert (last.date(), last.hour) == (first.date(), {0: 11, 12: 17, 18: 23}[part[1]])
        assert end > now


def test_half_three_is_another_time_to_the_english_and_the_dutch() -> None:
    assert parse_appointment("3 december half three", TUESDAY, AMSTERDAM) is None


def test_a_weekday_may_be_that_of_any_week() -> None:
    found = parse_stretches("vrijdag", TUESDAY, AMSTERDAM)
    assert [f"{one.start.astimezone(AMSTERDAM):%d-%m}" for one in found] == [
        "27-11",
        "04-12",
        "11-12",
        "18-12",
        "25-12",
    ]


@given(phrases, nows)
def test_days_to_meet_on_lie_ahead(phrase: str, now: datetime) -> None:
    found = parse_stretches(phrase, now, AMSTERDAM)
    assert all(one.start < one.end > now for one in found)
    assert not found or is_appointment(phrase)


@pytest.mark.parametrize("phrase", ["donderdag", "naar 10:00", "volgende week 10:00", "maart 10 uur", "+3d"])
def test_a_day_or_a_time_alone_is_no_moment_to_meet(phrase: str) -> None:
    assert parse_appointment(phrase, TUESDAY, AMSTERDAM) is None


@pytest.mark.parametrize("phrase", ["", "naar", "tegen windmolens", "graag", "stikstof 3", "+3d"])
def test_other_words_are_not_about_a_moment_to_meet(phrase: str) -> None:
    assert not is_appointment(phrase)
    assert parse_appointment(phrase, TUESDAY, AMSTERDAM) is None


def test_a_weekday_that_is_today_may_be_next_week() -> None:
    assert parse_appointment("dinsdag 14:00", TUESDAY, AMSTERDAM) == Ambiguous(
        (datetime(2026, 11, 24, 13, tzinfo=UTC), datetime(2026, 12, 1, 13, tzinfo=UTC))
    )


@given(phrases, nows)
def test_what_is_a_moment_to_meet_is_seen_to_be_one_on_any_day(phrase: str, now: datetime) -> None:
    found = parse_appointment(phrase, now, AMSTERDAM)
    assert found is None or is_appointment(phrase)
    if isinstance(found, datetime):
        assert found > now
