"""The best pairs: as many as can be, then worth the most, with a proof of how good they are.

The linear relaxation is solved, its odd circles are rounded, and what that cost is won back in the
neighbourhood of those who were left over, exactly, by Edmonds' blossoms.
"""

from dataclasses import dataclass, replace

import numpy as np
import rustworkx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra, maximum_bipartite_matching

from bot.matching.candidates import Pairs
from bot.matching.columns import NOTHING, Bools, Ints, Longs
from bot.matching.relaxation import Graph, hashed, largest_weight, relax

_REGIONS = (500, 2_000)
"""People around those left over among whom the best is sought."""
_LARGEST_EXACT = 10_000
"""People up to whom a component is solved exactly: some seconds to a minute."""
_LOOKS = (8, 40, 120)
"""Pairs a person that are handed to blossoms for it: few first, since with a small gap few are possible."""
_QUICK = 60_000
_NEARLY = 200_000
"""More pairs than take a second are not handed to blossoms for a gap of one in so many."""
_TOLERATED = 1_000
"""A gap of one in so many is closed exactly."""
_MOST_NEAR, _MOST_PAIRS = 4_000_000, 120_000
"""Pairs in which such a neighbourhood is looked for, and pairs of it, at most."""
_BRANCHES = 6
"""Others of each person by whom such a neighbourhood grows."""
_TRAVELLERS = 8
"""People left over between whom paths are looked for at once."""


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
    pairs: Pairs
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
        if len(odd):
            first = np.concatenate([pairs.first, sitting.astype(np.int32)])
            second = np.concatenate([pairs.second, seat[component[sitting]].astype(np.int32)])
            points = np.concatenate([pairs.points, np.zeros(len(sitting), dtype=np.int32)])
            order = np.lexsort((second, first))
            pairs = Pairs(first[order], second[order], points[order])
        return _Problem(people, len(odd), pairs, np.concatenate([component, odd]))

    def part(self, pairs: Pairs) -> Bools:
        """Which pairs these are, and all that have to do with seats."""
        active: Bools = self.pairs.second >= self.people
        active[self._graph(0).find(pairs.first, pairs.second)] = True
        return active

    def _graph(self, bonus: int) -> Graph:
        pairs = self.pairs
        return Graph(self.nodes, pairs.first, pairs.second, pairs.points.astype(np.int64) + bonus)

    def solve(self, bonus: int, active: Bools | None) -> Pairing:
        """The best matching where each pair is worth ``bonus`` more; ``active``: where to look first."""
        graph = self._graph(bonus)
        relaxed = relax(graph, active)
        price = relaxed.price
        limits = np.zeros(self.component.max() + 1, dtype=np.int64)
        np.add.at(limits, self.component, price)
        # Prices are doubled, and so is their sum. A plan is worth a whole number.
        limits //= 2
        mate = _rounded(graph, relaxed.following)
        over, limit = np.flatnonzero(mate == NOTHING), int(limits.sum())
        spare = graph.spare(price)
        if _lost(graph, mate, over, limit):
            near = _tightest(graph, spare, mate, min(_LOOKS[-1] * graph.nodes, _MOST_NEAR))
            mate = _repaired(graph.part(near), price, mate, over, limit)
        most = self._most(graph, mate)
        for part in self._open(graph, mate, limits, None if active is not None else bonus):
            inside = np.flatnonzero(self.component == part)
            edges = np.flatnonzero(self.component[graph.first] == part)
            for looked_at in _LOOKS:
                # A pair that falls short of its prices by more than the gap is in no better plan.
                gap = int(limits[part]) - _weight(graph, mate, inside)
                possible = int(np.count_nonzero(spare[edges] <= 2 * gap + 1))
                handed = min(possible, looked_at * len(inside))
                if handed > _QUICK and gap <= int(limits[part]) // _NEARLY:
                    break
                tight = edges[_tightest(graph.part(edges), spare[edges], mate, handed)]
                mate = _better(graph, mate, _exact(graph, mate, inside, tight))
                if handed == possible:
                    limits[part] = _weight(graph, mate, inside)
                    # More pairs could be had by such a pair, unless a pair outweighs all points together.
                    if possible == len(edges) or bonus >= int(self.pairs.points.max()) * self.people:
                        most[part] = np.count_nonzero(mate[inside] != NOTHING) // 2
                    break
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


def _lost(graph: Graph, mate: Longs, over: Longs, limit: int) -> bool:
    """Whether more than chance would have it was lost on those who were left over."""
    return len(over) > 0 and int(_weights(graph, mate).sum()) // 2 < limit - len(over)


def _tightest(graph: Graph, spare: Longs, mate: Longs, most: int) -> Longs:
    """The pairs that fall short of their prices least, and those that were made."""
    chosen = mate[graph.first] == graph.second
    if most >= len(spare):
        return np.arange(len(spare))
    limit = np.partition(spare, most)[most]
    chosen |= spare < limit
    equals = np.flatnonzero(spare == limit)
    chosen[equals[np.argsort(hashed(equals))[: most - np.count_nonzero(spare < limit)]]] = True
    return np.flatnonzero(chosen)


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


def _repaired(graph: Graph, price: Longs, mate: Longs, over: Longs, limit: int) -> Longs:
    """Pairs anew around those who were left over, in ever larger neighbourhoods until little is lost.

    Where those are many hundreds of people apart, along the paths between them.
    """
    for size in _REGIONS:
        if not _lost(graph, mate, over, limit):
            break
        mate = _rematched(graph, mate, _neighbourhood(graph, mate, over, size))
    while len(alone := np.flatnonzero(mate == NOTHING)) > 1 and _lost(graph, mate, over, limit):
        # Whom nobody needs has no price: they may well have to stay alone.
        dearest = alone[np.argsort(-price[alone], kind="stable")[:_TRAVELLERS]]
        before, mate = mate, _rematched(graph, mate, _alternating_paths(graph, price, mate, dearest))
        if mate is before:
            break
    return mate


def _rematched(graph: Graph, mate: Longs, inside: Longs) -> Longs:
    """These people paired anew, if that is better; as they were where their pairs are too many to try."""
    within = np.zeros(graph.nodes, dtype=np.bool_)
    within[inside] = True
    edges = np.flatnonzero(within[graph.first] & within[graph.second])
    return _better(graph, mate, _exact(graph, mate, inside, edges)) if len(edges) <= _MOST_PAIRS else mate


def _alternating_paths(graph: Graph, price: Longs, mate: Longs, alone: Longs) -> Longs:
    """All on the paths from each who is alone to the nearest other, with every second pair one of now.

    Near is what falls least short of its prices: along such a path little is lost when pairs change places.
    """
    tails = np.concatenate([graph.first, graph.second])
    heads = np.concatenate([graph.second, graph.first])
    heads = np.where(mate[heads] == NOTHING, heads, mate[heads])
    steps = 1.0 + np.maximum(np.tile(graph.spare(price), 2), 0)
    far, before = dijkstra(
        csr_array((steps, (tails, heads)), (graph.nodes, graph.nodes)),
        indices=alone,
        return_predecessors=True,
    )
    far = far[:, alone]
    np.fill_diagonal(far, np.inf)
    found = set(alone.tolist())
    for row, other in enumerate(np.argmin(far, axis=1).tolist()):
        here = int(alone[other]) if np.isfinite(far[row, other]) else int(alone[row])
        while here != alone[row]:
            found |= {here, int(mate[here])} - {NOTHING}
            here = int(before[row, here])
    return np.array(sorted(found))


def _neighbourhood(graph: Graph, mate: Longs, over: Longs, size: int) -> Longs:
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


def _components(people: int, first: Ints, second: Ints) -> Longs:
    links = csr_array((np.ones(len(first), dtype=np.int8), (first, second)), (people, people))
    return connected_components(links, directed=False)[1].astype(np.int64)


def _weights(graph: Graph, mate: Longs) -> Longs:
    """What the pair of each is worth; 0 for who has none."""
    paired = mate != NOTHING
    return np.where(paired, graph.between(np.arange(graph.nodes), np.where(paired, mate, 0)), 0)


def _weight(graph: Graph, mate: Longs, inside: Longs) -> int:
    return int(_weights(graph, mate)[inside].sum()) // 2
