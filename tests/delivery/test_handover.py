"""An answer is claimed in the transaction that makes it, and sent by the same process from memory."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.address import Direct
from bot.chat.message import say
from bot.store import claims
from bot.store.outbox import Lane
from bot.store.work import Work
from tests.platforms.board.receive import PLATFORM
from tests.support.bench import Bench, person, words


async def answered(work: Work, line: str) -> str:
    return await claims.answer(
        work, Direct(account=person("anna")), say(words(line)), asker=person("anna"), language="nl"
    )


async def test_an_answer_needs_no_look_at_the_outbox(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: Any) -> None:
        return None

    monkeypatch.setattr(claims, "claim", nothing)
    assert await bench.says("anna", "echo hallo") == ["echo hallo"]
    assert await bench.states() == {"sent": 1}


async def test_killed_before_it_was_sent_an_answer_is_looked_up_and_sent_once(bench: Bench) -> None:
    await bench.act("anna", type="said", text="echo hallo")
    assert await bench.dispatcher.handle_next()
    assert await bench.states() == {"sending": 1}
    bench.deliverer._held.clear()  # What a process that dies forgets.
    await bench.settle()
    assert bench.seen("anna") == []
    await bench.later(seconds=200)
    await bench.later(hours=1)
    assert bench.seen("anna") == ["echo hallo"]


async def test_an_answer_waits_behind_an_older_one_that_was_refused(bench: Bench) -> None:
    bench.plan("429")
    for line in ("echo een", "echo twee"):
        await bench.act("anna", type="said", text=line)
    await bench.settle()
    assert await bench.states() == {"pending": 2}
    await bench.later(seconds=10)
    assert bench.seen("anna") == ["echo een", "echo twee"]


async def test_an_answer_waits_behind_what_its_reader_is_being_sent(bench: Bench) -> None:
    await bench.posts_message("anna", "Eerder")
    async with bench.workshop.write() as work:
        assert await claims.claim(work, (PLATFORM,), timedelta(minutes=2))
    async with bench.workshop.write() as work:
        await answered(work, "Later")
        assert work.outgoing.holds == []
    assert await bench.states() == {"sending": 1, "pending": 1}


async def test_what_may_go_later_holds_no_answer_up(bench: Bench) -> None:
    await bench.posts_message(
        "anna", "Ooit", lane=Lane.FOLLOWS, not_before=bench.clock.now().replace(year=2027)
    )
    async with bench.workshop.write() as work:
        await answered(work, "Nu")
        assert [claimed.attempt for claimed in work.outgoing.holds] == [1]


async def test_two_answers_of_one_command_keep_their_order(bench: Bench) -> None:
    async with bench.workshop.write() as work:
        await answered(work, "Een")
        await answered(work, "Twee")
        assert len(work.outgoing.holds) == 1
        assert work.outgoing.waits
    bench.deliverer.posted(work.outgoing)
    await bench.settle()
    assert bench.seen("anna") == ["Een", "Twee"]


async def test_what_is_undone_is_not_held(bench: Bench) -> None:
    async with bench.workshop.write() as work:
        with suppress(ZeroDivisionError):
            async with work.attempt():
                await answered(work, "Nooit")
                raise ZeroDivisionError
        assert work.outgoing.holds == []
    assert await bench.states() == {}


async def test_when_all_who_send_are_busy_an_answer_waits_in_the_outbox(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.deliverer._AT_ONCE", 0)
    await bench.act("anna", type="said", text="echo hallo")
    assert await bench.dispatcher.handle_next()
    assert await bench.states() == {"pending": 1}
    await bench.settle()
    assert bench.seen("anna") == ["echo hallo"]
