"""The moment of a round: everybody is asked."""

from bot.domain.ids import RoundId
from bot.jobs import Job
from bot.services import round as rounds
from bot.store.due import DueThing
from bot.store.work import Work


async def hold(work: Work, thing: DueThing) -> None:
    await rounds.hold(work, RoundId(thing.subject))


JOB = Job(kind=rounds.PLAN, run=hold)
