"""What all tests share: both databases, one event loop, and how Hypothesis searches."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.store import schema
from bot.store.database import Database
from tests.postgres import Databases, databases
from tests.support.databases import on_both as on_both

pytest_plugins = [
    "tests.support.line",
    "tests.support.workshop",
    "tests.support.bench",
    "tests.support.story",
    "tests.support.country",
    "tests.support.desk",
]

ROOT = Path(__file__).parent.parent
LONG = ("reliability", "stateful", "simulation", "slack", "matrix", "journeys", "operating", "page")
"""Folders whose tests start servers and programs or wait for them, the longest tests first."""

# In CI the same examples each time, and no machine so slow that a test fails for it.
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: what is left for the last minute is short, and all workers end at once."""
    places = {folder: place for place, folder in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.parent.name, len(LONG)))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """All asynchronous tests run on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """The PostgreSQL server of this run, with a migrated template."""
    with databases(_migrate, _schema_version()) as made:
        yield made


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "koffie.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone, without rows."""
    if database_kind == "sqlite":
        file = tmp_path / "koffie.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        server: Databases = request.getfixturevalue("postgres")
        with server.lent() as url:
            yield url


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone, without tables: for migrations."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'koffie.db'}"
    else:
        server: Databases = request.getfixturevalue("postgres")
        url = server.create_empty()
        yield url
        server.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated database of this test alone."""
    opened = Database(database_url)
    try:
        yield opened
    finally:
        await opened.close()


def _schema_version() -> str:
    """Changes with every file that the schema is made from."""
    digest = hashlib.sha256()
    for file in sorted(ROOT.glob("migrations/**/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _migrate(url: str) -> None:
    async def migrate() -> None:
        database = Database(url)
        try:
            await schema.upgrade(database)
        finally:
            await database.close()

    asyncio.run(migrate())
