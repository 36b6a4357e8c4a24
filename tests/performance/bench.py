"""The benches, by `make bench`: side by side on one machine, as a table, as JSON and as docs/benchmarks.md.

usage: python -m tests.performance.bench [--quick]

Figures depend on the machine; what lasts is how they compare. Seeds are fixed, and nothing here is asserted.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.performance import lookup, names, throughput
from tests.performance.measuring import SEED, machine
from tests.postgres import databases

DOCS = Path(__file__).parent.parent.parent / "docs"
Rows = Sequence[Mapping[str, Any]]

_LOOK_UP = f"""\
{lookup.SHOWN} officials at most, {lookup.QUESTIONS} questions, the quietest of {lookup.ROUNDS} rounds.
*Ranked index*: the look-up as the bot does it, on one partial index (topic, layer, score); its query is put
together anew each time. *Normalised join*: the same from a schema that copies nothing, as bare SQL. *Flat*
is the median against that of the smallest size: at 1 it stays as fast however many join."""
_ANSWERS = f"""\
`{throughput.WORDS}`, asked by one and by {throughput.AT_ONCE} people who each wait for their answer, on a
platform that does nothing. Each answer is three durable transactions: inbox, change with the claimed answer,
sent. *Bare loop*: the same words through the same command and texts, one after the other, with nothing
kept. The difference is what it costs to lose nothing."""
_NAMES = """\
All real-life spellings of the tests, each as if seen for the first time, over the whole shipped register."""
_SECTIONS = {
    "Who is there for a topic in a layer": _LOOK_UP,
    "Answers, from the inbox to the platform": _ANSWERS,
    "Understanding a name": _NAMES,
}
_HEAD = """\
# Benchmarks

*Made by `make bench` on {day}: {machine}. Both databases write as they do in use (with `fsync`). Times are in
milliseconds; seed {seed}. The same figures as JSON: [benchmarks.json](benchmarks.json).*
"""


def measure(*, quick: bool) -> dict[str, Rows]:
    """All benches, one after the other."""

    def nothing(url: str) -> None:
        """Each bench migrates a database of its own."""

    with databases(nothing, "bench", durable=True) as server:
        sizes, events = (lookup.SIZES[:2], 320) if quick else (lookup.SIZES, throughput.EVENTS)
        found: tuple[Rows, ...] = (
            asyncio.run(lookup.bench(server, sizes)),
            asyncio.run(throughput.bench(server, events)),
            names.bench(),
        )
    return dict(zip(_SECTIONS, found, strict=True))


def show(found: Mapping[str, Rows]) -> None:
    console = Console()
    for title, rows in found.items():
        table = Table(*rows[0], title=title, title_justify="left")
        for row in rows:
            table.add_row(*map(str, row.values()))
        console.print(table)


def page(found: Mapping[str, Rows], where: str) -> str:
    """docs/benchmarks.md."""
    day = datetime.now(UTC).date().isoformat()
    lines = [_HEAD.format(day=day, machine=where, seed=SEED)]
    for title, rows in found.items():
        heads = list(rows[0])
        lines += [f"## {title}\n", f"{_SECTIONS[title]}\n"]
        lines += [f"| {' | '.join(head.replace('_', ' ') for head in heads)} |"]
        lines += [f"| {' | '.join('---' if isinstance(rows[0][head], str) else '---:' for head in heads)} |"]
        lines += [f"| {' | '.join(_cell(row[head]) for head in heads)} |" for row in rows] + [""]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else str(value)


def main(arguments: Sequence[str]) -> None:
    """Measure, show, and unless ``--quick`` publish."""
    quick = "--quick" in arguments
    where = machine()  # How busy it is before, not what the benches add.
    found = measure(quick=quick)
    show(found)
    if not quick:
        (DOCS / "benchmarks.md").write_text(page(found, where), encoding="utf-8")
        made = {"machine": where, "seed": SEED, "benches": found}
        (DOCS / "benchmarks.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
