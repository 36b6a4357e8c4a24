"""The unit of work: one message's transaction, with the moment and the chance it runs under."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.clock import Clock
from bot.domain.working_time import OfficeHours
from bot.settings import Rules
from bot.store.database import Database
from bot.store.vault import Vault

if TYPE_CHECKING:
    from bot.chat.address import Account
    from bot.store.claims import Claim


@dataclass
class Cache:
    """Values by name and version, shared by all units of work; holds immutable values only."""

    entries: dict[str, tuple[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """Choices that were put to somebody: by which message, and whether as the answer to what they did."""

    account: Account | None
    key: str
    answers: bool


@dataclass
class Outgoing:
    """What a unit of work put in the outbox.

    ``waits``: rows are there to be claimed. ``holds``: rows that are claimed as they were made. ``offered``:
    the choices that were put to somebody.
    """

    waits: bool = False
    holds: list[Claim] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """What a use case needs to run: everything in it belongs to one message and is never shared.

    ``now`` is fixed for the whole of it; by the monotonic clock it ``began`` no later than that. ``session``
    and ``metas`` (facts about the database that were read already) are for :mod:`bot.store` alone.
    """

    session: AsyncSession
    began: float
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
    metas: dict[str, str | None] = field(default_factory=dict)
    outgoing: Outgoing = field(default_factory=Outgoing)

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
        held, offered = len(self.outgoing.holds), len(self.outgoing.offered)
        try:
            async with self.session.begin_nested():
                yield
        except BaseException:
            del self.outgoing.holds[held:], self.outgoing.offered[offered:]
            self.metas.clear()
            raise

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
    async def write_one(self) -> AsyncIterator[Work]:
        """A unit of work of one statement, which stands as soon as it was executed."""
        async with self.database.write_one() as session:
            yield self._work(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        async with self.database.read() as session:
            yield self._work(session)

    def _work(self, session: AsyncSession) -> Work:
        return Work(
            session=session,
            began=self.clock.monotonic(),
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
