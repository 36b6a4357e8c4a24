"""How others pair people, to be measured beside the engine: on the same people, with the same answers.

``shuffle`` is what Microsoft's Icebreaker and pairing-bot do, ``queue`` 18F's Charlie, ``greedy``
chat-roulette, as their code reads. None of them knows of layers, topics, languages or times; what nobody may
do here (two of one organisation, kept apart) they may not do either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from random import Random

from bot.matching import Certificate, Group, Person, Plan, Settings, Tie
from bot.matching import plan as engine

Pairs = Iterable[tuple[str, str]]
Planner = Callable[[Sequence[Person], Pairs, Pairs, Settings], Plan]


def _allowed(one: Person, other: Person, apart: Collection[frozenset[str]]) -> bool:
    return one.organisation != other.organisation and frozenset((one.id, other.id)) not in apart


def _in_order(
    people: Sequence[Person], apart: Collection[frozenset[str]], *, search: bool
) -> list[tuple[str, str]]:
    """Neighbours in the order given; with ``search`` each takes the first one left whom it may have."""
    pairs, left = [], list(people)
    while len(left) > 1:
        one = left.pop(0)
        within = range(len(left)) if search else range(1)
        place = next((place for place in within if _allowed(one, left[place], apart)), None)
        if place is not None:
            pairs.append((one.id, left.pop(place).id))
    return pairs


def _plan(people: Sequence[Person], pairs: Sequence[tuple[str, str]]) -> Plan:
    placed = {one for pair in pairs for one in pair}
    ordered = [(min(pair), max(pair)) for pair in pairs]
    groups = tuple(Group((one, other), (Tie(one, other, ()),)) for one, other in ordered)
    left = tuple(sorted(one.id for one in people if one.id not in placed))
    return Plan(groups, left, Certificate(0, 0, len(pairs), len(people) // 2), "")


def shuffle(people: Sequence[Person], known: Pairs, blocked: Pairs, settings: Settings) -> Plan:
    """Neighbours after a shuffle, whether or not they met."""
    some = sorted(people, key=lambda one: one.id)
    Random(settings.seed).shuffle(some)
    return _plan(some, _in_order(some, {frozenset(pair) for pair in blocked}, search=False))


def queue(people: Sequence[Person], known: Pairs, blocked: Pairs, settings: Settings) -> Plan:
    """Who waited longest is taken with the next in the queue, whether or not they met."""
    dice = Random(settings.seed)
    some = sorted(people, key=lambda one: (-one.waiting, one.introductions, dice.random()))
    return _plan(some, _in_order(some, {frozenset(pair) for pair in blocked}, search=False))


def greedy(people: Sequence[Person], known: Pairs, blocked: Pairs, settings: Settings) -> Plan:
    """One after the other takes somebody at random whom they did not meet."""
    some = sorted(people, key=lambda one: one.id)
    Random(settings.seed).shuffle(some)
    return _plan(some, _in_order(some, {frozenset(pair) for pair in (*known, *blocked)}, search=True))


def forbidden(made: Plan, people: Sequence[Person], blocked: Pairs) -> list[str]:
    """What nobody may plan, whoever plans; an empty list is what is hoped for."""
    organisation = {one.id: one.organisation for one in people}
    apart = {frozenset(pair) for pair in blocked}
    found: list[str] = []
    placed = [member for group in made.groups for member in group.members]
    if len(placed) != len(set(placed)):
        found.append("somebody sits at two tables of one plan")
    for group in made.groups:
        if len({organisation[member] for member in group.members}) < len(group.members):
            found.append("two of one organisation")
        if any(frozenset(pair) in apart for pair in combinations(group.members, 2)):
            found.append("two who are kept apart")
    return found


def watched(planner: Planner, wrong: list[str]) -> Planner:
    """The same planner, whose plans are looked at; what is ``wrong`` is added to the list."""

    def plan(people: Sequence[Person], known: Pairs, blocked: Pairs, settings: Settings) -> Plan:
        apart = list(blocked)
        made = planner(people, known, apart, settings)
        wrong.extend(forbidden(made, people, apart))
        return made

    return plan


PLANNERS: dict[str, Planner] = {"koffie": engine, "shuffle": shuffle, "queue": queue, "greedy": greedy}
