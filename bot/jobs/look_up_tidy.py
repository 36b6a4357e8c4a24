"""Daily: let go of lists, counts, watches and declarations whose term is over; lists rotate on."""

from bot.jobs import Job
from bot.store import involvements, look_up, network, watch
from bot.store.due import DueThing
from bot.store.work import Work


async def tidy(work: Work, thing: DueThing) -> None:
    await look_up.clear(work)
    await watch.clear(work)
    await network.clear_declarations(work)
    await network.clear_apart(work)
    await involvements.fade_shown(work)


JOB = Job(kind="look-up-tidy", run=tidy, daily=True)
