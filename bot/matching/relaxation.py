"""The linear relaxation of a matching: an assignment in which everybody stands on both sides.

It is solved in seconds where the matching itself takes hours, and its optimum is whole but for odd circles
(Balinski 1965). Its value is the bound in a plan's certificate.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.columns import NOTHING, Longs

try:
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment as Solver
except ImportError:  # Not built for this machine: scipy's solver finds the same value, some times slower.
    Solver = None

_CAPACITY = 2 * 10**18
"""Cost times places squared that stays free of overflow (the solver's own end is near 9e18)."""
_NOISE = 64
_FINE = 128 * _NOISE


@dataclass(frozen=True, slots=True)
class Graph:
    """Pairs of places of positive weight: the lower place first, in order, each pair once."""

    nodes: int
    first: Longs
    second: Longs
    weight: Longs

    def part(self, edges: Longs) -> "Graph":
        """The same places with some of the pairs, which are told by number and in order."""
        return Graph(self.nodes, self.first[edges], self.second[edges], self.weight[edges])

    def find(self, first: Longs, second: Longs) -> Longs:
        """The number of each of these pairs, or ``NOTHING``."""
        if not len(self.first):
            return np.full(len(first), NOTHING)
        keys = self.first * self.nodes + self.second
        wanted = np.minimum(first, second) * self.nodes + np.maximum(first, second)
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[places] == wanted, places, NOTHING)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Whom everybody points at (themselves: alone), and ``value``, what that is worth to each.

    No matching among some people weighs more than half their values' sum divided by ``fine``, where nobody
    among them has a pair with anybody else.
    """

    following: Longs
    value: Longs
    fine: int


def largest_weight(nodes: int) -> int:
    """The largest weight that can be solved for so many places."""
    return _CAPACITY // max(1, nodes) ** 2


def relax(graph: Graph, *, exactly: bool) -> Relaxed:
    """The best fractional matching. ``exactly``: chance must not lift the bound, as far as numbers allow.

    Worth comes in small whole numbers, so most pairs have equals, among which the solver wanders. A little
    chance of its own for each pair (a hash, so always the same) makes it three times as fast.
    """
    room = max(1, largest_weight(graph.nodes) // (int(graph.weight.max(initial=0)) + 1))
    fine = min(room, _NOISE * max(128, graph.nodes) if exactly else _FINE)
    noise = max(1, fine // max(128, graph.nodes) if exactly else fine * _NOISE // _FINE)
    scaled = graph.weight * fine + hashed(graph.first * graph.nodes + graph.second) % noise
    following = _assign(graph, scaled)
    edges = graph.find(np.arange(graph.nodes), following)
    return Relaxed(
        following, np.where(edges == NOTHING, 0, scaled[edges]) if len(scaled) else edges + 1, fine
    )


def potentials(graph: Graph, following: Longs) -> Longs | None:
    """Everybody's price, doubled: of no pair do both prices together fall short of twice its weight.

    They prove that nothing beats the relaxation, and tell which pairs that were not looked at could. By the
    longest ways of the rest graph (Bellman and Ford); nothing where ``following`` is not an optimum.
    """
    people = np.arange(graph.nodes)
    tails = np.concatenate([graph.first, graph.second, people])
    heads = np.concatenate([graph.second, graph.first, people])
    weight = np.concatenate([graph.weight, graph.weight, np.zeros(graph.nodes, dtype=np.int64)])
    order = np.argsort(heads, kind="stable")
    tails, heads, weight = tails[order], heads[order], weight[order]
    starts = np.searchsorted(heads, people)
    edges = graph.find(people, following)
    own = np.where(edges == NOTHING, 0, graph.weight[edges])
    rise = weight - own[tails]
    right = np.zeros(graph.nodes, dtype=np.int64)
    for _ in range(graph.nodes + 1):
        better = np.maximum(right, np.maximum.reduceat(rise + right[following[tails]], starts))
        if np.array_equal(better, right):
            return own - right[following] + right
        right = better
    return None


def _assign(graph: Graph, weight: Longs) -> Longs:
    people = np.arange(graph.nodes)
    left = np.concatenate([graph.first, graph.second, people])
    right = np.concatenate([graph.second, graph.first, people])
    most = int(weight.max(initial=0))
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
