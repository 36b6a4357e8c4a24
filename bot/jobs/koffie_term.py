"""The term of a koffie is over."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import koffie
from bot.services.koffie_ask import TERM
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await koffie.end_term(work, KoffieId(thing.subject))


JOB = Job(kind=TERM, run=run)
