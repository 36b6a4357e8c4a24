"""(a) The look-up: the ranked index against the join that a normalised schema would take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from random import Random
from typing import Any

from sqlalchemy import text

from bot.compose.clocks import DemoClock
from bot.domain.ids import TopicId
from bot.domain.layer import Layer
from bot.services import seed
from bot.store import involvements, register
from bot.store.work import Work, Workshop
from tests.performance.measuring import SEED, Timing, empty_database, timed
from tests.postgres import Databases
from tests.support.workshop import START, make_workshop

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 120
ROUNDS = 3
SHOWN = 12
_NORMALISED = text(
    """
    SELECT official.id, official.name, organisation.name, part.part
    FROM official
    JOIN official_topic AS part ON part.official_id = official.id
    JOIN organisation ON organisation.id = official.organisation_id
    WHERE part.topic_id = :topic AND organisation.layer = :layer
      AND official.state = 'active' AND official.findable AND official.requests
    ORDER BY part.score DESC, official.id
    LIMIT :limit
    """
)
"""Layer, state and switches where they belong, and nothing copied: topic by an index, the rest by joining."""
Row = dict[str, Any]


async def bench(server: Databases, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """A row a database, way and size; ``flat`` is how much slower than at the smallest size."""
    rows: list[Row] = []
    for kind in ("sqlite", "postgresql"):
        found: list[Row] = []
        for size in sizes:
            async with empty_database(kind, server) as database:
                workshop = make_workshop(database, DemoClock(START))
                await seed.seed(workshop, size, SEED, platform="bench")
                await _plan(workshop)
                found += [
                    {"database": kind, "way": way, "officials": size, **asdict(timing)}
                    for way, timing in (await _both(workshop)).items()
                ]
        for row in found:
            first = next(one for one in found if one["way"] == row["way"])
            row["flat"] = round(row["p50"] / first["p50"], 2)
        rows += found
    return rows


async def _plan(workshop: Workshop) -> None:
    """As any database does by itself after a while."""
    async with workshop.database.write() as session:
        await session.execute(text("ANALYZE"))


async def _both(workshop: Workshop) -> dict[str, Timing]:
    async with workshop.read() as work:
        questions = list(_questions([topic.id for topic in (await register.load(work)).topics]))
        # The first round fills the caches.
        await timed(_ranked(work, questions[:20]))
        await timed(_normalised(work, questions[:20]))
        return {
            "ranked index": await _quietest(lambda: _ranked(work, questions)),
            "normalised join": await _quietest(lambda: _normalised(work, questions)),
        }


async def _quietest(things: Callable[[], Iterator[Any]]) -> Timing:
    """Other programs on the machine only ever make it slower."""
    return min([await timed(things()) for _ in range(ROUNDS)], key=lambda timing: timing.p50)


def _questions(topics: list[TopicId]) -> Iterator[tuple[TopicId, Layer]]:
    dice = Random(SEED)
    layers = [layer for layer in Layer if layer is not Layer.OVERIG]
    for _ in range(QUESTIONS):
        yield dice.choice(topics), dice.choice(layers)


def _ranked(work: Work, questions: list[tuple[TopicId, Layer]]) -> Iterator[Any]:
    for topic, layer in questions:
        yield lambda topic=topic, layer=layer: involvements.ranked(work, topic, layer, SHOWN)


def _normalised(work: Work, questions: list[tuple[TopicId, Layer]]) -> Iterator[Any]:
    async def ask(topic: TopicId, layer: Layer) -> None:
        values = {"topic": topic, "layer": layer.value, "limit": SHOWN}
        (await work.session.execute(_NORMALISED, values)).all()

    for topic, layer in questions:
        yield lambda topic=topic, layer=layer: ask(topic, layer)
