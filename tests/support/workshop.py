"""A workshop over the test's own database, with a clock that a test moves and a chance that repeats."""

from __future__ import annotations

from datetime import datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.compose.clocks import DemoClock
from bot.domain.clock import Clock
from bot.domain.working_time import OfficeHours
from bot.settings import Rules
from bot.store.database import Database
from bot.store.vault import Vault
from bot.store.work import Workshop

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
"""A Tuesday at ten, in office hours: nothing waits unless a test moves the clock."""
SECRET = bytes(range(32))


def make_workshop(database: Database, clock: Clock, seed: int = 1) -> Workshop:
    """A workshop as the program makes it, but with a chance that repeats."""
    return Workshop(
        database=database,
        clock=clock,
        random=Random(seed),
        rules=Rules(),
        hours=OfficeHours(AMSTERDAM, time(8, 30), time(17, 30)),
        vault=Vault(SECRET),
        language="nl",
        legal_basis="toestemming",
        operator="Koffie (test)",
    )


@pytest.fixture
def clock() -> DemoClock:
    """Stands still on a Tuesday at ten until a test moves it: ``clock.move(moment)``."""
    return DemoClock(START)


@pytest.fixture
def workshop(database: Database, clock: DemoClock) -> Workshop:
    """Units of work on this test's own database; a test that uses it runs on both databases."""
    return make_workshop(database, clock)
