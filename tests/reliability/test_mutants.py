"""Each safeguard is switched off, and what it guards against then happens: so the tests can fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update

from bot.chat.address import Address
from bot.chat.message import Message
from bot.chat.port import Delivery, Hint
from bot.compose.clocks import DemoClock
from bot.delivery import Patience
from bot.delivery.prepare import prepare
from bot.store import claims, inbox, outbox
from bot.store.database import Database
from bot.store.outbox import Lane
from bot.store.tables import Outbox
from bot.store.work import Work
from tests.platforms.board.receive import receive
from tests.support.bench import TEAM, Bench, bench_over
from tests.support.workshop import START, make_workshop


class MovableClock(DemoClock):
    """Its monotonic seconds move along: a process that is frozen finds both later."""

    def monotonic(self) -> float:
        return self.now().timestamp()


@dataclass
class Two:
    """Two processes on one database and one board; the first is frozen at a chosen moment."""

    frozen: Bench
    other: Bench
    clock: MovableClock

    def pass_grace(self) -> None:
        self.clock.move(self.clock.now() + timedelta(seconds=200))

    @property
    def seen(self) -> list[str]:
        return self.frozen.seen("anna")


@pytest.fixture
async def two(database: Database) -> AsyncIterator[Two]:
    clock = MovableClock(START)
    workshop = make_workshop(database, clock)
    async with bench_over(workshop, clock) as frozen, bench_over(workshop, clock) as other:
        # One board: the other's adapter speaks to the server of the first.
        other.adapter._settings = frozen.adapter._settings
        yield Two(frozen, other, clock)


async def frozen_before_the_request(two: Two, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first claims a row, freezes for longer than the grace, and wakes up right before its request."""

    async def freeze(workshop: Any, adapter: Any, *rest: Any) -> Any:
        prepared = await prepare(workshop, adapter, *rest)
        if adapter is two.frozen.adapter:
            two.pass_grace()
            await two.other.settle()
        return prepared

    monkeypatch.setattr("bot.delivery.deliverer.prepare", freeze)
    await two.frozen.posts_message("anna", "Hallo")
    await two.frozen.settle()
    await two.other.later(hours=1)
    return two.seen


async def test_an_old_claim_sends_nothing(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await frozen_before_the_request(two, monkeypatch) == ["Hallo"]


async def test_without_the_claims_age_it_comes_twice(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Patience, "freshness", timedelta(days=1))
    assert await frozen_before_the_request(two, monkeypatch) == ["Hallo", "Hallo"]


async def frozen_after_the_claim(two: Two, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The same, but frozen between the commit of the claim and the next line."""
    claim = claims.claim
    first = count()

    async def freeze(work: Work, *rest: Any) -> claims.Claim | None:
        claimed = await claim(work, *rest)
        if claimed is not None and next(first) == 0:
            # All that is looked at later than this moment sees a later clock.
            two.clock.move(two.clock.now() + timedelta(seconds=200))
        return claimed

    monkeypatch.setattr(claims, "claim", freeze)
    await two.frozen.posts_message("anna", "Hallo")
    await two.frozen.deliverer.send_next()
    assert two.seen == []
    await two.other.settle()
    await two.other.later(hours=1)
    return two.seen


async def test_a_freeze_right_behind_the_claim_counts_too(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await frozen_after_the_claim(two, monkeypatch) == ["Hallo"]


async def frozen_with_an_answer(two: Two) -> list[str]:
    """The answer is claimed as it is made; frozen behind that commit, and overtaken."""
    event = receive({"id": "e1", "team": TEAM, "user": "anna", "type": "said", "text": "hulp"})
    assert event is not None
    await two.frozen.dispatcher.put([event])
    assert await two.frozen.dispatcher.handle_next()
    two.pass_grace()
    await two.other.settle()
    await two.frozen.deliverer.send_next()
    await two.other.later(hours=1)
    return two.seen


async def test_an_answer_that_was_held_too_long_is_left_to_others(two: Two) -> None:
    assert len(await frozen_with_an_answer(two)) == 1


async def test_without_the_claims_age_an_answer_comes_twice(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "freshness", timedelta(days=1))
    assert len(await frozen_with_an_answer(two)) == 2


async def frozen_before_the_record(two: Two, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refused for now, then frozen; the other process sends it; then the first wakes up and records."""
    deliver = two.frozen.adapter.deliver

    async def freeze(
        key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        delivery = await deliver(key, address, message, replaces, hint)
        two.pass_grace()
        await two.other.settle()
        return delivery

    monkeypatch.setattr(two.frozen.adapter, "deliver", freeze)
    two.frozen.plan("429")
    await two.frozen.posts_message("anna", "Hallo")
    await two.frozen.deliverer.send_next()
    await two.other.later(hours=1)
    return two.seen


async def test_a_late_record_changes_nothing(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await frozen_before_the_record(two, monkeypatch) == ["Hallo"]


async def test_without_the_fence_it_comes_twice(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unfenced(
        work: Work, claimed: claims.Claim, standing: claims.Standing, at: datetime, reason: str | None
    ) -> bool:
        changed = update(Outbox).where(Outbox.id == claimed.id)
        await work.session.execute(changed.values(state="pending", not_before=at, parts=standing.parts))
        return True

    monkeypatch.setattr(claims, "again", unfenced)
    assert await frozen_before_the_record(two, monkeypatch) == ["Hallo", "Hallo"]


async def answer_lost(bench: Bench) -> list[str]:
    bench.plan("cut-after")
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    await bench.later(hours=1)
    return bench.seen("anna")


async def test_a_lost_answer_is_looked_up(bench: Bench) -> None:
    assert await answer_lost(bench) == ["Hallo"]


async def test_without_the_look_back_it_comes_twice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = claims.claim

    async def blind(*arguments: Any) -> claims.Claim | None:
        claimed = await claim(*arguments)
        return None if claimed is None else replace(claimed, look_back=False)

    monkeypatch.setattr(claims, "claim", blind)
    assert await answer_lost(bench) == ["Hallo", "Hallo"]


async def redelivered(bench: Bench) -> list[str]:
    for _ in range(2):
        event = receive({"id": "e1", "team": TEAM, "user": "anna", "type": "said", "text": "echo x"})
        assert event is not None
        await bench.dispatcher.put([event])
        await bench.settle()
    return bench.seen("anna")


async def test_a_redelivery_is_passed_over(bench: Bench) -> None:
    assert await redelivered(bench) == ["echo x"]


async def test_without_the_inbox_key_it_is_answered_twice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count()
    monkeypatch.setattr(inbox, "key_of", lambda event: f"{next(numbers)}:{event.key}")
    assert await redelivered(bench) == ["echo x", "echo x"]


async def posted_twice(bench: Bench) -> list[str]:
    for _ in range(2):
        await bench.posts_message("anna", "Nudge", lane=Lane.FOLLOWS, business_key="nudge:1")
    await bench.settle()
    return bench.seen("anna")


async def test_a_business_key_is_posted_once(bench: Bench) -> None:
    assert await posted_twice(bench) == ["Nudge"]


async def test_without_the_business_key_it_comes_twice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    post = outbox.post

    async def keyless(*arguments: Any, business_key: str | None = None, **rest: Any) -> str | None:
        return await post(*arguments, **rest)

    monkeypatch.setattr(outbox, "post", keyless)
    assert await posted_twice(bench) == ["Nudge", "Nudge"]


async def most_at_once(two: Two, monkeypatch: pytest.MonkeyPatch) -> int:
    """The most messages that were under way to one person at once, with many workers on two processes."""
    under_way = most = 0

    for process in (two.frozen, two.other):
        deliver = process.adapter.deliver

        async def watched(*arguments: Any, deliver: Any = deliver) -> Delivery:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            delivery: Delivery = await deliver(*arguments)
            under_way -= 1
            return delivery

        monkeypatch.setattr(process.adapter, "deliver", watched)
    for number in range(12):
        await two.frozen.posts_message("anna", f"{number}")

    async def work_on(process: Bench) -> None:
        idle = 0
        while idle < 5:
            idle = 0 if await process.deliverer.send_next() else idle + 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for process in (two.frozen, two.other) * 3:
            group.create_task(work_on(process))
    await two.other.settle()
    assert sorted(two.seen, key=int) == [str(number) for number in range(12)]
    return most


async def test_one_person_gets_one_message_at_a_time_whoever_sends(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await most_at_once(two, monkeypatch) == 1
    assert two.seen == [str(number) for number in range(12)]


async def test_without_turns_at_claiming_they_overtake_each_other(
    two: Two, monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    """On SQLite the one writing connection gives the turns."""
    waits: list[asyncio.Event] = []
    alone = False

    async def no_turn(work: Work, lock: int) -> None:
        """Claims begin two at a time, where they can."""
        nonlocal alone
        if waits:
            waits.pop().set()
        elif not alone:
            waits.append(other := asyncio.Event())
            try:
                await asyncio.wait_for(other.wait(), timeout=1)
            except TimeoutError:
                alone = True
                waits.clear()

    monkeypatch.setattr(claims, "take_turns", no_turn)
    assert (await most_at_once(two, monkeypatch) > 1) == (database_kind == "postgresql")
