"""Each message once, whatever the platform answers: real outbox, real adapter, real server."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.address import Conversation, Direct
from bot.chat.message import Items, choose, option, say
from bot.store import claims, outbox
from bot.store.outbox import Lane
from tests.platforms.board.receive import PLATFORM
from tests.support.bench import TEAM, Bench, person, words

LONG = say(*(words(f"Alinea {n}: " + "woord " * 35) for n in range(1, 5)))
"""Four parts on a platform that takes 300 characters."""


async def test_a_message_arrives_once_and_is_recorded(bench: Bench) -> None:
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    await bench.later(hours=1)
    assert bench.seen("anna") == ["Hallo"]
    assert await bench.states() == {"sent": 1}


async def test_who_is_refused_for_now_gets_it_later(bench: Bench) -> None:
    bench.plan("429", "429")
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    assert bench.seen("anna") == []
    await bench.later(seconds=1)
    await bench.later(seconds=1)
    assert bench.seen("anna") == ["Hallo"]


@pytest.mark.parametrize("fault", ["cut-after", "500-after"])
async def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice(bench: Bench, fault: str) -> None:
    bench.plan(fault)
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    assert await bench.states() == {"sending": 1}
    await bench.later(minutes=2)
    assert bench.seen("anna") == ["Hallo"]
    assert await bench.states() == {"sent": 1}


@pytest.mark.parametrize("fault", ["cut-before", "500-before"])
async def test_a_lost_request_is_looked_up_and_sent_again(bench: Bench, fault: str) -> None:
    bench.plan(fault)
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    assert bench.seen("anna") == []
    await bench.later(minutes=2)
    assert bench.seen("anna") == ["Hallo"]


async def test_who_has_left_gets_nothing_and_it_is_given_up(bench: Bench) -> None:
    await bench.posts_message("left-anna", "Hallo")
    await bench.posts_message("bram", "Hallo")
    await bench.settle()
    assert await bench.states() == {"dead": 1, "sent": 1}


async def test_without_a_history_to_read_it_is_reported_and_never_sent_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cannot_tell(*_: object) -> None:
        return None

    monkeypatch.setattr(bench.adapter, "was_sent", cannot_tell)
    bench.plan("cut-before")
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    await bench.later(minutes=2)
    assert await bench.states() == {"unknown": 1}
    assert bench.seen("anna") == []


async def test_what_is_no_longer_valid_is_not_sent(bench: Bench) -> None:
    await bench.posts_message("anna", "Hallo", valid_until=bench.clock.now() - timedelta(seconds=1))
    await bench.settle()
    assert await bench.states() == {"dead": 1}
    assert bench.seen("anna") == []


async def test_what_nobody_asked_for_waits_for_office_hours_and_an_answer_does_not(bench: Bench) -> None:
    bench.clock.move(bench.clock.now() + timedelta(days=4))  # Saturday
    await bench.posts_message("anna", "Ongevraagd", lane=Lane.UNASKED)
    await bench.posts_message("anna", "Antwoord")
    await bench.settle()
    assert bench.seen("anna") == ["Antwoord"]
    await bench.later(days=2)
    assert bench.seen("anna") == ["Antwoord", "Ongevraagd"]


async def test_answers_go_before_what_nobody_asked_for(bench: Bench) -> None:
    await bench.posts_message("anna", "Ongevraagd", lane=Lane.UNASKED)
    await bench.posts_message("anna", "Volgt", lane=Lane.FOLLOWS)
    await bench.posts_message("anna", "Antwoord")
    await bench.settle()
    assert bench.seen("anna") == ["Antwoord", "Volgt", "Ongevraagd"]


async def test_one_recipient_gets_messages_in_order_also_when_the_first_must_wait(bench: Bench) -> None:
    bench.plan("429")
    await bench.posts_message("anna", "Een")
    await bench.posts_message("anna", "Twee")
    await bench.posts_message("bram", "Hallo")
    await bench.settle()
    assert bench.seen("bram") == ["Hallo"]
    await bench.later(seconds=1)
    assert bench.seen("anna") == ["Een", "Twee"]


async def test_a_long_message_goes_in_parts_in_order(bench: Bench) -> None:
    await bench.posts_message("anna", LONG)
    await bench.settle()
    assert [part.split(":")[0] for part in bench.seen("anna")] == [f"Alinea {n}" for n in range(1, 5)]


@pytest.mark.parametrize("fault", ["429", "cut-before", "cut-after", "500-before", "500-after"])
@pytest.mark.parametrize("place", [0, 1, 3])
async def test_a_part_that_stands_is_not_sent_again_and_none_is_lost(
    bench: Bench, fault: str, place: int
) -> None:
    bench.plan(*[""] * place, fault)
    await bench.posts_message("anna", LONG)
    await bench.settle()
    await bench.later(minutes=3)
    await bench.later(minutes=3)
    assert [part.split(":")[0] for part in bench.seen("anna")] == [f"Alinea {n}" for n in range(1, 5)]
    assert await bench.states() == {"sent": 1}


async def test_a_part_that_stands_is_known_without_a_look_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cannot_tell(*_: object) -> None:
        return None

    monkeypatch.setattr(bench.adapter, "was_sent", cannot_tell)
    bench.plan("", "", "429")
    await bench.posts_message("anna", LONG)
    await bench.settle()
    await bench.later(minutes=3)
    assert [part.split(":")[0] for part in bench.seen("anna")] == [f"Alinea {n}" for n in range(1, 5)]


async def test_an_only_you_message_is_looked_up_where_it_went(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a platform without only-you messages it went to the private talk: not in the room is no proof."""
    lacking = bench.adapter.capabilities.model_copy(update={"only_you": False})
    monkeypatch.setattr(bench.adapter, "capabilities", lacking, raising=False)
    room = Conversation(platform=PLATFORM, tenant=TEAM, id="r1", account=person("anna"))
    bench.plan("cut-after")
    async with bench.workshop.write() as work:
        await outbox.post(work, room, say(words("Alleen jij"), only_you=True), Lane.ANSWER)
    await bench.settle()
    await bench.later(minutes=2)
    assert bench.seen("anna") == ["Alleen jij"]
    assert [post["place"].get("room") for post in bench.posts] == [None]


async def test_an_only_you_message_is_for_one_in_the_room(bench: Bench) -> None:
    room = Conversation(platform=PLATFORM, tenant=TEAM, id="r1", account=person("anna"))
    async with bench.workshop.write() as work:
        await outbox.post(work, room, say(words("Alleen jij"), only_you=True), Lane.ANSWER)
    await bench.settle()
    assert [(post["place"]["room"], post["only"]) for post in bench.posts] == [("r1", "anna")]


async def test_an_only_you_message_for_nobody_is_given_up_and_stops_nobody(bench: Bench) -> None:
    room = Conversation(platform=PLATFORM, tenant=TEAM, id="r1")
    async with bench.workshop.write() as work:
        await outbox.post(work, room, say(words("Voor niemand"), only_you=True), Lane.ANSWER)
    await bench.posts_message("bram", "Hallo")
    await bench.settle()
    await bench.later(hours=1)
    assert bench.seen("bram") == ["Hallo"]
    assert await bench.states() == {"dead": 1, "sent": 1}


async def test_an_edit_changes_the_earlier_message(bench: Bench) -> None:
    key = await bench.posts_message("anna", "Vraag")
    await bench.settle()
    await bench.posts_message("anna", say(words("Beantwoord"), replaces=key))
    await bench.settle()
    first, second = bench.posts
    assert second["do"] == "edit"
    assert second["ref"] == first["ref"]


async def test_an_edit_waits_for_what_it_replaces(bench: Bench) -> None:
    bench.plan("cut-before")
    key = await bench.posts_message("anna", "Vraag")
    await bench.settle()
    await bench.posts_message("anna", say(words("Beantwoord"), replaces=key))
    await bench.settle()
    await bench.later(minutes=2)
    await bench.later(minutes=2)
    assert bench.seen("anna") == ["Vraag", "Beantwoord"]
    assert [post["do"] for post in bench.posts] == ["post", "edit"]


async def test_what_was_in_doubt_and_stands_is_edited_where_it_stands(bench: Bench) -> None:
    bench.plan("cut-after")
    key = await bench.posts_message("anna", say(words("Zin?")))
    await bench.settle()
    await bench.later(minutes=2)
    await bench.posts_message("anna", say(words("Beantwoord"), replaces=key))
    await bench.settle()
    assert [(post["do"], post["ref"]) for post in bench.posts] == [("post", "m1"), ("edit", "m1")]


async def test_an_edit_of_what_was_never_sent_is_dropped(bench: Bench) -> None:
    key = await bench.posts_message("left-anna", "Vraag")
    await bench.posts_message("left-anna", say(words("Beantwoord"), replaces=key))
    await bench.settle()
    await bench.later(hours=1)
    assert await bench.states() == {"dead": 2}


async def test_an_edit_in_doubt_is_simply_made_again(bench: Bench) -> None:
    """The key of an edit stands nowhere; made twice it is the same."""
    key = await bench.posts_message("anna", "Vraag")
    await bench.settle()
    bench.plan("cut-before")
    await bench.posts_message("anna", say(words("Beantwoord"), replaces=key))
    await bench.settle()
    await bench.later(minutes=2)
    assert [post["do"] for post in bench.posts] == ["post", "edit"]
    assert await bench.states() == {"sent": 2}


async def test_a_renderer_that_breaks_ends_in_plain_text(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.platforms.board import adapter, render  # noqa: PLC0415

    def breaks_on_lists(message: object) -> object:
        if "Items" in repr(message):
            raise RuntimeError("no list ever")
        return render.render(message)  # type: ignore[arg-type]

    monkeypatch.setattr(adapter, "render", breaks_on_lists)
    message = say(Items(items=((words("Een"),), (words("Twee"),))), choose(option("Ja", "some/thing")))
    await bench.posts_message("anna", message)
    await bench.settle()
    for _ in range(5):
        await bench.later(minutes=10)
    assert await bench.states() == {"sent": 1}
    assert "Twee" in bench.seen("anna")[0]
    assert "1 Ja" in bench.seen("anna")[0]


async def test_doubt_does_not_last_for_ever(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> bool:
        raise RuntimeError("this look-back never works")

    monkeypatch.setattr(bench.adapter, "was_sent", breaks)
    monkeypatch.setattr("bot.delivery.deliverer._MOST_DOUBTS", 5)
    bench.plan("cut-before")
    await bench.posts_message("anna", "Hallo")
    await bench.settle()
    for _ in range(8):
        await bench.later(hours=1)
    assert await bench.states() == {"unknown": 1}


async def test_a_claim_that_was_taken_over_records_nothing(bench: Bench) -> None:
    """The fence: a process that was frozen cannot write over its successor's record."""
    await bench.posts_message("anna", "Hallo")
    async with bench.workshop.write() as work:
        frozen = await claims.claim(work, (PLATFORM,), timedelta(seconds=90))
    assert frozen is not None
    bench.clock.move(bench.clock.now() + timedelta(seconds=200))
    await bench.settle()
    async with bench.workshop.write() as work:
        assert not await claims.again(work, frozen, frozen.standing, work.now, "late")
    await bench.later(hours=1)
    assert bench.seen("anna") == ["Hallo"]


async def test_what_a_dead_process_left_is_looked_up_and_sent_once(bench: Bench) -> None:
    await bench.posts_message("anna", "Hallo")
    async with bench.workshop.write() as work:
        await claims.claim(work, (PLATFORM,), timedelta(seconds=90))
    await bench.settle()
    assert bench.seen("anna") == []
    await bench.later(seconds=200)
    assert bench.seen("anna") == ["Hallo"]


async def test_after_a_restart_nothing_is_sent_before_a_late_request_can_have_landed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request of the process that died may still be under way: an immediate look-back is no proof."""
    under_way: list[dict[str, Any]] = []
    monkeypatch.setattr(bench.server, "_later", under_way.append)
    bench.plan("late")
    await bench.posts_message("anna", "Hallo")
    async with bench.workshop.write() as work:
        claimed = await claims.claim(work, (PLATFORM,), timedelta(seconds=150))
    assert claimed is not None
    assert isinstance(claimed.address, Direct)
    await bench.adapter.deliver(claimed.key, claimed.address, claimed.message, (), None)
    # Killed here, with the request on its way; started again at once.
    await bench.deliverer.recover()
    await bench.settle()
    assert bench.seen("anna") == []
    await bench.server._post(under_way[0])
    await bench.later(minutes=2)
    assert bench.seen("anna") == ["Hallo"]
