"""Haste in a question is read, and what is none is left alone."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import Past
from bot.domain.urgency import Urgent, split
from tests.support.workshop import AMSTERDAM

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
CLOSING = time(17, 0)


def understood(words: str) -> tuple[str, str] | None:
    found = split(words, NOW, AMSTERDAM, CLOSING)
    if found is None:
        return None
    match found.before:
        case None:
            return found.words, "haste"
        case Past():
            return found.words, "past"
        case moment:
            return found.words, f"{moment.astimezone(AMSTERDAM):%d-%m %H:%M}"


@pytest.mark.parametrize(
    ("words", "rest", "before"),
    [
        ("stikstof rijk vóór morgen", "stikstof rijk", "25-11 17:00"),
        ("stikstof rijk voor morgen 12.00", "stikstof rijk", "25-11 12:00"),
        ("voor vrijdag: wie doet stikstof?", "wie doet stikstof?", "27-11 17:00"),
        ("stikstof uiterlijk vóór vrijdag 12 uur bij het rijk", "stikstof bij het rijk", "27-11 12:00"),
        ("stikstof voor 3 december", "stikstof", "03-12 17:00"),
        ("stikstof voor 15:00", "stikstof", "24-11 15:00"),
        ("stikstof voor 9:00", "stikstof", "25-11 09:00"),
        ("stikstof voor volgende vrijdag", "stikstof", "27-11 17:00"),
        ("stikstof binnen twee uur", "stikstof", "24-11 12:00"),
        ("stikstof binnen 3 dagen", "stikstof", "27-11 10:00"),
        ("nitrogen by friday 10am", "nitrogen", "27-11 10:00"),
        ("nitrogen within 2 hours", "nitrogen", "24-11 12:00"),
        ("stikstof vandaag nog", "stikstof", "24-11 17:00"),
        ("met spoed stikstof", "stikstof", "haste"),
        ("stikstof zo snel mogelijk", "stikstof", "haste"),
        ("stikstof voor gisteren", "stikstof", "past"),
        ("vóór morgen", "", "25-11 17:00"),
    ],
)
def test_haste_is_taken_out_of_the_question(words: str, rest: str, before: str) -> None:
    assert understood(words) == (rest, before)


@pytest.mark.parametrize(
    "words",
    [
        "stikstof rijk",
        "stikstof voor gemeenten",
        "wie weet iets voor de Omgevingswet",
        "stikstof voor 5",
        "stikstof voor 1 waterschap",
        "stikstof binnen de gemeente",
        "stikstof binnen Utrecht",
        "wie werkt er voor",
        "",
    ],
)
def test_a_preposition_alone_is_no_haste(words: str) -> None:
    assert split(words, NOW, AMSTERDAM, CLOSING) is None


@given(
    st.lists(
        st.sampled_from(
            "voor binnen morgen 12.00 uur uiterlijk 3 spoed x\u0301 vandaag nog é ; 99 ''".split()
        )
    )
)
def test_whatever_is_typed_only_words_are_taken_out_and_the_moment_is_ahead(parts: list[str]) -> None:
    found = split(" ".join(parts), NOW, AMSTERDAM, CLOSING)
    if isinstance(found, Urgent):
        left = iter(parts)
        assert all(word in left for word in found.words.split()), "in their order, none changed"
        assert found.before is None or isinstance(found.before, Past) or found.before > NOW
