"""Nobody can tell a no from a silence: the same story twice on the whole program, read by the other one.

One run holds what an official does who does not say yes (a no, 'ken ik al', naming somebody else, taking
back, a block, an erasure, an account that is gone); the other holds nothing of it. All that the observer
reads is the same, at the same moments and in the same order: messages, lists, refusals, limits, the export.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from bot.domain.koffie import PASSED
from bot.services import erasure
from bot.store import koffie as store
from tests.postgres import Databases
from tests.support.town import ANNA, BRAM, CARLA, DIRK, Person, Seen, Town, town

OBSERVER, OTHER = ANNA, BRAM


class Act(StrEnum):
    """What the other one does instead of saying yes."""

    NO = "Nu even niet"
    KNOWN = "Ken ik al"
    NAMES = "Niet ik, wel"
    WITHDRAWS = "Trek in"
    BLOCKS = "blokkeer Anna de Wit"
    ERASED = "erased"
    VANISHED = "vanished"


class Step(NamedTuple):
    """Something that happens in both runs; without ``who`` hours pass."""

    who: Person | None
    presses: bool
    what: str
    hours: int = 0


def waits(hours: int) -> Step:
    return Step(None, presses=False, what="", hours=hours)


def says(who: Person, words: str) -> Step:
    return Step(who, presses=False, what=words)


def presses(who: Person, label: str) -> Step:
    return Step(who, presses=True, what=label)


LOOKS = says(OBSERVER, "wie-ken-ik stikstof")
_SAID = ("koffie", "koffie stikstof", "wie-ken-ik stikstof", "koffie bram", "koffie dirk", "mijn-gegevens")
_PRESSED = (
    "Graag", "Nu even niet", "Ken ik al", "Trek in", "Vraag om koffie", "Zoek verder", "Vraag er een aan",
    "Antwoord", "Verander", "Laat open",
)  # fmt: skip
_STEPS = st.one_of(
    st.integers(1, 40).map(waits),
    st.sampled_from(_SAID).map(lambda words: says(OBSERVER, words)),
    st.sampled_from(_PRESSED).map(lambda label: presses(OBSERVER, label)),
    st.sampled_from(_PRESSED).map(lambda label: presses(OBSERVER, label)),
    st.tuples(st.sampled_from((CARLA, DIRK)), st.sampled_from(("koffie bram", "koffie anna"))).map(
        lambda pair: says(*pair)
    ),
    st.tuples(st.sampled_from((CARLA, DIRK)), st.sampled_from(("Vraag om koffie", "Graag"))).map(
        lambda pair: presses(*pair)
    ),
)
_NAME_IS_GONE = ("koffie bram", "wie-ken-ik", "koffie stikstof", "Vraag er een aan", "Zoek verder")
"""What asks for a name: who was erased has none, and so cannot be found by it any more."""


async def act(here: Town, what: Act) -> None:
    match what:
        case Act.ERASED:
            async with here.workshop.write() as work:
                await erasure.erase(work, here.ids[OTHER.name])
            await here.settle()
        case Act.VANISHED:
            await here.vanish(OTHER)
        case Act.BLOCKS:
            await here.say(OTHER, what)
            await here.press(OTHER, "Geen contact meer")
        case Act.NAMES:
            await here.press(OTHER, what)
            await here.say(OTHER, "Iemand Anders")
        case Act.WITHDRAWS:
            await here.say(OTHER, "koffie")
            await here.press(OTHER, what)
        case _:
            await here.press(OTHER, what)


async def silence(here: Town, what: Act) -> None:
    """Nothing; the same seconds pass."""
    for _ in range(2 if what in {Act.BLOCKS, Act.NAMES, Act.WITHDRAWS} else 1):
        await here.settle()


class Read(NamedTuple):
    """All that the observer came to know."""

    messages: tuple[Seen, ...]
    partners: int


class Played(NamedTuple):
    """``landed``: the other one's seat shows the act; ``passed``: it ended without agreement."""

    read: Read
    landed: bool
    passed: bool


async def play(url: str, *, other_asks: bool, start: int, story: Sequence[Step | Act], acts: bool) -> Played:
    """What the observer read of the story, with or without what the other one does."""
    asker, asked = (OTHER, OBSERVER) if other_asks else (OBSERVER, OTHER)
    async with town(url) as here:
        # A list of this week, with the other one on it.
        await here.say(OBSERVER, "wie-ken-ik stikstof")
        await here.wait(timedelta(hours=start))
        await here.say(asker, f"koffie {asked.name}")
        await here.press(asker, "Vraag om koffie")
        # Until both were asked.
        while not any(seen.text.startswith("Zin in") for seen in here.read_by(OBSERVER)):
            await here.wait(timedelta(hours=6))
        for step in story:
            if isinstance(step, Act):
                await (act if acts else silence)(here, step)
            elif step.who is None:
                await here.wait(timedelta(hours=step.hours))
            elif step.presses:
                await here.press(step.who, step.what)
            else:
                await here.say(step.who, step.what)
        await here.wait(timedelta(days=9))
        erased = Act.ERASED in story
        for words in ("koffie", "mijn-gegevens", *(() if erased else ("koffie bram", "wie-ken-ik stikstof"))):
            await here.say(OBSERVER, words)
        async with here.workshop.read() as work:
            me, other = here.ids[OBSERVER.name], here.ids[OTHER.name]
            read = Read(
                tuple(here.read_by(OBSERVER)),
                len(await store.open_partners(work, me)),
            )
            shared = [kept for kept in await store.all_of(work, me) if other in kept.places]
        seats = [kept.koffie.seat_of(other) for kept in shared]
        return Played(
            read,
            landed=any(seat.left or seat.answer is not None for seat in seats),
            passed=all(kept.koffie.state in PASSED for kept in shared),
        )


def both(
    urls: Callable[[], str], *, other_asks: bool, start: int, story: Sequence[Step | Act]
) -> tuple[Played, Played]:
    """The story with the act, and the same without it."""
    first, second = urls(), urls()

    async def playing() -> tuple[Played, Played]:
        return (
            await play(first, other_asks=other_asks, start=start, story=story, acts=True),
            await play(second, other_asks=other_asks, start=start, story=story, acts=False),
        )

    return asyncio.run(playing())


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Callable[[], str]:
    """Gives a new, migrated database each time."""
    made: list[str] = []
    if database_kind == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")

        def copy() -> str:
            file = tmp_path / f"{len(made)}.db"
            made.append(str(file))
            shutil.copyfile(template, file)
            return f"sqlite:///{file}"

        return copy
    server: Databases = request.getfixturevalue("postgres")

    def create() -> str:
        url = server.create()
        request.addfinalizer(lambda: server.drop(url))
        return url

    return create


@pytest.mark.parametrize(
    ("other_asks", "start", "story"),
    [
        (False, 0, [Act.NO, presses(OBSERVER, "Graag"), LOOKS, says(OBSERVER, "mijn-gegevens")]),
        (True, 0, [presses(OBSERVER, "Graag"), Act.WITHDRAWS, LOOKS]),
        (False, 0, [Act.KNOWN, LOOKS, says(OBSERVER, "koffie bram")]),
        (False, 9, [Act.BLOCKS, LOOKS, says(OBSERVER, "koffie bram")]),
        (True, 0, [Act.ERASED, presses(OBSERVER, "Graag"), says(OBSERVER, "koffie")]),
        (False, 80, [Act.VANISHED, LOOKS, says(OBSERVER, "koffie bram")]),
        (
            True,
            5,
            [Act.NAMES, presses(OBSERVER, "Nu even niet"), waits(90), presses(OBSERVER, "Zoek verder")],
        ),
        (False, 0, [Act.NO, LOOKS]),
        (False, 0, [Act.NO, waits(24 * 30), LOOKS, says(OBSERVER, "koffie bram")]),
        (False, 0, [Act.KNOWN, waits(24 * 100), LOOKS, says(OBSERVER, "koffie bram")]),
    ],
    ids=["no", "withdraws", "known", "blocks", "erased", "vanished", "names", "silent", "month", "quarter"],
)
def test_each_way_of_not_saying_yes_reads_as_a_silence(
    fresh_url: Callable[[], str],
    other_asks: bool,  # noqa: FBT001 - a parameter of the test
    start: int,
    story: list[Step | Act],
) -> None:
    told, silent = both(fresh_url, other_asks=other_asks, start=start, story=story)
    assert told.landed
    assert told.passed
    assert silent.passed
    assert not silent.landed
    assert told.read == silent.read


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    other_asks=st.booleans(),
    start=st.sampled_from((0, 5, 9, 30, 80)),
    before=st.lists(_STEPS, max_size=5),
    what=st.sampled_from(Act),
    after=st.lists(_STEPS, max_size=6),
)
def test_a_no_reads_as_a_silence(
    fresh_url: Callable[[], str],
    other_asks: bool,  # noqa: FBT001 - Hypothesis gives it by name
    start: int,
    before: list[Step],
    what: Act,
    after: list[Step],
) -> None:
    assume(other_asks or what is not Act.WITHDRAWS)
    if what is Act.ERASED:
        after = [step for step in after if not step.what.startswith(_NAME_IS_GONE)]
    story: list[Step | Act] = [*before, what, *after]

    told, silent = both(fresh_url, other_asks=other_asks, start=start, story=story)
    assume(told.landed and told.passed)
    event(what.value)
    assert told.read == silent.read
