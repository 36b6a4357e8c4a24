"""The last term of a round is over."""

from bot.domain.ids import RoundId
from bot.jobs import Job
from bot.services import round as rounds
from bot.store.due import DueThing
from bot.store.work import Work


async def end(work: Work, thing: DueThing) -> None:
    await rounds.end(work, RoundId(thing.subject))


JOB = Job(kind=rounds.END, run=end)
