"""Codes: any chance gives one that is found again in whatever people paste around it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.invitation import BITS, find_code, is_like_a_code, write_code

CHANCE = st.integers(0, (1 << BITS) - 1)
CODE = write_code(0x1234567890ABCDEF1234567890ABCDEF)


def test_nobody_guesses_one() -> None:
    assert BITS >= 128
    with pytest.raises(ValueError, match="140 bits"):
        write_code(1 << BITS)


@given(one=CHANCE, other=CHANCE)
def test_every_chance_has_a_code_of_its_own(one: int, other: int) -> None:
    assert (write_code(one) == write_code(other)) is (one == other)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){6}", write_code(one))


@given(chance=CHANCE, before=st.text(max_size=60), after=st.text(max_size=60))
def test_it_is_found_in_what_people_paste(chance: int, before: str, after: str) -> None:
    code = write_code(chance)
    assert find_code(f"{before} {code}. {after}") == code
    assert find_code(f"{before}\n{code.upper()}") == code
    assert is_like_a_code(code)


@given(st.text(max_size=200))
def test_other_words_are_none(words: str) -> None:
    assert find_code(words) is None


@pytest.mark.parametrize(
    "pasted",
    [
        CODE.replace("-", "\u2011"),
        CODE.replace("-", "\u2013"),
        CODE.replace("0", "O").replace("1", "l"),
        f"<{CODE}>",
        f"{CODE}, {CODE}",
    ],
)
def test_what_mail_programs_make_of_it(pasted: str) -> None:
    assert find_code(pasted) == CODE


@pytest.mark.parametrize(
    "words", [CODE[:-1], f"{CODE}a", f"a{CODE}", CODE.replace("-", ""), f"{CODE} {write_code(7)}", ""]
)
def test_what_is_no_code(words: str) -> None:
    assert find_code(words) is None


@pytest.mark.parametrize(("words", "like"), [("abcd-12", True), ("rood", False), ("rood voor 3-4", False)])
def test_a_code_with_a_slip_of_the_pen_is_meant_as_one(words: str, like: bool) -> None:  # noqa: FBT001
    assert is_like_a_code(words) is like
