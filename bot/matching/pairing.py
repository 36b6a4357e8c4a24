"""The best pairs: as many as can be, then worth the most."""

from dataclasses import dataclass

import numpy as np
import rustworkx

from bot.matching.candidates import Pairs
from bot.matching.columns import NOTHING, Longs


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who is with whom: ``mate`` holds everybody's partner, or ``NOTHING``. The rest is its certificate."""

    mate: Longs
    weight: int
    bound: int
    pairs: int
    max_pairs: int


def best(people: int, pairs: Pairs) -> Pairing:
    """The most pairs, and of those plans the one that is worth the most (Edmonds' blossoms)."""
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * people)
    edges = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.points.tolist(), strict=True)
    graph.add_edges_from(list(edges))
    mate = np.full(people, NOTHING, dtype=np.int64)
    for one, other in rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int):
        mate[[one, other]] = other, one
    chosen = mate[pairs.first] == pairs.second
    weight = int(pairs.points[chosen].sum())
    made = int(chosen.sum())
    return Pairing(mate, weight, weight, made, made)
