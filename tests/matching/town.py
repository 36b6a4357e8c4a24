"""Invented people in the shares that the matching was measured with, and who met before."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.matching import Person

LAYERS = (Layer.RIJK, Layer.PROVINCIE, Layer.GEMEENTE, Layer.WATERSCHAP)
SHARES = (35, 5, 50, 10)
TOPICS = 40
REGIONS = 12
SLOTS = 10
COLUMNS = 6
_ZIPF = tuple(accumulate(1 / rank for rank in range(1, TOPICS + 1)))
_PARTS = tuple(Part)


def town(size: int, seed: int = 1) -> list[Person]:
    """So many people; the same for the same seed."""
    dice = Random(seed)
    # About as many people an organisation as there are, whatever the size, but never one for all.
    organisations = max(6, size // 12)
    return [_person(f"p{number}", dice, organisations) for number in range(size)]


def _person(name: str, dice: Random, organisations: int) -> Person:
    layer = dice.choices(LAYERS, SHARES)[0]
    count = dice.choices((1, 2, 3, 4), (35, 30, 22, 13))[0]
    topics = dice.choices(range(TOPICS), cum_weights=_ZIPF, k=count)
    return Person(
        id=name,
        organisation=f"{layer.value}-{dice.randrange(organisations)}",
        layer=layer,
        topics={f"opgave-{topic}": dice.choices(_PARTS, (12, 63, 25))[0] for topic in topics},
        column=f"column-{min(topics) % COLUMNS}",
        region=f"region-{dice.randrange(REGIONS)}",
        languages=dice.choices((("nl",), ("nl", "en"), ("en",)), (70, 25, 5))[0],
        slots=tuple(dice.sample(range(SLOTS), dice.randint(2, 6))),
        waiting=dice.choices((0, 1, 2), (94, 5, 1))[0],
        introductions=dice.randrange(6),
        small=dice.random() < 0.2,
    )


def history(people: list[Person], each: int = 6, seed: int = 1) -> list[tuple[str, str]]:
    """Who met in earlier rounds: mostly over a shared topic, as the engine would have had them meet."""
    dice = Random(seed)
    by_topic: dict[str, list[str]] = {}
    for one in people:
        for topic in one.topics:
            by_topic.setdefault(topic, []).append(one.id)
    met = set()
    for one in people:
        for _ in range(each // 2):
            other = dice.choice(by_topic[dice.choice(list(one.topics))])
            if other != one.id:
                met.add((min(one.id, other), max(one.id, other)))
    return sorted(met)
