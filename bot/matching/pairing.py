"""The best pairs: as many as can be, then worth the most, with a proof of how good they are.

The linear relaxation is solved, its odd circles are rounded, and what that cost is won back in the
neighbourhood of those who were left over, exactly, by Edmonds' blossoms.
"""

from dataclasses import dataclass, replace

import numpy as np
import rustworkx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

from bot.matching.candidates import Pairs
from bot.matching.columns import NOTHING, Bools, Longs
from bot.matching.relaxation import Graph, Relaxed, hashed, largest_weight, potentials, relax

_REGIONS = (500, 2_000)
"""People around those left over among whom the best is sought."""
_LARGEST_EXACT = 10_000
_MOST_EXACT = 120_000
"""People and pairs up to which a component is solved exactly: some seconds to a minute."""
_TOLERATED = 1_000
"""A gap of one in so many is closed exactly."""
_ADDED = 10
"""Pairs a person that are looked at more in each round of pricing."""
_BRANCHES = 6
_TIGHT = 40


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who is with whom: ``mate`` holds everybody's partner, or ``NOTHING``. The rest is its certificate."""

    mate: Longs
    weight: int
    bound: int
    pairs: int
    max_pairs: int


def best_pairs(people: int, pairs: Pairs, first_look: Pairs | None = None) -> Pairing:
    """The most pairs, and of those plans one that is worth the most.

    With a ``first_look``, a good part of the pairs, the rest is looked at as long as it could be better: then
    the bound holds for all pairs, and up to some thousands of people the plan is the best. Without, a gap is
    left where it is below a thousandth, and elsewhere closed in components of some thousands of people.
    """
    if not len(pairs):
        return Pairing(np.full(people, NOTHING), 0, 0, 0, 0)
    problem = _Problem.of(people, pairs)
    active = None if first_look is None else problem.part(first_look)
    low = 2 * int(pairs.points.max()) + 1
    solved = problem.solve(low, active)
    high = min(int(pairs.points.max()) * people, largest_weight(problem.nodes) // 2)
    if solved.pairs < solved.max_pairs and high > low:
        # More pairs, but at a price: then no price is too high.
        dear = problem.solve(high, active)
        most = min(solved.max_pairs, dear.max_pairs)
        better = max(dear, solved, key=lambda one: (one.pairs, one.weight))
        solved = replace(better, max_pairs=most)
    return solved


@dataclass(frozen=True, slots=True)
class _Problem:
    """Pairs, and a seat for each odd component: there one person must be over, who then gets the seat.

    Without seats the relaxation would pair that person by halves, and promise too much.
    """

    people: int
    seats: int
    points: Graph
    component: Longs

    @property
    def nodes(self) -> int:
        return self.people + self.seats

    @staticmethod
    def of(people: int, pairs: Pairs) -> "_Problem":
        component = _components(people, pairs.first, pairs.second)
        size = np.bincount(component)
        odd = np.flatnonzero((size % 2 == 1) & (size > 1))
        seat = np.full(len(size), NOTHING)
        seat[odd] = people + np.arange(len(odd))
        sitting = np.flatnonzero(seat[component] != NOTHING)
        first = np.concatenate([pairs.first, sitting])
        second = np.concatenate([pairs.second, seat[component[sitting]]])
        points = np.concatenate([pairs.points.astype(np.int64), np.zeros_like(sitting)])
        nodes = people + len(odd)
        order = np.argsort(first * nodes + second)
        graph = Graph(nodes, first[order], second[order], points[order])
        return _Problem(people, len(odd), graph, np.concatenate([component, odd]))

    def part(self, pairs: Pairs) -> Bools:
        """Which pairs these are, and all that have to do with seats."""
        active = self.points.second >= self.people
        active[self.points.find(pairs.first, pairs.second)] = True
        return active

    def solve(self, bonus: int, active: Bools | None) -> Pairing:
        """The best matching where each pair is worth ``bonus`` more; ``active``: where to look first."""
        points = self.points
        graph = Graph(self.nodes, points.first, points.second, points.weight + bonus)
        relaxed, price = _priced(graph, active) if active is not None else (relax(graph, exactly=False), None)
        limits = np.zeros(self.component.max() + 1, dtype=np.int64)
        np.add.at(limits, self.component, relaxed.value)
        limits //= 2 * relaxed.fine
        mate = _rounded(graph, relaxed.following)
        over, limit = np.flatnonzero(mate == NOTHING), int(limits.sum())
        if price is not None:
            near = _tightest(graph, price, mate, _TIGHT * graph.nodes)
            mate = _repaired(graph.part(near), mate, over, limit)
        mate = _repaired(graph, mate, over, limit)
        most = self._most(graph, mate)
        for part in self._open(graph, mate, limits, None if active is not None else bonus):
            inside = np.flatnonzero(self.component == part)
            edges = np.flatnonzero(self.component[graph.first] == part)
            possible = everything = len(edges)
            if price is not None:
                # A pair that falls short of its prices by more than the gap is in no better plan.
                gap = int(limits[part]) - _weight(graph, mate, inside)
                possible = int(np.count_nonzero(_spare(graph, price)[edges] <= 2 * gap + 1))
                edges = edges[_tightest(graph.part(edges), price, mate, min(possible, _MOST_EXACT))]
            if len(edges) > 2 * _MOST_EXACT:
                continue
            mate = _better(graph, mate, _exact(graph, mate, inside, edges))
            if len(edges) >= possible:
                limits[part] = _weight(graph, mate, inside)
                # More pairs could be had by such a pair, unless a pair outweighs all points together.
                if possible == everything or bonus >= int(points.weight.max()) * self.people:
                    most[part] = np.count_nonzero(mate[inside] != NOTHING) // 2
        return self._told(graph, mate, limits, most, bonus)

    def _open(self, graph: Graph, mate: Longs, limits: Longs, bonus: int | None) -> list[int]:
        """The components with a gap that is to be closed: any gap, or with a ``bonus`` one that matters."""
        made = np.zeros_like(limits)
        np.add.at(made, self.component, _weights(graph, mate))
        made //= 2
        size = np.bincount(self.component)
        allowed = 0 if bonus is None else np.maximum(0, limits - bonus * (size // 2)) // _TOLERATED
        return np.flatnonzero((limits - made > allowed) & (size <= _LARGEST_EXACT)).tolist()

    def _most(self, graph: Graph, mate: Longs) -> Longs:
        """The most pairs of each component, seats included, at most."""
        most: Longs = np.bincount(self.component) // 2
        if np.any(np.bincount(self.component, mate != NOTHING) // 2 < most):
            links = csr_array(
                (
                    np.ones(2 * len(graph.first), dtype=np.int8),
                    (
                        np.concatenate([graph.first, graph.second]),
                        np.concatenate([graph.second, graph.first]),
                    ),
                ),
                (self.nodes, self.nodes),
            )
            halves = np.bincount(self.component, maximum_bipartite_matching(links) != NOTHING)
            most = np.minimum(most, halves.astype(np.int64) // 2)
        return most

    def _told(self, graph: Graph, mate: Longs, limits: Longs, most: Longs, bonus: int) -> Pairing:
        own = mate[: self.people].copy()
        own[own >= self.people] = NOTHING
        pairs = int(np.count_nonzero(own != NOTHING)) // 2
        weight = int(_weights(graph, np.concatenate([own, np.full(self.seats, NOTHING)])).sum()) // 2
        bound = int(limits.sum()) - bonus * (self.seats + pairs)
        return Pairing(own, weight - bonus * pairs, bound, pairs, int(most.sum()) - self.seats)


def _priced(graph: Graph, active: Bools) -> tuple[Relaxed, Longs | None]:
    """The relaxation over all pairs, though most are never handed to the solver (column generation)."""
    active = active.copy()
    while True:
        part = graph.part(np.flatnonzero(active))
        relaxed = relax(part, exactly=True)
        price = potentials(part, relaxed.following)
        if price is None:
            return (relaxed, None) if active.all() else (relax(graph, exactly=True), None)
        short = 2 * graph.weight - price[graph.first] - price[graph.second]
        missing = np.flatnonzero(short > 0)
        if not len(missing):
            return relaxed, price
        worst = missing[np.argsort(-short[missing], kind="stable")[: _ADDED * graph.nodes]]
        active[worst] = True


def _spare(graph: Graph, price: Longs) -> Longs:
    return price[graph.first] + price[graph.second] - 2 * graph.weight


def _tightest(graph: Graph, price: Longs, mate: Longs, most: int) -> Longs:
    """The pairs that fall short of their prices least, and those that were made."""
    order = np.lexsort((hashed(np.arange(len(graph.first))), _spare(graph, price)))[:most]
    return np.union1d(order, np.flatnonzero(mate[graph.first] == graph.second))


def _rounded(graph: Graph, following: Longs) -> Longs:
    """Even circles take every other pair, the better half; odd ones leave the one who costs least."""
    people = np.arange(graph.nodes)
    mate = np.where((following[following] == people) & (following != people), following, NOTHING)
    target = following.tolist()
    seen = (mate != NOTHING) | (following == people)
    for start in np.flatnonzero(~seen).tolist():
        if seen[start]:
            continue
        circle = [start]
        while target[circle[-1]] != start:
            circle.append(target[circle[-1]])
        seen[circle] = True
        _open_up(graph, np.array(circle), mate)
    return mate


def _open_up(graph: Graph, circle: Longs, mate: Longs) -> None:
    """The best of the ways to take pairs from one circle: two where it is even, one for each who is over."""
    size = len(circle)
    weights = graph.weight[graph.find(circle, np.roll(circle, -1))]
    ways = size if size % 2 else 2
    steps = 2 * np.arange(size // 2)
    best = max(range(ways), key=lambda way: int(weights[(way + steps) % size].sum()))
    one, other = circle[(best + steps) % size], circle[(best + steps + 1) % size]
    mate[one], mate[other] = other, one


def _repaired(graph: Graph, mate: Longs, over: Longs, limit: int) -> Longs:
    """Pairs anew around those who were left over, in ever larger neighbourhoods until little is lost."""
    for size in _REGIONS:
        if not len(over) or int(_weights(graph, mate).sum()) // 2 >= limit - len(over):
            break
        inside = _region(graph, mate, over, size)
        within = np.zeros(graph.nodes, dtype=np.bool_)
        within[inside] = True
        edges = np.flatnonzero(within[graph.first] & within[graph.second])
        if len(edges) <= _MOST_EXACT:
            mate = _better(graph, mate, _exact(graph, mate, inside, edges))
    return mate


def _region(graph: Graph, mate: Longs, over: Longs, size: int) -> Longs:
    """People around those left over, by what pairing them would gain, and always with their mates."""
    both = np.concatenate([graph.first, graph.second])
    order = np.argsort(both, kind="stable")
    starts = np.searchsorted(both[order], np.arange(graph.nodes + 1))
    others = np.concatenate([graph.second, graph.first])[order]
    weight = np.concatenate([graph.weight, graph.weight])[order]
    own = _weights(graph, mate)
    edge = np.union1d(over, mate[over[mate[over] != NOTHING]]).tolist()
    found = dict.fromkeys(edge)
    while edge and len(found) < size:
        reached: list[int] = []
        for who in edge:
            near = slice(starts[who], starts[who + 1])
            gain = weight[near] - own[others[near]]
            for other in others[near][np.argsort(-gain, kind="stable")[:_BRANCHES]].tolist():
                if other not in found:
                    pair = [other, int(mate[other])] if mate[other] != NOTHING else [other]
                    found.update(dict.fromkeys(pair))
                    reached += pair[1:]
            if len(found) >= size:
                break
        edge = reached
    return np.array(sorted(found))


def _exact(graph: Graph, mate: Longs, inside: Longs, edges: Longs) -> Longs:
    """The best pairs among these people, who are mated among themselves; the rest stays (Edmonds 1965)."""
    place = np.full(graph.nodes, NOTHING)
    place[inside] = np.arange(len(inside))
    small: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    small.add_nodes_from([None] * len(inside))
    ends = place[graph.first[edges]].tolist(), place[graph.second[edges]].tolist()
    small.add_edges_from(list(zip(*ends, graph.weight[edges].tolist(), strict=True)))
    new = mate.copy()
    new[inside] = NOTHING
    for one, other in rustworkx.max_weight_matching(small, max_cardinality=True, weight_fn=int):
        new[inside[one]], new[inside[other]] = inside[other], inside[one]
    return new


def _better(graph: Graph, mate: Longs, other: Longs) -> Longs:
    """The one with more pairs, or of as many the heavier."""
    first, second = (
        (np.count_nonzero(one != NOTHING), int(_weights(graph, one).sum())) for one in (mate, other)
    )
    return other if second > first else mate


def _components(people: int, first: Longs, second: Longs) -> Longs:
    links = csr_array((np.ones(len(first), dtype=np.int8), (first, second)), (people, people))
    return connected_components(links, directed=False)[1].astype(np.int64)


def _weights(graph: Graph, mate: Longs) -> Longs:
    """What the pair of each is worth; 0 for who has none."""
    paired = np.flatnonzero(mate != NOTHING)
    weights = np.zeros(graph.nodes, dtype=np.int64)
    weights[paired] = graph.weight[graph.find(paired, mate[paired])]
    return weights


def _weight(graph: Graph, mate: Longs, inside: Longs) -> int:
    return int(_weights(graph, mate)[inside].sum()) // 2
