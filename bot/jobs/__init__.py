"""Jobs: one file, one constant ``JOB``. A job is what happens when a thing of its kind falls due."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import due
from bot.store.database import is_passing
from bot.store.due import DueThing
from bot.store.work import Work, Workshop

log = logging.getLogger(__name__)
_AFTER_FAILURE = timedelta(minutes=5)
_MOST_OUTAGES = 100
"""Looks at which the database gave way in the middle of one and the same thing."""


@dataclass(frozen=True)
class Job:
    """``run`` gets the due thing inside the transaction that marks it done.

    ``daily`` jobs have no subject: each run makes the next one due at the opening of the next local day.
    """

    kind: str
    run: Callable[[Work, DueThing], Awaitable[None]]
    daily: bool = False


class Jobs:
    """Runs what is due. The clock that makes it look is elsewhere; every fact is a row."""

    def __init__(self, workshop: Workshop, jobs: Sequence[Job]) -> None:
        self._workshop = workshop
        self._jobs = {job.kind: job for job in jobs}
        self._outages: dict[int, int] = {}
        if len(self._jobs) != len(jobs):
            raise ValueError("two jobs of one kind")

    async def start(self) -> None:
        """Make sure that each daily job has a next run."""
        async with self._workshop.write() as work:
            for job in self._jobs.values():
                if job.daily:
                    await _tomorrow(work, job)

    async def run_due(self) -> int:
        """Do all that is due now, oldest first; returns how much it was."""
        done = 0
        while await self._run_next():
            done += 1
        return done

    async def _run_next(self) -> bool:
        thing: DueThing | None = None
        try:
            async with self._workshop.write() as work:
                thing = await due.take(work, tuple(self._jobs))
                if thing is None:
                    return False
                job = self._jobs[thing.kind]
                await job.run(work, thing)
                if job.daily:
                    await _tomorrow(work, job)
        except Exception as error:
            if thing is None or self._is_outage(thing, error):
                raise
            await self._count_failure(thing, error)
        else:
            self._outages.pop(thing.id, None)
        return True

    def _is_outage(self, thing: DueThing, error: Exception) -> bool:
        """The database gave way, which is not the thing's fault; unless it does so each time."""
        outages = self._outages[thing.id] = self._outages.get(thing.id, 0) + is_passing(error)
        return is_passing(error) and outages < _MOST_OUTAGES

    async def _count_failure(self, thing: DueThing, error: Exception) -> None:
        log.error("due %s (%s) failed: %s", thing.id, thing.kind, type(error).__name__)
        job = self._jobs[thing.kind]
        async with self._workshop.write() as work:
            if not await due.failed(work, thing, work.now + _AFTER_FAILURE):
                log.error("due %s (%s) failed too often: set aside", thing.id, thing.kind)
            if job.daily:
                # Whatever is the matter today, tomorrow is another day.
                await _tomorrow(work, job)

    async def next_due(self) -> datetime | None:
        async with self._workshop.read() as work:
            return await due.next_due(work, tuple(self._jobs))


async def _tomorrow(work: Work, job: Job) -> None:
    day = work.today + timedelta(days=1)
    await due.schedule(work, f"daily:{job.kind}:{day.isoformat()}", job.kind, work.hours.opening(day))


def walk() -> list[Job]:
    """All jobs of this folder."""
    found: list[Job] = []
    for module in pkgutil.iter_modules(__path__):
        job = importlib.import_module(f"{__name__}.{module.name}").JOB
        if not isinstance(job, Job):
            raise TypeError(f"{module.name}: JOB is no Job")
        found.append(job)
    return found
