"""Pairing people: the engine beside exact solvers and what open coffee bots do, each in its own process.

usage: python -m tests.performance.matching [--quick | --million | --only-million]

Writes docs/matching.json, the tables of docs/matching-bench.md and the curve docs/matching.svg, in a few
minutes; --quick only shows. --million adds a million people (ten minutes more, and 4 GB), --only-million
measures nothing else; the other rows, or without these that of a million, stay as they were last measured.
All weigh the same people by the same worth.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import rustworkx
from rich.console import Console
from rich.table import Table

from bot.matching import Settings, plan
from bot.matching.candidates import Pairs, promising_pairs
from bot.matching.columns import columns
from bot.matching.worth import Scale
from tests.matching.town import history, town
from tests.performance.curve import curve
from tests.performance.measuring import machine

DOCS = Path(__file__).parents[2] / "docs"
SIZES = (100, 1_000, 3_000, 10_000, 100_000)
QUICK = (100, 1_000)
MILLION = 1_000_000
PATIENCE_SECONDS = 1_800
Couples = list[tuple[int, int]]
Row = dict[str, Any]


def engine(size: int) -> Row:
    """A whole plan, from people to reasons."""
    people, met = _town(size)
    start = time.process_time(), time.perf_counter()
    made = plan(people, met)
    spent = time.process_time() - start[0], time.perf_counter() - start[1]
    proof = made.certificate
    return _row(spent, proof.pairs, proof.weight) | {"bound": proof.bound, "max_pairs": proof.max_pairs}


def _town(size: int) -> tuple[Any, list[tuple[str, str]]]:
    people = town(size)
    return people, history(people)


def _beside(pair: Callable[[Scale, Pairs, Random], Couples]) -> Callable[[int], Row]:
    """Another way of pairing, timed with the making of its candidates."""

    def measured(size: int) -> Row:
        people, met = _town(size)
        start = time.process_time(), time.perf_counter()
        scale = Scale(columns(people, met, Settings()), Settings())
        couples = np.array(pair(scale, promising_pairs(scale), Random(1)), dtype=np.int64).reshape(-1, 2)
        spent = time.process_time() - start[0], time.perf_counter() - start[1]
        one, other = couples.T
        usable = scale.allowed(one, other)
        own = scale.of.points
        points = scale.worth(one, other) + own[one] + own[other]
        return _row(spent, int(usable.sum()), int(points[usable].sum()))

    return measured


def _rustworkx(scale: Scale, pairs: Pairs, dice: Random) -> Couples:
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(scale.of))
    graph.add_edges_from(_edges(pairs))
    return list(rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))


def _networkx(scale: Scale, pairs: Pairs, dice: Random) -> Couples:
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from(_edges(pairs))
    return list(nx.max_weight_matching(graph, maxcardinality=True))


def _edges(pairs: Pairs) -> list[tuple[int, int, int]]:
    return list(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.points.tolist(), strict=True))


def _shuffle(scale: Scale, pairs: Pairs, dice: Random) -> Couples:
    """Two by two from a shuffled list, as most open bots do."""
    order = list(range(len(scale.of)))
    dice.shuffle(order)
    return list(zip(order[::2], order[1::2], strict=False))


def _greedy(scale: Scale, pairs: Pairs, dice: Random) -> Couples:
    """In a random order, each takes the best who is still free, as the best open bot does."""
    lists: list[list[tuple[int, int]]] = [[] for _ in range(len(scale.of))]
    for one, other, points in _edges(pairs):
        lists[one].append((points, other))
        lists[other].append((points, one))
    order = list(range(len(scale.of)))
    dice.shuffle(order)
    free, couples = set(order), []
    for one in order:
        if one in free:
            mate = max((option for option in lists[one] if option[1] in free), default=None)
            if mate is not None:
                free -= {one, mate[1]}
                couples.append((one, mate[1]))
    return couples


WAYS: dict[str, tuple[Callable[[int], Row], int]] = {
    "engine": (engine, MILLION),
    "rustworkx": (_beside(_rustworkx), 10_000),
    "networkx": (_beside(_networkx), 1_000),
    "greedy": (_beside(_greedy), 100_000),
    "shuffle": (_beside(_shuffle), 100_000),
}
"""Each way, and the most people that it is tried with."""


def _row(spent: tuple[float, float], pairs: int, weight: int) -> Row:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "cpu_s": round(spent[0], 2),
        "wall_s": round(spent[1], 2),
        "peak_mb": peak,
        "pairs": pairs,
        "weight": weight,
    }


def measure(sizes: Sequence[int]) -> list[Row]:
    """A row a size and way, each from a process of its own."""
    rows: list[Row] = []
    for size in sizes:
        bound = 0
        for way, (_, most) in WAYS.items():
            if size > most:
                continue
            load = round(os.getloadavg()[0], 1)
            told = subprocess.run(  # noqa: S603 - this very module
                [sys.executable, "-m", "tests.performance.matching", "one", way, str(size)],
                capture_output=True,
                text=True,
                check=True,
                timeout=PATIENCE_SECONDS,
            )
            found: Row = json.loads(told.stdout)
            bound = found.pop("bound", bound)
            found.pop("max_pairs", None)
            left = size % 2 + 2 * (size // 2 - found["pairs"])
            share = round(100 * found["weight"] / bound, 4)
            rows.append(
                {
                    "people": size,
                    "way": way,
                    **found,
                    "of_the_bound": share,
                    "not_in_a_pair": left,
                    "load": load,
                }
            )
    return rows


def show(rows: Sequence[Row]) -> None:
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console().print(table)


def aims(rows: Sequence[Row]) -> list[tuple[str, str, bool]]:
    """What was to be reached, what was, and whether it is; of what was not measured, nothing."""
    at = {(row["people"], row["way"]): row for row in rows}
    found = []

    def aim(words: str, value: float, unit: str, *, reached: bool) -> None:
        found.append((words, f"{value:g} {unit}", reached))

    if (small := at.get((3_000, "rustworkx"))) is not None:
        share = small["of_the_bound"]
        aim("3,000: the promising pairs hold 99.9 % of what all hold", share, "%", reached=share >= 99.9)
    exact = at.get((10_000, "rustworkx"))
    for size, seconds, most in ((10_000, None, None), (100_000, 30, 1_000), (MILLION, 600, 4_000)):
        row = at.get((size, "engine"))
        if row is None:
            continue
        share = row["of_the_bound"]
        aim(f"{size:,}: 99.99 % of the bound", share, "%", reached=share >= 99.99)
        if exact is not None and size == exact["people"]:
            times = round(exact["cpu_s"] / row["cpu_s"], 1)
            aim(f"{size:,}: 20 times as fast as rustworkx", times, "times", reached=times >= 20)
        if seconds is not None and most is not None:
            aim(f"{size:,}: within {seconds} s", row["wall_s"], "s", reached=row["wall_s"] <= seconds)
            aim(f"{size:,}: within {most:,} MB", row["peak_mb"], "MB", reached=row["peak_mb"] <= most)
    return found


def page(rows: Sequence[Row], where: str) -> str:
    """The tables of docs/matching-bench.md."""
    heads = list(rows[0])
    lines = [
        "# Pairing, measured\n",
        f"*Made by `make bench` on {datetime.now(UTC).date()}: {where}. What counts is how the ways compare",
        "in CPU seconds; each had a process of its own. A load well above 2 says that other work was running",
        "on the machine: then wall seconds are too many. The row of a million people is made on request",
        "(`python -m tests.performance.matching --million`). See [matching.md](matching.md).*\n",
        "| aim | measured | reached |",
        "| --- | ---: | --- |",
        *(f"| {words} | {value} | {'yes' if reached else 'no'} |" for words, value, reached in aims(rows)),
        "",
        f"| {' | '.join(head.replace('_', ' ') for head in heads)} |",
        f"| {' | '.join('---' if head == 'way' else '---:' for head in heads)} |",
        *(f"| {' | '.join(str(row[head]) for head in heads)} |" for row in rows),
        "\n![CPU seconds by people](matching.svg)\n",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    match arguments:
        case ["one", way, size]:
            sys.stdout.write(json.dumps(WAYS[way][0](int(size))))
        case _:
            where = machine()
            sizes = () if "--only-million" in arguments else QUICK if "--quick" in arguments else SIZES
            million = bool({"--million", "--only-million"} & set(arguments))
            rows = measure((*sizes, MILLION) if million else sizes)
            show(rows)
            if "--quick" not in arguments:
                before: list[Row] = json.loads((DOCS / "matching.json").read_text(encoding="utf-8"))["rows"]
                measured = {row["people"] for row in rows}
                rows = sorted(
                    [*rows, *(row for row in before if row["people"] not in measured)],
                    key=lambda row: int(row["people"]),
                )
                (DOCS / "matching-bench.md").write_text(page(rows, where), encoding="utf-8")
                made = {"machine": where, "rows": rows}
                (DOCS / "matching.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
                (DOCS / "matching.svg").write_text(curve(rows), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
