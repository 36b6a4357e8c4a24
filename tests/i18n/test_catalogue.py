"""Texts in words: days, moments, facts, and loudly nothing where something is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.i18n.catalogue import Catalogue, TextError, nothing_about
from bot.i18n.text import About, text

TODAY = date(2026, 11, 24)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    for language, until in (("nl", "tot"), ("en", "until")):
        folder = tmp_path / language
        folder.mkdir()
        (folder / "one.ftl").write_text(
            f"until = {until} {{ $day }}\nof = {{ $who }}: {{ $what }}\n", "utf-8"
        )
    return Catalogue(tmp_path, AMSTERDAM)


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("nl", date(2026, 12, 1), "tot dinsdag 1 december"),
        ("en", date(2026, 12, 1), "until Tuesday 1 December"),
        ("nl", date(2027, 3, 1), "tot maandag 1 maart 2027"),
        ("en", date(2025, 3, 1), "until Saturday 1 March 2025"),
    ],
)
def test_a_day_shows_its_year_when_it_is_another_one(
    catalogue: Catalogue, language: str, day: date, words: str
) -> None:
    assert catalogue.words(text("until", day=day), language, nothing_about, today=TODAY) == words


def test_a_moment_is_told_in_the_local_time_and_year(catalogue: Catalogue) -> None:
    new_year = text("until", day=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert catalogue.words(new_year, "nl", nothing_about, today=TODAY) == "tot vrijdag 1 januari 2027 00:30"


def test_texts_and_facts_are_filled_in(catalogue: Catalogue) -> None:
    item = text("of", who=About(official=7, fact="name"), what=text("until", day=TODAY))
    words = catalogue.words(item, "nl", lambda fact: f"nummer {fact.official}", today=TODAY)
    assert words == "nummer 7: tot dinsdag 24 november"


def test_half_a_sentence_is_never_made(catalogue: Catalogue) -> None:
    with pytest.raises(TextError, match="of"):
        catalogue.words(text("of", who="Anna"), "nl", nothing_about, today=TODAY)
    with pytest.raises(TextError, match="nowhere"):
        catalogue.words(text("nowhere"), "nl", nothing_about, today=TODAY)
    with pytest.raises(TextError, match="no place"):
        catalogue.words(text("until", day=About(official=7, fact="name")), "nl", nothing_about, today=TODAY)
