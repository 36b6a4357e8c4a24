"""Daily: count which ties lived, and look whom to ask about theirs."""

from bot.jobs import Job
from bot.jobs.ties_ask import ASK
from bot.store import due, ties
from bot.store.due import DueThing
from bot.store.work import Work

_MOST_COUNTED = 1_000


async def keep_up(work: Work, thing: DueThing) -> None:
    await ties.count_marks(work, _MOST_COUNTED)
    await due.schedule(work, f"{ASK}:{work.today.isoformat()}:0", ASK, work.now)


JOB = Job(kind="ties", run=keep_up, daily=True)
