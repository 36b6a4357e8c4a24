"""The time to choose between the proposed times is over."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import meeting
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await meeting.end_term(work, KoffieId(thing.subject))


JOB = Job(kind=meeting.TERM, run=run)
