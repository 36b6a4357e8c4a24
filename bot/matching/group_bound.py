"""What no plan of groups of these sizes is worth more than: the bound in the certificate of threes and fours.

Whoever sits in a group of four has three ties. Ask a price of each end of a tie: a plan is then worth at most
the prices of its ends and what each tie is worth above its two prices, whatever the prices are. Good ones are
found by raising those of who is wanted too much and lowering the others (a Lagrangian relaxation by
subgradients: Held, Wolfe and Crowder 1974, *Mathematical Programming* 6).

Ties alone know nothing of groups: where half of the people work at one layer all ties could be across layers,
but in each group of four two are of that layer. So what another layer is worth is taken out of the ties, and
reckoned by how few of one layer must meet when each layer is spread over the groups.
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np

from bot.matching.candidates import Pairs, weighed
from bot.matching.columns import distinct, keys
from bot.matching.worth import Scale

Members = tuple[int, ...]
_THREE, _FOUR = 3, 4
_PARTS = 16
"""Prices are in parts of a point."""
_TURNS, _FIRST_STEP, _SLOWER = 200, 0.01, 0.975
"""The first step of a price, as a part of what the best pair is worth; and by what the next are smaller."""
_LEAST, _MOST = -4, 8
"""Ties too few or too many by which a price moves in one turn."""


def bound_of(scale: Scale, looked_at: Pairs, groups: Sequence[Members]) -> int:
    """Points that groups of these sizes have at most, of the pairs looked at and of their own."""
    if not groups:
        return 0
    pairs = _with_own(scale, looked_at, groups)
    people, other_layer = len(scale.of), scale.settings.weights.other_layer
    across = scale.of.layer[pairs.first] != scale.of.layer[pairs.second]
    points = _PARTS * (pairs.points.astype(np.int64) - other_layer * across)
    own = _PARTS * scale.of.points.astype(np.int64)
    worth = points - own[pairs.first] - own[pairs.second]
    seats = sorted((len(group) - 1 for group in groups for _ in group), reverse=True)
    ties = np.zeros(people, dtype=np.int64)
    ties[: len(seats)] = seats
    # Whoever is paired brings their own points: they are asked for from the start.
    prices = own + worth.sum() // (2 * len(worth))
    best, step = None, _FIRST_STEP * int(worth.max())
    for _ in range(_TURNS):
        above = points - prices[pairs.first] - prices[pairs.second]
        wanted = above > 0
        # Most ties may be those of whoever has the highest prices: so it holds for any seating.
        dearest = np.argsort(-prices, kind="stable")
        found = int((prices[dearest] * ties).sum() + above[wanted].sum())
        best = found if best is None else min(best, found)
        ends = np.bincount(pairs.first[wanted], minlength=people)
        ends += np.bincount(pairs.second[wanted], minlength=people)
        ends[dearest] -= ties
        prices += np.rint(np.clip(ends, _LEAST, _MOST) * step).astype(np.int64)
        step = max(1.0, step * _SLOWER)
    return (best or 0) // _PARTS + other_layer * _most_across(scale, groups)


def ties_of_all(looked_at: Pairs, size: int) -> int:
    """Ties if nobody who may meet anybody is left out: few groups of three or four beside those wanted."""
    people = len(distinct(np.concatenate([looked_at.first, looked_at.second])))
    other = _THREE + _FOUR - size
    for others in range(size):
        rest = people - others * other
        if rest >= 0 and rest % size == 0:
            return rest // size * comb(size, 2) + others * comb(other, 2)
    # One, two or five make no threes and fours.
    return comb(people, 2) if people < _THREE else comb(_THREE, 2) + 1


def _with_own(scale: Scale, looked_at: Pairs, groups: Sequence[Members]) -> Pairs:
    """The pairs looked at and those of the groups, which the index may not have offered."""
    people = len(scale.of)
    own = np.array([tie for group in groups for tie in combinations(group, 2)], dtype=np.int64).reshape(-1, 2)
    offered = keys(looked_at.first, looked_at.second, people)
    every = distinct(np.concatenate([offered, keys(own[:, 0], own[:, 1], people)]))
    return weighed(scale, every // people, every % people) if len(every) > len(offered) else looked_at


def _most_across(scale: Scale, groups: Sequence[Members]) -> int:
    """Ties across layers at most: with each layer spread over the groups."""
    # The first ones of a layer, one a group, meet nobody of it; the next ones each meet one, and so on.
    counts = np.bincount(scale.of.layer)
    met = np.sort(np.concatenate([np.arange(count) // len(groups) for count in counts]))
    within = int(met[: sum(map(len, groups))].sum())
    return sum(comb(len(group), 2) for group in groups) - within
