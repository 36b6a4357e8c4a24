"""Daily: who looks after a topic on which nothing happened for half a year is asked whether it may close."""

from bot.jobs import Job
from bot.services import topic_idle
from bot.store.due import DueThing
from bot.store.work import Work


async def propose(work: Work, thing: DueThing) -> None:
    await topic_idle.propose(work)


JOB = Job(kind="topic-idle", run=propose, daily=True)
