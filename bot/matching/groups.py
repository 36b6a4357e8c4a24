"""Koffies of three and four: pairs joined to pairs, then every seat in turn dealt out anew.

First the best pairs, then the best pairs of pairs (Feo and Khellaf 1990), or for threes the best third for
each. Then, as long as it helps, one of each group stands up, and all who stand are dealt over the groups
exactly (the dimensionwise variation of Karapetyan and Gutin 2011, by a matching). A group is worth the sum of
its ties, so one of each layer is worth the most: the vierlagenkoffie.
"""

from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.candidates import Pairs, weighed
from bot.matching.columns import NOTHING, Bools, Ints, Longs, distinct
from bot.matching.pairing import Pairing, best_pairs
from bot.matching.worth import Scale

Members = tuple[int, ...]
_DEALS, _IDLE = 24, 2
"""Times that a seat of each is dealt at most; and times round all seats without gain after which it ends."""
_PAIR, _SMALLEST, _LARGEST = 2, 3, 4
_EVENED = 200
"""Moves for those in too small a group: in a round that comes out even but for a few, three at most."""


def grouped(scale: Scale, looked_at: Pairs, pairing: Pairing) -> list[Members]:
    """Groups of the wanted size, of three or four where it does not come out even; pairs where that fails."""
    pairs = pairs_of(pairing)
    left = alone(pairing)
    if scale.settings.size == _SMALLEST:
        pairs.sort(key=lambda pair: -int(scale.worth(np.array(pair[0]), np.array(pair[1]))))
        # Two of three pairs get a third person from the pair that is worth the least.
        whole = -(-len(pairs) * 2 // 3)
        left += [(one,) for one in chain.from_iterable(pairs[whole:])]
        groups = joined(scale, looked_at, pairs[:whole], left)
    else:
        groups = joined(scale, looked_at, pairs, None)
        groups = joined(scale, looked_at, groups, left)
    groups = _bettered(scale, looked_at, groups)
    evened = _evened(scale, groups)
    return groups if sorted(evened) == sorted(groups) else _bettered(scale, looked_at, evened)


def _bettered(scale: Scale, looked_at: Pairs, groups: list[Members]) -> list[Members]:
    """The groups after each seat was dealt anew, in turn, as long as it helps."""
    last = 0
    for deal in range(_DEALS):
        better = _dealt(scale, looked_at, groups, deal)
        if better != groups:
            last = deal
        elif deal - last >= _IDLE * scale.settings.size:
            break
        groups = better
    return groups


def alone(pairing: Pairing) -> list[Members]:
    """Everybody who has none."""
    return [(one,) for one in np.flatnonzero(pairing.mate == NOTHING).tolist()]


def pairs_of(pairing: Pairing) -> list[Members]:
    """Everybody who has a mate, with that mate."""
    return [(one, other) for one, other in enumerate(pairing.mate.tolist()) if one < other]


def joined(
    scale: Scale, looked_at: Pairs, groups: list[Members], others: list[Members] | None
) -> list[Members]:
    """Each of the others with a group, or without others the groups with each other: as many as can be."""
    if not groups or others == []:
        return groups + (others or [])
    units = groups + (others or [])
    place = np.full(len(scale.of), NOTHING)
    for number, unit in enumerate(units):
        place[list(unit)] = number
    one, other = place[looked_at.first], place[looked_at.second]
    low, high = np.minimum(one, other), np.maximum(one, other)
    fits = (low != NOTHING) & (low != high)
    if others is not None:
        fits &= (low < len(groups)) & (high >= len(groups))
    size = np.array([len(unit) for unit in units], dtype=np.int64)
    fits[fits] = size[low[fits]] + size[high[fits]] <= _LARGEST
    keys = distinct(low[fits] * len(units) + high[fits])
    low, high = keys // len(units), keys % len(units)
    may, points = _between(scale, units, low, high)
    matched = best_pairs(
        len(units), Pairs(low[may].astype(np.int32), high[may].astype(np.int32), points[may])
    ).mate.tolist()
    return [
        unit if mate == NOTHING else unit + units[mate]
        for number, (unit, mate) in enumerate(zip(units, matched, strict=True))
        if mate == NOTHING or number < mate
    ]


def _between(scale: Scale, units: list[Members], low: Longs, high: Longs) -> tuple[Bools, Ints]:
    """Whether everybody of one unit may meet everybody of another, and what that is worth."""
    widest = max(map(len, units), default=0)
    seats = np.array([(*unit, *(NOTHING,) * (widest - len(unit))) for unit in units], dtype=np.int64)
    may = np.ones(len(low), dtype=np.bool_)
    points = np.zeros(len(low), dtype=np.int32)
    for mine in seats.reshape(len(units), widest).T:
        for theirs in seats.T:
            one, other = mine[low], theirs[high]
            there = np.flatnonzero((one != NOTHING) & (other != NOTHING))
            may[there] &= scale.allowed(one[there], other[there])
            points[there] += scale.worth(one[there], other[there])
    own = np.where(seats == NOTHING, 0, scale.of.points[seats]).sum(axis=1, dtype=np.int32)
    layers = np.where(seats == NOTHING, 0, 1 << scale.of.layer[seats])
    union = np.bitwise_or.reduce(layers, axis=1)[low] | np.bitwise_or.reduce(layers, axis=1)[high]
    taken = np.array([len(unit) for unit in units])
    full = _full(scale, np.bitwise_count(union), taken[low] + taken[high])
    return may, points + own[low] + own[high] + full


def _full(scale: Scale, layers: NDArray[np.integer[Any]], seats: NDArray[np.integer[Any]]) -> Ints:
    """What it is worth to have another layer in each seat: ties alone would spread the rare ones thin."""
    size = scale.settings.size
    full = (layers == seats) & (seats >= size) & (size > _PAIR)
    worth: Ints = scale.settings.weights.other_layer * size * full.astype(np.int32)
    return worth


def _dealt(scale: Scale, looked_at: Pairs, groups: list[Members], deal: int) -> list[Members]:
    """The same groups after one seat of each was dealt anew; as they were where that is no better."""
    layer = scale.of.layer
    ordered = [sorted(group, key=lambda one: (int(layer[one]), one)) for group in groups if len(group) > 1]
    # Round after round other seats stand up together: by layer, and then across.
    turn = deal // scale.settings.size
    standing: list[Members] = [
        (group[(deal + place * turn) % len(group)],) for place, group in enumerate(ordered)
    ]
    sitting: list[Members] = [
        tuple(one for one in group if (one,) != up) for group, up in zip(ordered, standing, strict=True)
    ]
    dealt = joined(scale, looked_at, sitting, standing) + [group for group in groups if len(group) == 1]
    if len(dealt) > len(groups) or _value(scale, dealt) <= _value(scale, groups):
        return groups
    return dealt


def _value(scale: Scale, groups: list[Members]) -> int:
    layers = np.array([len({int(scale.of.layer[one]) for one in group}) for group in groups])
    return weight_of(scale, groups)[0] + int(_full(scale, layers, np.array(list(map(len, groups)))).sum())


def weight_of(scale: Scale, groups: list[Members]) -> tuple[int, int]:
    """The points of all ties, persons included, and how many ties there are."""
    ties = np.array([tie for group in groups for tie in combinations(group, 2)], dtype=np.int64)
    pairs = weighed(scale, *ties.reshape(-1, 2).T)
    return int(pairs.points.sum()), len(pairs)


def _evened(scale: Scale, groups: list[Members]) -> list[Members]:
    """Whoever is in a group of fewer than three joins three others, or is joined by one of four."""
    done = sorted(groups, key=lambda group: (len(group), group))
    for _ in range(_EVENED):
        small = [group for group in done if len(group) < _SMALLEST]
        moved = next(
            (
                better
                for unit in small
                if (better := _moved(scale, done, unit) or _dissolved(scale, done, unit))
            ),
            None,
        )
        if moved is None:
            break
        done = moved
    return done


def _dissolved(scale: Scale, groups: list[Members], unit: Members) -> list[Members] | None:
    """The groups after each of these two found a seat of their own, if there are two."""
    done: list[Members] | None = [group for group in groups if group is not unit]
    for one in unit if len(unit) == _PAIR else ():
        done = done and _moved(scale, done, (one,))
    if not done or sum(len(group) < _SMALLEST for group in done) >= sum(
        len(group) < _SMALLEST for group in groups
    ):
        return None
    return done


def _moved(scale: Scale, groups: list[Members], unit: Members) -> list[Members] | None:
    """The groups after one move that helps this unit, if there is one."""
    choices: list[tuple[Members, Members]] = []
    for group in groups:
        if group is not unit and len(group) + len(unit) <= _LARGEST:
            choices.append((group, group))
        elif len(group) == _LARGEST:
            choices += [(group, (one,)) for one in group]
    low = np.zeros(len(choices), dtype=np.int64)
    may, points = _between(scale, [unit, *(part for _, part in choices)], low, np.arange(1, len(choices) + 1))
    if not may.any():
        return None
    group, part = choices[int(np.argmax(np.where(may, points, NOTHING)))]
    rest = [other for other in groups if other is not unit and other is not group]
    stay = tuple(one for one in group if one not in part)
    return [*rest, *([stay] if stay else []), unit + part]
