"""Three months after joining: how many people at another government can be called by now."""

from bot.domain.ids import OfficialId
from bot.jobs import Job
from bot.services import reach
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await reach.ask(work, OfficialId(thing.subject))


JOB = Job(kind=reach.KIND, run=run)
