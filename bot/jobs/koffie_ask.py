"""The moment has come to ask for a koffie that was requested out of office hours, or for Monday."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import koffie
from bot.services.koffie_ask import ASK
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await koffie.ask_due(work, KoffieId(thing.subject))


JOB = Job(kind=ASK, run=run)
