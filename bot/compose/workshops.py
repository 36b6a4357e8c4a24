"""Opening the database: for the one process that runs on it, and for who only looks."""

import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random, SystemRandom

from filelock import FileLock, Timeout

from bot.compose.clocks import SystemClock
from bot.domain.clock import Clock
from bot.domain.working_time import OfficeHours
from bot.settings import Settings, secret_key
from bot.store import schema, state
from bot.store.database import Database
from bot.store.vault import Vault
from bot.store.work import Workshop

log = logging.getLogger(__name__)


class StartError(Exception):
    """The bot cannot start; the words are for the operator, one plain line."""


@asynccontextmanager
async def open_workshop(
    settings: Settings, clock: Clock | None = None, random: Random | None = None, *, migrate: bool = False
) -> AsyncIterator[Workshop]:
    """The database and what units of work need; one process at a time on SQLite.

    An SQLite file is brought to the newest schema; another database only with ``migrate``.
    Raises :class:`StartError`, :class:`bot.store.schema.SchemaError` and :class:`bot.settings.SettingsError`.
    """
    key = secret_key(settings)
    if key.notice:
        log.warning(key.notice)
    async with contextlib.AsyncExitStack() as stack:
        if settings.database_file is not None:
            lock = FileLock(f"{settings.database_file}.lock")
            try:
                stack.enter_context(lock.acquire(blocking=False))
            except Timeout:
                raise StartError(
                    f"{settings.database_file} is in use by another process: stop that one first."
                ) from None
        database = Database(settings.database_url.get_secret_value())
        stack.push_async_callback(database.close)
        if migrate or database.is_sqlite:
            await schema.upgrade(database)
        else:
            await schema.refuse_old(database)
        workshop = make_workshop(settings, database, key.value, clock, random)
        await refuse_other_key(workshop)
        yield workshop


def make_workshop(
    settings: Settings,
    database: Database,
    key: bytes,
    clock: Clock | None = None,
    random: Random | None = None,
) -> Workshop:
    """Units of work on an open database, by the settings."""
    return Workshop(
        database=database,
        clock=clock or SystemClock(),
        random=random or SystemRandom(),
        rules=settings.rules,
        hours=OfficeHours(settings.time_zone, settings.office_opens, settings.office_closes),
        vault=Vault(key),
        language=settings.language,
        legal_basis=settings.legal_basis,
        operator=settings.operator,
        admins=settings.admin_accounts,
        online_address=settings.online_address,
    )


async def refuse_other_key(workshop: Workshop) -> None:
    """Raise :class:`StartError` for another key than the database was made with.

    Under it nothing sealed would open, and what waits in the inbox would be given up.
    """
    async with workshop.write() as work:
        match await state.fits_key(work):
            case None:
                await state.note_key(work)
            case False:
                raise StartError(
                    "The secret key is not the one that this database was made with: put that one back."
                )
            case True:
                pass
