"""Which pairs are looked at: all of them up to some thousands of people, above that the promising ones.

The promising are found by an index of who holds which topic, in which layer, with which part. Each person
looks into a few places of each shelf, one of them by their own turn on the own shelf: so that everybody is
looked at about as often, and no favourite is on everybody's list while others are on none. The other places
are by chance: by turn alone all would look at their like on every shelf, and only long detours would lead
from who is over here to who is over there.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.matching.columns import NOTHING, Bools, Columns, Ints, Longs, Places, distinct
from bot.matching.relaxation import hashed
from bot.matching.worth import Scale

_BLOCK = 1 << 20
"""Pairs weighed at once."""
_ROWS = 2_048
"""People whose lists are made at once."""
_THREADS = 2
_LAYERS, _PARTS = len(Layer), len(Part)
_TOPICS = 4
"""Of each person, this many of their rarest topics are looked into."""
_WINDOW, _BITS = 5, 12
"""Places of a shelf that somebody looks into; and the bits by which the chance of each moves on."""
_BY_CHANCE, _ALWAYS = 11, 3
"""Offers by chance alone, and how many of those are on the list whatever they are worth."""
_FEW = 5
"""Whoever has fewer pairs than this is weighed against everybody."""
_SCANNED = 200_000_000
"""Pairs weighed for those who found fewer than a few, at most."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that may be, the lower place first, in order; with the points of each, persons included."""

    first: Ints
    second: Ints
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
    offers = _Offers(scale.of)

    def listed(start: int) -> Longs:
        who = np.arange(start, min(people, start + _ROWS))
        return _listed(scale, who, np.stack(list(offers.to(who)), axis=1), most, _ALWAYS)

    # Arrays of this size are reckoned outside the interpreter's lock: on as many cores as there are of these.
    with ThreadPoolExecutor(_THREADS) as pool:
        found = distinct(np.concatenate([*pool.map(listed, range(0, people, _ROWS))]))
    lists = np.bincount(found // people, minlength=people) + np.bincount(found % people, minlength=people)
    lonely = _for_the_lonely(scale, lists, most)
    if len(lonely):
        found = distinct(np.concatenate([found, lonely]))
    return weighed(scale, (found // people).astype(np.int32), (found % people).astype(np.int32))


def weighed(scale: Scale, first: Places, second: Places) -> Pairs:
    """These pairs with their points."""
    own = scale.of.points
    points = np.empty(len(first), dtype=np.int32)
    for start in range(0, len(first), _BLOCK):
        one, other = first[start : start + _BLOCK], second[start : start + _BLOCK]
        points[start : start + _BLOCK] = scale.worth(one, other) + own[one] + own[other]
    return Pairs(first.astype(np.int32, copy=False), second.astype(np.int32, copy=False), points)


class _Offers:
    """Whom the index offers: by topic, by region, by layer, and by chance."""

    def __init__(self, of: Columns) -> None:
        rarest = np.argsort(-np.append(of.rarity, NOTHING)[of.topics], axis=0, kind="stable")[:_TOPICS]
        parts = np.take_along_axis(of.parts, rarest, axis=0)
        self._of = of
        self._topics = np.take_along_axis(of.topics, rarest, axis=0)
        self._shelves = np.where(
            self._topics == NOTHING, NOTHING, (self._topics * _LAYERS + of.layer) * _PARTS + parts
        )
        self._near = np.where(of.region == NOTHING, NOTHING, of.region * _LAYERS + of.layer)
        self._by_topic = _Index(self._shelves, len(of.topic_names) * _LAYERS * _PARTS)
        # Whoever shares no topic may share a region, and if nothing else a layer.
        self._by_region = _Index(self._near[None], len(of.region_names) * _LAYERS)
        self._by_layer = _Index(of.layer[None], _LAYERS)

    def to(self, who: Longs) -> Iterator[Longs]:
        """Arrays with one possible partner for each of these, or ``NOTHING``; those of chance come last."""
        of = self._of
        for own, topic in zip(self._shelves[:, who], self._topics[:, who], strict=True):
            for wanted in range(_LAYERS * _PARTS):
                shelf = np.where(topic == NOTHING, NOTHING, topic * (_LAYERS * _PARTS) + wanted)
                yield from self._by_topic.windows(who, own, shelf)
        region = of.region[who]
        for layer in range(_LAYERS):
            shelf = np.where(region == NOTHING, NOTHING, region * _LAYERS + layer)
            yield from self._by_region.windows(who, self._near[who], shelf)
            yield from self._by_layer.windows(who, of.layer[who], np.full(len(who), layer))
        for turn in range(_BY_CHANCE):
            yield (who + 1 + hashed(np.array([turn]))[0] % max(1, len(of) - 1)) % len(of)


class _Index:
    """Shelves with the people on them, in order of place."""

    def __init__(self, shelves: Ints, count: int) -> None:
        """``shelves``: rows with the number of one shelf for everybody, or ``NOTHING``."""
        row, who = np.nonzero(shelves != NOTHING)
        self._people = shelves.shape[1]
        self._entries = np.sort(shelves[row, who].astype(np.int64) * self._people + who)
        self._start = np.searchsorted(self._entries // self._people, np.arange(count + 1))
        self._size = np.diff(self._start)

    def windows(self, who: Longs, own: Ints, wanted: Ints) -> Iterator[Longs]:
        """For each, some of the shelf that they want: one by their turn on their own, the rest by chance."""
        size = np.where((wanted == NOTHING) | (own == NOTHING), 0, np.append(self._size, 0)[wanted])
        if not size.any():
            return
        turn = np.searchsorted(self._entries, own.astype(np.int64) * self._people + who) - self._start[own]
        begin = turn * size // np.maximum(1, self._size[own])
        chance = hashed(wanted * np.int64(self._people) + who)
        for step in range(_WINDOW):
            # Of one number by chance each place takes other bits.
            here = begin + (chance >> (_BITS * (step - 1)) if step else 0)
            place = self._start[wanted] + here % np.maximum(1, size)
            found = self._entries[np.minimum(place, len(self._entries) - 1)] % self._people
            yield np.where((step < size) & (found != who), found, NOTHING)


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
    return distinct(np.concatenate([np.minimum(one, two) * people + np.maximum(one, two), by_chance]))


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
    return distinct(np.concatenate(keys))
