"""The time to say how it was is over: settle it, or ask once more who said 'not yet'."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import follow_up
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await follow_up.end(work, KoffieId(thing.subject))


JOB = Job(kind=follow_up.END, run=run)
