"""What every bench here shares: samples of one thing done many times, in milliseconds."""

from __future__ import annotations

import asyncio
import os
import platform
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store import schema
from bot.store.database import Database
from tests.postgres import Databases

SEED = 20_261_124


@dataclass(frozen=True)
class Timing:
    """How long one thing took, in milliseconds."""

    samples: int
    p50: float
    p99: float

    @staticmethod
    def of(seconds: Iterable[float]) -> Timing:
        ordered = sorted(seconds)

        def at(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 3)

        return Timing(len(ordered), at(0.5), at(0.99))


async def timed(things: Iterable[Callable[[], Awaitable[object]]]) -> Timing:
    """Do each once, one after the other."""
    taken = []
    for do in things:
        start = time.perf_counter()
        await do()
        taken.append(time.perf_counter() - start)
    return Timing.of(taken)


def machine() -> str:
    """Where this was measured."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text("utf-8").splitlines() if about.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    busy = f"load {os.getloadavg()[0]:.1f}"
    return f"{os.cpu_count()} cores ({model}, {busy}), Python {platform.python_version()}"


@asynccontextmanager
async def empty_database(kind: str, server: Databases) -> AsyncIterator[Database]:
    """A migrated database of this bench alone."""
    with TemporaryDirectory() as folder:
        file = f"sqlite:///{Path(folder) / 'koffie.db'}"
        url = file if kind == "sqlite" else await asyncio.to_thread(server.create_empty)
        database = Database(url)
        try:
            await schema.upgrade(database)
            yield database
        finally:
            await database.close()
            if kind != "sqlite":
                await asyncio.to_thread(server.drop, url)
