"""The first term of a round is over: who wanted a koffie and has none is introduced once more."""

from bot.domain.ids import RoundId
from bot.jobs import Job
from bot.services import round as rounds
from bot.store.due import DueThing
from bot.store.work import Work


async def repair(work: Work, thing: DueThing) -> None:
    await rounds.repair(work, RoundId(thing.subject))


JOB = Job(kind=rounds.REPAIR, run=repair)
