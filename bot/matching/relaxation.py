"""The linear relaxation of a matching: an assignment in which everybody stands on both sides.

It is solved in seconds where the matching itself takes hours, and its optimum is whole but for odd circles
(Balinski 1965). Its prices (dual values) are the bound in a plan's certificate.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.columns import NOTHING, Bools, Ints, Longs, Places, distinct

try:
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment as Solver
except ImportError:  # Not built for this machine: scipy's solver finds the same value, some times slower.
    Solver = None

_BLOCK = 1 << 20
"""Pairs reckoned with at once, where numbers for all of them would not be kept."""
_CAPACITY = 2 * 10**18
"""Cost times places squared that stays free of overflow (the solver's own end is near 9e18)."""
_FINE, _NOISE = 256, 64
"""Parts of a point, and how many of them are chance at most: the more, the more must be mended."""
_FIRST, _LATER = 6, 5
"""Pairs a place that are looked at first, by guessed prices, and then, by those that this gave."""
_GUESSES = 16
"""How many times prices are guessed."""
_MOST_SHORT, _MOST_SPARE = 1 << 12, 1 << 32
"""Half points by which a pair is worth more, or less, than its prices: beyond these all are alike."""
_ADDED = 4
"""Pairs a place that are looked at more in each round of pricing."""
_HARDLY = 100
"""Of fewer pairs than one in so many places the circles are found without the solver."""
_SPINS = 8
"""Steps after which prices that still rise are looked into for circles."""
_PATIENCE = 2_000
"""Steps after which prices may stay too high: the bound is then a little loose."""


@dataclass(frozen=True)
class Graph:
    """Pairs of places of positive weight: the lower place first, in order, each pair once."""

    nodes: int
    first: Ints
    second: Ints
    weight: Longs

    @cached_property
    def keys(self) -> Longs:
        """One number for each pair, in order."""
        return self.first * np.int64(self.nodes) + self.second

    def part(self, edges: Longs) -> "Graph":
        """The same places with some of the pairs, which are told by number and in order."""
        return Graph(self.nodes, self.first[edges], self.second[edges], self.weight[edges])

    def find(self, first: Places, second: Places) -> Longs:
        """The number of each of these pairs, or ``NOTHING``."""
        if not len(self.first):
            return np.full(len(first), NOTHING)
        wanted = np.minimum(first, second) * np.int64(self.nodes) + np.maximum(first, second)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.first) - 1)
        return np.where(self.keys[places] == wanted, places, NOTHING)

    def spare(self, price: Longs) -> Longs:
        """What both prices of each pair are more than twice its weight."""
        spare = np.empty(len(self.first), dtype=np.int64)
        for start in range(0, len(spare), _BLOCK):
            block = slice(start, start + _BLOCK)
            both = price[self.first[block]] + price[self.second[block]]
            np.subtract(both, 2 * self.weight[block], out=spare[block])
        return spare

    def between(self, first: Longs, second: Longs) -> Longs:
        """The weight of each of these pairs; 0 where there is none."""
        edges = self.find(first, second)
        return np.where(edges == NOTHING, 0, self.weight[edges]) if len(self.first) else np.zeros_like(edges)


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
    active = _guessed(graph) if first_look is None else first_look.copy()
    nothing = np.zeros(graph.nodes, dtype=np.int64)
    start: tuple[Longs, Longs] | None = None
    guessed = first_look is None and not active.all()
    while True:
        part = graph.part(np.flatnonzero(active))
        relaxed = _priced(part, *(start or (_assign(part), nothing)))
        spare = graph.spare(relaxed.price)
        missing = np.flatnonzero(spare < 0)
        if not len(missing):
            return relaxed
        hardly = len(missing) * _HARDLY < graph.nodes
        start = (relaxed.following, relaxed.right) if hardly else None
        if guessed and not hardly:
            # Of those chosen by guessed prices most are of no use: true prices choose better, and fewer.
            active = _tightest_of_each(graph, spare, _LATER)
            paired = np.flatnonzero(relaxed.following != np.arange(graph.nodes))
            active[graph.find(paired, relaxed.following[paired])] = True
            guessed = False
        worst = missing[np.argsort(spare[missing], kind="stable")[: _ADDED * graph.nodes]]
        active[worst] = True


def _guessed(graph: Graph) -> Bools:
    """The pairs that fall short of guessed prices least, some for each."""
    count = len(graph.first)
    if count <= _FIRST * graph.nodes:
        return np.ones(count, dtype=np.bool_)
    price = np.full(graph.nodes, graph.weight.max() / 2)
    for _ in range(_GUESSES):
        best = np.zeros(graph.nodes)
        np.maximum.at(best, graph.first, graph.weight - price[graph.second])
        np.maximum.at(best, graph.second, graph.weight - price[graph.first])
        price = (price + best) / 2
    return _tightest_of_each(graph, graph.spare(np.rint(2 * price).astype(np.int64)), _FIRST)


def _tightest_of_each(graph: Graph, spare: Longs, most: int) -> Bools:
    """The pairs with the least to spare, so many for each place; of equals the first."""
    count = len(graph.first)
    chosen = np.zeros(count, dtype=np.bool_)
    none = np.iinfo(np.int64).max
    last = np.full(graph.nodes, NOTHING)
    for _ in range(most):
        found = np.full(graph.nodes, none)
        for start in range(0, count, _BLOCK):
            block = slice(start, start + _BLOCK)
            # One number to compare by holds what the pair falls short of, and the pair.
            low = np.clip(spare[block] + _MOST_SHORT, 0, _MOST_SPARE) * count
            low += np.arange(start, start + len(low))
            for ends in (graph.first[block], graph.second[block]):
                left = low > last[ends]
                np.minimum.at(found, ends[left], low[left])
        last = found
        chosen[found[found != none] % count] = True
    return chosen


def _priced(graph: Graph, following: Longs, price: Longs) -> Relaxed:
    """The prices of everybody, doubled; where those show a better circle, ``following`` takes it.

    By the longest paths of the residual graph (Bellman and Ford), from those whose price rose only. Prices
    that go on rising do so in a circle of pairs that are better than those of now (Klein 1967). ``price``: of
    the second side, to begin with.
    """
    people = np.arange(graph.nodes)
    alone = people.astype(np.int32)
    tails = np.concatenate([graph.first, graph.second, alone])
    order = np.argsort(tails, kind="stable")
    tails = tails[order]
    heads = np.concatenate([graph.second, graph.first, alone])[order]
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
    # Of very many people few are looked at, one by one.
    sources, followings = source.data, following.data
    seen: dict[int, int] = {}
    found: list[int] = []
    for start in risen.tolist():
        here = start
        while here not in seen and sources[here] != NOTHING:
            seen[here] = start
            here = followings[sources[here]]
        if seen.get(here) == start:
            circle = [here]
            while (before := followings[sources[circle[-1]]]) != here:
                circle.append(before)
            found += circle
    return np.array(found, dtype=np.int64)


def _assign(graph: Graph) -> Longs:
    """The best assignment, by weights with a little chance.

    Worth comes in small whole numbers, so most pairs have equals, among which the solver wanders. Up to a
    quarter of a point of chance for each pair (a hash, so always the same) makes it several times as fast.
    What it spoils, the prices mend.
    """
    room = max(1, largest_weight(graph.nodes) // (int(graph.weight.max(initial=0)) + 1))
    fine = min(room, _FINE)
    weight = graph.weight * fine + hashed(graph.keys) % min(fine, _NOISE)
    most = int(weight.max(initial=0))
    alone = np.arange(graph.nodes, dtype=np.int32)
    left = np.concatenate([graph.first, graph.second, alone])
    right = np.concatenate([graph.second, graph.first, alone])
    cost = np.concatenate([most - weight, most - weight, np.full(graph.nodes, most)])
    if Solver is None:
        # A zero would be no pair at all in a sparse array.
        table = csr_array((cost + 1, (left, right)), shape=(graph.nodes, graph.nodes))
        _, following = min_weight_full_bipartite_matching(table)
        return following.astype(np.int64)
    solver = Solver()
    solver.add_arcs_with_cost(left, right, cost)
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
