"""'Still in touch?' and the yearly list: some people at a time, its subject is after whom to go on."""

from bot.domain.ids import OfficialId
from bot.jobs import Job
from bot.services import ties
from bot.store import due
from bot.store.due import DueThing
from bot.store.work import Work

ASK = "ties-ask"


async def ask(work: Work, thing: DueThing) -> None:
    last = await ties.ask_some(work, OfficialId(thing.subject))
    if last is not None:
        await due.schedule(work, f"{ASK}:{work.today.isoformat()}:{last}", ASK, work.now, last)


JOB = Job(kind=ASK, run=ask)
