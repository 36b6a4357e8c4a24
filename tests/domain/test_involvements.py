"""Lists of topics with one's part in each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.involvements import parse_involvements
from bot.domain.lookup import Nothing, One, Several
from bot.domain.lookup_topic import TooBroad
from bot.domain.topic import Part
from tests import snapshot

LEADS, WORKS_ON, FOLLOWS = Part.LEADS, Part.WORKS_ON, Part.FOLLOWS


def stated(text: str) -> list[tuple[str, Part]]:
    return [
        (entry.answer.hit.value.slug if isinstance(entry.answer, One) else "?", entry.part)
        for entry in parse_involvements(text, snapshot.topics())
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "leid stikstof, volg KRW en woningbouw",
            [("stikstof", LEADS), ("waterkwaliteit", FOLLOWS), ("betaalbaar-wonen", FOLLOWS)],
        ),
        ("stikstof", [("stikstof", WORKS_ON)]),
        ("KRW volg ik, stikstof leid ik", [("waterkwaliteit", FOLLOWS), ("stikstof", LEADS)]),
        ("stikstof (trekker), KRW", [("stikstof", LEADS), ("waterkwaliteit", WORKS_ON)]),
        ("ik ben projectleider woningbouw", [("betaalbaar-wonen", LEADS)]),
        ("I lead housing and follow nitrogen", [("betaalbaar-wonen", LEADS), ("stikstof", FOLLOWS)]),
        ("- stikstof\n- pfas", [("stikstof", WORKS_ON), ("waterkwaliteit", WORKS_ON)]),
        ("leid stikstof; werk aan stikstof", [("stikstof", WORKS_ON)]),
        ("AI en algoritmes", [("ai-en-algoritmes", WORKS_ON)]),
        ("", []),
        ("ik leid", []),
    ],
)
def test_lists(text: str, expected: list[tuple[str, Part]]) -> None:
    assert stated(text) == expected


def test_what_is_unknown_double_or_too_broad_is_handed_back_to_ask() -> None:
    answers = [entry.answer for entry in parse_involvements("xyzzy, jeugd, wonen", snapshot.topics())]
    assert [type(answer) for answer in answers] == [Nothing, Several, TooBroad]


def test_a_main_theme_with_en_in_its_name_stays_whole() -> None:
    (entry,) = parse_involvements("natuur en milieu", snapshot.topics())
    assert isinstance(entry.answer, TooBroad)


@given(st.text(max_size=600))
def test_any_text_is_survived(text: str) -> None:
    assert len(parse_involvements(text, snapshot.topics())) <= 20
