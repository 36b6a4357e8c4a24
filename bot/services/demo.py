"""The demo: a database of invented officials at real organisations, marked as such."""

import csv
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.domain.ids import TopicId
from bot.domain.invented import Invented, InventedTie
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.services import invented, register_import
from bot.store import officials, register, state
from bot.store.register import Register
from bot.store.work import Work

_MARK = "demo"
_CAST = "demo-cast"
_DATA = Path(__file__).parent.parent / "data"
_JOINED = 90
"""Days ago that the first of the demo's officials joined."""


async def is_demo(work: Work) -> bool:
    return await state.meta(work, _MARK) is not None


async def holds_real_officials(work: Work) -> bool:
    """Whether anybody registered here outside of a demo."""
    return not await is_demo(work) and await officials.any_registered(work)


async def mark(work: Work) -> None:
    """Say for good that this database is a demo: a real platform refuses it."""
    await state.set_meta(work, _MARK, "yes")


async def prepare(work: Work, platform: str, reserved: Collection[str] = ()) -> None:
    """Make a database without real officials a demo, with its cast on ``platform``; once."""
    if await state.meta(work, _CAST) is not None:
        return
    await register_import.import_snapshot(work, reserved)
    await mark(work)
    await state.set_meta(work, _CAST, platform)
    known = await register.load(work)
    people = list(_officials(known))
    places = {one.name: place for place, one in enumerate(people)}
    await invented.add(work, people, list(_ties(known, places)), platform, Random(1))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _officials(known: Register) -> Iterator[Invented]:
    organisations = {(one.layer, one.name): one.id for one in known.organisations}
    topics = _topics(known)
    for number, row in enumerate(_rows("demo_officials.csv")):
        layer = Layer(row["layer"])
        stated = (entry.split(":") for entry in row["topics"].split("|"))
        yield Invented(
            name=row["name"],
            organisation=organisations[layer, row["organisation"]],
            layer=layer,
            topics=tuple((topics[slug], Part(part)) for slug, part in stated),
            role=row["role"],
            human_line=row["human_line"],
            knows=row["knows"],
            seeks=row["seeks"],
            introduces=row["introduces"] == "yes",
            joined=timedelta(days=_JOINED - number),
        )


def _ties(known: Register, places: dict[str, int]) -> Iterator[InventedTie]:
    topics = _topics(known)
    for row in _rows("demo_ties.csv"):
        topic = topics[row["topic"]] if row["topic"] else None
        since = timedelta(days=int(row["days"]))
        yield InventedTie(places[row["one"]], places[row["other"]], row["source"], topic, since)


def _topics(known: Register) -> dict[str, TopicId]:
    return {topic.slug: topic.id for topic in known.topics}
