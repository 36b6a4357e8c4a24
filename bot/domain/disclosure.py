"""Disclosure control: figures that show the network and tell of nobody.

Subtracting is the attack: a total minus the rest, this month minus the last, one table minus another. Hiding
what is under five does not stop it, and neither does rounding, whose error has an end: at that end a value is
pinned. So each figure carries noise without end, and

* it is shown only where it counts at least the fewest, and as many people stand behind it on each side; zero
  and few read the same;
* it is renewed only once it changed by at least the fewest; until then it stays as it was;
* a renewal adds the change and fresh noise *to what stood*. So the noise walks, and whoever watches for years
  learns no more about a level than from its first month: noise drawn anew each month could be averaged away.

The noise is the two-sided geometric mechanism of Ghosh, Roughgarden & Sundararajan (2009), the discrete
Laplace of differential privacy. Totals are figures of their own, never sums. Why not suppression, rounding or
cell keys: docs/decisions/0090-figures-that-tell-of-nobody.md, with the attackers that decided it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

FEWEST = 5
"""Nothing counts fewer; no setting, since everybody is promised it."""
ALPHA = 0.5
"""How much less likely each further step of noise is: its standard deviation is 2."""


@dataclass(frozen=True)
class Tally:
    """A true count, and the fewest people behind it: a tie counts once and has a person on either side."""

    count: int
    people: int

    def is_enough(self, fewest: int) -> bool:
        return min(self.count, self.people) >= fewest


@dataclass(frozen=True)
class Standing:
    """What a figure stands on until it is renewed: the true count at that time, and what was told. Secret."""

    counted: int
    told: int


def noise(dice: Random) -> int:
    """A step of noise: ``k`` with probability ``ALPHA ** abs(k) * (1 - ALPHA) / (1 + ALPHA)``."""
    return _run(dice) - _run(dice)


def _run(dice: Random) -> int:
    length = 0
    while dice.random() < ALPHA:
        length += 1
    return length


def renewed(before: Standing | None, tally: Tally, fewest: int, dice: Random) -> Standing | None:
    """What the figure stands on from now; ``None`` as long as it was never enough to show."""
    if not tally.is_enough(fewest):
        return before
    if before is None:
        return Standing(tally.count, tally.count + noise(dice))
    change = tally.count - before.counted
    if abs(change) < fewest:
        return before
    return Standing(tally.count, before.told + change + noise(dice))


def shown(standing: Standing | None, tally: Tally, fewest: int) -> int | None:
    """The figure to publish; ``None`` for zero and for too few alike. It never reads less than the fewest."""
    if standing is None or not tally.is_enough(fewest):
        return None
    return max(fewest, standing.told)


def guarded_median(values: Sequence[int], highest: int, dice: Random) -> int:
    """A value near the median, from 0 to ``highest``; each is possible, so none tells what somebody's was.

    The exponential mechanism of McSherry & Talwar (2007), with the distance in rank as the score.
    """
    weights = []
    for candidate in range(highest + 1):
        below = sum(value < candidate for value in values)
        above = sum(value > candidate for value in values)
        weights.append(ALPHA ** (abs(below - above) / 2))
    return dice.choices(range(highest + 1), weights)[0]
