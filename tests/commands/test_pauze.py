"""Pausing and going on, and what that does to being found and to searching."""

from datetime import UTC, datetime

import pytest

from bot.domain.official import Switches
from bot.store import tables
from tests.support.desk import Desk

ON = Switches()


async def switches(desk: Desk) -> Switches:
    found = await desk.find("anna")
    assert found is not None
    return found.switches


@pytest.mark.parametrize(
    ("words", "left", "told"),
    [
        ("pauze", Switches(requests=False, rounds=False), "Dit blijft aan: vindbaar zijn."),
        ("pauze rondes", Switches(rounds=False), "Dit blijft aan: verzoeken om koffie en vindbaar zijn."),
        ("pauze vindbaar", Switches(findable=False), "kun je zelf ook niet zoeken"),
        (
            "pauze verzoeken tot 1 maart",
            Switches(requests=False),
            "zondag 28 februari 2027: verzoeken om koffie. Op maandag 1 maart 2027 gaat het vanzelf weer",
        ),
        ("pause until next monday", Switches(requests=False, rounds=False), "zondag 29 november"),
        ("koffie pauze tot 1 maart", Switches(requests=False, rounds=False), "zondag 28 februari"),
    ],
)
async def test_a_pause_says_what_is_off_and_what_stays_on(
    desk: Desk, words: str, left: Switches, told: str
) -> None:
    await desk.joins("anna")
    assert told in await desk.says("anna", words)
    assert await switches(desk) == left
    (row,) = await desk.rows(tables.Involvement)
    assert row["active"] == (left.requests and left.findable)
    assert "Dit staat weer aan" in await desk.says("anna", "verder")
    assert await switches(desk) == ON
    (row,) = await desk.rows(tables.Involvement)
    assert row["active"]


@pytest.mark.parametrize("words", ["pauze is fijn", "ik heb pauze", "verder is alles goed"])
async def test_ordinary_words_pause_nothing(desk: Desk, words: str) -> None:
    await desk.joins("anna")
    await desk.says("anna", words)
    assert await switches(desk) == ON


async def test_a_day_that_has_been_is_refused(desk: Desk) -> None:
    await desk.joins("anna")
    assert "Die dag is al geweest" in await desk.says("anna", "pauze tot gisteren")
    assert await switches(desk) == ON


async def test_a_day_that_could_be_two_is_asked_back(desk: Desk) -> None:
    await desk.joins("anna")
    asked = await desk.says("anna", "pauze rondes tot volgende vrijdag")
    assert asked == "Welke dag ben je er weer?\n1 vrijdag 27 november   2 vrijdag 4 december"
    assert await switches(desk) == ON
    assert "tot en met donderdag 3 december: rondes" in await desk.says("anna", "2")
    assert await switches(desk) == Switches(rounds=False)


async def test_it_ends_by_itself_when_the_office_opens_on_the_first_day_back(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "pauze tot donderdag")
    clock = desk.bench.clock
    clock.move(datetime(2026, 11, 26, 7, 29, tzinfo=UTC))
    await desk.bench.settle()
    assert await switches(desk) == Switches(requests=False, rounds=False)
    await desk.bench.later(minutes=2)
    assert await switches(desk) == ON
    assert desk.bench.seen("anna")[-1].startswith("Je pauze is voorbij.")
    assert "Er staat niets op pauze" in await desk.says("anna", "verder")


async def test_a_pause_that_was_made_longer_does_not_end_early(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "pauze tot donderdag", "pauze tot 1 maart")
    await desk.bench.later(days=10)
    assert await switches(desk) == Switches(requests=False, rounds=False)
    assert not any("voorbij" in seen for seen in desk.bench.seen("anna"))


async def test_a_part_ends_and_the_rest_goes_on(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "pauze rondes", "pauze verzoeken tot donderdag")
    await desk.bench.later(days=5)
    assert await switches(desk) == Switches(rounds=False)


async def test_who_came_back_before_is_not_welcomed_twice(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "pauze tot donderdag", "verder")
    await desk.bench.later(days=5)
    assert not any("voorbij" in seen for seen in desk.bench.seen("anna"))


async def test_help_shows_going_on_to_who_paused(desk: Desk) -> None:
    await desk.joins("anna")
    assert "- verder:" not in await desk.says("anna", "hulp")
    await desk.says("anna", "pauze")
    assert "- verder:" in await desk.says("anna", "hulp")
