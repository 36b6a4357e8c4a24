"""What a table of three for who is left over costs and brings: the engine alone, with and without.

usage: python -m tests.simulation.tables_of_three

Twelve rounds of one channel, with its repair, of people of whom each has a chance of their own to say yes.
A table comes to a koffie when all at it say yes; where it did not, they are kept apart for three rounds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations
from random import Random

from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.matching import Person, Plan, Settings, plan

_LAYERS = {Layer.RIJK: 20, Layer.PROVINCIE: 10, Layer.GEMEENTE: 55, Layer.WATERSCHAP: 15}
_ROUNDS, _APART, _SITS_OUT = 12, 3, 0.1
_TOPIC = "stikstof"
Pair = tuple[str, str]


@dataclass
class Channel:
    """People and what lies between them, round after round."""

    trios: bool
    dice: Random
    people: list[Person]
    yes: Mapping[str, float]
    known: set[Pair] = field(default_factory=set)
    introduced: set[Pair] = field(default_factory=set)
    apart: dict[Pair, int] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def hold(self, number: int) -> None:
        """One round: a plan, what they say, and one more plan for who wanted and has nobody."""
        some = {one.id for one in self.people if self.dice.random() >= _SITS_OUT}
        for repair in (False, True):
            tables, left_out = self._planned(some, number)
            if not repair:
                self.found["left out"] += len(left_out)
                self.waiting.update(left_out)
                for who in chain.from_iterable(tables):
                    self.waiting[who] = 0
            some = set(chain.from_iterable(self._asked(table, number) for table in tables))

    def _planned(self, some: Collection[str], number: int) -> tuple[list[tuple[str, ...]], Collection[str]]:
        """As a round does: nobody is introduced to the same one again, rather than to nobody."""
        best = self._best(some, number, self.known | self.introduced)
        rest = self._best(best.left_out, number, self.known)
        return [group.members for group in (*best.groups, *rest.groups)], rest.left_out

    def _best(self, some: Collection[str], number: int, known: Iterable[Pair]) -> Plan:
        given = [
            Person(one.id, one.organisation, one.layer, one.topics, waiting=self.waiting[one.id])
            for one in self.people
            if one.id in some
        ]
        apart = [pair for pair, until in self.apart.items() if until > number]
        known, apart = ([pair for pair in pairs if set(pair) <= set(some)] for pairs in (known, apart))
        return plan(given, known, apart, Settings(trios=self.trios, seed=str(number)))

    def _asked(self, table: tuple[str, ...], number: int) -> Collection[str]:
        """What came of a table; who said yes and has nobody."""
        pairs = set(combinations(sorted(table), 2))
        said_yes = [who for who in table if self.dice.random() < self.yes[who]]
        self.introduced |= pairs
        self.found["of three"] += len(table) > 2
        if len(said_yes) < len(table):
            self.apart |= dict.fromkeys(pairs, number + _APART)
            return said_yes
        self.known |= pairs
        self.found.update({"koffies": 1, "ties": len(pairs), "people at a koffie": len(table)})
        return ()


def channel(size: int, seed: int, *, trios: bool) -> Counter[str]:
    """What twelve rounds of so many people bring."""
    dice = Random(seed)
    layers = dice.choices(list(_LAYERS), list(_LAYERS.values()), k=size)
    people = [
        Person(f"{number:03}", str(dice.randrange(size)), layer, {_TOPIC: dice.choice(list(Part))})
        for number, layer in enumerate(layers)
    ]
    made = Channel(trios, dice, people, {one.id: dice.betavariate(3, 2) for one in people})
    for number in range(_ROUNDS):
        made.hold(number)
    return made.found


def main() -> None:
    for size, seeds in ((15, 40), (31, 40), (75, 20)):
        for trios in (True, False):
            found = sum((channel(size, seed, trios=trios) for seed in range(seeds)), Counter[str]())
            words = ", ".join(f"{name} {count / seeds:.1f}" for name, count in sorted(found.items()))
            sys.stdout.write(f"{size} people, {'with' if trios else 'without'}: {words}\n")


if __name__ == "__main__":
    main()
