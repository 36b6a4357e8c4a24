"""After a round: who is introduced once more, what everybody hears, and who is let off."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from bot.domain.round import RoundState
from bot.services import block, erasure
from bot.store import network, officials
from tests.support.rounds import (
    ADMIN,
    FIRST,
    PEOPLE,
    REPAIRED,
    ROOM,
    Rounds,
    rounds,
)
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA

WEEK = timedelta(weeks=1)


class TestTheRepair:
    async def test_who_wanted_a_koffie_is_introduced_once_more_all_at_one_moment(self, here: Rounds) -> None:
        await here.hold_first()
        pairs = await here.tables_for_two()
        wanting = {one.name for one, _ in pairs}
        assert len(wanting) == 3
        for one, other in pairs:
            await here.town.press(one, "Graag")
            await here.town.press(other, "Nu even niet")
        await here.town.until(REPAIRED - timedelta(minutes=1))
        assert {len(here.asked(person)) for person in PEOPLE} == {1}
        await here.town.until(REPAIRED)
        for one, other in pairs:
            again = here.asked(one)[-1]
            assert "komt er nu niet van. Dat zegt niets over jou." in again.text
            assert "Ik heb nog iemand voor je." in again.text
            assert (await here.partners(one))[-1] == wanting - {one.name}
            assert "komt er nu niet van" in here.town.last(other)
            assert "[Zoek verder]" in here.town.last(other)
        told = {here.town.read_by(person)[-1].at for person in PEOPLE}
        assert len(told) == 1, "everybody hears at one moment"
        (row, *_) = await here.rows()
        assert row.state == RoundState.REPAIRED
        assert row.repair_sha256 is not None

    async def test_it_is_repaired_once(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer ritme met de hand", ROOM)
        await here.town.say(ADMIN, "koffie-beheer ronde start", ROOM)
        await here.town.wait(4 * WEEK)
        async with here.town.workshop.read() as work:
            ids = here.town.ids
            first = [kept for kept in await here.koffies() if ids[ANNA.name] in kept.places]
            assert len(first) == 1
            assert await network.apart_from(work, ids[ANNA.name]) == set(first[0].others(ids[ANNA.name]))
        assert [row.state for row in await here.rows()] == [RoundState.OVER]

    async def test_nothing_is_said_of_who_knows_the_other(self, here: Rounds) -> None:
        await here.hold_first()
        other = await here.partner(ANNA)
        await here.town.press(ANNA, "Ken ik al")
        await here.town.press(other, "Graag")
        before = len(here.town.read_by(other))
        await here.town.until(REPAIRED - timedelta(minutes=1))
        assert [seen.text for seen in here.town.read_by(other)[before:]] == []
        await here.town.until(REPAIRED)
        assert "komt er nu niet van. Dat zegt niets over jou." in here.town.last(other)

    async def test_a_no_and_a_silence_read_the_same(self, sqlite_template: Path, tmp_path: Path) -> None:
        read = {}
        for how in ("silence", "no", "vanished", "erased", "blocks"):
            file = tmp_path / f"{how}.db"
            shutil.copyfile(sqlite_template, file)
            async with rounds(f"sqlite:///{file}") as here:
                read[how] = await _read_by_the_other(here, how)
        assert "Ik heb nog iemand voor je." in read["silence"][-1][1]
        for how, told in read.items():
            assert told == read["silence"], how


async def _read_by_the_other(here: Rounds, how: str) -> list[tuple[str, str]]:
    """What Anna's partner reads, who wants a koffie, while Anna does something that is no yes."""
    town = here.town
    await here.hold_first()
    observer = await here.partner(ANNA)
    others = [person for person in PEOPLE if person not in (ANNA, observer)]
    theirs = await here.partner(others[0])
    for one in (others[0], next(one for one in others[1:] if one != theirs)):
        await town.press(one, "Graag")
    await town.press(observer, "Graag")
    match how:
        case "no":
            await town.press(ANNA, "Nu even niet")
        case "vanished":
            await town.vanish(ANNA)
        case "erased":
            async with town.workshop.write() as work:
                await erasure.erase(work, town.ids[ANNA.name])
        case "blocks":
            async with town.workshop.write() as work:
                await block.block(work, town.ids[ANNA.name], town.ids[observer.name])
    await town.settle()
    await town.until(REPAIRED + timedelta(hours=1))
    return [(seen.at.isoformat(timespec="minutes"), seen.text) for seen in town.read_by(observer)]


class TestKindness:
    async def test_two_unanswered_rounds_pause_the_rounds_and_nothing_else(self, here: Rounds) -> None:
        await here.town.until(REPAIRED)
        assert "Het is vast druk" not in here.town.all_text(ANNA)
        await here.town.until(REPAIRED + WEEK)
        assert "Het is vast druk. Ik sla de rondes voor je over." in here.town.last(ANNA)
        async with here.town.workshop.read() as work:
            anna = await officials.get(work, here.town.ids[ANNA.name])
        assert anna is not None
        assert not anna.switches.rounds
        assert anna.switches.requests
        assert anna.switches.findable
        for person in PEOPLE[1:]:
            await here.town.say(person, "verder")
        await here.town.until(FIRST + 3 * WEEK)
        assert len(here.asked(ANNA)) == 2
        await here.answer_all("Nu even niet", ANNA)
        await here.town.say(ANNA, "verder")
        await here.town.until(FIRST + 4 * WEEK)
        assert len(here.asked(ANNA)) == 3

    async def test_who_is_silent_is_reminded_once(self, here: Rounds) -> None:
        await here.hold_first()
        await here.town.press(ANNA, "Nu even niet")
        await here.town.until(REPAIRED - timedelta(minutes=1))
        reminded = [here.town.all_text(person).count("Ik wacht nog op je antwoord") for person in PEOPLE]
        assert reminded == [0 if person is ANNA else 1 for person in PEOPLE]

    async def test_an_answer_in_between_begins_the_count_anew(self, here: Rounds) -> None:
        await here.town.until(FIRST + WEEK)
        await here.town.press(ANNA, "Nu even niet")
        await here.town.until(FIRST + 2 * WEEK + timedelta(days=6))
        assert "Het is vast druk" not in here.town.all_text(ANNA)

    async def test_one_who_vanishes_stops_nobody(self, here: Rounds) -> None:
        await here.hold_first()
        other = await here.partner(ANNA)
        here.town.platform.unreachable.add(ANNA.name)
        await here.town.press(other, "Graag")
        await here.town.until(REPAIRED)
        assert "komt er nu niet van. Dat zegt niets over jou." in here.town.last(other)
