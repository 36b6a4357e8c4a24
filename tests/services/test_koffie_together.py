"""'Nodig ze samen uit': one table in place of several separate questions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.koffie import State
from bot.services import koffie as service
from bot.store import koffie as store
from bot.store import network
from tests.services.test_koffie import DAY, NO, YES, ask, questions
from tests.support.town import ANNA, BRAM, CARLA, DIRK, Town, town
from tests.support.workshop import START

TOGETHER = "Nodig ze samen uit"


@pytest.fixture
async def monday(database_url: str) -> AsyncIterator[Town]:
    """Bram was asked by Anna, so Dirk and Carla came together on Monday."""
    async with town(database_url) as here:
        await ask(here, ANNA, BRAM)
        await ask(here, DIRK, BRAM)
        await ask(here, CARLA, BRAM)
        await here.until(START + 6 * DAY)
        yield here


async def test_all_get_one_question_at_one_moment_and_meet_when_all_say_yes(monday: Town) -> None:
    assert "kies er één, nodig ze samen uit, of verwijs door" in monday.last(BRAM).lower()
    await monday.press(BRAM, TOGETHER)
    assert "Ik vraag het iedereen tegelijk, jou ook." in monday.all_text(BRAM)
    asked = [questions(monday, who)[-1] for who in (BRAM, DIRK, CARLA)]
    assert asked[0] == asked[1] == asked[2]
    for name in ("Bram Vos", "Dirk Jansen", "Carla Mulder"):
        assert name in asked[0][1]
    await monday.press(DIRK, YES)
    await monday.press(BRAM, YES)
    assert "jullie zeggen allemaal ja" not in monday.all_text(BRAM)
    await monday.press(CARLA, YES)
    for who, others in ((BRAM, ("Dirk", "Carla")), (DIRK, ("Bram", "Carla")), (CARLA, ("Bram", "Dirk"))):
        (introduced,) = [s.text for s in monday.read_by(who) if "jullie zeggen allemaal ja" in s.text]
        for other in others:
            assert other in introduced
        assert "momenten voor je koffie met" in monday.last(who)


async def test_the_separate_questions_are_gone_and_say_nothing_at_their_term(monday: Town) -> None:
    await monday.press(BRAM, TOGETHER)
    async with monday.workshop.read() as work:
        tables = await store.running(work, monday.ids[CARLA.name])
    assert [len(kept.koffie.seats) for kept in tables] == [3]
    await monday.wait(10 * DAY)
    for who in (DIRK, CARLA):
        ends = [seen.text for seen in monday.read_by(who) if "komt er nu niet van" in seen.text]
        assert len(ends) == 1


async def test_what_somebody_said_before_does_not_show_at_the_table(monday: Town) -> None:
    """Carla's no to the separate question stays hers: she has a seat like everybody else."""
    await monday.press(CARLA, NO)
    await monday.press(BRAM, TOGETHER)
    assert "Carla Mulder" in questions(monday, BRAM)[-1][1]
    await monday.press(BRAM, YES)
    await monday.press(DIRK, YES)
    assert "jullie zeggen allemaal ja" not in monday.all_text(DIRK)


async def test_who_left_has_a_seat_that_stays_silent(monday: Town) -> None:
    async with monday.workshop.write() as work:
        await service.leave(work, monday.ids[CARLA.name])
    before = len(monday.read_by(CARLA))
    await monday.press(BRAM, TOGETHER)
    assert "Carla Mulder" in questions(monday, BRAM)[-1][1]
    await monday.press(BRAM, YES)
    await monday.press(DIRK, YES)
    await monday.wait(10 * DAY)
    assert "komt er nu niet van" in monday.last(DIRK)
    assert len(monday.read_by(CARLA)) == before


async def test_those_who_may_not_meet_are_not_put_at_one_table(database_url: str) -> None:
    async with town(database_url) as here:
        async with here.workshop.write() as work:
            await network.keep_apart(
                work, here.ids[DIRK.name], here.ids[CARLA.name], START + timedelta(days=90)
            )
        await ask(here, ANNA, BRAM)
        await ask(here, DIRK, BRAM)
        await ask(here, CARLA, BRAM)
        await here.until(START + 6 * DAY)
        assert "Twee collega's willen kennismaken. Kies er één, of verwijs door." in here.last(BRAM)
        assert TOGETHER not in here.last(BRAM)


async def test_a_second_press_and_a_late_one_change_nothing(monday: Town) -> None:
    await monday.press(BRAM, TOGETHER)
    count = len(questions(monday, DIRK))
    await monday.press(BRAM, TOGETHER)
    assert len(questions(monday, DIRK)) == count
    async with monday.workshop.read() as work:
        kept = await store.running(work, monday.ids[DIRK.name])
    assert [one.koffie.state for one in kept] == [State.PROPOSED]
