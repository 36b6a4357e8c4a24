"""The desk where people register: real commands and jobs on a small country, asked question by question."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot import commands, jobs
from bot.compose.clocks import DemoClock
from bot.domain.ids import OfficialId
from bot.domain.official import Official
from bot.store import accounts, officials, tables
from bot.store.work import Work, Workshop
from tests.support.bench import Bench, bench_over, person
from tests.support.country import Country

YES = "Ja, ik ben ambtenaar, geen bestuurder, en doe mee"
PLAIN = ("buttons", "forms", "edits", "suggestions")


@dataclass
class Desk:
    """A bench with all commands and jobs, and a country in which to register."""

    bench: Bench
    country: Country
    names: dict[str, str]
    """What the platform says that people are called; nobody else has a name there."""

    async def says(self, user: str, *lines: str, **event: Any) -> str:
        """Somebody types these lines; the last answer, its messages below each other."""
        if user in self.names:
            event["name"] = self.names[user]
        seen: list[str] = []
        for line in lines:
            seen = await self.bench.says(user, line, **event)
        return "\n".join(seen)

    async def joins(self, user: str, organisation: str = "Ede", topics: str = "stikstof") -> OfficialId:
        """Somebody registers, as people do."""
        await self.says(user, "aanmelden", organisation, topics, YES)
        found = await self.find(user)
        assert found is not None
        return found.id

    async def find(self, user: str) -> Official | None:
        async with self.bench.workshop.read() as work:
            official = await accounts.official_of(work, person(user))
            return None if official is None else await officials.get(work, official)

    async def rows(self, table: type[tables.Table]) -> list[dict[str, Any]]:
        async with self.bench.workshop.read() as work:
            return [row._asdict() for row in await work.session.execute(table.__table__.select())]

    async def trace(self, *canaries: str) -> dict[str, list[str]]:
        """Where these words still stand, sealed values opened as far as they can be: by table and column."""
        async with self.bench.workshop.read() as work:
            return await trace(work, *canaries)


async def trace(work: Work, *canaries: str) -> dict[str, list[str]]:
    """See :meth:`Desk.trace`; keys of events in the inbox are opaque and not looked at."""
    found: dict[str, list[str]] = {}
    for table in tables.Table.metadata.sorted_tables:
        for row in await work.session.execute(table.select()):
            for name, value in row._asdict().items():
                if any(canary.casefold() in str(value).casefold() for canary in canaries):
                    found.setdefault(f"{table.name}.{name}", []).append(str(value)[:80])
    return found


def sealed_columns() -> set[str]:
    """All columns of bytes: what is encrypted."""
    return {
        f"{table.name}.{column.name}"
        for table in tables.Table.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is bytes
    }


@pytest.fixture
async def desk(workshop: Workshop, clock: DemoClock, country: Country) -> AsyncIterator[Desk]:
    """A desk; a test that uses it runs on both databases."""
    found, due = commands.walk().commands, jobs.walk()
    async with bench_over(workshop, clock, commands=found, jobs=due, lacks=PLAIN) as bench:
        await bench.jobs.start()
        yield Desk(bench, country, {"anna": "Anna Bos", "bram": "Bram van Dijk"})
