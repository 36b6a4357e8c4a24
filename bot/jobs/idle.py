"""Daily: who gave no sign of life for a year is asked whether to stay."""

from datetime import timedelta

from bot.chat.message import choose, option, say
from bot.domain.months import months_before
from bot.i18n.text import text
from bot.jobs import Job
from bot.services import openings
from bot.services.erasure import IDLE_END
from bot.store import due, officials, outbox
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work


async def ask_the_idle(work: Work, thing: DueThing) -> None:
    since = months_before(work.now, work.rules.idle_months)
    end = work.now + timedelta(days=work.rules.idle_answer_days)
    for official, last_sign in await officials.without_sign_since(work, since):
        # One question and one end for each silence: the moment of the last sign names it.
        silence = f"{official}:{last_sign.isoformat()}"
        key = f"{IDLE_END}:{silence}"
        if await due.noted(work, key) or not await openings.take(work, official, work.now):
            continue
        await due.schedule(work, key, IDLE_END, end, official)
        question = say(
            text("idle-question", day=end.astimezone(work.zone).date()),
            choose(
                option(text("idle-stay"), "wis-mij/stay", "primary"),
                option(text("idle-erase"), "wis-mij/ask"),
            ),
            slot="idle",
            about=text("idle-about"),
        )
        await outbox.post(work, official, question, Lane.UNASKED, business_key=f"idle:{silence}")


JOB = Job(kind="idle", run=ask_the_idle, daily=True)
