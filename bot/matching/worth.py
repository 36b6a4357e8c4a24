"""What may be, and what it is worth: hard rules and points, for many pairs at once."""

from dataclasses import dataclass

import numpy as np

from bot.domain.channel_rules import Distance
from bot.domain.topic import Part
from bot.matching.columns import NOTHING, Bools, Columns, Ints, Longs, Places, Words, keys
from bot.matching.model import Reason, Settings, Term

_PARTS = tuple(Part)
_COMPLEMENT = frozenset({Part.LEADS, Part.WORKS_ON})
_Told = tuple[Term, int, str]
_ORDER = {term: place for place, term in enumerate(Term)}


@dataclass(frozen=True, slots=True)
class Scale:
    """The rules and points of one plan, over its columns. Shapes of places broadcast as numpy's do."""

    of: Columns
    settings: Settings

    def allowed(self, first: Places, second: Places) -> Bools:
        """Whether two may have koffie at all."""
        of = self.of
        may: Bools = of.organisation[first] != of.organisation[second]
        if self.settings.across_layers:
            may &= of.layer[first] != of.layer[second]
        for sets in (of.languages, of.slots, of.formats):
            may &= _share(sets, first, second)
        if len(of.apart):
            may &= ~_listed(of.apart, keys(first, second, len(of)))
        return may

    def worth(self, first: Places, second: Places) -> Ints:
        """Points of the pair, without those of its persons."""
        of, weights = self.of, self.settings.weights
        points: Ints = weights.other_layer * (of.layer[first] != of.layer[second]).astype(np.int32)
        points += weights.new_layer * self._new_layers(first, second)
        points += weights.practice * _opposite(of.work[first], of.work[second])
        points += weights.other_column * _opposite(of.column[first], of.column[second])
        points += weights.distance * self._as_far(first, second)
        points += self._topic(first, second)
        return points

    def _new_layers(self, first: Places, second: Places) -> Ints:
        """For how many of two the other's layer is one in which they know nobody."""
        of = self.of
        at = np.left_shift(1, of.layer, dtype=np.uint8, casting="unsafe")
        new: Ints = (of.lacks[first] & at[second] != 0).astype(np.int32)
        new += of.lacks[second] & at[first] != 0
        return new

    def _as_far(self, first: Places, second: Places) -> Bools:
        one, other = self.of.region[first], self.of.region[second]
        told: Bools = (one != NOTHING) & (other != NOTHING)
        match self.settings.distance:
            case Distance.NEAR:
                told &= one == other
            case Distance.FAR:
                told &= one != other
            case Distance.ANY:
                told = np.zeros_like(told)
        return told

    def _topic(self, first: Places, second: Places) -> Ints:
        """Points of the one shared topic that is worth the most."""
        of, weights = self.of, self.settings.weights
        best = np.zeros(np.broadcast_shapes(first.shape, second.shape), dtype=np.int32)
        bonus = np.array(
            [[weights.parts * ({one, other} == _COMPLEMENT) for other in _PARTS] for one in _PARTS], np.int32
        )
        theirs = [(topics[second], parts[second]) for topics, parts in zip(of.topics, of.parts, strict=True)]
        for topics, parts in zip(of.topics, of.parts, strict=True):
            topic, part = topics[first], parts[first]
            value = weights.shared_topic + np.append(of.rarity, 0)[topic]
            for their_topic, their_part in theirs:
                same = (topic == their_topic) & (topic != NOTHING)
                np.maximum(best, (value + bonus[part, their_part]) * same, out=best)
        return best


class Reasons:
    """Why two were paired. It keeps the columns as lists, since it reads them one by one."""

    def __init__(self, scale: Scale) -> None:
        of = scale.of
        self._of, self._settings = of, scale.settings
        self._layer, self._work, self._region = of.layer.tolist(), of.work.tolist(), of.region.tolist()
        self._column, self._lacks = of.column.tolist(), of.lacks.tolist()
        self._topics, self._parts = of.topics.T.tolist(), of.parts.T.tolist()
        self._rarity = of.rarity.tolist()
        self._made: dict[tuple[_Told, ...], tuple[Reason, ...]] = {}

    def between(self, one: int, other: int) -> tuple[Reason, ...]:
        """The strongest first; together they are worth what `Scale.worth` says."""
        weights = self._settings.weights
        found: list[_Told] = []
        if self._layer[one] != self._layer[other]:
            found.append((Term.OTHER_LAYER, weights.other_layer, ""))
        new = (self._lacks[one] >> self._layer[other] & 1) + (self._lacks[other] >> self._layer[one] & 1)
        if new:
            found.append((Term.NEW_LAYER, weights.new_layer * new, ""))
        if NOTHING != self._work[one] != self._work[other] != NOTHING:
            found.append((Term.PRACTICE, weights.practice, ""))
        if NOTHING != self._column[one] != self._column[other] != NOTHING:
            found.append((Term.OTHER_COLUMN, weights.other_column, ""))
        found += self._distance(self._region[one], self._region[other])
        found += self._topic(one, other)
        key = tuple(found)
        if key not in self._made:
            # Few are different: one value for all who are alike keeps a plan of very many people small.
            found.sort(key=lambda reason: (-reason[1], _ORDER[reason[0]]))
            self._made[key] = tuple(Reason(*reason) for reason in found if reason[1])
        return self._made[key]

    def _distance(self, one: int, other: int) -> list[_Told]:
        points = self._settings.weights.distance
        told = NOTHING not in (one, other)
        match self._settings.distance:
            case Distance.NEAR if told and one == other:
                return [(Term.NEAR, points, self._of.region_names[one])]
            case Distance.FAR if told and one != other:
                return [(Term.FAR, points, "")]
        return []

    def _topic(self, one: int, other: int) -> list[_Told]:
        weights = self._settings.weights
        mine, theirs = self._held(one), self._held(other)
        shared = [
            (weights.parts * ({mine[topic], theirs[topic]} == _COMPLEMENT), self._rarity[topic], topic)
            for topic in sorted(mine.keys() & theirs.keys())
        ]
        if not shared:
            return []
        parts, rare, topic = max(shared, key=lambda points: points[0] + points[1])
        about = self._of.topic_names[topic]
        terms = {Term.SHARED_TOPIC: weights.shared_topic, Term.PARTS: parts, Term.RARE_TOPIC: rare}
        return [(term, points, about) for term, points in terms.items()]

    def _held(self, who: int) -> dict[int, Part]:
        held = zip(self._topics[who], self._parts[who], strict=True)
        return {topic: _PARTS[part] for topic, part in held if topic != NOTHING}


def _share(sets: Words, first: Places, second: Places) -> Bools:
    """Whether two sets have something in common."""
    common = sets[0][first] & sets[0][second]
    for word in sets[1:]:
        common |= word[first] & word[second]
    some: Bools = common != 0
    return some


def _opposite(one: Ints, other: Ints) -> Bools:
    opposite: Bools = (one != other) & (one != NOTHING) & (other != NOTHING)
    return opposite


def _listed(ordered: Longs, wanted: Longs) -> Bools:
    places = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    found: Bools = ordered[places] == wanted
    return found
