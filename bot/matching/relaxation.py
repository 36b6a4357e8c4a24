"""The linear relaxation of a matching: an assignment in which everybody stands on both sides.

It is solved in seconds where the matching itself takes hours, and its optimum is whole but for odd circles
(Balinski 1965). Its prices (dual values) are the bound in a plan's certificate.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.columns import NOTHING, Bools, Longs, distinct

try:
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment as Solver
except ImportError:  # Not built for this machine: scipy's solver finds the same value, some times slower.
    Solver = None

_CAPACITY = 2 * 10**18
"""Cost times places squared that stays free of overflow (the solver's own end is near 9e18)."""
_FINE, _NOISE = 256, 64
"""Parts of a point, and how many of them are chance at most: the more, the more must be mended."""
_FIRST = 10
"""Pairs a place that are looked at first, and how many times prices are guessed to find them."""
_GUESSES = 16
_MOST_SPARE = 1 << 13
_ADDED = 4
"""Pairs a place that are looked at more in each round of pricing."""
_HARDLY = 10
"""Of fewer pairs than one in so many places the circles are found without the solver."""
_SPINS = 8
"""Steps after which prices that still rise are looked into for circles."""
_PATIENCE = 2_000
"""Steps after which prices may stay too high: the bound is then a little loose."""


@dataclass(frozen=True)
class Graph:
    """Pairs of places of positive weight: the lower place first, in order, each pair once."""

    nodes: int
    first: Longs
    second: Longs
    weight: Longs

    @cached_property
    def _keys(self) -> Longs:
        return self.first * self.nodes + self.second

    def part(self, edges: Longs) -> "Graph":
        """The same places with some of the pairs, which are told by number and in order."""
        return Graph(self.nodes, self.first[edges], self.second[edges], self.weight[edges])

    def find(self, first: Longs, second: Longs) -> Longs:
        """The number of each of these pairs, or ``NOTHING``."""
        if not len(self.first):
            return np.full(len(first), NOTHING)
        wanted = np.minimum(first, second) * self.nodes + np.maximum(first, second)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self.first) - 1)
        return np.where(self._keys[places] == wanted, places, NOTHING)

    def between(self, first: Longs, second: Longs) -> Longs:
        """The weight of each of these pairs; 0 where there is none."""
        edges = self.find(first, second)
        return np.where(edges == NOTHING, 0, self.weight[edges]) if len(self.first) else edges + 1


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Whom everybody points at (themselves: alone), and the prices that prove that nothing is better.

    Of no pair do both prices together fall short of twice its weight, and no price is below 0. So no matching
    among some people weighs more than half their prices' sum. ``right``: that on the second side alone.
    """

    following: Longs
    price: Longs
    right: Longs


def largest_weight(nodes: int) -> int:
    """The largest weight that can be solved for so many places."""
    return _CAPACITY // max(1, nodes) ** 2


def relax(graph: Graph, first_look: Bools | None = None) -> Relaxed:
    """The best fractional matching of all pairs, though most are never handed to the solver.

    It is solved for the promising pairs, the prices tell which others could be better, those are looked at
    too, and so on until none could (column generation). ``first_look``: the promising ones, where known.
    """
    active = _tempting(graph) if first_look is None else first_look.copy()
    nothing = np.zeros(graph.nodes, dtype=np.int64)
    start: tuple[Longs, Longs] | None = None
    while True:
        part = graph.part(np.flatnonzero(active))
        relaxed = _priced(part, *(start or (_assign(part), nothing)))
        short = 2 * graph.weight - relaxed.price[graph.first] - relaxed.price[graph.second]
        missing = np.flatnonzero(short > 0)
        if not len(missing):
            return relaxed
        worst = missing[np.argsort(-short[missing], kind="stable")[: _ADDED * graph.nodes]]
        active[worst] = True
        hardly = len(missing) * _HARDLY < graph.nodes
        start = (relaxed.following, relaxed.right) if hardly else None


def _tempting(graph: Graph) -> Bools:
    """The pairs that fall short of guessed prices least, some for each."""
    count = len(graph.first)
    active = np.full(count, count <= _FIRST * graph.nodes)
    if active.all():
        return active
    price = np.full(graph.nodes, graph.weight.max() / 2)
    for _ in range(_GUESSES):
        best = np.zeros(graph.nodes)
        np.maximum.at(best, graph.first, graph.weight - price[graph.second])
        np.maximum.at(best, graph.second, graph.weight - price[graph.first])
        price = (price + best) / 2
    # One number to sort by holds the person, what the pair falls short of, and the pair.
    spare = (price[graph.first] + price[graph.second] - graph.weight) * 8 + _MOST_SPARE // 2
    low = np.clip(spare, 0, _MOST_SPARE - 1).astype(np.int64) * count + np.arange(count)
    del spare
    span = _MOST_SPARE * count
    keys = np.empty(2 * count, dtype=np.int64)
    keys[:count] = graph.first * span + low
    keys[count:] = graph.second * span + low
    del low
    keys.sort()
    starts = np.searchsorted(keys, np.arange(graph.nodes + 1) * span)
    for rank in range(_FIRST):
        own = starts[:-1] + rank
        active[keys[own[own < starts[1:]]] % count] = True
    return active


def _priced(graph: Graph, following: Longs, price: Longs) -> Relaxed:
    """The prices of everybody, doubled; where those show a better circle, ``following`` takes it.

    By the longest ways of the rest graph (Bellman and Ford), from those whose price rose only. Prices that go
    on rising do so in a circle of pairs that are better than those of now (Klein 1967). ``price``: of the
    second side, to begin with.
    """
    people = np.arange(graph.nodes)
    tails = np.concatenate([graph.first, graph.second, people])
    order = np.argsort(tails, kind="stable")
    tails = tails[order].astype(np.int32)
    heads = np.concatenate([graph.second, graph.first, people])[order].astype(np.int32)
    weight = np.concatenate([graph.weight, graph.weight, np.zeros(graph.nodes, dtype=np.int64)])[order]
    starts = np.searchsorted(tails, np.arange(graph.nodes + 1))
    del order
    following, price = following.copy(), price.copy()
    follower = np.empty_like(following)
    follower[following] = people
    own = graph.between(people, following)
    source = np.full(graph.nodes, NOTHING)
    risen = people
    for step in range(1, _PATIENCE):
        who = follower[risen]
        count = starts[who + 1] - starts[who]
        arcs = np.repeat(starts[who] - np.cumsum(count) + count, count) + np.arange(count.sum())
        offer = weight[arcs] + np.repeat(price[risen] - own[who], count)
        better = offer > price[heads[arcs]]
        arcs, offer = arcs[better], offer[better]
        if not len(arcs):
            break
        head = heads[arcs]
        np.maximum.at(price, head, offer)
        highest = price[head] == offer
        source[head[highest]] = tails[arcs[highest]]
        risen = distinct(head.astype(np.int64))
        if step % _SPINS == 0:
            turned = _circles(following, source, risen)
            who = source[turned]
            following[who], follower[turned], source[turned] = turned, who, NOTHING
            own[who] = graph.between(who, turned)
            risen = distinct(np.concatenate([risen, turned]))
    return Relaxed(following, np.maximum.reduceat(weight - price[heads], starts[:-1]) + price, price)


def _circles(following: Longs, source: Longs, risen: Longs) -> Longs:
    """All on a circle of those whose price rose by each other's."""
    before = np.where(source == NOTHING, NOTHING, following[source]).tolist()
    seen = [NOTHING] * len(before)
    found: list[int] = []
    for start in risen.tolist():
        here = start
        while here != NOTHING and seen[here] == NOTHING:
            seen[here] = start
            here = before[here]
        if here != NOTHING and seen[here] == start:
            circle = [here]
            while before[circle[-1]] != here:
                circle.append(before[circle[-1]])
            found += circle
    return np.array(found, dtype=np.int64)


def _assign(graph: Graph) -> Longs:
    """The best assignment, by weights with a little chance.

    Worth comes in small whole numbers, so most pairs have equals, among which the solver wanders. Up to a
    quarter of a point of chance for each pair (a hash, so always the same) makes it several times as fast.
    What it spoils, the prices mend.
    """
    people = np.arange(graph.nodes)
    room = max(1, largest_weight(graph.nodes) // (int(graph.weight.max(initial=0)) + 1))
    fine = min(room, _FINE)
    weight = graph.weight * fine + hashed(graph.first * graph.nodes + graph.second) % min(fine, _NOISE)
    most = int(weight.max(initial=0))
    left = np.concatenate([graph.first, graph.second, people])
    right = np.concatenate([graph.second, graph.first, people])
    cost = np.concatenate([most - weight, most - weight, np.full(graph.nodes, most)])
    if Solver is None:
        # A zero would be no pair at all in a sparse array.
        table = csr_array((cost + 1, (left, right)), shape=(graph.nodes, graph.nodes))
        _, following = min_weight_full_bipartite_matching(table)
        return following.astype(np.int64)
    solver = Solver()
    solver.add_arcs_with_cost(left.astype(np.int32), right.astype(np.int32), cost)
    status = solver.solve()
    if status != Solver.OPTIMAL:
        raise RuntimeError(f"the assignment was not solved: {status.name}")
    return np.fromiter(map(solver.right_mate, range(graph.nodes)), dtype=np.int64, count=graph.nodes)


def hashed(keys: Longs) -> Longs:
    """Numbers from 0 on that look like chance (the finalizer of SplitMix64)."""
    mixed = keys.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)
