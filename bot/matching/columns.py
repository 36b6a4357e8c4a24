"""The people as columns of whole numbers, in an order of their own that no input order changes."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.domain.layer import Layer
from bot.domain.practice import Practice
from bot.domain.topic import Part
from bot.matching.model import Person, PlanError, Settings, Weights

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Places = Ints | Longs
Words = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Layers = NDArray[np.uint8]
"""Layers as bits."""

NOTHING = -1
MOST_PEOPLE = 2_000_000
MOST_TOPICS = 32
_LAYERS = tuple(Layer)
_PARTS = tuple(Part)
_WORKS = tuple(Practice)
_WORD = 64
_RARE, _RAREST = 3, 6
"""Halvings from which a topic is rare, and at which it is as rare as counts: 1 in 8 and 1 in 64."""
_ENOUGH = 3
"""Introductions from which nobody has few."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Everybody who can take part, one place each. Sets are bits in rows of 64-bit words; full rows mean any.

    ``topics`` holds numbers of topics, a row for the first topic of everybody, one for the second, and so on,
    with ``NOTHING`` where there is none; ``parts`` the part in each. ``points`` are those of the person.
    ``apart`` holds the pairs that must not be, as ``first * n + second`` with the first place the lower,
    in order.
    """

    ids: tuple[str, ...]
    layer: Ints
    lacks: Layers
    organisation: Ints
    region: Ints
    work: Ints
    column: Ints
    topics: Ints
    parts: Ints
    rarity: Ints
    languages: Words
    slots: Words
    formats: Words
    points: Ints
    apart: Longs
    topic_names: tuple[str, ...]
    region_names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def columns(
    people: Sequence[Person],
    apart: Iterable[tuple[str, str]],
    settings: Settings,
) -> Columns:
    """Raise `PlanError` where somebody occurs twice or a pair names somebody unknown or one person twice."""
    if len(people) > MOST_PEOPLE:
        raise PlanError(f"people: more than {MOST_PEOPLE}")
    _check(people)
    taking_part = [one for one in people if _takes_part(one, settings)]
    taking_part.sort(key=lambda one: (_luck(settings.seed, one.id), one.id))
    places = {one.id: place for place, one in enumerate(taking_part)}
    topic_names, topic_of = _numbered(topic for one in taking_part for topic in one.topics)
    region_names, region_of = _numbered(one.region for one in taking_part if one.region)
    _, column_of = _numbered(one.column for one in taking_part if one.column)
    _, organisation_of = _numbered(one.organisation for one in taking_part)
    held = Counter(topic for one in taking_part for topic in one.topics)
    rarity = [_rarity(len(taking_part) // held[name], settings.weights) for name in topic_names]
    # Each person's topics in order of number, so that nothing hangs on the order in which they were told.
    parts = [
        sorted((topic_of[name], _PARTS.index(part)) for name, part in one.topics.items())
        for one in taking_part
    ]
    return Columns(
        ids=tuple(one.id for one in taking_part),
        layer=_ints(_LAYERS.index(one.layer) for one in taking_part),
        lacks=np.array([_layers(one.lacks) for one in taking_part], dtype=np.uint8),
        organisation=_ints(organisation_of[one.organisation] for one in taking_part),
        region=_ints(region_of.get(one.region, NOTHING) for one in taking_part),
        work=_ints(NOTHING if one.work is None else _WORKS.index(one.work) for one in taking_part),
        column=_ints(column_of.get(one.column, NOTHING) for one in taking_part),
        topics=_padded([[topic for topic, _ in own] for own in parts]),
        parts=_padded([[part for _, part in own] for own in parts]),
        rarity=_ints(rarity),
        languages=_bits(taking_part, lambda one: one.languages),
        slots=_bits(taking_part, lambda one: one.slots),
        formats=_bits(taking_part, lambda one: one.formats),
        points=_points(taking_part, settings),
        apart=_apart(apart, people, places),
        topic_names=topic_names,
        region_names=region_names,
    )


def keys(first: Places, second: Places, size: int) -> Longs:
    """One number for each pair, the same either way round."""
    return np.minimum(first, second) * np.int64(size) + np.maximum(first, second)


def distinct(numbers: Longs) -> Longs:
    """Each number once, in order. Several times as fast as numpy's own, which hashes them."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def _check(people: Sequence[Person]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(people):
        if one.id in seen:
            raise PlanError(f"people[{place}].id occurs twice")
        if len(one.topics) > MOST_TOPICS:
            raise PlanError(f"people[{place}].topics: more than {MOST_TOPICS}")
        if not one.languages:
            raise PlanError(f"people[{place}].languages is empty")
        if min(one.waiting, one.introductions) < 0:
            raise PlanError(f"people[{place}]: waiting and introductions are never less than 0")
        seen.add(one.id)


def _takes_part(one: Person, settings: Settings) -> bool:
    return one.active and one.willing and not one.elected and (settings.koepels or not one.koepel)


def _rarity(one_in: int, weights: Weights) -> int:
    halvings = min(_RAREST, one_in.bit_length() - 1)
    return weights.rare_topic * halvings // _RAREST if halvings >= _RARE else 0


def _luck(seed: str, name: str) -> bytes:
    key = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=32).digest()
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()


def _numbered(names: Iterable[str]) -> tuple[tuple[str, ...], dict[str, int]]:
    ordered = tuple(sorted(set(names)))
    return ordered, {name: number for number, name in enumerate(ordered)}


def _layers(some: Iterable[Layer]) -> int:
    return sum(1 << _LAYERS.index(layer) for layer in set(some))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    """A row for the first of each, one for the second, and so on."""
    longest = max(map(len, rows), default=0)
    padded = [(*row, *(NOTHING,) * (longest - len(row))) for row in rows]
    return np.ascontiguousarray(np.array(padded, dtype=np.int32).reshape(len(rows), longest).T)


def _bits(people: Sequence[Person], of: Callable[[Person], Collection[Hashable]]) -> Words:
    """A set each as bits, in as many words as there are different things; an empty set is all of them."""
    number: dict[Hashable, int] = {}
    masks = [sum(1 << number.setdefault(thing, len(number)) for thing in set(of(one))) for one in people]
    count = max(1, -(-len(number) // _WORD))
    every = (1 << (_WORD * count)) - 1
    words = [
        ((mask or every) >> (_WORD * word)) & ((1 << _WORD) - 1) for word in range(count) for mask in masks
    ]
    return np.array(words, dtype=np.uint64).reshape(count, len(people))


def _points(people: Sequence[Person], settings: Settings) -> Ints:
    """What each person adds to any pair they are in: it only decides who is left out."""
    weights = settings.weights
    balance = _balance(people, weights)
    return _ints(
        weights.waiting * min(one.waiting, settings.most_waiting)
        + weights.small * one.small
        + weights.unheard * (one.introductions == 0)
        + weights.few * max(0, _ENOUGH - one.introductions)
        + balance[one.layer]
        for one in people
    )


def _balance(people: Sequence[Person], weights: Weights) -> dict[Layer, int]:
    """Points of each layer by how far its introductions a head stay behind those of all."""
    heads = Counter(one.layer for one in people)
    made = Counter[Layer]()
    for one in people:
        made[one.layer] += one.introductions
    total = sum(made.values())
    if not total:
        return dict.fromkeys(heads, 0)
    # behind = 1 - (made / heads) / (total / len(people)), in whole numbers.
    return {
        layer: max(0, weights.balance * (total * count - made[layer] * len(people)) // (total * count))
        for layer, count in heads.items()
    }


def _apart(apart: Iterable[tuple[str, str]], people: Sequence[Person], places: dict[str, int]) -> Longs:
    everybody = {one.id for one in people}
    firsts: list[int] = []
    seconds: list[int] = []
    for one, other in apart:
        if one not in everybody or other not in everybody:
            raise PlanError("a pair of known or blocked names somebody who is not among the people")
        if one == other:
            raise PlanError("a pair of known or blocked is one person twice")
        if one in places and other in places:
            firsts.append(places[one])
            seconds.append(places[other])
    pairs = keys(np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64), len(places))
    return distinct(pairs)
