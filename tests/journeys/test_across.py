"""One network over two platforms: officials on Slack and on Matrix, in one program, on both databases."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from bot.compose import compose
from bot.domain.invitation import find_code
from tests.matrix import world as matrix_world
from tests.matrix.journey import register as register_on_matrix
from tests.matrix.proxy import answers
from tests.matrix.synapse import homeserver
from tests.matrix.world import HELLO, HELP
from tests.slack import world as slack_world
from tests.slack.journey import in_channel
from tests.slack.journey import register as register_on_slack
from tests.slack.seen import Seen
from tests.support.calendars import entries
from tests.support.databases import BOTH
from tests.support.databases import on_sqlite as on_sqlite
from tests.support.ports import free_port


@dataclass(frozen=True)
class Both:
    slack: slack_world.World
    matrix: matrix_world.World


@pytest.fixture
async def koffie(database_url: str, tmp_path: Path) -> AsyncIterator[Both]:
    """A workspace and a homeserver, and one program that serves both."""
    async with slack_world.workspace() as slack, matrix_world.world(homeserver(), tmp_path) as matrix:
        port = free_port()
        env = matrix_world.environment(
            matrix, database_url, slack_world.environment(slack, database_url, port)
        )
        clock = patch("bot.compose.program.SystemClock", lambda: slack.clock)
        with patch.dict(os.environ, env, clear=True), clock:
            async with compose(random=Random(1)) as program:
                running = asyncio.create_task(program.run())
                slack.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
                try:
                    await asyncio.gather(slack.listening(port, running), matrix.in_sync(0))
                    yield Both(slack, matrix)
                finally:
                    slack.strict.koffie = ""
                    program.stop()
                    await running
        assert slack.strict.violations == []


async def one_finds_the_other(
    koffie: Both,
) -> tuple[slack_world.Person, matrix_world.Person, Seen]:
    """Anna on Slack looks up Bram on Matrix; both, and what she sees."""
    anna, bram = koffie.slack.person("anna"), await koffie.matrix.person("bram")
    await register_on_slack(anna, "minbzk", "stikstof")
    await register_on_matrix(bram, "gemeente Amersfoort", "stikstof")
    await anna.command("/wie-ken-ik", "stikstof gemeente")
    return anna, bram, await anna.reads("Bram Jansen")


async def both_can_be_reached(anna: slack_world.Person, bram: matrix_world.Person) -> None:
    """Both are asked, and say how the other can reach them."""
    asked, theirs = await anna.reads("Zin in koffie?"), await bram.reads("Zin in koffie?")
    # The same question, each in the form of their own platform.
    question = asked.words.split("\n[")[0].replace("•", "-").splitlines()
    assert [line for line in question if line not in theirs.words.replace("•", "-")] == []
    # A chat that the other is not on is no way to reach one: each is asked for another, and told why.
    await bram.answer_to("graag", "Jullie zitten niet in dezelfde chat")
    await bram.answer_to("per telefoon", "nummer")
    await bram.answer_to("06 12345678", "+31612345678")
    await anna.command("/koffie", "profiel mail anna@minbzk.nl")


async def both_say_yes(koffie: Both) -> tuple[slack_world.Person, matrix_world.Person]:
    anna, bram, found = await one_finds_the_other(koffie)
    await anna.press(found, "Vraag om koffie")
    await both_can_be_reached(anna, bram)
    await anna.press(await anna.reads("Zin in koffie?"), "Graag")
    await anna.reads("✓ Graag")
    assert "+31612345678" not in str([seen.words for seen in await anna.messages()])
    await bram.say("graag")
    return anna, bram


@pytest.mark.parametrize("database_kind", BOTH)
async def test_two_platforms_are_one_network(koffie: Both) -> None:
    anna, bram = await both_say_yes(koffie)
    assert "+31612345678" in (await anna.reads("zeggen allebei ja")).words
    assert "anna@minbzk.nl" in (await bram.reads("zeggen allebei ja")).words
    assert [room for (room, _), is_ in bram.client.members.items() if is_ == "invite"] == []
    # The same times, each in the form of their own platform; the first that both choose is fixed.
    asked, theirs = await anna.reads("Welke passen jou?"), await bram.reads("Welke passen jou?")
    chosen = asked.words.partition("[")[2].partition("]")[0]
    assert f"1 {chosen}" in theirs.words
    await anna.press(asked, chosen)
    await anna.reads("Past er nog een?")
    await bram.say(chosen)
    assert chosen in (await anna.reads("Het staat: koffie met Bram Jansen")).words
    assert chosen in (await bram.reads("Het staat: koffie met Anna de Vries")).words
    # One entry, in two calendars, each with the name of the other.
    [hers], [his] = entries(await anna.calendars()), entries(await bram.calendars(1))
    assert (hers.method, hers.uid, hers.sequence, hers.start) == (
        his.method,
        his.uid,
        his.sequence,
        his.start,
    )
    assert "Bram Jansen" in hers.title
    assert "Anna de Vries" in his.title
    # Called off there, out of the calendar here.
    await bram.answer_to("afzeggen", "Ik laat het weten.")
    await anna.reads("gaat niet door. Dat zegt niets over jou.")
    for (_, off), fixed in ((entries(await anna.calendars()), hers), (entries(await bram.calendars(2)), his)):
        assert (off.method, off.uid, off.sequence) == ("CANCEL", fixed.uid, fixed.sequence + 1)


async def test_while_one_platform_is_away_the_other_goes_on(koffie: Both) -> None:
    anna, bram = koffie.slack.person("anna"), await koffie.matrix.person("bram")
    await bram.answer_to("hallo", HELLO)
    lifts = [
        koffie.matrix.proxy.rule(method, "/_matrix/", answers(502), times=1000)
        for method in ("GET", "POST", "PUT")
    ]
    await bram.say("hulp")
    failed = len(koffie.matrix.syncs())
    await koffie.matrix.proxy.until(lambda: len(koffie.matrix.syncs()) > failed + 1)
    await anna.say("hulp")
    await anna.reads(HELP)
    for lift in lifts:
        lift()
    await koffie.matrix.back()
    # An answer whose way was cut off in the middle is looked up after a while.
    koffie.slack.clock.move(timedelta(minutes=5))
    await bram.reads(HELP)
    assert sum(HELP in one.words for one in bram.messages()) == 1


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_an_opgave_on_two_platforms_is_one_network_with_one_round(koffie: Both) -> None:
    anna, chantal = koffie.slack.person("anna"), koffie.slack.person("chantal")
    bram, also_anna = await koffie.matrix.person("bram"), await koffie.matrix.person("anna")
    await register_on_slack(anna, "minbzk", "stikstof")
    await anna.say("verhuizen")
    code = find_code((await anna.reads("Stuur mij daarvandaan deze code")).words)
    await also_anna.answer_to(f"code {code}", "Fijn dat je er weer bent")
    # One line here, one press there.
    await anna.say("koffie-beheer kanaal nieuw stikstof")
    made = await anna.reads("Het kanaal voor Stikstof is er.")
    channel = str(koffie.slack.strict.of("conversations.create")[-1].answer["channel"]["id"])
    await anna.press(made, "Ook op Matrix")
    room = await also_anna.client.joins()
    welcome = await in_channel(koffie.slack, channel, "hoort de opgave Stikstof")
    told = await also_anna.client.reads("hoort de opgave Stikstof", by=bram.bot, room=room)
    assert welcome.words.split("\n[")[0] in told.words
    # Somebody on each joins: it is the same group.
    await register_on_slack(chantal, "waterschap vallei en veluwe", "stikstof")
    await chantal.press(welcome, "Doe mee")
    await chantal.reads("Je doet mee met de koffierondes over Stikstof.")
    await register_on_matrix(bram, "gemeente Amersfoort", "stikstof")
    await bram.answer_to("doe mee met stikstof", "Je doet mee met de koffierondes over Stikstof.")
    await anna.say("koffie-beheer ronde start stikstof")
    await in_channel(koffie.slack, channel, "maak ik koffiekoppels over Stikstof")
    await also_anna.client.reads("maak ik koffiekoppels over Stikstof", by=bram.bot, room=room)
    koffie.slack.clock.move(timedelta(days=2, hours=1))
    asked, theirs = await chantal.reads("Zin in koffie?"), await bram.reads("Zin in koffie?")
    for words in (asked.words, theirs.words):
        assert "Chantal Bakker" in words
        assert "Bram Jansen" in words
    assert not [one for one in await anna.messages() if "Zin in koffie?" in one.words]
