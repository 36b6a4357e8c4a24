"""Workers: no call is lost, no more at once than allowed, and a failure stops nobody."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.chat.workers import Workers


class Desk:
    """Things that wait to be done; each is held until the test lets it go."""

    def __init__(self) -> None:
        self.waiting = 0
        self.done = 0
        self.at_once = 0
        self.most = 0
        self.go = asyncio.Event()
        self.workers = Workers("desk", self.take)

    async def take(self) -> bool:
        if not self.waiting:
            return False
        self.waiting -= 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.go.wait()
        self.at_once -= 1
        self.done += 1
        return True


async def turns(number: int = 20) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def test_each_call_brings_one_in_until_all_are_at_work() -> None:
    desk = Desk()
    running = asyncio.create_task(desk.workers.run(3))
    await turns()
    for _ in range(5):
        desk.waiting += 1
        desk.workers.wake()
    await turns()
    assert (desk.at_once, desk.waiting, desk.workers.free) == (3, 2, 0)
    desk.go.set()
    await turns()
    assert (desk.done, desk.most, desk.workers.busy) == (5, 3, 0)
    desk.workers.stop()
    await running


async def test_a_call_while_the_last_one_looks_in_vain_is_heard() -> None:
    looks = 0
    left = asyncio.Event()

    async def take() -> bool:
        nonlocal looks
        looks += 1
        if looks == 1:
            await left.wait()
        return False

    workers = Workers("one", take)
    running = asyncio.create_task(workers.run(1))
    await turns()
    workers.wake()
    left.set()
    await turns()
    assert looks == 2
    workers.stop()
    await running


async def test_a_failure_ends_one_look_and_no_other() -> None:
    looks = 0

    async def take() -> bool:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise OSError
        return False

    workers = Workers("one", take)
    running = asyncio.create_task(workers.run(1))
    await turns()
    workers.wake()
    await turns()
    assert (looks, workers.busy) == (2, 0)
    workers.stop()
    await running


async def test_who_stops_finishes_what_is_in_hand_and_takes_nothing_new() -> None:
    desk = Desk()
    running = asyncio.create_task(desk.workers.run(1))
    desk.waiting = 2
    await turns()
    desk.workers.stop()
    desk.workers.wake()
    desk.go.set()
    async with asyncio.timeout(5):
        await running
    assert (desk.done, desk.waiting) == (1, 1)


async def test_who_is_cancelled_leaves_at_once() -> None:
    desk = Desk()
    desk.waiting = 1
    running = asyncio.create_task(desk.workers.run(1))
    await turns()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert desk.done == 0
