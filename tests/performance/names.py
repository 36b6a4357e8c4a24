"""(c) Understanding names: organisations and topics, over the real-life spellings of the tests."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.domain.words import normalise, stem
from bot.services.shipped import shipped_indexes
from tests.performance.measuring import Timing

DATA = Path(__file__).parent.parent / "data"
ROUNDS = 5


def bench() -> list[dict[str, Any]]:
    """A row a kind of name, and one for building both indexes."""
    start = time.perf_counter()
    indexes = shipped_indexes()
    built = time.perf_counter() - start
    return [
        {"what": "build both indexes", **asdict(Timing.of([built]))},
        {"what": "organisation", **asdict(_finds("organisations", indexes.organisations.find))},
        {"what": "topic", **asdict(_finds("topics", indexes.topics.find))},
    ]


def _finds(kind: str, find: Callable[[str], object]) -> Timing:
    with (DATA / f"spellings_{kind}.csv").open(encoding="utf-8", newline="") as file:
        spellings = [row["text"] for row in csv.DictReader(file)]
    taken = []
    for _ in range(ROUNDS):
        # Words that were seen before are kept in memory: here each is new.
        normalise.cache_clear()
        stem.cache_clear()
        for spelling in spellings:
            start = time.perf_counter()
            find(spelling)
            taken.append(time.perf_counter() - start)
    return Timing.of(taken)
