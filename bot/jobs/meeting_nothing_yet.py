"""A week after both said yes: is there a time yet?"""

from bot.domain.ids import KoffieId
from bot.jobs import Job
from bot.services import meeting, meeting_nudges
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await meeting_nudges.nothing_yet(work, KoffieId(thing.subject))


JOB = Job(kind=meeting.NOTHING_YET, run=run)
