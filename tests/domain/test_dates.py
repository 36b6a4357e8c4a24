"""Dates as people write them: lists written down beforehand, and properties over hostile text."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import date_words as say
from bot.domain.dates import (
    Ambiguous,
    Indefinite,
    Moment,
    Past,
    Until,
    parse_moment,
    parse_until,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM).astimezone(UTC)
HERE = Path(__file__).parent

nows = st.datetimes(datetime(2025, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = [
    *(" ".join(words) for words in (*say.UNTIL, *say.THROUGH, *say.INDEFINITELY, *say.NEAR_DAYS)),
    *(*say.DURING, *say.THIS, *say.COMING, *say.NEXT, *say.BEGIN, *say.MIDDLE, *say.END, *say.PERIODS),
    *(*say.WEEKDAYS, *say.MONTHS, *say.NUMBERS, *say.SPANS, *say.FEASTS, "weekend", "half", "the", "t/m"),
    *(
        "1",
        "15e",
        "31",
        "31st",
        "26",
        "2026",
        "2027",
        "24-12",
        "30/2",
        "2026-12-24",
        "29.2.2027",
        "+3d",
        "9999w",
    ),
    *("middag", "vanavond", "dinsdagochtend", "in de morgen", "'s middags"),
    *("10:00", "9u30", "25:00", "9", "uur", "pm", "'26", "0", "٣"),
]
phrases = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=120)


def listed(name: str) -> list[tuple[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return [(row["text"], row["expected"]) for row in csv.DictReader(file)]


def shown(result: Until | Moment | None) -> str:
    match result:
        case None:
            return "none"
        case Indefinite():
            return "indefinite"
        case Past(day):
            return f"past:{day}"
        case Ambiguous(options):
            return "ambiguous:" + "|".join(map(str, options))
        case datetime():
            return f"{result.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
        case day:
            return str(day)


@pytest.mark.parametrize(("text", "expected"), listed("phrases_until.csv"))
def test_until_when(text: str, expected: str) -> None:
    assert shown(parse_until(text, TUESDAY, AMSTERDAM)) == expected


def test_most_of_the_phrases_that_were_kept_apart_are_read() -> None:
    unseen = listed("phrases_until_unseen.csv")
    wrong = [text for text, expected in unseen if shown(parse_until(text, TUESDAY, AMSTERDAM)) != expected]
    assert len(unseen) == 58
    assert wrong == ["komende week", "tot zo"]


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-11-24", "tot 24 november", "past:2026-11-24"),
        ("2026-11-24", "t/m 24 november", "2026-11-25"),
        ("2026-11-24", "tot 23 november", "2027-11-23"),
        ("2026-11-24", "t/m 23 november", "2027-11-24"),
        ("2026-11-24", "t/m november", "2026-12-01"),
        ("2026-11-24", "tot november", "2027-11-01"),
        ("2026-11-24", "tot dinsdag 1 december 2026", "2026-12-01"),
        ("2026-11-24", "tot woensdag 1 december 2026", "ambiguous:2026-12-01|2026-12-02"),
        ("2026-12-25", "tot kerst", "past:2026-12-25"),
        ("2026-12-25", "t/m kerst", "2026-12-27"),
        ("2026-12-27", "tot na kerst", "2027-12-27"),
        ("2026-12-31", "tot morgen", "2027-01-01"),
        ("2026-12-31", "volgende maand", "2027-01-01"),
        ("2027-01-01", "t/m 31 december", "2028-01-01"),
        ("2026-01-31", "een maand", "2026-02-28"),
        ("2028-01-31", "een maand", "2028-02-29"),
        ("2026-11-28", "tot het weekend", "past:2026-11-28"),
        ("2026-11-29", "tot na het weekend", "2026-11-30"),
        ("2026-11-29", "volgende week", "2026-11-30"),
        ("2026-11-27", "deze vrijdag", "2026-12-04"),
        ("2026-11-24", "dit weekend", "2026-11-28"),
        ("2026-11-24", "koningsdag 2010", "none"),
        ("2026-11-24", "kerst 2025", "past:2025-12-25"),
        ("2026-11-24", "9999 weken", "none"),
        ("2026-11-24", "9999 jaar", "none"),
        ("2026-11-24", "4 uur", "none"),
        ("2026-11-24", "0 dagen", "none"),
        ("2026-11-24", "1 maart 2500", "none"),
        ("2026-11-24", "tot 1 ma\u200bart", "2027-03-01"),
        ("2026-11-24", "tot 1 maart" + " " * 89 + "x", "none"),
    ],
)
def test_until_when_on_other_days(now: str, text: str, expected: str) -> None:
    moment = datetime.fromisoformat(f"{now}T12:00").replace(tzinfo=AMSTERDAM)
    assert shown(parse_until(text, moment, AMSTERDAM)) == expected


def test_today_is_the_local_day() -> None:
    after_midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert parse_until("morgen", after_midnight, AMSTERDAM) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+3d", "2026-11-27 10:00"),
        ("+ 3 d", "2026-11-27 10:00"),
        ("+3 dagen", "2026-11-27 10:00"),
        ("+2w", "2026-12-08 10:00"),
        ("+4h", "2026-11-24 14:00"),
        ("+4u", "2026-11-24 14:00"),
        ("+90m", "2026-11-24 11:30"),
        ("over 2 uur", "2026-11-24 12:00"),
        ("in three weeks", "2026-12-15 10:00"),
        ("+1 maand", "2026-12-24 10:00"),
        ("+130d", "2027-04-03 10:00"),
        ("di 10:00", "2026-12-01 10:00"),
        ("di 10:01", "2026-11-24 10:01"),
        ("di om 11:00", "2026-11-24 11:00"),
        ("wo 9u30", "2026-11-25 09:30"),
        ("2026-11-24 09:30", "past:2026-11-24 08:30:00+00:00"),
        ("2026-11-25 09:30", "2026-11-25 09:30"),
        ("2026-11-25T09:30", "2026-11-25 09:30"),
        ("next monday 9:00", "2026-11-30 09:00"),
        ("next friday 9:00", "ambiguous:2026-11-27 08:00:00+00:00|2026-12-04 08:00:00+00:00"),
        ("volgende week vrijdag 9 uur", "2026-12-04 09:00"),
        ("morgen 9am", "2026-11-25 09:00"),
        ("tomorrow at 12 am", "2026-11-25 00:00"),
        ("tomorrow at 12:15 pm", "2026-11-25 12:15"),
        ("9.30 uur", "2026-11-25 09:30"),
        ("10:30", "2026-11-24 10:30"),
        ("10:00", "2026-11-25 10:00"),
        ("1 maart 2027", "2027-03-01 10:00"),
        ("24-12 8:00", "2026-12-24 08:00"),
        ("28 maart 2027 2:30", "2027-03-28 03:30"),
        ("vandaag", "past:2026-11-24 09:00:00+00:00"),
        ("deze week", "none"),
        ("25:00", "none"),
        ("morgen 9:75", "none"),
        ("13pm", "none"),
        ("+3", "none"),
        ("+", "none"),
        ("", "none"),
        ("+9999 jaar", "none"),
        ("gauw", "none"),
    ],
)
def test_a_moment_to_set_the_clock_by(text: str, expected: str) -> None:
    assert shown(parse_moment(text, TUESDAY, AMSTERDAM)) == expected


def test_days_keep_the_wall_clock_and_hours_do_not() -> None:
    evening_before = datetime(2026, 10, 24, 20, tzinfo=AMSTERDAM)
    assert shown(parse_moment("+1d", evening_before, AMSTERDAM)) == "2026-10-25 20:00"
    assert shown(parse_moment("+24h", evening_before, AMSTERDAM)) == "2026-10-25 19:00"
    in_the_second_2am_hour = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    later = parse_moment("+1h", in_the_second_2am_hour, AMSTERDAM)
    assert later == in_the_second_2am_hour + timedelta(hours=1)


@given(phrases, nows)
def test_any_text_gives_a_day_ahead_or_says_why_not(text: str, now: datetime) -> None:
    today = now.astimezone(AMSTERDAM).date()
    match parse_until(text, now, AMSTERDAM):
        case Ambiguous(options):
            assert len(options) > 1
            assert list(options) == sorted(set(options))
            assert options[0] > today
        case Past(day):
            assert day <= today
        case date() as back:
            assert back > today


@given(phrases, nows)
def test_any_text_gives_a_moment_ahead_or_says_why_not(text: str, now: datetime) -> None:
    match parse_moment(text, now, AMSTERDAM):
        case Ambiguous(options):
            assert len(options) > 1
            assert list(options) == sorted(set(options))
            assert options[0] > now
        case Past(moment):
            assert moment <= now
        case datetime() as moment:
            assert moment > now
            assert moment.tzinfo is UTC


@given(
    nows,
    st.integers(1, 1500),
    st.sampled_from(("{d.day} {nl} {d.year}", "{d.day}-{d.month}-{d.year}", "{en} {d.day}, {d.year}", "{d}")),
)
def test_a_written_date_is_that_date(now: datetime, ahead: int, pattern: str) -> None:
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=ahead)
    dutch, english = _MONTH_NAMES[day.month - 1]
    text = pattern.format(d=day, nl=dutch, en=english)
    for before in ("tot ", "until ", ""):
        assert parse_until(before + text, now, AMSTERDAM) == day
    for before in ("t/m ", "tot en met ", "through ", "tot na "):
        assert parse_until(before + text, now, AMSTERDAM) == day + timedelta(days=1)


@given(nows, st.integers(1, 364))
def test_without_a_year_the_first_such_day_ahead_is_meant(now: datetime, ahead: int) -> None:
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=ahead)
    assert parse_until(f"tot {day.day}/{day.month}", now, AMSTERDAM) == day


@given(nows, st.integers(1, 7))
def test_a_weekday_is_within_a_week(now: datetime, ahead: int) -> None:
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=ahead)
    names = [name for name, number in say.WEEKDAYS.items() if number == day.weekday()]
    for name in names:
        assert parse_until(f"tot {name}", now, AMSTERDAM) == day
        assert parse_until(f"tot komende {name}", now, AMSTERDAM) == day


_MONTH_NAMES = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
