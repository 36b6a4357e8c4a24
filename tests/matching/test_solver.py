"""The solver against an exact one, on people as there are and on graphs that defeat its relaxation."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Settings, Weights, candidates, pairing, plan, relaxation
from bot.matching.candidates import Pairs, every_pair, promising_pairs
from bot.matching.columns import NOTHING, Longs, columns
from bot.matching.group_bound import bound_of, ties_of_all
from bot.matching.groups import grouped, weight_of
from bot.matching.model import MOST_POINTS
from bot.matching.pairing import best_pairs
from bot.matching.worth import Scale
from tests.matching.town import history, town


def pairs_of(edges: dict[tuple[int, int], int]) -> Pairs:
    ordered = sorted(edges)
    first = np.array([one for one, _ in ordered], dtype=np.int32)
    second = np.array([other for _, other in ordered], dtype=np.int32)
    return Pairs(first, second, np.array([edges[pair] for pair in ordered], dtype=np.int32))


def exact(people: int, edges: dict[tuple[int, int], int]) -> tuple[int, int]:
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * people)
    graph.add_edges_from([(*pair, weight) for pair, weight in edges.items()])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return len(found), sum(edges[min(pair), max(pair)] for pair in found)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], int]]:
    people = draw(st.integers(2, 14))
    possible = st.sampled_from(list(combinations(range(people), 2)))
    return people, draw(st.dictionaries(possible, st.integers(0, 400), max_size=3 * people))


@given(graphs(), st.booleans())
@settings(max_examples=150)
def test_as_good_as_blossoms(graph: tuple[int, dict[tuple[int, int], int]], thorough: bool) -> None:  # noqa: FBT001 - Hypothesis
    people, edges = graph
    pairs = pairs_of(edges)
    found = best_pairs(people, pairs, pairs if thorough else None)
    made, weight = exact(people, edges)
    assert (found.pairs, found.weight) == (made, weight)
    assert found.max_pairs >= made
    assert found.bound >= weight


@pytest.mark.parametrize("size", [3, 5, 7, 9])
def test_odd_circles_do_not_fool_it(size: int) -> None:
    """Cliques of an odd size, in a ring of ties of little worth: by halves, all would be paired inside."""
    edges: dict[tuple[int, int], int] = {}
    for clique in range(30):
        start = clique * size
        edges |= {(start + one, start + other): 300 for one, other in combinations(range(size), 2)}
        ends = start, (start + size) % (30 * size)
        edges[min(ends), max(ends)] = 10
    found = best_pairs(30 * size, pairs_of(edges))
    made, weight = exact(30 * size, edges)
    assert (found.pairs, found.weight, found.max_pairs, found.bound) == (made, weight, made, weight)


def test_the_bound_knows_that_one_of_an_odd_component_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three who are alike one pair is made: not one and a half, also where blossoms are too dear."""
    monkeypatch.setattr(pairing, "_LARGEST_EXACT", 0)
    found = best_pairs(3, pairs_of({(0, 1): 100, (0, 2): 100, (1, 2): 100}))
    assert (found.pairs, found.weight, found.max_pairs, found.bound) == (1, 100, 1, 100)


def test_of_a_circle_the_better_pairs_are_taken() -> None:
    even = {(0, 1): 3, (1, 2): 5, (2, 3): 3, (0, 3): 5}
    odd = {(4, 5): 1, (5, 6): 9, (4, 6): 2}
    pairs = pairs_of(even | odd)
    graph = relaxation.Graph(7, pairs.first, pairs.second, pairs.points.astype(np.int64))
    mate = pairing._rounded(graph, np.array([1, 2, 3, 0, 5, 6, 4]))
    assert mate.tolist() == [3, 2, 1, 0, NOTHING, 6, 5]


def test_two_left_over_who_are_thousands_of_people_apart_are_paired() -> None:
    """Two odd circles of three, with a long row of pairs between them, in which all must change places."""
    people = 12_000
    row = {(one, one + 1): 100 + one % 2 for one in range(2, people - 3)}
    circles = {(0, 1): 100, (0, 2): 100, (1, 2): 100}
    circles |= {(people - 1 - two, people - 1 - one): points for (one, two), points in circles.items()}
    found = best_pairs(people, pairs_of(row | circles))
    assert (found.pairs, found.max_pairs) == (people // 2, people // 2)


@pytest.mark.parametrize("people", [4, 12])
def test_more_pairs_go_before_better_ones(people: int) -> None:
    """Also where it takes many better ones for one pair more."""
    path = {(one, one + 1): 10_000 * (one % 2) for one in range(people - 1)}
    found = best_pairs(people, pairs_of(path))
    assert (found.pairs, found.max_pairs, found.weight, found.bound) == (people // 2, people // 2, 0, 0)


def scale(size: int) -> Scale:
    people = town(size)
    wanted = Settings()
    return Scale(columns(people, history(people), wanted), wanted)


def test_a_thousand_people_by_the_index_alone() -> None:
    """The promising pairs hold nearly all that all pairs hold, and leave nobody over."""
    here = scale(1_000)
    everybody, promising = every_pair(here), promising_pairs(here)
    best = best_pairs(1_000, everybody, promising)
    assert (best.pairs, best.weight) == (best.max_pairs, best.bound)
    found = best_pairs(1_000, promising)
    assert found.pairs == 500
    assert found.weight >= 0.999 * best.weight
    assert len(promising) < len(everybody) / 10


def test_the_relaxation_of_few_pairs_at_a_time_is_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = promising_pairs(scale(2_000))
    graph = relaxation.Graph(2_000, pairs.first, pairs.second, pairs.points.astype(np.int64) + 1_000)
    whole = relaxation.relax(graph, np.ones(len(pairs), dtype=np.bool_))
    monkeypatch.setattr(relaxation, "_BLOCK", 1_000)
    solved: list[int] = []
    assign = relaxation._assign

    def noted(part: relaxation.Graph) -> Longs:
        solved.append(len(part.first))
        return assign(part)

    monkeypatch.setattr(relaxation, "_assign", noted)
    few = relaxation.relax(graph)
    assert few.price.sum() == whole.price.sum()
    assert graph.spare(few.price).min() >= 0
    assert len(solved) > 1
    assert max(solved) < len(pairs) / 2
    assert max(solved) < 1.3 * solved[0], "true prices choose anew, where a guess was only added to"
    # Where hardly any are missing, prices alone mend what was solved.
    monkeypatch.setattr(relaxation, "_HARDLY", 0)
    solved.clear()
    assert relaxation.relax(graph).price.sum() == whole.price.sum()
    assert len(solved) == 1


def test_prices_turn_any_plan_into_the_best() -> None:
    """Also one in which everybody is alone."""
    pairs = promising_pairs(scale(200))
    graph = relaxation.Graph(200, pairs.first, pairs.second, pairs.points.astype(np.int64))
    turned = relaxation._priced(graph, np.arange(200), np.zeros(200, dtype=np.int64))
    assert turned.price.sum() == relaxation.relax(graph).price.sum()
    assert graph.between(np.arange(200), turned.following).sum() == turned.price.sum()


def test_no_pair_is_promising_that_may_not_be() -> None:
    here = scale(400)
    every, promising = (
        set(zip(found.first.tolist(), found.second.tolist(), strict=True))
        for found in (every_pair(here), promising_pairs(here))
    )
    assert promising <= every


def test_a_plan_above_the_exact_size_has_its_certificate() -> None:
    people = town(1_501)
    made = plan(people, history(people), settings=Settings(exact_up_to=0)).certificate
    assert made.pairs == made.max_pairs == 750
    assert 0.9999 * made.bound <= made.weight <= made.bound
    everybody = plan(people, history(people)).certificate
    assert made.weight >= 0.999 * everybody.weight


@pytest.mark.parametrize(("size", "least"), [(3, 0.96), (4, 0.92)])
def test_groups_come_near_their_bound(size: int, least: float) -> None:
    people = town(300)
    made = plan(people, history(people), settings=Settings(size=size)).certificate
    assert least * made.bound <= made.weight <= made.bound
    # However many points there are, and however many of them are of persons.
    longest = [replace(one, waiting=50 * one.waiting) for one in people[:100]]
    highest = Weights(**dict.fromkeys(Weights.__dataclass_fields__, MOST_POINTS))
    much = Settings(size=size, weights=highest, most_waiting=100)
    made = plan(longest, settings=much).certificate
    assert 0.8 * made.bound <= made.weight <= made.bound
    # Where most must be left out, whoever they are.
    together = [replace(one, organisation="one") for one in people[:80]] + people[80:100]
    made = plan(together, settings=Settings(size=size)).certificate
    assert 0.83 * made.bound <= made.weight <= made.bound


def test_the_bound_of_groups_is_of_ties_too_that_the_index_did_not_offer() -> None:
    here = scale(60)
    everybody = every_pair(here)
    made = grouped(here, everybody, best_pairs(60, everybody))
    few = Pairs(everybody.first[:10], everybody.second[:10], everybody.points[:10])
    assert weight_of(here, made)[0] <= bound_of(here, few, made)


@pytest.mark.parametrize(
    ("size", "ties"),
    [
        (3, {0: 0, 2: 1, 3: 3, 4: 6, 5: 4, 6: 6, 7: 3 + 6, 8: 6 + 6, 10: 3 + 3 + 6, 11: 3 + 6 + 6}),
        (4, {0: 0, 2: 1, 3: 3, 4: 6, 5: 4, 6: 3 + 3, 7: 3 + 6, 8: 6 + 6, 9: 3 + 3 + 3, 10: 3 + 3 + 6}),
    ],
)
def test_ties_if_nobody_is_left_out(size: int, ties: dict[int, int]) -> None:
    everybody = {people: pairs_of(dict.fromkeys(combinations(range(people), 2), 1)) for people in ties}
    assert {people: ties_of_all(pairs, size) for people, pairs in everybody.items()} == ties


def test_twice_the_same() -> None:
    people = town(300)
    assert plan(people, history(people)) == plan(list(reversed(people)), reversed(history(people)))


def test_the_same_plan_in_another_process() -> None:
    """Nothing hangs on how this process happens to hash or lay out memory."""
    code = (
        "from tests.matching.town import town; from bot.matching import plan; print(plan(town(150)).sha256)"
    )
    told = {
        subprocess.run(  # noqa: S603 - our own interpreter on the code above
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {plan(town(150)).sha256 + "\n"}


def test_scipy_stands_in_where_the_solver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    people = town(300)
    usual = plan(people, history(people)).certificate
    monkeypatch.setattr(relaxation, "Solver", None)
    assert plan(people, history(people)).certificate == usual


def test_whoever_is_hard_to_find_is_looked_for_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who share nothing with anybody but a language that nobody else speaks."""
    people = town(600)
    lonely = [
        type(one)(f"lonely-{n}", f"only-{n}", one.layer, languages=("fy",))
        for n, one in enumerate(people[:2])
    ]
    made = plan([*people, *lonely], settings=Settings(exact_up_to=0))
    assert ("lonely-0", "lonely-1") in {group.members for group in made.groups}
    monkeypatch.setattr(candidates, "_SCANNED", 0)
    assert "lonely-0" in plan([*people, *lonely], settings=Settings(exact_up_to=0)).left_out


def test_the_bot_starts_without_arrays() -> None:
    code = "import sys, bot.__main__, bot.compose; print({'numpy', 'scipy', 'ortools'} & set(sys.modules))"
    told = subprocess.run(  # noqa: S603 - our own interpreter on the code above
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout == "set()\n"
