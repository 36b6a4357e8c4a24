"""The day before a koffie."""

from bot.domain.meeting import SlotId
from bot.jobs import Job
from bot.services import meeting, meeting_nudges
from bot.store.due import DueThing
from bot.store.work import Work


async def run(work: Work, thing: DueThing) -> None:
    await meeting_nudges.remind(work, SlotId(thing.subject))


JOB = Job(kind=meeting.EVE, run=run)
