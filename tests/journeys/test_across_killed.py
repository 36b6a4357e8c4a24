"""A koffie between Slack and Matrix, with a kill of the one program in the middle of every step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.test_across import Both, both_can_be_reached, both_say_yes, one_finds_the_other
from tests.matrix import world as matrix_world
from tests.matrix.synapse import homeserver
from tests.matrix.test_meeting_killed import words_of
from tests.slack import world as slack_world
from tests.support.calendars import entries
from tests.support.databases import on_sqlite as on_sqlite
from tests.support.kill import assert_each_once, kill
from tests.support.ports import free_port
from tests.support.starter import Running

TOLD = (
    "Zin in koffie?", "Leuk, jullie zeggen allebei ja", "Ik weet drie momenten", "Het staat: koffie met",
    "Je koffie met", "De koffie over Stikstof", "Vijf spelregels",
)  # fmt: skip
ANNA = ("Fijn dat je meedoet", "Mooi. Ik vraag het nu", "Leuk! Zodra", "Genoteerd", *TOLD)
BRAM = (
    "Waar werk je?", "Waaraan werk je?", "Zo zien anderen je", "Fijn dat je meedoet", "Leuk! Jullie zitten",
    "Hoe mag een collega", "Op welk nummer?", "Bewaard", "Het gaat om de koffie",
    "Prima. Je krijgt nieuwe momenten", *TOLD,
)  # fmt: skip

AFTER = (
    "Bijna zover: koffie met",
    "Heb je koffie gedronken met",
    "Fijn! Gaf het energie?",
    "Vijf spelregels",
)


@pytest.fixture
async def platforms(tmp_path: Path) -> AsyncIterator[Both]:
    """A workspace and a homeserver, without the program."""
    async with slack_world.workspace() as slack, matrix_world.world(homeserver(), tmp_path) as matrix:
        yield Both(slack, matrix)
        assert slack.strict.violations == []


@asynccontextmanager
async def process(platforms: Both, database_url: str) -> AsyncIterator[Running]:
    """The program for both platforms in a process of its own, once it listens to both."""
    slack, port = platforms.slack, free_port()
    env = slack_world.environment(slack, database_url, port)
    slack.strict.forgives_the_pace()
    async with matrix_world.process(platforms.matrix, database_url, env) as running:
        await slack.listening(port)
        slack.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
        try:
            yield running
        finally:
            slack.strict.koffie = ""


async def test_a_kill_in_the_middle_of_every_step_changes_nothing(platforms: Both, database_url: str) -> None:
    slack, matrix = platforms.slack, platforms.matrix
    async with process(platforms, database_url) as bot:
        anna, bram, found = await one_finds_the_other(platforms)
        async with slack.in_doubt():
            await anna.press(found, "Vraag om koffie")
        await kill(bot)
    async with process(platforms, database_url) as bot:
        await both_can_be_reached(anna, bram)
        await anna.press(await anna.reads("Zin in koffie?"), "Graag")
        # Slack has its word that this arrived.
        await kill(bot)
    async with process(platforms, database_url) as bot:
        await anna.reads("Leuk!")
        await matrix.gave(await bram.say("graag"))
        await kill(bot)
    async with process(platforms, database_url) as bot:
        assert "+31612345678" in (await anna.reads("zeggen allebei ja")).words
        assert "anna@minbzk.nl" in (await bram.reads("zeggen allebei ja")).words
        await bram.reads("Welke passen jou?")
        asked = await anna.reads("Welke passen jou?")
        moment = asked.words.partition("[")[2].partition("]")[0]
        async with slack.in_doubt():
            await anna.press(asked, moment)
        await kill(bot)
    async with process(platforms, database_url) as bot:
        await anna.reads("Past er nog een?")
        async with matrix.taking():
            await bram.say(moment)
        await kill(bot)
    async with process(platforms, database_url) as bot:
        assert moment in (await anna.reads("Het staat: koffie met")).words
        assert moment in (await bram.reads("Het staat: koffie met")).words
        async with matrix.taking():
            await bram.say("verzetten")
        await kill(bot)
    async with process(platforms, database_url) as bot:
        for person in (anna, bram):
            await person.reads("krijgt een ander moment")
        await matrix.gave(await bram.say("afzeggen"))
        await kill(bot)
    async with process(platforms, database_url):
        await bram.reads("Ik laat het weten.")
        await anna.reads("gaat niet door. Dat zegt niets over jou.")
        # What is said behind all that may still wait.
        await anna.say("spelregels")
        await anna.reads("Ze gelden voor iedereen")
        await bram.answer_to("spelregels", matrix_world.RULES)
        for files in (await anna.calendars(), await bram.calendars(2)):
            fixed, off = entries(files)
            assert (fixed.method, off.method) == ("PUBLISH", "CANCEL")
            assert (off.uid, off.sequence) == (fixed.uid, fixed.sequence + 1)
        assert_each_once([seen.words for seen in await anna.messages()], ANNA)
        assert_each_once(words_of(bram), BRAM)


async def test_a_kill_in_the_middle_of_what_comes_after_changes_nothing(
    platforms: Both, database_url: str
) -> None:
    """The working day before, the day itself, and the working day after."""
    async with process(platforms, database_url) as bot:
        anna, bram = await both_say_yes(platforms)
        moment = "vrijdag 27 november 10:00"
        await anna.press(await anna.reads("Welke passen jou?"), moment)
        await bram.reads("Welke passen jou?")
        await bram.say(moment)
        for person in (anna, bram):
            assert moment in (await person.reads("Het staat: koffie met")).words
        await bram.calendars(1)
        await kill(bot)
    told_anna, told_bram = len(await anna.messages()), len(words_of(bram))
    platforms.matrix.clock.move(timedelta(days=2))
    await kill_while_it_speaks(platforms, database_url, platforms.slack.in_doubt())
    platforms.matrix.clock.move(timedelta(days=1, hours=-1))
    async with process(platforms, database_url) as bot:
        for person in (anna, bram):
            await person.reads("Bijna zover")
        async with platforms.slack.in_doubt():
            await anna.say("ik ben later")
        await kill(bot)
    async with process(platforms, database_url) as bot:
        await bram.reads("Anna de Vries is iets later.")
        await kill(bot)
    platforms.matrix.clock.move(timedelta(days=3))
    await kill_while_it_speaks(platforms, database_url, platforms.matrix.taking())
    async with process(platforms, database_url) as bot:
        asked = await anna.reads("Heb je koffie gedronken")
        async with platforms.slack.in_doubt():
            await anna.press(asked, "Ja")
        await bram.reads("Heb je koffie gedronken")
        async with platforms.matrix.taking():
            await bram.say("Ja")
        await kill(bot)
    async with process(platforms, database_url):
        for person in (anna, bram):
            await person.reads("Gaf het energie?")
            await person.say("spelregels")
            await person.reads("Ze gelden voor iedereen")
        heard = [seen.words for seen in await anna.messages()]
        assert_each_once(heard[told_anna:], ("Geen probleem. Ik geef het door.", *AFTER))
        assert_each_once(words_of(bram)[told_bram:], ("Anna de Vries is iets later.", *AFTER))


async def kill_while_it_speaks(
    platforms: Both, database_url: str, speaks: AbstractAsyncContextManager[None]
) -> None:
    """Started, and killed once it told something of what is due by then."""
    async with AsyncExitStack() as stack:
        async with speaks:
            bot = await stack.enter_async_context(process(platforms, database_url))
        await kill(bot)
