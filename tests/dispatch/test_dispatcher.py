"""The way of an event: once, in its actor's order, and whatever fails stops nobody else."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.chat.inbound import Inbound
from bot.store import due, inbox
from bot.store.work import Work, Workshop
from tests.platforms.board.receive import receive
from tests.support.bench import TEAM, Bench
from tests.support.commands import CANARY


def event(user: str, text: str, key: str) -> dict[str, object]:
    return {"id": key, "team": TEAM, "user": user, "type": "said", "text": text}


async def noted(workshop: Workshop) -> int:
    """How many notes stand: each is a change that a command made."""
    async with workshop.read() as work:
        return 0 if await due.next_due(work, ("note",)) is None else 1


async def put(bench: Bench, *events: dict[str, object]) -> None:
    inbound = [received for one in events if (received := receive(dict(one))) is not None]
    assert len(inbound) == len(events)
    await bench.dispatcher.put(inbound)


async def test_a_redelivery_is_handled_once(bench: Bench) -> None:
    for _ in range(3):
        await put(bench, event("anna", "echo hallo", "e1"))
        await bench.settle()
    assert bench.seen("anna") == ["echo hallo"]


async def test_the_cursor_moves_with_its_events_or_not_at_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = receive(event("anna", "echo een", "e1"))
    second = receive(event("anna", "echo twee", "e2"))
    assert first is not None
    assert second is not None
    await bench.dispatcher.put([first], cursor="1")
    monkeypatch.setattr(inbox, "actor_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await bench.dispatcher.put([second], cursor="2")
    monkeypatch.undo()
    assert await bench.dispatcher.cursor("board") == "1"
    await bench.dispatcher.put([second], cursor="2")
    await bench.settle()
    assert bench.seen("anna") == ["echo een", "echo twee"]


async def test_a_cursor_without_events_is_kept_under_its_platform(bench: Bench) -> None:
    await bench.dispatcher.put([], platform="board", cursor="7")
    assert await bench.dispatcher.cursor("board") == "7"


async def test_one_actors_events_are_handled_in_order(bench: Bench) -> None:
    await put(bench, *(event("anna", f"echo {n}", f"e{n}") for n in range(10)))
    await bench.settle()
    assert bench.seen("anna") == [f"echo {n}" for n in range(10)]


async def test_many_workers_keep_each_actors_order_and_handle_each_event_once(bench: Bench) -> None:
    users = ("anna", "bram", "cees")
    await put(bench, *(event(user, f"echo {n}", f"{user}{n}") for n in range(5) for user in users))

    async def work_on() -> None:
        idle = 0
        while idle < 3:
            idle = 0 if await bench.dispatcher.handle_next() else idle + 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(work_on())
    await bench.settle()
    for user in users:
        assert bench.seen(user) == [f"echo {n}" for n in range(5)]


@pytest.mark.parametrize("database_kind", ["postgresql"])
async def test_nobody_looks_for_what_another_worker_has_in_hand(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look that finds nothing is a transaction for nothing."""
    taken: list[inbox.Arrived | None] = []
    take, handle = inbox.take, bench.dispatcher._handle
    at_work, done = asyncio.Event(), asyncio.Event()

    async def counted(work: Work) -> inbox.Arrived | None:
        taken.append(await take(work))
        return taken[-1]

    async def handled(work: Work, inbound: Inbound) -> None:
        if inbound.actor.user == "anna":
            at_work.set()
            await done.wait()
        await handle(work, inbound)

    monkeypatch.setattr(inbox, "take", counted)
    monkeypatch.setattr(bench.dispatcher, "_handle", handled)
    monkeypatch.setattr("bot.chat.workers._POLL_SECONDS", 3600)
    await put(bench, event("anna", "echo lang", "e1"), event("bram", "echo kort", "e2"))
    workers = bench.dispatcher._workers
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        running = group.create_task(bench.dispatcher.run())
        await at_work.wait()
        workers.wake()
        while workers.busy > 1:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0)
        looks = len(taken)
        done.set()
        bench.dispatcher.stop()
        await running
    assert looks == 2
    assert all(taken)


async def test_a_refusal_is_its_text_and_changes_nothing(bench: Bench) -> None:
    assert await bench.says("anna", "noteer weiger") == ["Nee, dank je"]
    assert not await noted(bench.workshop)


async def test_a_failure_is_told_and_changes_nothing_and_the_next_event_is_handled(bench: Bench) -> None:
    await put(bench, event("anna", "noteer stuk", "e1"), event("anna", "echo daarna", "e2"))
    await put(bench, event("bram", "echo intussen", "e3"))
    await bench.settle()
    told = bench.seen("anna")
    assert "ligt aan mij" in told[0]
    assert told[1:] == ["echo daarna"]
    assert bench.seen("bram") == ["echo intussen"]
    assert not await noted(bench.workshop)


async def test_what_failed_and_another_worker_took_meanwhile_is_apologised_for_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between undoing it and saying so the event waits again, for whoever looks."""
    settle = inbox.settle
    overtaken = False

    async def overtake(work: Work, arrived: inbox.Arrived, *, failed: bool) -> bool:
        nonlocal overtaken
        if not overtaken:
            overtaken = True
            # On SQLite nobody else writes while this unit of work does: in its own the row settles as well.
            assert await settle(work, arrived, failed=failed)
        return await settle(work, arrived, failed=failed)

    monkeypatch.setattr(inbox, "settle", overtake)
    assert await bench.says("anna", "noteer weiger") == []
    assert overtaken
    assert await bench.says("anna", "noteer weiger") == ["Nee, dank je"]


async def test_the_log_of_a_failure_holds_nobodys_words(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await put(bench, event("anna-geheim-06", f"noteer stuk {CANARY}", "e1"))
    await bench.settle()
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text
    assert "anna-geheim-06" not in caplog.text


async def test_an_event_that_cannot_even_be_apologised_for_is_set_aside(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = bench.dispatcher._ask

    async def ask(work: object, actor: object, about: object) -> object:
        if "anna" in repr(actor):
            raise LookupError(CANARY)
        return await asked(work, actor, about)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.dispatcher, "_ask", ask)
    await put(bench, event("anna", "echo vast", "e1"), event("bram", "echo door", "e2"))
    for _ in range(20):
        try:
            await bench.settle()
        except LookupError:
            continue
    assert bench.seen("bram") == ["echo door"]
    assert CANARY not in caplog.text
    async with bench.workshop.read() as work:
        assert await inbox.waiting(work) == 0


async def test_a_row_that_does_not_open_is_set_aside(bench: Bench) -> None:
    """Sealed data that was moved to another row is refused, and holds nobody up."""
    await put(bench, event("anna", "echo een", "e1"), event("bram", "echo twee", "e2"))
    async with bench.workshop.write() as work:
        await swap_sealed(work.session)
    await put(bench, event("cees", "echo drie", "e3"))
    await bench.settle()
    assert bench.seen("anna") == []
    assert bench.seen("bram") == []
    assert bench.seen("cees") == ["echo drie"]


async def swap_sealed(session: object) -> None:
    from sqlalchemy import select, update  # noqa: PLC0415
    from sqlalchemy.ext.asyncio import AsyncSession  # noqa: PLC0415

    from bot.store.tables import Inbox  # noqa: PLC0415

    assert isinstance(session, AsyncSession)
    one, two = (await session.execute(select(Inbox.id, Inbox.sealed).order_by(Inbox.id))).all()
    await session.execute(update(Inbox).where(Inbox.id == one.id).values(sealed=two.sealed))
    await session.execute(update(Inbox).where(Inbox.id == two.id).values(sealed=one.sealed))


async def test_an_answer_in_a_room_is_for_the_asker_alone(bench: Bench) -> None:
    await bench.says("anna", "@koffie echo hallo", room="r1")
    assert [(post["place"]["room"], post["only"]) for post in bench.posts] == [("r1", "anna")]


async def test_the_answer_carries_the_events_hint(bench: Bench) -> None:
    inbound = receive(event("anna", "echo hallo", "e1"))
    assert inbound is not None
    await bench.dispatcher.put([inbound], hints={"e1": "ticket-7"})
    await bench.settle()
    assert bench.posts[-1]["ticket"] == "ticket-7"


async def test_a_hint_is_there_before_its_event_can_be_handled(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker may take the event the moment it is committed."""
    inbound = receive(event("anna", "echo hallo", "e1"))
    assert inbound is not None
    kept: list[bool] = []

    async def put_and_look(work: object, events: object) -> list[str]:
        kept.append(bench.hints.get("board:e1") is not None)
        return []

    monkeypatch.setattr(inbox, "put", put_and_look)
    await bench.dispatcher.put([inbound], hints={"e1": "ticket-7"})
    assert kept == [True]


async def test_words_of_any_length_and_kind_are_answered(bench: Bench) -> None:
    for words in ("", " ", "\u202e", "9" * 400, "/", "!", "*_<>&@" * 50, "\x00x", "🦊" * 900):
        assert len(await bench.says("anna", words)) == 1
