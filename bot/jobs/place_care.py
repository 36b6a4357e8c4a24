"""Daily: see whether each place of a channel is still there, with its welcome."""

from bot.jobs import Job
from bot.services import place
from bot.store.due import DueThing
from bot.store.work import Work


async def care(work: Work, thing: DueThing) -> None:
    await place.look_after(work)


JOB = Job(kind="place-care", run=care, daily=True)
