"""The end of the term after which silence means that everything goes."""

from datetime import timedelta

from bot.chat.address import Direct
from bot.chat.message import say
from bot.domain.ids import OfficialId
from bot.i18n.text import text
from bot.jobs import Job
from bot.services import erasure
from bot.store import accounts, officials, outbox
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work


async def end(work: Work, thing: DueThing) -> None:
    official = OfficialId(thing.subject)
    known = await officials.get(work, official)
    last_sign = await officials.last_sign_at(work, official)
    asked_at = thing.due_at - timedelta(days=work.rules.idle_answer_days)
    if known is None or last_sign is None or last_sign >= asked_at:
        return
    account = await accounts.preferred_account(work, official)
    await erasure.erase(work, official)
    if account is not None:
        word = say(text("idle-erased"), fleeting=True)
        await outbox.post(work, Direct(account=account), word, Lane.UNASKED, language=known.language)


JOB = Job(kind=erasure.IDLE_END, run=end)
