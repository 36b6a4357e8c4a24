"""A sensitive topic: only who takes part in its channel finds others on it (P20)."""

from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie_why import topic_words
from bot.domain.topic import Topic
from bot.i18n.text import text
from bot.services.register import indexes
from bot.store import channel as channels
from bot.store.work import Work


async def may_find(work: Work, topic: Topic, official: OfficialId) -> bool:
    """Whether somebody may look for others on a topic, and be told of them."""
    if not topic.sensitive:
        return True
    channel = await channels.of_topic(work, topic.id)
    return channel is not None and await channels.is_member(work, channel.id, official)


async def refuse_outsiders(work: Work, topic: Topic, official: OfficialId) -> None:
    """Raise :class:`KoffieError` for who may not look for others on a topic."""
    if not await may_find(work, topic, official):
        raise KoffieError(text("topic-members-only", topic=topic_words(topic)))


async def refuse_on(work: Work, topic: TopicId | None, official: OfficialId) -> None:
    """The same for a topic by its id; none at all is for everybody."""
    known = None if topic is None else (await indexes(work)).topics.get(topic)
    if known is not None:
        await refuse_outsiders(work, known, official)
