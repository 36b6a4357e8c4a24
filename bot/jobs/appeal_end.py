"""The moment of a call has come."""

from bot.domain.ids import AppealId
from bot.jobs import Job
from bot.services import appeal
from bot.store.due import DueThing
from bot.store.work import Work


async def end(work: Work, thing: DueThing) -> None:
    await appeal.end_due(work, AppealId(thing.subject))


JOB = Job(kind=appeal.END, run=end)
