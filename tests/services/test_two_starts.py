"""Two processes that start at once on one empty database."""

from __future__ import annotations

import asyncio

from bot.services.register_import import import_snapshot
from bot.store import register_import
from bot.store.work import Workshop
from tests.support.databases import on_both as on_both


async def test_the_register_is_filled_once(workshop: Workshop) -> None:
    async def start() -> int:
        async with workshop.write() as work:
            return len(await import_snapshot(work))

    reports = await asyncio.gather(start(), start())
    assert sorted(map(bool, reports)) == [False, True]
    async with workshop.read() as work:
        assert await register_import.organisation_ids(work)
