"""What people tell: sealed, and without more than is needed to know who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Table, select

from bot.compose.clocks import DemoClock
from bot.domain.ids import OfficialId
from bot.services import erasure, report
from bot.store import feedback, feeling, small_win, tables
from bot.store import report as reports
from bot.store.feeling import Felt, Question
from bot.store.work import Workshop
from tests.support.tables import Tables, texts_of

CANARY = "kanariepiet"
YEAR = timedelta(days=366)


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def feel(workshop: Workshop, answers: Sequence[Felt], question: Question = Question.EQUAL) -> None:
    for felt in answers:
        async with workshop.write() as work:
            await feeling.add(work, question, felt)


async def test_a_feeling_is_a_count_and_a_month(workshop: Workshop) -> None:
    """No key, order, moment or reference by which an answer could be joined to a person or a koffie."""
    columns = {column.name: column for column in tables.Feeling.__table__.columns}
    assert set(columns) == {"month", "question", "answer", "count"}
    assert not any(column.foreign_keys for column in columns.values())
    await feel(workshop, [Felt.YES] * 7)
    async with workshop.read() as work:
        (row,) = await work.session.execute(select(tables.Feeling.month, tables.Feeling.count))
    assert tuple(row) == (date(2026, 11, 1), 7)


async def test_feedback_bears_neither_a_name_nor_an_order(workshop: Workshop) -> None:
    columns = {column.name: column for column in tables.Feedback.__table__.columns}
    assert set(columns) == {"id", "sealed", "month", "read"}
    assert not any(column.foreign_keys for column in columns.values())
    for number in range(8):
        async with workshop.write() as work:
            await feedback.add(work, f"{CANARY} {number}")
    async with workshop.read() as work:
        unread = await feedback.unread(work)
        assert CANARY not in await texts_of(work)
    assert {remark.words for remark in unread} == {f"{CANARY} {number}" for number in range(8)}
    in_order = [remark.id for remark in sorted(unread, key=lambda remark: remark.words)]
    assert in_order != sorted(in_order)
    assert min(abs(one - other) for one, other in pairwise(in_order)) > 1
    assert CANARY not in repr(unread)


async def test_feedback_is_read_once(workshop: Workshop) -> None:
    async with workshop.write() as work:
        await feedback.add(work, "Fijn ding")
        (remark,) = await feedback.unread(work)
        await feedback.mark_read(work, remark.id)
        assert await feedback.unread(work) == []


async def test_a_report_is_sealed_and_audited_by_ids(
    workshop: Workshop, table: Tables, caplog: pytest.LogCaptureFixture
) -> None:
    anna, bram = await table.pair()
    async with workshop.write() as work:
        await report.report(work, anna, bram, CANARY)
    async with workshop.read() as work:
        assert CANARY not in await texts_of(work)
        (told,) = await reports.unread(work)
        row = tables.Audit
        acts = await work.session.execute(select(row.actor, row.subject).where(row.act == "report"))
        assert [tuple(act) for act in acts] == [(anna, bram)]
    assert (told.by, told.of, told.words) == (anna, bram, CANARY)
    assert CANARY not in repr(told) + caplog.text
    assert "report" in caplog.text


async def test_a_report_is_read_once_and_goes_with_an_erasure(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    async with workshop.write() as work:
        await report.report(work, anna, bram, "iets")
        await report.report(work, anna, None, "nog iets")
        first, second = await reports.unread(work)
        await reports.mark_read(work, first.id)
        assert await reports.unread(work) == [second]
        await erasure.erase(work, anna)
        assert await reports.unread(work) == []


async def rows(workshop: Workshop, table: Table) -> int:
    async with workshop.read() as work:
        return len((await work.session.execute(table.select())).all())


async def test_all_of_it_lapses(workshop: Workshop, table: Tables, clock: DemoClock) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    async with workshop.write() as work:
        await feedback.add(work, "x")
        await reports.add(work, anna, bram, "x")
        await small_win.add(work, kept, anna, "x")
        await feeling.add(work, Question.ENERGY, Felt.YES)
    told = [tables.Feedback, tables.Report, tables.SmallWin, tables.Feeling]
    for days, left in ((330, 4), (60, 1), (400, 0)):
        clock.move(clock.now() + timedelta(days=days))
        async with workshop.write() as work:
            await feedback.clear(work, YEAR)
            await reports.clear(work, YEAR)
            await small_win.clear(work, YEAR)
            await feeling.clear(work, 2 * YEAR)
        found = [await rows(workshop, one.metadata.tables[one.__tablename__]) for one in told]
        assert sum(found) == left, days


async def test_a_win_is_one_a_koffie(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    async with workshop.write() as work:
        assert await small_win.add(work, kept, anna, CANARY)
        assert not await small_win.add(work, kept, bram, "anders")
        assert await small_win.latest(work, 3) == []
        win = await small_win.take(work, kept)
        assert win is not None
        await small_win.agree(work, win, bram, last=True)
        assert await small_win.latest(work, 3) == [(kept, anna)]
        assert CANARY not in await texts_of(work)
        await small_win.remove(work, kept)
        assert await small_win.take(work, kept) is None
    assert OfficialId(bram)
