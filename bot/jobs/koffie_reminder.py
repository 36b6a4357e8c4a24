"""Remind of a koffie, once, who has not answered."""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import koffie
from bot.services.koffie_ask import REMIND
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await koffie.remind(work, KoffieId(thing.subject))


JOB = Job(kind=REMIND, run=run)
