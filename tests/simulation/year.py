"""A year in a while: the real program under a clock that jumps, beside how others pair people.

usage: python -m tests.simulation.year [--people N] [--months M] [--seed S] [--planners koffie,shuffle,…]
       [--name PAGE]

Writes the figures to docs/PAGE.json, .md and .png. The same seed gives the same year. At the
end of each year it is checked that no message was lost or doubled, nobody was paired who may not be, and
nobody was introduced without every yes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from bot import matching
from tests.simulation.measure import broken, measure
from tests.simulation.picture import draw
from tests.simulation.planners import PLANNERS, Planner, watched
from tests.simulation.swift import MEMORY
from tests.simulation.world import world

DOCS = Path(__file__).parent.parent.parent / "docs"
_DAYS_A_MONTH = 365 / 12
ROWS = {
    "people": "officials who take part",
    "asked": "times that somebody was asked",
    "tables": "tables",
    "of_three": "of which for three",
    "across_layers": "tables across layers",
    "repeats": "repeats",
    "agreed": "koffies that all at a table wanted",
    "drunk": "koffies drunk",
    "had_koffie": "had a koffie",
    "small_reach": "had a koffie, of small organisations",
    "large_reach": "had a koffie, of the others",
    "ties": "ties made",
    "alive_3": "ties alive after 3 months",
    "of_reached_3": "of all ties that old",
    "alive_12": "ties alive after 12 months",
    "of_reached_12": "of all ties that old",
    "know_every_other_layer": "know somebody in each other layer, on their topic",
    "layers_known": "other layers in which somebody is known, of three",
    "path": "steps from anybody to anybody",
    "reached": "can be reached at all",
    "never": "never asked",
    "longest_wait": "most rounds between two tables, pauses included",
    "days_to_yes": "median days from question to every yes",
    "days_to_koffie": "median days from question to koffie",
    "messages_a_month": "messages a person a month",
}
_SHARES = frozenset(
    {
        "across_layers",
        "had_koffie",
        "know_every_other_layer",
        "reached",
        "small_reach",
        "large_reach",
        "of_reached_3",
        "of_reached_12",
    }
)


async def one_year(planner: Planner, people: int, months: float, seed: int) -> dict[str, Any]:
    """One population under one planner. Raises ``AssertionError`` when something that must hold does not."""
    wrong: list[str] = []
    began, busy = time.monotonic(), time.process_time()
    with (
        tempfile.TemporaryDirectory(dir=MEMORY) as folder,
        patch.object(matching, "plan", watched(planner, wrong)),
    ):
        async with world(Path(folder) / "year.db", people, seed) as made:
            await made.live(round(months * _DAYS_A_MONTH), Random(seed + 3))
            wrong += await broken(made)
            if wrong:
                raise AssertionError("; ".join(sorted(set(wrong))))
            figures = (await measure(made, months)).table()
    for age in (3, 12):
        reached = figures[f"reached_{age}"]
        figures[f"of_reached_{age}"] = figures[f"alive_{age}"] / reached if reached else None
        figures[f"alive_{age}"] = figures[f"alive_{age}"] if reached else None
    seconds, cpu = time.monotonic() - began, time.process_time() - busy
    return {**figures, "seconds": round(seconds), "cpu_seconds": round(cpu)}


def _year(name: str, people: int, months: float, seed: int) -> dict[str, Any]:
    """In a process of its own: one core a planner."""
    return asyncio.run(one_year(PLANNERS[name], people, months, seed))


def all_years(
    names: Sequence[str], people: int, months: float, seed: int, processes: int
) -> dict[str, dict[str, Any]]:
    """One population under each planner, some at a time."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        years = {name: pool.submit(_year, name, people, months, seed) for name in names}
        found = {}
        for name, year in years.items():
            found[name] = year.result()
            sys.stdout.write(f"{name}: {json.dumps(found[name])}\n")
            sys.stdout.flush()
        return found


def page(name: str, people: int, months: float, seed: int, found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures as a table, beside the picture of that name."""
    lines = [
        "# A year, simulated",
        "",
        f"*Made by `make simulate N={people} MONTHS={months:g} SEED={seed} PAGE_NAME={name}`:",
        "invented officials on the whole program: commands, database, jobs, delivery. Only people,",
        "platform and clock are played.",
        "How often people say yes, no or nothing is assumed (`tests/simulation/habits.py`): compare the",
        "columns, do not quote a row.*",
        "",
        "| | " + " | ".join(found) + " |",
        "| --- |" + " ---: |" * len(found),
    ]
    for key, words in ROWS.items():
        cells = (_cell(key, figures[key]) for figures in found.values())
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    lines += [
        "",
        f"![The same figures as bars]({name}.png)",
        "",
        "A tie of twelve months takes more than a year: the page of [a smaller population for",
        "longer](simulation-ties.md) has those, beside that of [the larger one](simulation.md).",
        "",
        "`koffie` is the engine of this bot, `shuffle` what Icebreaker and pairing-bot do, `queue` Charlie,",
        "`greedy` chat-roulette. At the end of each year it was checked that no message was lost or doubled,",
        "nobody was paired who may not be, and nobody was introduced without every yes.",
        "",
        "All run inside this program: its consent, pace, repair and the 90 days after a koffie that was off",
        "hold for each. Compare ties rather than koffies: two who meet again make no new tie, and a table",
        "of three, which takes three yeses, makes three (docs/decisions/0071-a-round.md). Whether a tie",
        "lives is what both say when asked after three months and in the yearly list, a month later at most.",
        "",
        f"Computing time: {sum(one['cpu_seconds'] for one in found.values()):,} s of one core for all.",
        "",
    ]
    return "\n".join(lines)


def _cell(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key in _SHARES:
        return f"{value:.1%}"
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=1_000)
    arguments.add_argument("--months", type=float, default=12)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--planners", default=",".join(PLANNERS))
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--name", default="simulation", help="of the page in docs/")
    arguments.add_argument("--dry", action="store_true", help="print, and write nothing")
    given = arguments.parse_args()
    names = given.planners.split(",")
    found = all_years(names, given.people, given.months, given.seed, given.processes)
    text = page(given.name, given.people, given.months, given.seed, found)
    if given.dry:
        sys.stdout.write(text)
        return
    (DOCS / f"{given.name}.md").write_text(text, "utf-8")
    draw(found, DOCS / f"{given.name}.png")
    made = {"people": given.people, "months": given.months, "seed": given.seed, "years": found}
    (DOCS / f"{given.name}.json").write_text(json.dumps(made, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
