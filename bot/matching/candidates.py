"""Which pairs are looked at: all of them up to some thousands of people, above that the promising ones.

The promising are found by an index of who holds which topic, in which layer, with which part. Each person
looks into a few places of each shelf, one of them by their own turn on the own shelf: so that everybody is looked
at about as often, and no favourite is on everybody's list while others are on none. The other places are by
chance: by turn alone all would look at their like on every shelf, and who is over here would stay so, since
only long detours lead to who is over there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.matching.columns import NOTHING, Bools, Columns, Ints, Longs
from bot.matching.relaxation import hashed
from bot.matching.worth import Scale

_BLOCK = 1 << 20
"""Pairs weighed at once."""
_LAYERS, _PARTS = len(Layer), len(Part)
_TOPICS = 4
"""Of each person, this many of their rarest topics are looked into."""
_WINDOW = 3
_NEIGHBOURS = 8
_CHANCE = 3
_FEW = 5
_SCANNED = 200_000_000
"""Pairs weighed for those who found fewer than a few, at most."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that may be, the lower place first, in order; with the points of each, persons included."""

    first: Longs
    second: Longs
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


def promising_pairs(scale: Scale) -> Pairs:
    """The best of what the index offers: a third of each list is kept for the own layer, some for chance.

    Lists of the best alone leave people out wherever one layer holds over half of them.
    """
    people, most = len(scale.of), scale.settings.candidates
    offered = list(_offers(scale.of))
    rows = max(1, _BLOCK // len(offered))
    keys = []
    for start in range(0, people, rows):
        who = np.arange(start, min(people, start + rows))
        keys.append(_listed(scale, who, np.stack([offer[who] for offer in offered], axis=1), most, _CHANCE))
    found = np.unique(np.concatenate(keys))
    lists = np.bincount(np.concatenate([found // people, found % people]), minlength=people)
    found = np.union1d(found, _for_the_lonely(scale, lists, most))
    return weighed(scale, found // people, found % people)


def weighed(scale: Scale, first: Longs, second: Longs) -> Pairs:
    """These pairs with their points."""
    own = scale.of.points
    points = np.empty(len(first), dtype=np.int32)
    for start in range(0, len(first), _BLOCK):
        one, other = first[start : start + _BLOCK], second[start : start + _BLOCK]
        points[start : start + _BLOCK] = scale.worth(one, other) + own[one] + own[other]
    return Pairs(first, second, points)


def _offers(of: Columns) -> Iterator[Longs]:
    """Arrays with one possible partner for everybody, or ``NOTHING``; those of chance come last."""
    people = np.arange(len(of))
    rarest = np.argsort(-np.append(of.rarity, NOTHING)[of.topics], axis=0, kind="stable")[:_TOPICS]
    topics = np.take_along_axis(of.topics, rarest, axis=0)
    parts = np.take_along_axis(of.parts, rarest, axis=0)
    shelves = np.where(topics == NOTHING, NOTHING, (topics * _LAYERS + of.layer) * _PARTS + parts)
    index = _Index(shelves, len(of.topic_names) * _LAYERS * _PARTS)
    for own, topic in zip(shelves, topics, strict=True):
        for wanted in range(_LAYERS * _PARTS):
            shelf = np.where(topic == NOTHING, NOTHING, topic * (_LAYERS * _PARTS) + wanted)
            yield from index.windows(own, shelf, _WINDOW)
    # Whoever shares no topic may share a region, and if nothing else a layer.
    regions = len(of.region_names)
    near = np.where(of.region == NOTHING, NOTHING, of.region * _LAYERS + of.layer)[None]
    by_region = _Index(near, regions * _LAYERS)
    by_layer = _Index(of.layer[None], _LAYERS)
    for layer in range(_LAYERS):
        shelf = np.where(of.region == NOTHING, NOTHING, of.region * _LAYERS + layer)
        yield from by_region.windows(near[0], shelf, _WINDOW)
        yield from by_layer.windows(of.layer, np.full(len(of), layer), _WINDOW)
    for turn in range(_NEIGHBOURS + _CHANCE):
        yield (people + 1 + hashed(np.array([turn]))[0] % max(1, len(of) - 1)) % len(of)


class _Index:
    """Shelves with the people on them, in order of place."""

    def __init__(self, shelves: Ints, count: int) -> None:
        """``shelves``: rows with the number of one shelf for everybody, or ``NOTHING``."""
        row, who = np.nonzero(shelves != NOTHING)
        self._people = shelves.shape[1]
        self._entries = np.sort(shelves[row, who].astype(np.int64) * self._people + who)
        self._start = np.searchsorted(self._entries // self._people, np.arange(count + 1))
        self._size = np.diff(self._start)

    def windows(self, own: Ints, wanted: Ints, width: int) -> Iterator[Longs]:
        """For everybody, so many of the shelf that they want: one by their turn on their own, the rest by chance."""
        if not len(self._size):
            return
        people = np.arange(self._people)
        size = np.where((wanted == NOTHING) | (own == NOTHING), 0, self._size[wanted])
        if not size.any():
            return
        turn = np.searchsorted(self._entries, own.astype(np.int64) * self._people + people) - self._start[own]
        begin = turn * size // np.maximum(1, self._size[own])
        for step in range(width):
            here = begin + (hashed((wanted * np.int64(width) + step) * self._people + people) if step else 0)
            place = self._start[wanted] + here % np.maximum(1, size)
            found = self._entries[np.minimum(place, len(self._entries) - 1)] % self._people
            yield np.where((step < size) & (found != people), found, NOTHING)


def _listed(scale: Scale, who: Longs, offered: Longs, most: int, chance: int = 0) -> Longs:
    """The keys of the pairs on these people's lists. ``offered``: a row a person, those of chance last."""
    people, who = len(scale.of), who[:, None]
    other = np.maximum(offered, 0)
    may = scale.allowed(who, other) & (offered != NOTHING) & (other != who)
    key = np.minimum(who, other) * people + np.maximum(who, other)
    # Among equals a hash of the pair decides, or everybody would list the same ones.
    rank = (scale.worth(who, other).astype(np.int64) + 1) << 44 | (hashed(key) & 0xFFF) << 32 | other
    rank[~may] = 0
    quota = most // 3
    same = scale.of.layer[who] == scale.of.layer[other]
    chosen = [_first(rank, most - quota), _first(np.where(same, rank, 0), quota)]
    rows = [np.nonzero(places)[0] for places in chosen]
    partners = [places[places != 0] & 0xFFFFFFFF for places in chosen]
    one, two = np.concatenate([who[row, 0] for row in rows]), np.concatenate(partners)
    lucky = slice(key.shape[1] - chance, None)
    by_chance = key[:, lucky][may[:, lucky]]
    return np.unique(np.concatenate([np.minimum(one, two) * people + np.maximum(one, two), by_chance]))


def _first(rank: Longs, most: int) -> Longs:
    """The highest of each row, each once; 0 elsewhere."""
    ordered = -np.sort(-rank, axis=1)
    new: Bools = ordered > 0
    new[:, 1:] &= ordered[:, 1:] != ordered[:, :-1]
    chosen: Longs = np.where(new & (np.cumsum(new, axis=1) <= most), ordered, 0)
    return chosen


def _for_the_lonely(scale: Scale, found: Longs, most: int) -> Longs:
    """The keys of the best pairs, among everybody, of those for whom the index found few."""
    people = np.arange(len(scale.of))
    lonely = np.flatnonzero(found < _FEW)
    lonely = lonely[np.argsort(found[lonely], kind="stable")][: _SCANNED // len(people)]
    rows = max(1, _BLOCK // len(people))
    keys = [people[:0]]
    for start in range(0, len(lonely), rows):
        who = lonely[start : start + rows]
        keys.append(_listed(scale, who, np.broadcast_to(people, (len(who), len(people))), most))
    return np.unique(np.concatenate(keys))
