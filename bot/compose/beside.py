"""Working beside a running bot: on the same database, without its lock, in short transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.compose.clocks import DEMO_START, DemoClock, SystemClock, resume
from bot.compose.workshops import make_workshop, open_workshop, refuse_other_key
from bot.domain.clock import Clock
from bot.services import demo
from bot.settings import Settings, secret_key
from bot.store import schema
from bot.store.database import Database
from bot.store.work import Workshop


def holds_database(settings: Settings) -> bool:
    """Whether there is a database; another server than SQLite is taken to have one."""
    file = settings.database_file
    return file is None or (file.exists() and file.stat().st_size > 0)


@asynccontextmanager
async def beside(settings: Settings, key: bytes, clock: Clock | None = None) -> AsyncIterator[Workshop]:
    """An open database that is neither locked nor migrated. It must be there."""
    database = Database(settings.database_url.get_secret_value(), pool_size=2)
    try:
        yield make_workshop(settings, database, key, clock)
    finally:
        await database.close()


@asynccontextmanager
async def operating(settings: Settings) -> AsyncIterator[Workshop]:
    """For what an operator does while the bot may be running; a missing SQLite file is made first.

    Raises :class:`bot.compose.StartError`, :class:`bot.store.schema.SchemaError` and
    :class:`bot.settings.SettingsError`.
    """
    if not holds_database(settings):
        async with open_workshop(settings):
            pass
    key = secret_key(settings).value
    async with beside(settings, key) as workshop:
        await schema.refuse_old(workshop.database)
        await refuse_other_key(workshop)
        clock = await _clock(workshop)
    async with beside(settings, key, clock) as workshop:
        yield workshop


async def _clock(workshop: Workshop) -> Clock:
    """On a demo's database its own clock, as it was left."""
    async with workshop.read() as work:
        clock = DemoClock(DEMO_START) if await demo.is_demo(work) else SystemClock()
        await resume(work, clock)
    return clock
