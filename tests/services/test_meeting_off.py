"""It will not be: whatever the reason, the other reads the same, at the same moment (P24)."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.koffie import State as KoffieState
from bot.domain.meeting import State
from bot.services import erasure, meeting
from bot.store import network
from tests.postgres import Databases
from tests.services.test_meeting import MONDAY, at, both_yes, count, fix, here, koffie_state, state
from tests.support.town import ANNA, BRAM, CARLA, DIRK, Seen, Town, town

__all__ = ["here"]
DAY = timedelta(days=1)
OFF = "gaat niet door. Dat zegt niets over jou."


async def says_so(town: Town) -> None:
    await town.say(BRAM, "afzeggen")


async def blocks(town: Town) -> None:
    await town.say(BRAM, "blokkeer Anna de Wit")
    await town.press(BRAM, "Geen contact meer")


async def erased(town: Town) -> None:
    async with town.workshop.write() as work:
        await erasure.erase(work, town.ids[BRAM.name])
    await town.settle()


async def vanishes(town: Town) -> None:
    await town.vanish(BRAM)


async def pauses(town: Town) -> None:
    await town.say(BRAM, "pauze")


ACTS = (says_so, blocks, erased, vanishes, pauses)
Act = Callable[[Town], Awaitable[None]]


async def read_by_anna(url: str, act: Act, *, planned: bool) -> list[Seen]:
    """All that Anna reads when Bram falls away that way, and what her lists then show."""
    async with town(url) as made:
        await both_yes(made)
        if planned:
            await fix(made, MONDAY)
        await made.until(at("2026-11-25 21:00"))
        began = len(made.read_by(ANNA))
        await act(made)
        await made.until(at("2026-11-27 12:00"))
        for words in ("agenda", "koffie", "koffie stikstof"):
            await made.say(ANNA, words)
        await made.wait(6 * DAY)
        return [
            Seen(seen.at.replace(second=0, microsecond=0), _STAMP.sub("", seen.text))
            for seen in made.read_by(ANNA)[began:]
        ]


_STAMP = re.compile(r"(DTSTAMP|LAST-MODIFIED):\w+")
"""When the entry changed, to the second: acts take more or fewer words."""


@pytest.fixture
def fresh(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Callable[[], str]:
    """A way to get empty databases."""
    if database_kind == "postgresql":
        server: Databases = request.getfixturevalue("postgres")
        return server.create
    template: Path = request.getfixturevalue("sqlite_template")
    made: list[Path] = []

    def copy() -> str:
        made.append(Path(shutil.copyfile(template, tmp_path / f"{len(made)}.db")))
        return f"sqlite:///{made[-1]}"

    return copy


@pytest.mark.parametrize("planned", [True, False], ids=["fixed", "being chosen"])
async def test_whatever_the_reason_the_other_reads_the_same(
    fresh: Callable[[], str],
    planned: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    first, *others = [
        await read_by_anna(await asyncio.to_thread(fresh), act, planned=planned) for act in ACTS
    ]
    assert sum(OFF in seen.text for seen in first) == 1
    (off,) = [seen for seen in first if OFF in seen.text]
    assert "Bram" not in off.text
    assert ("METHOD:CANCEL" in off.text) is planned
    assert f"{off.at:%H:%M}" == "07:30", "in office hours, which begin at 8:30 on the wall"
    for read in others:
        assert read == first


async def test_who_calls_it_off_is_told_and_both_may_look_on(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.say(BRAM, "gaat niet door")
    assert f"van {MONDAY} gaat niet door. Ik laat het weten." in here.last(BRAM)
    assert "METHOD:CANCEL" in here.last(BRAM)
    assert await koffie_state(here, ANNA) is KoffieState.NOT_DRUNK
    assert (await state(here, ANNA)).state is State.OFF
    await here.press(ANNA, "Zoek verder")
    assert "Bram" not in here.last(ANNA)
    assert "Vraag om koffie" in here.last(ANNA)
    await here.wait(30 * DAY)
    assert "Heb je koffie gedronken" not in here.all_text(ANNA)
    assert count(here, ANNA, OFF) == 1
    async with here.workshop.read() as work:
        assert here.ids[BRAM.name] in await network.apart_from(work, here.ids[ANNA.name])


async def test_news_of_tomorrow_does_not_wait_for_the_office(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.until(at("2026-11-29 22:00"))
    await here.say(BRAM, "afzeggen")
    assert OFF in here.last(ANNA)


async def test_a_pause_takes_only_what_falls_in_it(here: Town) -> None:
    await both_yes(here)
    await fix(here, MONDAY)
    await here.say(BRAM, "pauze tot vrijdag")
    assert OFF not in here.all_text(ANNA)
    await here.say(BRAM, "pauze rondes")
    assert OFF not in here.all_text(ANNA)
    await here.say(BRAM, "pauze tot 2 december")
    assert "van maandag 30 november 14:00 gaat niet door. Ik laat het weten." in here.last(BRAM)
    assert OFF in here.last(ANNA)


async def test_a_short_pause_leaves_what_is_being_chosen(here: Town) -> None:
    await both_yes(here)
    await here.say(BRAM, "pauze tot 2 december")
    assert OFF not in here.all_text(ANNA)
    await here.say(BRAM, "pauze tot 1 maart")
    assert OFF in here.last(ANNA)


async def test_what_was_drunk_is_not_called_off(here: Town) -> None:
    """Who blocks after the koffie, or is erased after it, leaves the other without a word."""
    await both_yes(here)
    await fix(here, MONDAY)
    await here.until(at("2026-11-30 16:00"))
    await blocks(here)
    await here.wait(30 * DAY)
    assert OFF not in here.all_text(ANNA)


async def test_a_table_of_three_goes_on(here: Town) -> None:
    """Bram was asked by Anna, so Dirk and Carla come together on Monday, and he invites them together."""
    for person in (ANNA, DIRK, CARLA):
        await here.say(person, "koffie bram vos")
        await here.press(person, "Vraag om koffie")
    await here.wait(6 * DAY)
    assert await here.press(BRAM, "Nodig ze samen uit")
    for person in (BRAM, DIRK, CARLA):
        await here.press(person, "Graag")
    await here.press(CARLA, "Geen van deze")
    await here.press(DIRK, "vrijdag 4 december")
    await here.press(BRAM, "vrijdag 4 december")
    assert "Genoteerd" in here.last(BRAM)
    await here.say(CARLA, "afzeggen")
    for person in (DIRK, BRAM):
        assert "een van jullie kan toch niet" in here.all_text(person)
        assert "Het staat: koffie met" in here.all_text(person)
    async with here.workshop.read() as work:
        assert await meeting.of(work, here.ids[CARLA.name]) == []
        ((_, left),) = await meeting.of(work, here.ids[BRAM.name])
    assert set(left.officials) == {here.ids[DIRK.name], here.ids[BRAM.name]}
