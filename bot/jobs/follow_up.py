"""A while after both said yes: ask how it was."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import follow_up
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await follow_up.ask(work, KoffieId(thing.subject))


JOB = Job(kind=follow_up.KIND, run=run)
