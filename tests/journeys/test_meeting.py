"""From question to 'how was it?': on the terminal, and with a kill in the middle of every step."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot import commands, jobs
from bot.chat.address import Address
from bot.chat.hints import Hints
from bot.chat.message import Message
from bot.chat.port import Delivery, Hint
from bot.compose.program import TEXTS
from bot.delivery import Deliverer
from bot.dispatch import Dispatcher
from bot.i18n.catalogue import Catalogue
from bot.jobs import Jobs
from bot.store.work import Cache, Work, Workshop
from tests.postgres import Databases
from tests.services.test_meeting import at
from tests.support.story import Story
from tests.support.town import ANNA, BRAM, Person, Town, _Platform, town
from tests.support.workshop import AMSTERDAM

JOIN = """
    Anna: hallo
    Anna: 1
    Anna: waterschap Vallei en Veluwe
    Anna: leid stikstof
    Anna: 1
    Bram: hallo
    Bram: 1
    Bram: gemeente Amersfoort
    Bram: stikstof
    Bram: 1
    Anna: koffie Bram
    Anna: vraag om koffie
    Anna: graag
    Bram: graag
"""


async def test_from_question_to_how_was_it(story: Story) -> None:
    await story.tell(JOIN)
    told = await story.tell("""
        Anna: maandag 30 november 14:00
        Bram: maandag 30 november 14:00
        :as Bram
        :file
        :time vrijdag 27 november 12:00
        :time dinsdag 1 december 12:00
        Anna: ja
    """)
    seen = told.to("Bram")
    assert "Het staat: koffie met Anna op maandag 30 november 14:00." in seen[0]
    assert seen[1].startswith("Bijna zover: koffie met Anna")
    assert seen[2].startswith("Heb je koffie gedronken met Anna?")
    assert "BEGIN:VEVENT" in told.output
    assert "Gaf het energie?" in told.last("Anna")


async def test_in_english(story: Story) -> None:
    await story.tell(JOIN)
    await story.tell("Bram: profile language english")
    told = await story.tell("""
        Bram: appointments
        Bram: reschedule
        Bram: Monday 30 November 14:00
        Anna: maandag 30 november 14:00
        Bram: cancel
    """)
    assert "Koffie" not in told.all_to("Bram").replace("koffie.ics", "")
    assert "It is settled: coffee with Anna on Monday 30 November 14:00." in told.all_to("Bram")
    assert "will not take place. I will pass it on." in told.last("Bram")


class KilledError(BaseException):
    """The process died here."""


@dataclass
class Fate:
    """Lets the process die at the so manieth moment at which it can; 0 is never."""

    dies_at: int = 0
    passed: int = field(default=0, init=False)

    def moment(self) -> None:
        self.passed += 1
        if self.passed == self.dies_at:
            raise KilledError


@dataclass(frozen=True)
class Mortal(Workshop):
    """Units of work that may end right before or right after their commit."""

    fate: Fate = field(default_factory=Fate)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        async with super().write() as work:
            yield work
            self.fate.moment()
        self.fate.moment()


class Remembers(_Platform):
    """Knows afterwards what it was given."""

    def __init__(self, before: _Platform) -> None:
        super().__init__(before.clock, seen=before.seen, buttons=before.buttons)
        self.keys: set[str] = set()

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        self.keys.add(key)
        return await super().deliver(key, address, message, replaces, hint)

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return (key,) if key in self.keys else ()


def reborn(here: Town, fate: Fate) -> Town:
    """The program anew on the same database and platform: nothing in memory is left."""
    kept = {one.name: getattr(here.workshop, one.name) for one in fields(Workshop)}
    workshop = Mortal(**kept | {"cache": Cache()}, fate=fate)
    platform, catalogue, hints = here.platform, Catalogue(TEXTS, AMSTERDAM), Hints()
    deliverer = Deliverer(workshop, {platform.name: platform}, catalogue, here.clock, hints)
    capabilities = {platform.name: platform.capabilities}
    dispatcher = Dispatcher(workshop, commands.walk(), catalogue, capabilities, hints, deliverer.posted)
    clockwork = Jobs(workshop, jobs.walk())
    return replace(here, workshop=workshop, dispatcher=dispatcher, deliverer=deliverer, jobs=clockwork)


STEPS: tuple[tuple[Person, str] | datetime, ...] = (
    (ANNA, "koffie bram vos"),
    (ANNA, "Vraag om koffie"),
    (ANNA, "Graag"),
    (BRAM, "Graag"),
    (ANNA, "maandag 30 november 14:00"),
    (BRAM, "maandag 30 november 14:00"),
    (BRAM, "verzetten"),
    (BRAM, "donderdag 3 december 14:00"),
    (ANNA, "donderdag 3 december 14:00"),
    at("2026-12-03 13:30"),
    (ANNA, "ik ben later"),
    at("2026-12-04 12:00"),
    (ANNA, "Ja"),
    (BRAM, "Ja"),
)


async def live(here: Town, dies_at: int) -> Town:
    """The whole story; in each step the process dies at that moment of it, and another one goes on.

    What the platform was not told to have arrived it sends again, under the same key.
    """
    for number, step in enumerate(STEPS):
        for fate in (Fate(dies_at), Fate()):
            here = replace(reborn(here, fate), _numbers=count(100 * (number + 1)))
            try:
                await do(here, step)
            except KilledError:
                continue
            break
        # Until what a process left behind is taken over.
        await here.wait(timedelta(minutes=4))
    return here


async def do(here: Town, step: tuple[Person, str] | datetime) -> None:
    match step:
        case datetime():
            await here.until(step)
        case (who, words) if here.token(who, words):
            await here.press(who, words)
        case (who, words):
            await here.say(who, words)


def read(here: Town) -> dict[str, list[str]]:
    """How everything began that each one read, each as often as it came; which names come first is chance."""
    return {
        person.name: sorted(seen.text.splitlines()[0] for seen in here.read_by(person))
        for person in (ANNA, BRAM)
    }


@pytest.fixture
def fresh(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Callable[[], str]:
    """A way to get empty databases."""
    if database_kind == "postgresql":
        server: Databases = request.getfixturevalue("postgres")
        return server.create
    template: Path = request.getfixturevalue("sqlite_template")
    numbers = count()
    return lambda: f"sqlite:///{shutil.copyfile(template, tmp_path / f'{next(numbers)}.db')}"


async def told(url: str, dies_at: int) -> dict[str, list[str]]:
    async with town(url, (ANNA, BRAM)) as here:
        here.platform = Remembers(here.platform)
        return read(await live(here, dies_at))


_MOMENTS = {"sqlite": (3, 4, 9), "postgresql": (9,)}
"""Before and after the commit of what somebody did, and between sending a message and noting that."""


@pytest.mark.timeout(300)
async def test_a_kill_in_the_middle_of_every_step_changes_nothing(
    fresh: Callable[[], str], database_kind: str
) -> None:
    whole = await told(await asyncio.to_thread(fresh), 0)
    assert any("Heb je koffie gedronken" in line for line in whole[ANNA.name])
    assert any("10 minuten" in line or "iets later" in line for line in whole[BRAM.name])
    for dies_at in _MOMENTS[database_kind]:
        assert await told(await asyncio.to_thread(fresh), dies_at) == whole, (
            f"killed at moment {dies_at} of each step"
        )
