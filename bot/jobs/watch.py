"""Somebody can be found who could not before: tell who waits for such a one."""

from bot.domain.ids import OfficialId
from bot.jobs import Job
from bot.services import watch
from bot.store.due import DueThing
from bot.store.involvements import CAME
from bot.store.work import Work


async def somebody_came(work: Work, thing: DueThing) -> None:
    await watch.somebody_came(work, OfficialId(thing.subject))


JOB = Job(kind=CAME, run=somebody_came)
"""Said at once after the change that made it so; the message itself waits for office hours."""
