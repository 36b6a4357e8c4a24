"""A workspace with people in it, and the real program on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.slack.world import World, serving, workspace
from tests.support.databases import on_sqlite as on_sqlite


@pytest.fixture
async def slack() -> AsyncIterator[World]:
    """A workspace without the program; whatever Slack would refuse is a fault of the test's end."""
    async with workspace() as world:
        yield world
        assert world.strict.violations == []


@pytest.fixture
async def koffie(slack: World, database_url: str) -> AsyncIterator[World]:
    """The workspace with the program."""
    async with serving(slack, database_url):
        yield slack
