"""The unit of work: one message's transaction, with the moment and the chance it runs under."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.clock import Clock
from bot.domain.working_time import OfficeHours
from bot.settings import Rules
from bot.store.database import Database
from bot.store.vault import Vault


@dataclass
class Cache:
    """Values by name and version, shared by all units of work; holds immutable values only."""

    entries: dict[str, tuple[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """What a use case needs to run: everything in it belongs to one message and is never shared.

    ``now`` is fixed for the whole of it. ``session`` is for :mod:`bot.store` alone.
    """

    session: AsyncSession
    now: datetime
    random: Random
    rules: Rules
    hours: OfficeHours
    vault: Vault
    cache: Cache
    language: str
    legal_basis: str
    operator: str
    admins: frozenset[str] = frozenset()
    """Accounts that the settings name as admins, as ``PLATFORM:TENANT:USER``."""
    online_address: str = ""
    """Where people meet online, with ``{code}`` in it; empty where there is no such place."""

    @property
    def zone(self) -> ZoneInfo:
        return self.hours.zone

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A part that may fail by itself: what it changed is undone when it raises, the rest stands."""
        async with self.session.begin_nested():
            yield

    def token(self) -> str:
        """A new opaque reference of 128 bits."""
        return f"{self.random.getrandbits(128):032x}"


@dataclass(frozen=True)
class Workshop:
    """Makes units of work; the only holder of the database, the clock and the source of chance."""

    database: Database
    clock: Clock
    random: Random
    rules: Rules
    hours: OfficeHours
    vault: Vault
    language: str
    legal_basis: str
    operator: str
    admins: frozenset[str] = frozenset()
    online_address: str = ""
    cache: Cache = field(default_factory=Cache)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        """A unit of work that commits on a normal exit and leaves nothing when anything is raised."""
        async with self.database.write() as session:
            yield self._work(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        async with self.database.read() as session:
            yield self._work(session)

    def _work(self, session: AsyncSession) -> Work:
        return Work(
            session=session,
            now=self.clock.now(),
            random=self.random,
            rules=self.rules,
            hours=self.hours,
            vault=self.vault,
            cache=self.cache,
            language=self.language,
            legal_basis=self.legal_basis,
            operator=self.operator,
            admins=self.admins,
            online_address=self.online_address,
        )
