"""An orderly stop: what is being sent is sent and recorded, all else waits, and nothing is left running."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.compose.failures import in_plain_words
from bot.compose.program import Program
from bot.compose.workshops import StartError
from bot.store import inbox
from tests.support.bench import Bench


def program_of(bench: Bench) -> Program:
    adapters = {bench.adapter.name: bench.adapter}
    return Program(bench.workshop, adapters, bench.dispatcher, bench.deliverer, bench.jobs, None)


async def waiting(bench: Bench) -> int:
    async with bench.workshop.read() as work:
        return await inbox.waiting(work)


async def test_what_is_being_sent_is_sent_before_it_stops(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, go_on = asyncio.Event(), asyncio.Event()
    deliver = bench.adapter.deliver

    async def slowly(*args: Any) -> Any:
        sending.set()
        await go_on.wait()
        return await deliver(*args)

    monkeypatch.setattr(bench.adapter, "deliver", slowly)
    program = program_of(bench)
    running = asyncio.create_task(program.run())
    await bench.act("anna", type="said", text="echo een")
    await sending.wait()
    program.stop()
    # The post hangs: it is waited for, and what comes in now is left for the next start.
    _, pending = await asyncio.wait({running}, timeout=0.2)
    assert pending
    await bench.act("anna", type="said", text="echo twee")
    go_on.set()
    await running
    assert await bench.states() == {"sent": 1}
    assert len(bench.seen("anna")) == 1
    assert await waiting(bench) == 1


async def test_a_stopped_program_leaves_no_task_behind(bench: Bench) -> None:
    before = asyncio.all_tasks()
    program = program_of(bench)
    running = asyncio.create_task(program.run())
    await asyncio.sleep(0)
    program.stop()
    await running
    await bench.adapter.close()
    assert {task for task in asyncio.all_tasks() - before if not task.done()} == set()


async def test_a_platform_that_breaks_stops_the_program_with_its_reason(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks() -> None:
        raise StartError("The board does not know this token: set KOFFIE_BOARD_TOKEN.")

    monkeypatch.setattr(bench.adapter, "run", breaks)
    with pytest.raises(BaseExceptionGroup) as broken:
        await program_of(bench).run()
    assert in_plain_words(broken.value) == "The board does not know this token: set KOFFIE_BOARD_TOKEN."
