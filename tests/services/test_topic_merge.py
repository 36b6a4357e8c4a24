"""Merging topics: nobody and nothing is lost, every constraint holds, and undoing it brings all back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table as SqlTable
from sqlalchemy import text as sql

from bot.chat.address import Conversation
from bot.compose.clocks import DemoClock
from bot.domain.channel_rules import Act
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.layer import Layer
from bot.domain.search import Search
from bot.domain.topic import Part
from bot.services import channel, erasure, profile, topic_merge
from bot.services.register import indexes
from bot.store import channel as channels
from bot.store import look_up, moves, network, tables, topic, watch
from bot.store import round as rounds
from bot.store import topic_merge as store
from bot.store.database import Database
from bot.store.topic import Kept
from bot.store.work import Work, Workshop
from tests.support.country import Country, build
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk
from tests.support.workshop import START, make_workshop

OLD, NEW, OTHER = "stikstof", "natuur", "wonen"
PEOPLE = 5


async def kept(work: Work, number: TopicId) -> Kept:
    found = await topic.get(work, number)
    assert found is not None
    return found


async def merged(work: Work, country: Country, by: OfficialId) -> topic_merge.Merged:
    old, new = country.topics[OLD], country.topics[NEW]
    return await topic_merge.merge(work, await kept(work, old), await kept(work, new), by)


_OWN_LIFE = {"audit", "meta", "topic_merge", "due"}
_OWN_ACTS = {Act.TOPIC_MERGED, Act.TOPIC_SPLIT}


async def everything(work: Work) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables but those that tell of what was done."""
    found = {}
    for table in tables.Table.metadata.sorted_tables:
        if table.name not in _OWN_LIFE:
            rows = [_row(table, row._asdict()) for row in await work.session.execute(table.select())]
            found[table.name] = sorted((row for row in rows if row.get("act") not in _OWN_ACTS), key=str)
    return found


def _row(table: SqlTable, row: dict[str, Any]) -> dict[str, Any]:
    """Without keys of rows that were put back, ranks (chance is in them), and the day of what was done."""
    left = {"official_topic": {"id", "score"}, "topic": {"last_active_at"}}.get(table.name, set())
    return {name: value for name, value in row.items() if name not in left}


PARTS = st.dictionaries(st.integers(0, PEOPLE - 1), st.sampled_from(list(Part)), max_size=PEOPLE)
SOME = st.sets(st.integers(0, PEOPLE - 1))
TOWNS = st.fixed_dictionaries(
    {
        "parts": st.tuples(PARTS, PARTS, PARTS),
        "members": st.tuples(st.none() | SOME, st.none() | SOME),
        "watches": st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.booleans(), st.booleans()), max_size=6),
        "gaps": st.lists(st.tuples(st.booleans(), st.sampled_from([Layer.RIJK, Layer.GEMEENTE])), max_size=5),
        "ties": st.sets(st.tuples(st.integers(0, 1), st.integers(2, 3)), max_size=3),
        "sub_questions": st.tuples(
            st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6),
            st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6),
        ),
        "lines": st.tuples(SOME, SOME),
    }
)


async def settle(work: Work, country: Country, town: dict[str, Any]) -> list[OfficialId]:
    """People with all that can point at a topic."""
    ids = [country.topics[name] for name in (OLD, NEW, OTHER)]
    places = ["Ede", "Zwolle", "Utrecht", "provincie Gelderland", "waterschap De Dommel"]
    people = [await country.official(work, f"N {n}", place) for n, place in enumerate(places)]
    for n, official in enumerate(people):
        stated = [(ids[t], town["parts"][t][n]) for t in range(3) if n in town["parts"][t]]
        await profile.state_topics(work, official, stated)
    for n, joined in enumerate(town["members"]):
        if joined is not None:
            made = await channel.make(work, ids[n], people[n])
            place = Conversation(platform="country", tenant="", id=f"room {n}")
            await channels.bind(work, made.id, place)
            await rounds.add(work, made.id, work.now + timedelta(days=7))
            for one in joined:
                await channels.join(work, made.id, people[one])
    for who, new, narrow in town["watches"]:
        layers = (Layer.RIJK,) if narrow else ()
        search = Search(topics=(ids[int(new)],), layers=layers)
        await watch.add(work, people[who], search)
        await look_up.keep(work, people[who], search.key, [])
    for new, layer in town["gaps"]:
        await look_up.keep(work, people[0], f"gap {new} {layer}", [])
        await look_up.tell_gap(work, people[0], f"gap {new} {layer}", ids[int(new)], layer)
    for one, other in town["ties"]:
        await network.add_tie(work, people[one], people[other], "koffie", ids[0])
    for n, labels in enumerate(town["sub_questions"]):
        await topic.set_sub_questions(work, ids[n], labels)
        chosen = [one for known in (await indexes(work)).topics.topics for one in known.sub_questions]
        await topic.choose_sub_questions(work, people[n], [one.id for one in chosen])
        for one in town["lines"][n]:
            await topic.add_team(work, ids[n], people[one], f"line {n}")
    return people


@pytest.fixture(scope="module")
def empty(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workshop, Country, Any]]:
    """A country to be settled anew in a transaction that is never kept."""
    file = tmp_path_factory.mktemp("merge") / "koffie.db"
    file.write_bytes(sqlite_template.read_bytes())
    with asyncio.Runner() as runner:
        database = Database(f"sqlite:///{file}")
        workshop = make_workshop(database, DemoClock(START))
        country = runner.run(build(workshop))
        yield workshop, country, runner
        runner.run(database.close())


_OF_THE_TOPIC = {"topic_theme", "sub_question"}


class _Undone(Exception):
    """Leaves the transaction without keeping it."""


@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(town=TOWNS)
def test_nothing_is_lost_and_undoing_brings_it_back(
    empty: tuple[Workshop, Country, asyncio.Runner], town: dict[str, Any]
) -> None:
    workshop, country, runner = empty

    async def run() -> None:
        async with workshop.write() as work:
            people = await settle(work, country, town)
            before = await everything(work)
            done = await merged(work, country, people[0])
            _check(country, town, people, before, await everything(work))
            await work.session.execute(sql("PRAGMA foreign_key_check"))
            await topic_merge.undo(work, done.merge, people[0])
            after = await everything(work)
            # A round that was announced is not announced again, and who chose both keeps the one chosen.
            skipped = {"round", "official_sub_question"}
            assert {name for name in before if before[name] != after[name]} <= skipped
            assert len(before["round"]) == len(after["round"])
            raise _Undone

    with pytest.raises(_Undone):
        runner.run(run())


def _check(
    country: Country,
    town: dict[str, Any],
    people: list[OfficialId],
    before: dict[str, list[dict[str, Any]]],
    after: dict[str, list[dict[str, Any]]],
) -> None:
    old, new = country.topics[OLD], country.topics[NEW]
    order = list(Part)
    involved = {row["official_id"]: row["part"] for row in after["official_topic"] if row["topic_id"] == new}
    for n, official in enumerate(people):
        parts = [town["parts"][t][n] for t in (0, 1) if n in town["parts"][t]]
        assert involved.get(official) == (min(parts, key=order.index) if parts else None)
    for name, rows in after.items():
        left = [
            row for row in rows if row.get("topic_id") == old and name not in {"topic_theme", "sub_question"}
        ]
        both = town["members"][0] is not None and town["members"][1] is not None
        assert len(left) == (1 if name == "topic_channel" and both else 0), name
    members = set().union(*(joined for joined in town["members"] if joined is not None))
    assert {row["official_id"] for row in after["channel_member"]} == {people[one] for one in members}
    assert sum(row["count"] for row in after["gap"]) == sum(row["count"] for row in before["gap"])
    asked = {(row["official_id"], row["question"].partition("|")[2]) for row in before["watch"]}
    assert {(row["official_id"], row["question"].partition("|")[2]) for row in after["watch"]} == asked
    assert len({row["channel_id"] for row in after["channel_place"]}) <= 1


def test_every_column_that_points_at_a_topic_moves_or_stays_for_a_reason() -> None:
    pointing = {column.table.name for column in moves.pointing_at("topic")}
    by_itself = {column.table.name for column in moves.pointing_at("topic", store.STAYS | store.BY_HAND)}
    assert pointing == by_itself | store.STAYS | store.BY_HAND
    assert {"official_topic", "koffie", "acquaintance", "topic_channel", "invitation"} <= by_itself


async def test_on_both_databases(workshop: Workshop, country: Country) -> None:
    town: dict[str, Any] = {
        "parts": ({0: Part.LEADS, 1: Part.FOLLOWS}, {0: Part.FOLLOWS, 2: Part.WORKS_ON}, {}),
        "members": ({0, 1}, {1, 2}),
        "watches": [(3, False, True), (3, True, True), (4, False, False)],
        "gaps": [(False, Layer.RIJK), (True, Layer.RIJK)],
        "ties": {(0, 2)},
        "sub_questions": (["a", "b"], ["b", "c"]),
        "lines": ({0, 1}, {0}),
    }
    async with workshop.write() as work:
        people = await settle(work, country, town)
        before = await everything(work)
        done = await merged(work, country, people[0])
        _check(country, town, people, before, await everything(work))
        assert (await indexes(work)).topics.get(country.topics[OLD]) == done.into
        await erasure.erase(work, people[1])
        await topic_merge.undo(work, done.merge, people[0])
        after = await everything(work)
        assert [
            row["official_id"] for row in after["official_topic"] if row["topic_id"] == country.topics[OLD]
        ] == [people[0]]
        assert {row["official_id"] for row in after["channel_member"]} == {people[0], people[2]}


async def test_when_it_cannot_be_undone(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede")
        done = await merged(work, country, anna)
        other = await topic_merge.merge(
            work, await kept(work, country.topics[OTHER]), await kept(work, country.topics[NEW]), anna
        )
        with pytest.raises(KoffieError, match="topic-merge-later-first"):
            await topic_merge.undo(work, done.merge, anna)
        await topic_merge.undo(work, other.merge, anna)
        with pytest.raises(KoffieError, match="topic-merge-gone"):
            await topic_merge.undo(work, other.merge, anna)
        with pytest.raises(KoffieError, match="topic-merge-itself"):
            await topic_merge.merge(
                work, await kept(work, country.topics[NEW]), await kept(work, country.topics[NEW]), anna
            )
        with pytest.raises(KoffieError, match="topic-merge-sensitive"):
            await topic_merge.merge(
                work, await kept(work, country.topics["fraude"]), await kept(work, country.topics[NEW]), anna
            )
    clock.move(clock.now() + topic_merge.TERM)
    async with workshop.write() as work:
        await store.clear(work)
        with pytest.raises(KoffieError, match="topic-merge-late"):
            await topic_merge.undo(work, done.merge, anna)


async def test_by_the_words_that_people_type(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.joins("bram", "waterschap Rivierenland", "natuurherstel")
    await desk.says("anna", "opgave nieuw Veenbrand; ook: natuurbrand", "overslaan")
    assert "Dat kan alleen wie deze opgave beheert" in await desk.says(
        "bram", "opgave samenvoegen veenbrand met natuurherstel"
    )
    await desk.says("bram", "wie-ken-ik veenbrand rijk")
    said = await desk.says("anna", "opgave samenvoegen veenbrand met natuurherstel")
    # A button from before means the topic as it is now.
    assert "Doe ik." in await desk.says("bram", "Ja, zeg het me")
    (waits,) = await desk.rows(tables.Watch)
    assert waits["topic_id"] == desk.country.topics[NEW]
    assert "Veenbrand hoort nu bij Natuurherstel" in said
    assert "Tot donderdag 24 december" in said
    assert "Anna Bos" in await desk.says("bram", "wie-ken-ik natuurbrand")
    assert "staat weer op zichzelf" in await desk.says("anna", "Maak ongedaan")
    assert "Anna" not in await desk.says("bram", "wie-ken-ik natuurherstel provincie")
    assert "komt uit het landelijke register" in await desk.says(
        "anna", "koffie-beheer kanaal nieuw stikstof", "opgave samenvoegen stikstof met veenbrand"
    )
