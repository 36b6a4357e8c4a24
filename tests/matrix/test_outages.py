"""A homeserver that is away, slow, cut off, or that throws the bot out: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.matrix.proxy import Fault, answers, cut, holds, holds_the_answer, loses_the_answer
from tests.matrix.synapse import PASSWORD, UNLIMITED, Homeserver, homeserver
from tests.matrix.world import HELLO, HELP, SEND, Person, World, process, serving, world
from tests.support.hasty import SHORT

ANY = "/_matrix/"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Homeserver]:
    """One that a test may stop."""
    server = Homeserver(tmp_path / "server", **UNLIMITED)
    server.start()
    yield server
    server.close()


@pytest.fixture
async def matrix(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    own = "own_server" in request.fixturenames
    async with world(request.getfixturevalue("own_server") if own else homeserver(), tmp_path) as made:
        yield made


async def greeted(made: World, *names: str) -> list[Person]:
    """People who know the bot already."""
    people = [await made.person(name) for name in names]
    for person in people:
        await person.answer_to("hallo", HELLO)
    return people


async def test_a_homeserver_that_dies_in_the_middle_loses_nothing(
    own_server: Homeserver, matrix: World, database_url: str
) -> None:
    async with serving(matrix, database_url, SHORT):
        people = await greeted(matrix, "anna", "bram", "chantal")
        begun = asyncio.Event()
        lift = matrix.proxy.rule("PUT", SEND, holds(begun), times=100)
        passed = len(matrix.proxy.of("PUT", SEND))
        for person in people:
            await person.say("hulp")
        await matrix.proxy.until(lambda: len(matrix.proxy.of("PUT", SEND)) > passed)
        # With answers on their way, and others not even begun.
        own_server.kill()
        begun.set()
        await matrix.proxy.until(lambda: any(call.status == 502 for call in matrix.proxy.of("PUT", SEND)))
        await matrix.proxy.until(lambda: any(call.status == 502 for call in matrix.syncs()))
        lift()
        await asyncio.to_thread(own_server.start)
        await matrix.back()
        matrix.clock.move(timedelta(hours=1))
        for person in people:
            await person.reads(HELP)
            await person.answer_to("hallo", HELLO)
    assert [person.count(HELP) for person in people] == [1, 1, 1]


@pytest.mark.parametrize("status", [502, 503, 500, 404, 200], ids=str)
async def test_a_proxy_that_speaks_for_the_server_is_not_believed(
    matrix: World, database_url: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where it gives a page of its own with a friendly 200."""
    async with serving(matrix, database_url, SHORT):
        (anna,) = await greeted(matrix, "anna")
        lift = matrix.proxy.rule("PUT", ANY, answers(status, "<html>"), times=1000)
        lift_news = matrix.proxy.rule("GET", ANY, answers(status, "<html>"), times=1000)
        await anna.say("hulp")
        seen = len(matrix.syncs())
        await matrix.proxy.until(lambda: len(matrix.syncs()) > seen + 1)
        lift()
        lift_news()
        await matrix.back()
        matrix.clock.move(timedelta(hours=1))
        await anna.reads(HELP)
        await anna.answer_to("hallo", HELLO)
        assert anna.count(HELP) == 1
    told = caplog.text
    assert [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert "anna" not in told
    assert PASSWORD not in told


@pytest.mark.parametrize("fault", [loses_the_answer, cut], ids=["answer lost", "cut before"])
async def test_a_message_in_doubt_arrives_once(matrix: World, database_url: str, fault: Fault) -> None:
    async with serving(matrix, database_url, SHORT):
        (anna,) = await greeted(matrix, "anna")
        # A client tries an idempotent request once more by itself, so twice is one failure of the adapter.
        matrix.proxy.rule("PUT", SEND, fault, times=4)
        await anna.say("hulp")
        await anna.reads(HELP)
        await anna.answer_to("hallo", HELLO)
        assert anna.count(HELP) == 1


async def test_a_server_that_takes_too_long_is_asked_before_it_is_told_again(
    matrix: World, database_url: str
) -> None:
    async with serving(matrix, database_url, SHORT):
        (anna,) = await greeted(matrix, "anna")
        slow = asyncio.Event()
        matrix.proxy.rule("PUT", SEND, holds(slow))
        passed = len(matrix.proxy.of("GET", "/messages$"))
        await anna.say("hulp")
        await matrix.proxy.until(lambda: len(matrix.proxy.of("GET", "/messages$")) > passed)
        slow.set()
        await anna.reads(HELP)
        await anna.answer_to("hallo", HELLO)
        assert anna.count(HELP) == 1


async def test_a_frozen_sync_is_begun_anew(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url, SHORT):
        (anna,) = await greeted(matrix, "anna")
        matrix.proxy.rule("GET", "/sync$", cut, times=4)
        await anna.answer_to("hulp", HELP)
        assert anna.count(HELP) == 1


async def test_logged_out_it_logs_in_again_and_says_so(
    matrix: World, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(matrix, database_url):
        (anna,) = await greeted(matrix, "anna")
        logins, syncs = len(matrix.proxy.of("POST", "/login$")), len(matrix.syncs())
        await matrix.bot("POST", "logout/all")
        # Its device went with its login: what is said now is under keys that no new one gets.
        await anna.say("is daar iemand?")
        await matrix.proxy.until(lambda: len(matrix.proxy.of("POST", "/login$")) > logins)
        await matrix.in_sync(syncs)
        await matrix.caught_up(anna)
        # The new one is signed as well.
        answer = await anna.answer_to("hulp", HELP)
        assert answer.shield == {"colour": "none", "reason": None}
        assert anna.count(HELP) == 1
    assert [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


async def test_a_soft_logout_keeps_the_device(matrix: World, database_url: str) -> None:
    async with serving(matrix, database_url):
        (anna,) = await greeted(matrix, "anna")
        before = await anna.client.order("devices", user=matrix.bot.user)
        soft = answers(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": True})
        matrix.proxy.rule("GET", "/sync$", soft)
        await anna.say("hulp")
        await anna.reads(HELP)
        assert await anna.client.order("devices", user=matrix.bot.user) == before
        assert anna.count(HELP) == 1


async def test_thrown_out_without_a_password_it_says_so_and_waits(
    matrix: World, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Servers behind a single sign-on have no passwords: an operator gives a token of a device."""
    token = await matrix.server.login(matrix.bot.user)
    by_token: dict[str, str | None] = {
        "KOFFIE_MATRIX_PASSWORD": None,
        "KOFFIE_MATRIX_ACCESS_TOKEN": token.token,
        "KOFFIE_MATRIX_DEVICE_ID": token.device,
    }
    async with serving(matrix, database_url, env=by_token) as program:
        (anna,) = await greeted(matrix, "anna")
        assert all(finding.well for finding in await program.adapters["matrix"].check())
        await token("POST", "logout")
        await anna.say("hulp")
        await matrix.proxy.until(lambda: [call for call in matrix.syncs() if call.status == 401])
        assert not all(finding.well for finding in await program.adapters["matrix"].check())
    assert [record for record in caplog.records if record.levelname == "ERROR"]
    assert token.token not in caplog.text
    again = await matrix.server.login(matrix.bot.user)
    renewed = by_token | {"KOFFIE_MATRIX_ACCESS_TOKEN": again.token, "KOFFIE_MATRIX_DEVICE_ID": again.device}
    async with serving(matrix, database_url, seed=2, env=renewed):
        # What was said meanwhile is under a key of the old device.
        await matrix.caught_up(anna)
        await anna.answer_to("hallo", HELLO)


@pytest.mark.parametrize("hold", [holds, holds_the_answer], ids=["before", "after"])
async def test_killed_while_it_sends_it_answers_once(
    matrix: World, database_url: str, hold: Callable[[asyncio.Event], Fault]
) -> None:
    """Killed before the homeserver has the answer, or behind it but before the bot knows."""
    async with process(matrix, database_url) as bot:
        (anna,) = await greeted(matrix, "anna")
        passed = len(matrix.proxy.of("PUT", SEND))
        lift = matrix.proxy.rule("PUT", SEND, hold(asyncio.Event()), times=10)
        await anna.say("hulp")
        await matrix.proxy.until(lambda: len(matrix.proxy.of("PUT", SEND)) > passed)
        if hold is holds_the_answer:
            await anna.reads(HELP)
        bot.kill()
        await bot.wait()
    lift()
    async with process(matrix, database_url):
        await anna.reads(HELP)
        await anna.answer_to("hallo", HELLO)
    assert anna.count(HELP) == 1
