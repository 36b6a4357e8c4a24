"""An attacker who subtracts: totals minus the rest, month minus month, table against table, and for years.

The attacker knows the method and all its odds, and tries every population that fits what is shown. Against
the guard the best guess stays a guess; against suppression, rounding and noise with an end, which are here as
the proof that this attacker can win, it is certain of counts under five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.domain.disclosure import ALPHA, FEWEST, Standing, Tally, guarded_median, noise, renewed, shown

MOST = 9
"""Each part of the small populations holds at most so many."""
FAR = 14
"""How far beyond the true values the attacker looks for what could have been shown."""
CERTAIN = 0.999
A_GUESS = 0.53
"""Between two neighbouring counts the odds are two to one at most: with five to choose from, 16 in 31."""
STILL_A_GUESS = 0.75
"""For changes, at the least likely of what can be shown: that a figure was renewed tells something too."""

Chance = Callable[[int, int | None], float]
"""How likely it is that a true value shows so; ``None`` is hidden."""


def odds(step: int) -> float:
    return (1 - ALPHA) / (1 + ALPHA) * ALPHA ** abs(step)


def guarded(true: int, seen: int | None) -> float:
    if true < FEWEST or seen is None:
        return float(true < FEWEST and seen is None)
    if seen == FEWEST:
        return 1 - sum(odds(step) for step in range(FEWEST + 1 - true, 200))
    return odds(seen - true) if seen > FEWEST else 0.0


def suppressed(true: int, seen: int | None) -> float:
    return float(seen == (true if true >= FEWEST else None))


def rounded_to_five(true: int, seen: int | None) -> float:
    return float(seen == (5 * round(true / 5) if true >= FEWEST else None))


def within_two(true: int, seen: int | None) -> float:
    if true < FEWEST or seen is None:
        return float(true < FEWEST and seen is None)
    return 0.2 * (abs(seen - true) <= 2)


def changed(true: int, seen: int | None) -> float:
    """By how much a figure differs from a month before, when it is renewed at a change of five or more."""
    if abs(true) < FEWEST:
        return float(seen == 0)
    return 0.0 if seen is None else odds(seen - true)


def exact_change(true: int, seen: int | None) -> float:
    return float(seen == true)


def table(chance: Chance, values: Sequence[int], seen: Sequence[int | None]) -> NDArray[np.float64]:
    return np.array([[chance(value, one) for value in values] for one in seen])


def surest_guess(
    chance: Chance, parts: Sequence[int], hidden: Sequence[int], seen: Sequence[int | None]
) -> float:
    """How sure one gets at best of a hidden part, from a total and the two other parts.

    Every population of three parts, against everything that could be shown of it; all populations are
    equally likely beforehand.
    """
    part = table(chance, parts, seen)
    joint = []
    for count in hidden:
        totals = sorted({one + other + count for one in parts for other in parts})
        of_total = table(chance, totals, seen)
        place = [[totals.index(one + other + count) for other in parts] for one in parts]
        joint.append(np.einsum("ia,jb,kab->ijk", part, part, of_total[:, place]))
    likely = np.array(joint)
    together = likely.sum(axis=0)
    possible = together > 0
    return float((likely.max(axis=0)[possible] / together[possible]).max())


COUNTS = range(MOST + 1)
FEW = range(FEWEST)
SHOWN: Sequence[int | None] = (None, *range(2 * MOST + FEWEST + FAR))
CHANGES = range(-MOST, MOST + 1)
FEW_CHANGES = range(-FEWEST + 1, FEWEST)
SHOWN_CHANGES = range(-2 * MOST - FAR, 2 * MOST + FAR + 1)


def test_a_total_minus_the_rest_stays_a_guess() -> None:
    assert surest_guess(guarded, COUNTS, FEW, SHOWN) <= A_GUESS


@pytest.mark.parametrize("method", [suppressed, rounded_to_five, within_two])
def test_the_same_attacker_is_certain_where_errors_have_an_end(method: Chance) -> None:
    assert surest_guess(method, COUNTS, FEW, SHOWN) > CERTAIN


def test_a_month_minus_a_month_table_against_table_stays_a_guess() -> None:
    assert surest_guess(changed, CHANGES, FEW_CHANGES, SHOWN_CHANGES) <= STILL_A_GUESS


def test_the_same_attacker_is_certain_of_exact_changes() -> None:
    assert surest_guess(exact_change, CHANGES, FEW_CHANGES, SHOWN_CHANGES) > CERTAIN


def drawn_anew(before: Standing | None, tally: Tally, fewest: int, dice: Random) -> Standing | None:
    """Noise without an end, but new each time: what a careful reader averages away."""
    return Standing(tally.count, tally.count + noise(dice))


Renew = Callable[[Standing | None, Tally, int, Random], Standing | None]


def share_found_in_years(renew: Renew, years: int = 10, hidden: int = 3) -> float:
    """How often averaging 'total minus the rest' over the months finds a part that never changes."""
    found = 0
    tries = 300
    for seed in range(tries):
        dice = Random(seed)
        one, other = 20, 30
        standing: list[Standing | None] = [None, None, None]
        rests = []
        for _ in range(12 * years):
            one, other = one + dice.randrange(5, 9), other + dice.randrange(5, 9)
            tallies = [Tally(count, count) for count in (one + other + hidden, one, other)]
            standing = [renew(a, tally, FEWEST, dice) for a, tally in zip(standing, tallies, strict=True)]
            total, *parts = (shown(a, tally, FEWEST) or 0 for a, tally in zip(standing, tallies, strict=True))
            rests.append(total - sum(parts))
        found += round(min(max(mean(rests), 0), FEWEST - 1)) == hidden
    return found / tries


def test_watching_for_ten_years_tells_no_more() -> None:
    assert share_found_in_years(renewed) < 0.3
    assert share_found_in_years(drawn_anew) > 0.6


def test_the_odds_that_the_attacker_knows_are_those_of_the_noise() -> None:
    dice, draws = Random(7), 40_000
    counted = Counter(noise(dice) for _ in range(draws))
    for step in range(-6, 7):
        assert counted[step] / draws == pytest.approx(odds(step), abs=0.01)
    assert max(counted) > 8
    assert min(counted) < -8


def tally(count: int) -> Tally:
    return Tally(count, count)


histories = st.lists(st.integers(0, 30), min_size=1, max_size=12)


@given(histories, st.integers(0, 1000))
def test_nothing_under_the_fewest_is_ever_shown(history: list[int], seed: int) -> None:
    dice = Random(seed)
    standing: Standing | None = None
    for count in history:
        standing = renewed(standing, tally(count), FEWEST, dice)
        seen = shown(standing, tally(count), FEWEST)
        assert (seen is None) == (count < FEWEST)
        assert seen is None or seen >= FEWEST


@given(histories, st.integers(0, 1000))
def test_a_figure_stays_as_it_was_until_it_changed_by_the_fewest(history: list[int], seed: int) -> None:
    dice = Random(seed)
    standing: Standing | None = None
    for count in history:
        before, standing = standing, renewed(standing, tally(count), FEWEST, dice)
        if before is not None and (count < FEWEST or abs(count - before.counted) < FEWEST):
            assert standing == before
        elif before is not None:
            assert standing == Standing(count, standing.told if standing else 0)


def test_many_ties_of_few_people_are_not_shown() -> None:
    """Six ties of one and the same person would be a figure about that person."""
    hub = Tally(count=6, people=1)
    assert shown(renewed(None, hub, FEWEST, Random(1)), hub, FEWEST) is None
    assert shown(renewed(None, tally(6), FEWEST, Random(1)), tally(6), FEWEST) is not None


def test_a_guarded_median_is_near_the_median() -> None:
    dice = Random(3)
    values = [dice.randrange(2, 14) for _ in range(40)]
    near = sum(abs(guarded_median(values, 30, Random(seed)) - median(values)) <= 3 for seed in range(500))
    assert near > 490


def test_each_median_is_possible_so_none_is_told() -> None:
    counted = Counter(guarded_median([4, 5, 5, 6, 30], 10, Random(seed)) for seed in range(2_000))
    assert set(counted) == set(range(11))
    assert counted.most_common(1)[0][0] == 5
