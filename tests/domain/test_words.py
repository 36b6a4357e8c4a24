"""Words: cleaned of what does not show, made alike, cut and stemmed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import TEXT_LIMIT, clean, normalise, squash, stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("'s-Gravenhage", "s gravenhage"),
        ("Hunze en Aa’s", "hunze en aas"),
        ("I&W", "i en w"),
        ("  Groot   SALLAND\n", "groot salland"),
        ("Oekraïne", "oekraine"),
        ("\ufb01nanciën", "financien"),
        ("sti\u200bkst\u202eof", "stikstof"),
        ("_onder_streept_", "onder streept"),
        ("…!?", ""),
    ],
)
def test_texts_are_made_alike(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_ways_of_writing_an_abbreviation_squash_alike() -> None:
    assert len({squash(text) for text in ("IenW", "I en W", "i&w", "I & W", "I-en-W")}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dijken", "dijk"),
        ("woondeals", "woondeal"),
        ("warmtenetten", "warmtenet"),
        ("burgerberaden", "burgerberaad"),
        ("woningen", "woning"),
    ],
)
def test_singular_and_plural_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_house_is_not_living_in_it() -> None:
    assert stem("woningen") != stem("wonen")


def test_an_abbreviation_keeps_its_letters() -> None:
    assert stem("ais") == "ais"


def test_hidden_characters_and_what_is_too_long_are_dropped() -> None:
    assert clean("a\x00b\u202e\u200f\ufeffc\u2066") == "abc"
    assert clean("regel 1\nregel 2") == "regel 1\nregel 2"
    assert len(clean("x" * 10_000)) == TEXT_LIMIT
    assert len(clean("x" * 10_000, limit=80)) == 80


@given(st.text(max_size=700))
def test_clean_text_is_short_shown_and_stays_as_it_is(text: str) -> None:
    result = clean(text)
    assert len(result) <= TEXT_LIMIT
    assert all(c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in result)
    assert clean(result) == result


@given(st.text(max_size=100))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert " ".join(tokens(text)) == once
