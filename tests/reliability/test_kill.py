"""Killed, frozen and doubled programs on a failing platform: nothing lost, nothing twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.reliability.storm import Plan, storm

pytestmark = pytest.mark.timeout(240)


def plan_for(database_kind: str) -> Plan:
    """SQLite is one process; PostgreSQL is two, now and then frozen past the grace or cut off."""
    if database_kind == "sqlite":
        return Plan(seed=20261124, kills=12)
    return Plan(seed=20261124, kills=8, pauses=2, cuts=3, processes=2)


async def test_nothing_is_lost_and_nothing_comes_twice(database_kind: str, database_url: str) -> None:
    tally = await storm(plan_for(database_kind), database_url)
    sys.stdout.write(f"{tally}\n")
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert tally.kills >= 8
    assert sum(tally.injected.values()) >= 5


@pytest.mark.parametrize("mutant", ["inbox-key", "look-back"])
async def test_the_storm_notices_a_missing_safeguard(mutant: str, tmp_path: Path) -> None:
    """The other safeguards, and these again, are switched off one by one in ``test_mutants``."""
    tally = await storm(Plan(seed=7, kills=2, mutant=mutant), f"sqlite:///{tmp_path / 'koffie.db'}")
    assert tally.doubled or tally.strange
