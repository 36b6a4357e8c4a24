"""Plain Dutch, held by a measure; and the measure itself, held by hand-counted sentences."""

from __future__ import annotations

import pytest

from docs import generate_readability as published
from docs.readability import judged, read, syllables, together


@pytest.mark.parametrize(
    ("word", "count"),
    [("ik", 1), ("koffie", 2), ("waterschap", 3), ("gemeente", 3), ("beantwoorden", 4), ("organisatie", 5)],
)
def test_syllables_of_dutch_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_text_is_counted_as_by_hand() -> None:
    found = read("Ik wis wat ik bewaar: je profiel. Klaar? Ja.\nnog een regel")
    assert (found.sentences, found.words, found.longest_sentence, found.long_words) == (4, 12, 7, 1)


def test_hard_words_read_harder_and_are_refused() -> None:
    plain = read("Ik breng je in contact met een collega bij een andere overheid. Dat duurt twee minuten.")
    policy = read(
        "Teneinde interbestuurlijke samenwerkingsverbanden optimaal te faciliteren, implementeren "
        "beleidsverantwoordelijken gezamenlijk een organisatieoverstijgende kennismakingssystematiek."
    )
    assert plain.flesch_douma > 80 > published.FLESCH_DOUMA_OF_ONE > 0 > policy.flesch_douma
    assert plain.lix < 40 < published.LIX_OF_ONE < policy.lix


def test_no_sentence_is_too_long() -> None:
    longest = {f"{one.house}: {one.key}": one.readability.longest_sentence for one in judged()}
    assert {key: words for key, words in longest.items() if words > published.LONGEST_SENTENCE} == {}


def test_each_message_reads_easily() -> None:
    hard = {
        f"{one.house}: {one.key}": (round(one.readability.flesch_douma), round(one.readability.lix))
        for one in published.long_enough(judged())
        if one.readability.flesch_douma < published.FLESCH_DOUMA_OF_ONE
        or one.readability.lix > published.LIX_OF_ONE
    }
    assert hard == {}


def test_all_texts_together_read_easily() -> None:
    found = together(one.readability for one in judged())
    assert found.words > 2_000
    assert found.flesch_douma >= published.FLESCH_DOUMA_OF_ALL
    assert found.lix <= published.LIX_OF_ALL


def test_the_published_page_is_current() -> None:
    assert published.PAGE.read_text("utf-8") == published.page(), "renew it by 'make docs'"
