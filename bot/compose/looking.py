"""Looking without touching: on a database that another process may be running on, or on none at all."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.compose.workshops import make_workshop
from bot.domain.lookup import Hit
from bot.domain.register import Organisation
from bot.domain.topic import Topic
from bot.services import register, shipped
from bot.services.register_import import newest_snapshot
from bot.settings import Settings
from bot.settings.values import KEY_BYTES
from bot.store import register as register_rows
from bot.store import schema
from bot.store.database import Database
from bot.store.work import Workshop

_MOST = 10


@dataclass(frozen=True)
class Understood:
    """What a name may mean, best first, by which register (its date)."""

    register: str
    hits: Sequence[Hit[Organisation]] | Sequence[Hit[Topic]]


def holds_database(settings: Settings) -> bool:
    """Whether there is a database; another server than SQLite is taken to have one."""
    file = settings.database_file
    return file is None or (file.exists() and file.stat().st_size > 0)


@asynccontextmanager
async def looking(settings: Settings, key: bytes) -> AsyncIterator[Workshop]:
    """An open database that is neither locked, migrated nor written to. It must be there."""
    database = Database(settings.database_url.get_secret_value(), pool_size=1)
    try:
        yield make_workshop(settings, database, key)
    finally:
        await database.close()


async def understand_organisation(settings: Settings, text: str) -> Understood:
    """What the bot would take the name of an organisation for."""
    dated, indexes = await _indexes(settings)
    return Understood(dated, indexes.organisations.find(text, _MOST))


async def understand_topic(settings: Settings, text: str) -> Understood:
    """What the bot would take the name of a topic for."""
    dated, indexes = await _indexes(settings)
    return Understood(dated, indexes.topics.find(text, _MOST))


async def _indexes(settings: Settings) -> tuple[str, register.Indexes]:
    if holds_database(settings):
        # Nothing sealed is read here, so the key does not matter.
        async with looking(settings, bytes(KEY_BYTES)) as workshop:
            await schema.refuse_old(workshop.database)
            async with workshop.read() as work:
                if dated := await register_rows.dated(work):
                    return dated, await register.indexes(work)
    return newest_snapshot().name, shipped.shipped_indexes()
