"""A bot's account on the shared homeserver, and the real program on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.matrix.synapse import homeserver
from tests.matrix.world import World, serving, world
from tests.support.databases import on_sqlite as on_sqlite


@pytest.fixture
async def matrix(tmp_path: Path) -> AsyncIterator[World]:
    """A homeserver with a bot's account, without the program."""
    async with world(homeserver(), tmp_path) as made:
        yield made


@pytest.fixture
async def koffie(matrix: World, database_url: str) -> AsyncIterator[World]:
    """The same with the program."""
    async with serving(matrix, database_url):
        yield matrix
