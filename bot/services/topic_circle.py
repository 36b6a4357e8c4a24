"""What a steward sets of a topic besides its words: its sub-questions, and whether it is sensitive.

Whoever opens the channel of a sensitive one, or brings a conversation to it, is inside.
"""

from collections.abc import Sequence

from bot.chat.address import Account
from bot.domain.channel_rules import Act, ChannelState, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie_why import topic_words
from bot.domain.topic import MOST_SUB_QUESTIONS
from bot.domain.words import squash
from bot.i18n.text import text
from bot.services import admins, topic, topic_log
from bot.store import audit
from bot.store import channel as channels
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.topic import Kept
from bot.store.work import Work


async def set_sensitive(work: Work, kept: Kept, by: OfficialId, *, on: bool) -> Change | None:
    """From now on only who takes part in its channel finds others on it, without names; or no more so.

    Returns what stands in the log, if anything. Raises :class:`KoffieError` for no more so while others are
    in it: they came in where nobody is named.
    """
    if not on and await store.others_in(work, kept.id, by):
        raise KoffieError(text("topic-sensitive-stays", topic=kept.label))
    await audit.record(work, "topic-sensitive" if on else "topic-open", actor=by, subject=kept.id)
    act = Act.TOPIC_SENSITIVE if on else Act.TOPIC_OPEN
    return await topic_log.put(work, kept.id, act, by, {Setting.SENSITIVE: on})


async def require_opening(work: Work, number: TopicId, me: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who may not open the channel of a topic, or bring a conversation to it.

    Of a sensitive one its stewards alone may; where it has no channel, or one that was stopped, who looks
    after the topic. Nobody makes it sensitive until this unit of work is over.
    """
    kept = await store.get(work, number, lock=True)
    if kept is None or not (await store.values_of(work, number, [Setting.SENSITIVE]))[Setting.SENSITIVE]:
        return
    found = await channels.of_topic(work, number)
    if found is not None and found.state is not ChannelState.STOPPED:
        await admins.require_steward(work, found.id, me, account)
    elif not await topic.tended_by(work, number, me, account):
        known = await topic.current(work, number)
        raise KoffieError(text("channel-sensitive-opens", topic=topic_words(known)))


async def set_sub_questions(work: Work, kept: Kept, by: OfficialId, labels: Sequence[str]) -> Change | None:
    """Exactly these; returns what stands in the log, if anything.

    Raises :class:`KoffieError` for too many, and for the name of the topic itself. Another word of the topic
    may be one: asked for beside the topic it narrows, by itself it means the topic.
    """
    if len(labels) > MOST_SUB_QUESTIONS:
        raise KoffieError(text("topic-parts-many", most=str(MOST_SUB_QUESTIONS)))
    known = await topic.current(work, kept.id)
    for label in labels:
        if squash(label) in map(squash, known.labels):
            raise KoffieError(text("topic-part-itself", word=label, topic=kept.label))
    await audit.record(work, "topic-sub-questions", actor=by, subject=kept.id)
    return await topic_log.put(work, kept.id, Act.TOPIC_PARTS, by, {Setting.PARTS: list(labels)})
