"""A koffie on Matrix from the first yes to calling off, with a kill in the middle of every step."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta

from tests.matrix.journey import registered
from tests.matrix.world import RULES, Person, World, process
from tests.support.calendars import entries
from tests.support.kill import assert_each_once, kill
from tests.support.meeting_told import AROUND_IT, UNTIL_OFF

MOMENT, CREATE = "maandag 30 november 14:00", "/createRoom$"


async def test_a_kill_in_the_middle_of_every_step_changes_nothing(matrix: World, database_url: str) -> None:
    async with process(matrix, database_url) as bot:
        anna, bram = await matrix.person("anna"), await matrix.person("bram")
        await registered(anna, bram)
        await anna.answer_to("wie-ken-ik stikstof gemeente", "Bram Jansen")
        until_here = {person.name: len(words_of(person)) for person in (anna, bram)}
        async with matrix.taking():
            await anna.say("1")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads("Zin in koffie?")
        await matrix.gave(await anna.say("graag"))
        await kill(bot)
    async with process(matrix, database_url) as bot:
        await anna.reads("Leuk!")
        # Of the room that is for the two of them.
        async with matrix.taking("POST", CREATE):
            await bram.say("graag")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads("Welke passen jou?")
            await person.client.joins()
        async with matrix.taking():
            await anna.say(MOMENT)
        await kill(bot)
    async with process(matrix, database_url) as bot:
        await anna.reads("Genoteerd")
        async with matrix.taking():
            await bram.say(MOMENT)
        await kill(bot)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads(f"op {MOMENT}")
            await person.calendars(1)
        async with matrix.taking():
            await bram.say("verzetten")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads("krijgt een ander moment")
        await matrix.gave(await bram.say("afzeggen"))
        await kill(bot)
    async with process(matrix, database_url):
        await bram.reads("Ik laat het weten.")
        await anna.reads("gaat niet door. Dat zegt niets over jou.")
        for person, other in ((anna, bram), (bram, anna)):
            # What is said behind all that may still wait.
            await person.answer_to("spelregels", RULES)
            fixed, off = entries(await person.calendars(2))
            assert (fixed.method, off.method) == ("PUBLISH", "CANCEL")
            assert (off.uid, off.sequence) == (fixed.uid, fixed.sequence + 1)
            assert_each_once(words_of(person)[until_here[person.name] :], UNTIL_OFF[person.name])
            [together] = {room for room, user in person.client.members if user == other.user}
            [introduction] = person.client.said_by(matrix.bot.user, together)
            assert "zeggen allebei ja" in introduction.words


async def test_a_kill_in_the_middle_of_what_comes_after_changes_nothing(
    matrix: World, database_url: str
) -> None:
    """The working day before, the day itself, and the working day after."""
    async with process(matrix, database_url) as bot:
        anna, bram = await matrix.person("anna"), await matrix.person("bram")
        await registered(anna, bram)
        await anna.answer_to("wie-ken-ik stikstof gemeente", "Bram Jansen")
        await anna.say("1")
        for person in (anna, bram):
            await person.reads("Zin in koffie?")
            await person.say("graag")
        for person in (anna, bram):
            await person.reads("Welke passen jou?")
            await person.client.joins()
            await person.say(MOMENT)
        for person in (anna, bram):
            await person.reads(f"op {MOMENT}")
            await person.calendars(1)
        await kill(bot)
    until_here = {person.name: len(words_of(person)) for person in (anna, bram)}
    matrix.clock.move(timedelta(days=3))
    await kill_while_it_speaks(matrix, database_url)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads("Bijna zover")
        await kill(bot)
    matrix.clock.move(timedelta(days=3, hours=3))
    async with process(matrix, database_url) as bot:
        async with matrix.taking():
            await anna.say("ik ben later")
        await kill(bot)
    async with process(matrix, database_url) as bot:
        await bram.reads("Anna de Vries is iets later.")
        await kill(bot)
    matrix.clock.move(timedelta(days=1))
    await kill_while_it_speaks(matrix, database_url)
    async with process(matrix, database_url) as bot:
        for person in (anna, bram):
            await person.reads("Heb je koffie gedronken")
            async with matrix.taking():
                await person.say("Ja")
        await kill(bot)
    async with process(matrix, database_url):
        for person in (anna, bram):
            await person.reads("Gaf het energie?")
            await person.answer_to("spelregels", RULES)
            assert_each_once(words_of(person)[until_here[person.name] :], AROUND_IT[person.name])


def words_of(person: Person) -> list[str]:
    """What somebody was told, but for files."""
    return [one.words for one in person.messages() if "filename" not in one.content]


async def kill_while_it_speaks(matrix: World, database_url: str) -> None:
    """Started, and killed in the middle of what is due by then."""
    async with AsyncExitStack() as stack:
        async with matrix.taking():
            bot = await stack.enter_async_context(process(matrix, database_url))
        await kill(bot)
