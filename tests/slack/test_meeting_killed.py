"""A koffie on Slack from the first yes to calling off, with a kill in the middle of every step."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.slack.journey import REGISTERED, agree, registered
from tests.slack.test_killed import process
from tests.slack.world import World
from tests.support.calendars import entries
from tests.support.databases import BOTH
from tests.support.kill import assert_each_once, kill
from tests.support.meeting_told import AROUND_IT, UNTIL_OFF


@pytest.mark.parametrize("database_kind", BOTH)
async def test_a_kill_in_the_middle_of_every_step_changes_nothing(
    slack: World, database_url: str, tmp_path: Path
) -> None:
    anna, bram = slack.person("anna"), slack.person("bram")
    async with process(slack, database_url, tmp_path) as bot:
        await registered(anna, bram)
        await anna.command("/wie-ken-ik", "stikstof gemeente")
        found = await anna.reads("Bram Jansen")
        async with slack.in_doubt():
            await anna.press(found, "Vraag om koffie")
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        theirs = await bram.reads("Zin in koffie?")
        await anna.press(await anna.reads("Zin in koffie?"), "Graag")
        # Slack has its word that this arrived.
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        await anna.reads("Leuk!")
        # No later: in the talk of the two Slack does not let it look back whether it was heard.
        await bram.press(theirs, "Graag")
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        asked, theirs = await anna.reads("Welke passen jou?"), await bram.reads("Welke passen jou?")
        moment = asked.words.partition("[")[2].partition("]")[0]
        async with slack.in_doubt():
            await anna.press(asked, moment)
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        await anna.reads("Past er nog een?")
        async with slack.in_doubt():
            await bram.press(theirs, moment)
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        for person in (anna, bram):
            assert moment in (await person.reads("Het staat: koffie met")).words
        async with slack.in_doubt():
            await bram.say("verzetten")
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        for person in (anna, bram):
            await person.reads("krijgt een ander moment")
        await bram.say("afzeggen")
        await kill(bot)
    async with process(slack, database_url, tmp_path):
        await bram.reads("Ik laat het weten.")
        await anna.reads("gaat niet door. Dat zegt niets over jou.")
        for person in (anna, bram):
            # What is said behind all that may still wait.
            await person.say("spelregels")
            await person.reads("Ze gelden voor iedereen")
            heard = [seen.words for seen in await person.messages()]
            assert_each_once(heard, (REGISTERED, *UNTIL_OFF[person.name]))
            fixed, off = entries(await person.calendars())
            assert (fixed.method, off.method) == ("PUBLISH", "CANCEL")
            assert (off.uid, off.sequence) == (fixed.uid, fixed.sequence + 1)
        [_together] = await anna.messages(bram)


async def test_a_kill_in_the_middle_of_what_comes_after_changes_nothing(
    slack: World, database_url: str, tmp_path: Path
) -> None:
    """The working day before, the day itself, and the working day after."""
    anna, bram = slack.person("anna"), slack.person("bram")
    async with process(slack, database_url, tmp_path) as bot:
        await registered(anna, bram)
        await agree(anna, bram)
        for person in (anna, bram):
            await person.press(await person.reads("Welke passen jou?"), "vrijdag 27 november 10:00")
        for person in (anna, bram):
            await person.reads("Het staat: koffie met")
        await kill(bot)
    told = {person.name: len(await person.messages()) for person in (anna, bram)}
    slack.clock.move(timedelta(days=2))
    await kill_while_it_speaks(slack, database_url, tmp_path)
    async with process(slack, database_url, tmp_path) as bot:
        for person in (anna, bram):
            await person.reads("Bijna zover")
        await kill(bot)
    slack.clock.move(timedelta(days=1, hours=-1))
    async with process(slack, database_url, tmp_path) as bot:
        async with slack.in_doubt():
            await anna.say("ik ben later")
        await kill(bot)
    async with process(slack, database_url, tmp_path) as bot:
        await bram.reads("Anna de Vries is iets later.")
        await kill(bot)
    slack.clock.move(timedelta(days=3))
    await kill_while_it_speaks(slack, database_url, tmp_path)
    async with process(slack, database_url, tmp_path) as bot:
        asked = [(person, await person.reads("Heb je koffie gedronken")) for person in (anna, bram)]
        for person, question in asked:
            async with slack.in_doubt():
                await person.press(question, "Ja")
        await kill(bot)
    async with process(slack, database_url, tmp_path):
        for person in (anna, bram):
            await person.reads("Gaf het energie?")
            await person.say("spelregels")
            await person.reads("Ze gelden voor iedereen")
        for person in (anna, bram):
            heard = [seen.words for seen in await person.messages()]
            assert_each_once(heard[told[person.name] :], AROUND_IT[person.name])


async def kill_while_it_speaks(slack: World, database_url: str, folder: Path) -> None:
    """Started, and killed in the middle of what is due by then."""
    async with AsyncExitStack() as stack:
        async with slack.in_doubt():
            bot = await stack.enter_async_context(process(slack, database_url, folder))
        await kill(bot)
