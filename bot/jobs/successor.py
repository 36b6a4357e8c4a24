"""An organisation ended and several took over: each of its officials is asked where they work now."""

from bot.chat.message import choose, option, say
from bot.domain.ids import OfficialId
from bot.i18n.text import text
from bot.jobs import Job
from bot.services import openings
from bot.services.register import indexes
from bot.services.register_import import SUCCESSOR_DUE
from bot.store import officials, outbox
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work


async def ask_successor(work: Work, thing: DueThing) -> None:
    official = await officials.get(work, OfficialId(thing.subject))
    if official is None:
        return
    index = (await indexes(work)).organisations
    ended = index.get(official.organisation_id)
    if ended is None or not ended.ended:
        return
    options = [
        option(successor.title[:75], "profiel/organisation", organisation=successor.id)
        for successor in index.current(ended)
    ]
    question = say(
        text("profile-successor", organisation=ended.title),
        choose(*options),
        slot="organisation",
        about=text("profile-successor-about"),
    )
    moment = await openings.reserve(work, official.id)
    await outbox.post(work, official.id, question, Lane.UNASKED, business_key=thing.key, not_before=moment)


JOB = Job(kind=SUCCESSOR_DUE, run=ask_successor)
