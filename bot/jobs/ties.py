"""Daily: 'still in touch?', the yearly list, and counting which ties lived."""

from bot.jobs import Job
from bot.services import ties
from bot.store import ties as store
from bot.store.due import DueThing
from bot.store.work import Work


async def keep_up(work: Work, thing: DueThing) -> None:
    await ties.ask_today(work)
    await store.count_marks(work)


JOB = Job(kind="ties", run=keep_up, daily=True)
