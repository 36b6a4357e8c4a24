"""On which databases a test runs: both, unless its folder or file brings ``on_sqlite``.

What is said and kept is the same on either, as long as each statement is run on both: the store, delivery,
the journeys and the files that bring ``on_both`` see to that.
"""

from __future__ import annotations

import pytest

BOTH = ("sqlite", "postgresql")


@pytest.fixture(name="database_kind", params=BOTH)
def on_both(request: pytest.FixtureRequest) -> str:
    """Each test that uses this, or what stands on it, runs on each."""
    return str(request.param)


@pytest.fixture(name="database_kind")
def on_sqlite() -> str:
    """One database; ``pytest.mark.parametrize("database_kind", BOTH)`` asks for both in a single test."""
    return BOTH[0]
