"""A topic on which nothing happened for half a year: its closing is proposed, by one press (P32)."""

from datetime import date, timedelta

from bot.chat.address import Account
from bot.chat.message import choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie_why import topic_words
from bot.domain.months import months_before
from bot.domain.topic import Part, Topic
from bot.i18n.text import text
from bot.services import openings, topic
from bot.services.register import indexes
from bot.store import admins, outbox
from bot.store import channel as channels
from bot.store import topic as store
from bot.store.outbox import Lane
from bot.store.work import Work

_ASKED = 3
"""Who is asked where nobody looks after it."""
_ASKED_WITHIN = timedelta(days=60)
"""Later nobody is asked: the outbox still knows by then whom it asked, and asks nobody twice."""


def _since(work: Work) -> date:
    return months_before(work.now, work.rules.idle_topic_months).astimezone(work.zone).date()


async def propose(work: Work) -> None:
    """Ask who looks after a topic, or who leads or works on it, once for each silence."""
    known = (await indexes(work)).topics
    since = _since(work)
    for number, last in await store.quiet(work, since):
        found = known.get(number)
        if found is None or last < since - _ASKED_WITHIN:
            continue
        for official in await _whom(work, found):
            key = f"topic-idle:{number}:{official}:{last}"
            if not await openings.is_free(work, official, work.now):
                continue
            message = say(
                text("topic-idle", topic=topic_words(found), months=work.rules.idle_topic_months),
                choose(
                    option(text("topic-idle-close"), "opgave/idle-close", topic=int(number)),
                    option(text("topic-idle-keep"), "opgave/idle-keep", topic=int(number)),
                ),
                slot=f"topic-idle:{number}",
                about=text("topic-about", topic=topic_words(found)),
            )
            if await outbox.post(work, official, message, Lane.UNASKED, business_key=key) is not None:
                await openings.take(work, official, work.now)


async def _whom(work: Work, found: Topic) -> list[OfficialId]:
    room = await channels.of_topic(work, found.id)
    stewards = [] if room is None else await admins.stewards(work, room.id)
    if stewards:
        return stewards[:_ASKED]
    kept = await store.get(work, found.id)
    if kept is not None and kept.proposed_by is not None:
        return [kept.proposed_by]
    leads = await store.involved(work, found.id, [Part.LEADS], _ASKED)
    if leads or not found.local:
        # What the register brings does no harm by being there.
        return leads
    return await store.involved(work, found.id, [Part.WORKS_ON], 1)


async def _asked(work: Work, me: OfficialId, account: Account, number: TopicId) -> store.Kept:
    """The topic, for who could have been asked. Raises :class:`KoffieError`."""
    kept = await store.get(work, number, lock=True)
    known = (await indexes(work)).topics.get(number)
    if kept is None or known is None or kept.status != store.ACTIVE:
        raise KoffieError(text("look-up-topic-closed"))
    if me not in await _whom(work, known) and not await topic.tended_by(work, number, me, account):
        raise KoffieError(text("topic-not-steward"))
    return kept


async def close(work: Work, me: OfficialId, account: Account, number: TopicId) -> Topic:
    """Close it, when nothing happened since it was asked. Raises :class:`KoffieError`."""
    kept = await _asked(work, me, account, number)
    if number not in dict(await store.quiet(work, _since(work))):
        raise KoffieError(text("topic-idle-alive", topic=kept.label))
    found = await topic.current(work, number)
    await topic.close(work, kept, me)
    return found


async def keep_open(work: Work, me: OfficialId, account: Account, number: TopicId) -> None:
    """It stays: it is not asked again before another half year of silence."""
    kept = await _asked(work, me, account, number)
    await store.note_activity(work, kept.id)
