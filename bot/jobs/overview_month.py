"""Daily, but done once a month: count the network, keep the figures that may be shown, and tell channels."""

from bot.jobs import Job
from bot.services import channel_month, overview
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await overview.publish(work)
    await channel_month.tell(work)


JOB = Job(kind="overview-month", run=run, daily=True)
