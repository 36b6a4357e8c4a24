"""The process dies between any two statements: what it was doing is done wholly, later, and once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.ties import JOB, keep_up
from bot.jobs.ties_ask import ASK, ask
from bot.store import network, tables
from bot.store.due import DueThing
from bot.store.work import Workshop
from tests.support.bench import Bench, shown
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk

CODE = re.compile(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){6}")
Snapshot = dict[str, list[tuple[Any, ...]]]


class Killed(BaseException):
    """Nobody catches it, as nobody catches ``kill -9``."""


@contextmanager
def dying_at(statement: int, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process ends before a statement, counted from one."""
    real, passed = AsyncSession.execute, count(1)

    async def execute(session: AsyncSession, *args: Any, **kwargs: Any) -> Any:
        if next(passed) == statement:
            raise Killed
        return await real(session, *args, **kwargs)

    with patch.context() as within:
        within.setattr(AsyncSession, "execute", execute)
        yield


CHANGED = (
    tables.Outbox, tables.Offer, tables.Due, tables.Acquaintance, tables.TieSide, tables.TieMark,
    tables.Invitation, tables.Introduction, tables.Koffie, tables.Seat, tables.Official, tables.Involvement,
    tables.Opening, tables.Draft, tables.Inbox, tables.Account, tables.MovingCode, tables.Audit,
)  # fmt: skip
"""All that these stories write to."""


async def snapshot(workshop: Workshop) -> Snapshot:
    async with workshop.read() as work:
        return {
            table.__tablename__: sorted(
                (tuple(row) for row in await work.session.execute(table.__table__.select())), key=repr
            )
            for table in CHANGED
        }


async def die_everywhere(
    workshop: Workshop, run: Callable[[], Awaitable[object]], patch: pytest.MonkeyPatch, step: int
) -> int:
    """Run until it is done, dying one statement later each time; a death leaves nothing behind."""
    before = await snapshot(workshop)
    for statement in count(1, step):
        try:
            with dying_at(statement, patch):
                await run()
        except Killed:
            assert await snapshot(workshop) == before
        else:
            return statement
    raise AssertionError("it never ended")


@pytest.fixture
def step(database_kind: str) -> int:
    """Before every fifth statement on SQLite; on PostgreSQL, where each is dearer, before some."""
    return 5 if database_kind == "sqlite" else 23


@asynccontextmanager
async def three_at(desk: Desk) -> AsyncIterator[Bench]:
    """Anna knows Bram and Carla."""
    anna = await desk.joins("anna", "Ede", "stikstof")
    bram = await desk.joins("bram", "waterschap Rivierenland")
    desk.names["carla"] = "Carla Smit"
    carla = await desk.joins("carla", "Utrecht")
    async with desk.bench.workshop.write() as work:
        for other in (bram, carla):
            await network.add_tie(work, anna, other, "koffie", None)
    yield desk.bench


def new(bench: Bench, seen: int, words: str) -> list[str]:
    """Who saw these words since."""
    posts = bench.posts[seen:]
    return sorted(post["place"]["user"] for post in posts if words in shown(post))


async def test_asking_whether_they_are_in_touch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    async with three_at(desk) as bench:
        await bench.later(days=91)
        seen = len(bench.posts)
        # A week later, in which nothing else was asked yet.
        bench.clock.move(bench.clock.now() + timedelta(days=8))

        async def today() -> None:
            async with bench.workshop.write() as work:
                await keep_up(work, DueThing(0, "", JOB.kind, 0, work.now))
                await ask(work, DueThing(0, "", ASK, 0, work.now))

        assert await die_everywhere(bench.workshop, today, monkeypatch, step) > 2 * step
        await bench.settle()
        for _ in range(4):
            # A week for each question; other questions have their weeks too.
            await bench.later(days=7)
        words = "Spreken jullie elkaar nog weleens?"
        asked = new(bench, seen, words)
        assert asked == ["anna", "anna", "bram", "carla"]


async def test_joining_by_the_code_of_who_leaves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    async with three_at(desk) as bench:
        await desk.says("anna", "opvolger", "Stikstof")
        (code,) = CODE.findall(await desk.says("anna", "1 2"))
        desk.names["dirk"] = "Dirk Mol"
        dirk = await desk.joins("dirk", "Ede")
        seen = len(bench.posts)
        await bench.act("dirk", type="said", text=f"code {code}", name="Dirk Mol")
        await die_everywhere(bench.workshop, bench.dispatcher.handle_next, monkeypatch, step)
        await bench.settle()
        assert new(bench, seen, "nodigde je uit") == ["dirk"]
        assert new(bench, seen, "ging in op je uitnodiging") == ["anna"]
        introduced = new(bench, seen, "stelt jullie aan elkaar voor")
        assert introduced == ["bram", "carla", "dirk", "dirk"]
        async with bench.workshop.read() as work:
            assert [tie.source for tie in await network.ties(work, dirk)] == [network.INVITED]


async def test_leaving_for_another_organisation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    async with three_at(desk) as bench:
        await desk.says("anna", "ik-ga-weg", "Zwolle")
        await bench.act("anna", type="said", text="geen")
        await die_everywhere(bench.workshop, bench.dispatcher.handle_next, monkeypatch, step)
        seen = len(bench.posts)
        await bench.settle()
        assert len(new(bench, seen, "Je werkt nu bij gemeente Zwolle.")) == 1
        assert len(new(bench, seen, "Losgelaten: Stikstof.")) == 1
        anna = await desk.find("anna")
        assert anna is not None
        assert anna.organisation == "gemeente Zwolle"


async def test_moving_to_another_account(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    async with three_at(desk) as bench:
        (code,) = CODE.findall(await desk.says("anna", "verhuizen"))
        anna, seen = await desk.find("anna"), len(bench.posts)
        await bench.act("new", type="said", text=code)
        assert (
            await die_everywhere(bench.workshop, bench.dispatcher.handle_next, monkeypatch, step) > 2 * step
        )
        await bench.settle()
        assert new(bench, seen, "Fijn dat je er weer bent, Anna Bos.") == ["new"]
        assert new(bench, seen, "Je bent verhuisd") == ["anna"]
        assert await desk.find("new") == await desk.find("anna")
        assert anna is not None
        async with bench.workshop.read() as work:
            assert len(await network.ties(work, anna.id)) == 2
