"""Which channel is meant: the one in which something was said, or the one of a topic that was named."""

from bot.chat.address import Address
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie_why import topic_words
from bot.domain.lookup import One, Several
from bot.domain.lookup_topic import TooBroad
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import channel
from bot.services.register import indexes
from bot.store import channel as store
from bot.store import involvements
from bot.store.work import Work

_WITHOUT = frozenset({"tussenruimte", "onderwerp", "topic"})
"""'De tussenruimte', 'zonder onderwerp': the rounds without a topic."""
_AROUND = frozenset(
    "met aan voor over de het een opgave kanaal ronde rondes zonder with on for the in".split()
)


async def topic_named(work: Work, words: str) -> TopicId | None:
    """The topic that the words name; ``None`` for 'zonder onderwerp'.

    Raises :class:`KoffieError` where they name no topic, several, or a whole domain (P29).
    """
    said = [word for word in tokens(words) if word not in _AROUND]
    if said and set(said) <= _WITHOUT:
        return None
    match (await indexes(work)).topics.decide(" ".join(said)):
        case One(hit=hit):
            return hit.value.id
        case TooBroad(theme=theme):
            raise KoffieError(text("channel-too-broad", theme=theme.label))
        case Several(hits=(hit,)):
            raise KoffieError(text("channel-unsure", one=hit.value.label_nl))
        case Several(hits=(one, other, *_)):
            labels = {"one": one.value.label_nl, "other": other.value.label_nl}
            raise KoffieError(text("channel-several", **labels))
        case _:
            raise KoffieError(text("channel-no-topic"))


async def names_topic(work: Work, words: str) -> bool:
    """Whether the words name a topic, or that there is none."""
    try:
        await topic_named(work, words)
    except KoffieError:
        return False
    return True


async def meant(work: Work, where: Address, words: str) -> Channel | list[Channel]:
    """The channel that the words name, else the one in which they were said; else those there could be.

    Raises :class:`KoffieError` for words that name no channel.
    """
    if [word for word in tokens(words) if word not in _AROUND - {"zonder"}]:
        found = await store.of_topic(work, await topic_named(work, words))
        if found is None:
            raise KoffieError(text("channel-of-topic-none"))
        return found
    return await channel.here(work, where) or []


async def for_topics_of(work: Work, official: OfficialId) -> list[Channel]:
    """Channels to offer somebody: of one's own topics, and the one without a topic."""
    index = (await indexes(work)).topics
    mine = {topic for topic, _ in await involvements.of(work, official)}
    found = [one for one in await store.all_of_them(work) if one.topic is None or one.topic in mine]
    known = [(one, None if one.topic is None else index.get(one.topic)) for one in found]
    return [one for one, topic in known if topic is None or not topic.sensitive]


async def refuse_outside(work: Work, where: Address, found: Channel) -> None:
    """Raise :class:`KoffieError` where a sensitive topic would be joined outside of its own conversations."""
    topic = None if found.topic is None else (await indexes(work)).topics.get(found.topic)
    if topic is None or not topic.sensitive:
        return
    here = await channel.here(work, where)
    if here is None or here.id != found.id:
        raise KoffieError(text("topic-join-inside", topic=topic_words(topic)))


async def words_for(work: Work, found: Channel) -> str:
    """Words by which a channel is found again."""
    topic = None if found.topic is None else (await indexes(work)).topics.get(found.topic)
    return "zonder onderwerp" if topic is None else topic.label_nl
