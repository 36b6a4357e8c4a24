"""Daily, but done once a month: count the network and keep the figures that may be shown."""

from bot.jobs import Job
from bot.services import overview
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await overview.publish(work)


JOB = Job(kind="overview-month", run=run, daily=True)
