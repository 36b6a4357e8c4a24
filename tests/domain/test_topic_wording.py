"""What a topic is called: a task rather than a solution, measured; and what can be no name at all."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.topic_line import Piece, parse_line
from bot.domain.topic_name import LONGEST, Unusable, names_person, plain_line, synonyms, usable
from bot.domain.topic_wording import solution_in

DATA = Path(__file__).parent.parent / "data"
RESERVED = ("koffie", "wie-ken-ik", "doe-mee")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "found", "false"),
    [
        # Written before any rule, and used to make them.
        ("wordings_topics.csv", 1.0, 0.0),
        # Looked at once, for the kinds of words that were missed.
        ("wordings_topics_unseen.csv", 0.85, 0.0),
        # Not looked at until the rules stood: what to expect.
        ("wordings_topics_last.csv", 0.45, 0.05),
    ],
)
def test_how_often_the_warning_is_right(name: str, found: float, false: float) -> None:
    every = rows(name)
    solutions = [row["words"] for row in every if row["kind"] == "solution"]
    tasks = [row["words"] for row in every if row["kind"] == "task"]
    assert sum(solution_in(words) is not None for words in solutions) >= found * len(solutions)
    assert sum(solution_in(words) is not None for words in tasks) <= false * len(tasks)


def test_the_word_that_made_it_sound_so_is_told() -> None:
    assert solution_in("Stikstofloket") == "stikstofloket"
    assert solution_in("Invoeren van betaald parkeren") == "invoeren"
    assert solution_in("Een digital twin") == "digital twin"
    assert solution_in("Invoeren") is None


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("  Bodemdaling  in veengebied. ", "Bodemdaling in veengebied"),
        ("AI & data", "AI & data"),
        ("Jan van Galenstraat", "Jan van Galenstraat"),
        ("Toekomst van Schiphol", "Toekomst van Schiphol"),
        ("Mark Rutte", Unusable.PERSON),
        ("jan de vries", Unusable.PERSON),
        ("Prof. De Vries", Unusable.PERSON),
        ("Weg met Jan de Vries", Unusable.PERSON),
        ("Jan de Vries wegpesten", Unusable.PERSON),
        ("Een ton CO2 minder", "Een ton CO2 minder"),
        ("Verkeer rond de Jan van Galenstraat", "Verkeer rond de Jan van Galenstraat"),
        ("burgemeester", Unusable.PERSON),
        ("Doe mee!", Unusable.RESERVED),
        ("Wie ken ik", Unusable.RESERVED),
        ("a\u202eb omgekeerd", Unusable.HOSTILE),
        ("on\u200bzichtbaar", Unusable.HOSTILE),
        ("regel\x00", Unusable.HOSTILE),
        ("[klik](hier)", Unusable.HOSTILE),
        ("example.com", Unusable.LINK),
        ("12345", Unusable.EMPTY),
        ("", Unusable.EMPTY),
        ("samenwerking overheden", Unusable.VAGUE),
    ],
)
def test_what_can_be_a_name(words: str, answer: str | Unusable) -> None:
    assert usable(words, RESERVED) == answer


@given(st.text(max_size=200))
def test_whatever_is_typed_a_name_is_one_plain_line(words: str) -> None:
    for name in (usable(words, RESERVED), plain_line(words, LONGEST)):
        if not isinstance(name, Unusable):
            assert 0 < len(name) <= LONGEST
            assert name.isprintable()
            assert not set("@#<>[]{}|*_~`\\^") & set(name)
            assert "\n" not in name


def test_a_list_of_other_words() -> None:
    assert synonyms("verzakking, Verzakking; inklinking,,", RESERVED) == ("verzakking", "inklinking")
    assert synonyms("verzakking, koffie", RESERVED) is Unusable.RESERVED
    assert synonyms(", ".join(f"woord{chr(97 + n)}" for n in range(13)), RESERVED) is Unusable.LONG
    assert not names_person("Wim")


def test_a_topic_in_one_line() -> None:
    line = parse_line("Bodemdaling; ook: verzakking, inklinking; Engels: subsidence; thema: bodem")
    assert line.name == "Bodemdaling"
    assert line.pieces == {
        Piece.ALSO: "verzakking, inklinking",
        Piece.ENGLISH: "subsidence",
        Piece.THEMES: "bodem",
    }
    assert parse_line("Bodemdaling; kleur: rood").unknown == "kleur: rood"
    assert parse_line("Bodemdaling; ook verzakking").unknown == "ook verzakking"
