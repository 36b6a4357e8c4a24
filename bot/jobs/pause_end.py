"""The first day back from a pause: what was switched off goes on by itself."""

from bot.chat.message import say
from bot.domain.ids import OfficialId
from bot.i18n.text import text
from bot.jobs import Job
from bot.services import erasure, pause
from bot.store import outbox
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work


async def end_pause(work: Work, thing: DueThing) -> None:
    official = OfficialId(thing.subject)
    if await pause.end_due(work, official):
        welcome = say(text("resume-by-itself"))
        await outbox.post(work, official, welcome, Lane.UNASKED, business_key=thing.key)


JOB = Job(kind=erasure.PAUSE_END, run=end_pause)
