"""How people type the lines of a profile."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.months import months_before
from bot.domain.profile import (
    DAYS,
    FORMATS,
    NUDGES,
    ZONES,
    Line,
    hours_of,
    parse_days,
    parse_formats,
    parse_hours,
    parse_nudges,
    parse_zone,
    which_line,
)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("ma, di en do", [0, 1, 3]),
        ("maandag", [0]),
        ("donderdag dinsdag", [1, 3]),
        ("ma t/m do", [0, 1, 2, 3]),
        ("di tot en met vrijdag", [1, 2, 3, 4]),
        ("mon to wed", [0, 1, 2]),
        ("alle dagen", [0, 1, 2, 3, 4]),
        ("vr t/m ma", None),
        ("zaterdag", None),
        ("ma en zondag", None),
        ("", None),
        ("-", None),
    ],
)
def test_days(typed: str, days: list[int] | None) -> None:
    assert parse_days(typed) == days


@pytest.mark.parametrize(
    ("typed", "formats"),
    [
        ("bellen of wandelen", ["walk", "call"]),
        ("het liefst live", None),
        ("liefst live", ["live"]),
        ("meelopen, online", ["online", "shadow"]),
        ("alles", list(FORMATS)),
        ("zwemmen", None),
    ],
)
def test_formats(typed: str, formats: list[str] | None) -> None:
    assert parse_formats(typed) == formats


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("9:00 tot 15:00", "09:00-15:00"),
        ("van 9 tot 15 uur", "09:00-15:00"),
        ("8.30-17.00", "08:30-17:00"),
        ("Tussen 10 en 16", "10:00-16:00"),
        ("between 9 and 12", "09:00-12:00"),
        ("15 tot 9", None),
        ("9 tot 9.30", None),
        ("9 tot 25", None),
        ("9", None),
        ("overdag", None),
        ("", None),
    ],
)
def test_hours(typed: str, hours: str | None) -> None:
    assert parse_hours(typed) == hours


def test_hours_are_read_back() -> None:
    assert hours_of("09:00-15:30") == (time(9), time(15, 30))
    assert hours_of("") is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Bonaire", ZONES[1]),
        ("Caribisch Nederland", ZONES[1]),
        ("nederland", ZONES[0]),
        ("America/New_York", "America/New_York"),
        ("Nergens/Plaats", None),
        ("../../etc/passwd", None),
        ("/etc/localtime", None),
        ("Europe", None),
        ("", None),
        ("a" * 500, None),
    ],
)
def test_zones(typed: str, zone: str | None) -> None:
    assert parse_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("de dag ervoor", ["eve"]),
        ("erna en ervoor", ["eve", "after"]),
        ("alle", list(NUDGES)),
        (" ".join(NUDGES), list(NUDGES)),
        ("na drie maanden en eens per jaar", ["contact", "yearly"]),
        ("three months on, once a year", ["contact", "yearly"]),
        ("iets anders", None),
    ],
)
def test_nudges(typed: str, wanted: list[str] | None) -> None:
    assert parse_nudges(typed) == wanted


@given(st.lists(st.sampled_from(DAYS), unique=True, min_size=1))
def test_the_days_of_a_choice_are_read_back(chosen: list[str]) -> None:
    assert parse_days(" ".join(chosen)) == sorted(DAYS.index(day) for day in chosen)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("rol adviseur water", (Line.ROLE, "adviseur water")),
        ("rol: adviseur", (Line.ROLE, "adviseur")),
        ("Niet over vergunningen", (Line.NOT_ABOUT, "vergunningen")),
        ("over mij ik bak brood", (Line.HUMAN_LINE, "ik bak brood")),
        ("e-mail jan@zwolle.nl", (Line.CONTACT, "jan@zwolle.nl")),
        ("ik zoek", (Line.SEEKS, "")),
        ("is mooi", None),
        ("", None),
    ],
)
def test_which_line(typed: str, line: tuple[Line, str] | None) -> None:
    assert which_line(typed) == line


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        ("2026-11-24", 6, "2026-05-24"),
        ("2026-08-31", 6, "2026-02-28"),
        ("2028-08-31", 6, "2028-02-29"),
        ("2026-01-15", 12, "2025-01-15"),
        ("2026-12-01", 1, "2026-11-01"),
        ("2026-01-31", 1, "2025-12-31"),
    ],
)
def test_months_before(moment: str, months: int, before: str) -> None:
    made = months_before(datetime.fromisoformat(moment).replace(tzinfo=UTC), months)
    assert made.date().isoformat() == before
