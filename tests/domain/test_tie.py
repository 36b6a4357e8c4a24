"""A tie over time: any run of days, signs and counting days ends in each mark counted once, and rightly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.months import months_before
from bot.domain.tie import MARKS, QUIET_AFTER_MONTHS, Life, Outcome, Strength, marks_due, strength

MET = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAYS = st.integers(0, 1_200)


def day(number: int) -> datetime:
    return MET + timedelta(days=number)


@pytest.mark.parametrize(
    ("sign", "now", "step"),
    [
        (0, 0, Strength.NEW),
        (0, 180, Strength.NEW),
        (0, 181, Strength.QUIET),
        (300, 400, Strength.NEW),
        (364, 400, Strength.NEW),
        (365, 400, Strength.LASTING),
        (365, 365 + 184, Strength.QUIET),
    ],
)
def test_the_steps(sign: int, now: int, step: Strength) -> None:
    assert strength(Life(MET, day(sign)), day(now)) is step


@given(sign=DAYS, later=DAYS, alone=DAYS)
def test_by_itself_is_never_quiet_and_a_sign_of_life_never_leaves_it_so(
    sign: int, later: int, alone: int
) -> None:
    now = day(sign + later)
    assert strength(Life(MET, day(sign), day(alone)), now) is Strength.ALONE
    quiet = day(sign) <= months_before(now, QUIET_AFTER_MONTHS)
    assert (strength(Life(MET, day(sign)), now) is Strength.QUIET) is quiet
    assert strength(Life(MET, now), now) is not Strength.QUIET


@given(
    signs=st.lists(DAYS, max_size=6),
    alone=st.none() | DAYS,
    looks=st.lists(DAYS, max_size=40),
)
def test_each_mark_is_counted_once_whenever_somebody_looks(
    signs: list[int], alone: int | None, looks: list[int]
) -> None:
    """A bot that was down looks late: it counts all that is due then, and nothing twice."""
    counted: list[int] = []
    for look in sorted(looks):
        signed = max((sign for sign in signs if sign <= look), default=0)
        alone_at = day(alone) if alone is not None and alone <= look else None
        life = Life(MET, day(signed), alone_at)
        for age, outcome in marks_due(life, len(counted), day(look)):
            assert day(look) >= MET + timedelta(days=30 * (age + 1))
            assert (outcome is Outcome.ALONE) is (alone_at is not None)
            if outcome is Outcome.ALIVE:
                assert signed > 0
                assert look - signed <= 13 * 31
            counted.append(age)
    assert counted == list(MARKS[: len(counted)])
    if looks and max(looks) > 25 * 31:
        assert counted == list(MARKS)


def test_the_day_on_which_they_met_is_no_sign_of_life_afterwards() -> None:
    (only,) = marks_due(Life(MET, MET), 0, day(125))
    assert only == (3, Outcome.QUIET)
    (only,) = marks_due(Life(MET, day(95)), 0, day(125))
    assert only == (3, Outcome.ALIVE)


def test_a_mark_waits_for_the_answers() -> None:
    """The question comes after three months; who answers within a month counts."""
    assert list(marks_due(Life(MET, MET), 0, day(100))) == []


def test_what_was_heard_long_ago_does_not_count_again() -> None:
    assert dict(marks_due(Life(MET, day(95)), 1, day(13 * 31))) == {12: Outcome.ALIVE}
    assert dict(marks_due(Life(MET, day(95)), 2, day(25 * 31))) == {24: Outcome.QUIET}
