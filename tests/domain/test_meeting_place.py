"""How and where: live first, and a place that asks no more of the one than of the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from bot.domain.meeting_place import TRAVELS, Way, station_between, way_of_attempt, ways

ROOT = Path(__file__).parents[2]
PROVINCES = (
    "Drenthe", "Flevoland", "Fryslân", "Gelderland", "Groningen", "Limburg", "Noord-Brabant", "Noord-Holland",
    "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (((), ()), ("live", "walk", "call", "online")),
        ((("call",), ()), ("call", "live", "walk", "online")),
        ((("online", "live"), ("call", "online")), ("online", "live", "call")),
        ((("shadow",), ("shadow",)), ("shadow",)),
        ((("shadow",), ()), ("live", "walk", "call", "online", "shadow")),
        ((("live",), ("call",)), ("live", "call")),
    ],
)
def test_what_all_like_comes_before_what_one_likes(
    wishes: Sequence[Sequence[str]], expected: Sequence[str]
) -> None:
    assert ways(wishes, near=True, online=True) == tuple(map(Way, expected))


def test_nobody_travels_over_the_sea_and_nobody_meets_where_there_is_nothing() -> None:
    assert ways([(), ()], near=False, online=True) == (Way.CALL, Way.ONLINE)
    assert ways([(), ()], near=False, online=False) == (Way.CALL,)
    assert ways([("live",), ("online",)], near=False, online=False) == (Way.CALL,)


def test_the_second_time_nobody_has_to_travel() -> None:
    found = ways([(), ()], near=True, online=False)
    assert way_of_attempt(found, 1) is Way.LIVE
    assert way_of_attempt(found, 2) is Way.CALL
    assert way_of_attempt((Way.LIVE, Way.WALK), 2) is Way.LIVE
    assert way_of_attempt((Way.ONLINE,), 2) is Way.ONLINE


@pytest.mark.parametrize(
    ("provinces", "station"),
    [
        (("Utrecht", "Utrecht"), "Utrecht Centraal"),
        (("Gelderland", "Utrecht"), "Amersfoort Centraal"),
        (("Zuid-Holland", "Groningen"), "Zwolle"),
        (("Limburg", "Zeeland"), "Roosendaal"),
        (("Zuid-Holland", "Noord-Brabant"), "Rotterdam Centraal"),
        (("Zuid-Holland", "Zeeland"), "Roosendaal"),
        (("", ""), "Utrecht Centraal"),
        (("Elders", "Overijssel"), "Amersfoort Centraal"),
    ],
)
def test_places_between(provinces: Sequence[str], station: str) -> None:
    assert station_between(provinces) == station


def test_the_same_place_whoever_asks_and_at_home_for_who_are_neighbours() -> None:
    homes = {station_between([one]) for one in PROVINCES}
    assert len(homes) == len(PROVINCES)
    for one, other in product(PROVINCES, repeat=2):
        assert station_between([one, other]) == station_between([other, one])
        if one == other:
            assert station_between([one, other]) == station_between([one])


def test_every_province_of_the_register_has_a_station() -> None:
    lines = (ROOT / "bot/data/2026-05/organisations.csv").read_text("utf-8").splitlines()
    assert {province for province in PROVINCES if not any(f",{province}," in line for line in lines)} == set()


def test_travelling_ways_are_those_with_a_place() -> None:
    assert frozenset(Way) - TRAVELS == {Way.CALL, Way.ONLINE}
