"""The clock that makes the bot look: it goes on after a failing look, and is started anew when it stalls."""

from __future__ import annotations

import asyncio
import logging

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.compose import clockwork
from bot.compose.clockwork import Clockwork


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "_TICK_SECONDS", 0.01)
    monkeypatch.setattr(clockwork, "_STALLED_SECONDS", 0.1)


async def until_ticked(times: int, clock: Clockwork, ticks: list[int]) -> None:
    running = asyncio.create_task(clock.run())
    try:
        async with asyncio.timeout(20):
            while len(ticks) < times:  # noqa: ASYNC110 - the ticks are what is watched
                await asyncio.sleep(0.005)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_look_that_fails_is_followed_by_the_next(caplog: pytest.LogCaptureFixture) -> None:
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)
        raise ValueError("geheim-0612345678")

    await until_ticked(3, Clockwork(tick), ticks)
    assert "a tick failed: ValueError" in caplog.text
    assert "geheim" not in caplog.text


async def test_a_clock_whose_timer_died_is_started_anew(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A clock that is set back, or a store that fails at the wrong moment, ends a timer for good."""
    ticks: list[int] = []
    started: list[AsyncIOScheduler] = []
    start = Clockwork._start

    def start_dead(self: Clockwork) -> AsyncIOScheduler:
        scheduler = start(self)
        if not started:
            scheduler.remove_all_jobs()
        started.append(scheduler)
        return scheduler

    async def tick() -> None:
        ticks.append(1)

    monkeypatch.setattr(Clockwork, "_start", start_dead)
    with caplog.at_level(logging.ERROR):
        await until_ticked(2, Clockwork(tick), ticks)
    assert len(started) >= 2
    assert "the clock stalled" in caplog.text


async def test_looks_do_not_overlap() -> None:
    ticks: list[int] = []
    within = most = 0

    async def tick() -> None:
        nonlocal within, most
        within += 1
        most = max(most, within)
        await asyncio.sleep(0.03)
        within -= 1
        ticks.append(1)

    await until_ticked(3, Clockwork(tick), ticks)
    assert most == 1


async def test_it_leaves_nothing_behind_when_it_is_cancelled() -> None:
    before = asyncio.all_tasks()
    ticks: list[int] = []

    async def tick() -> None:
        ticks.append(1)

    await until_ticked(1, Clockwork(tick), ticks)
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() - before == set()
    seen = len(ticks)
    await asyncio.sleep(0.05)
    assert len(ticks) == seen
