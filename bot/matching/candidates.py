"""Which pairs are looked at: all of them up to some thousands of people."""

from dataclasses import dataclass

import numpy as np

from bot.matching.columns import Ints
from bot.matching.worth import Places, Scale

_BLOCK = 1 << 21
"""Pairs weighed at once: what fits in a processor's cache is quickest."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that may be, the lower place first, in order; with the points of each, persons included."""

    first: Places
    second: Places
    points: Ints

    def __len__(self) -> int:
        return len(self.first)


def every_pair(scale: Scale) -> Pairs:
    """All pairs that may be."""
    people = np.arange(len(scale.of))
    rows = max(1, _BLOCK // max(1, len(people)))
    firsts, seconds = [people[:0]], [people[:0]]
    for start in range(0, len(people), rows):
        row, column = people[start : start + rows, None], people[None, start:]
        place, other = np.nonzero(scale.allowed(row, column) & (row < column))
        firsts.append(place + start)
        seconds.append(other + start)
    return weighed(scale, np.concatenate(firsts), np.concatenate(seconds))


def weighed(scale: Scale, first: Places, second: Places) -> Pairs:
    """These pairs with their points."""
    own = scale.of.points
    return Pairs(first, second, scale.worth(first, second) + own[first] + own[second])
