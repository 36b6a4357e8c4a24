"""``kanaal nieuw``, ``kanaal koppel``, ``ritme`` and ``groep``: a channel and how its rounds are held."""

from bot.chat.address import Conversation
from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.cadence import Cadence
from bot.domain.cadence_words import parse_cadence
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel, channel_find, channel_words

_SIZES = {"2": 2, "3": 3, "4": 4, "twee": 2, "drie": 3, "vier": 4, "two": 2, "three": 3, "four": 4}


async def new(ask: Ask, words: str) -> Reply:
    """``kanaal nieuw OPGAVE``: said in a conversation, that belongs to it at once."""
    made = await channel.make(ask.work, await channel_find.topic_named(ask.work, words), ask.me.id)
    if isinstance(ask.where, Conversation):
        return await _bind(ask, made, ask.where)
    line = text("channel-made", channel=await channel_words.name(ask.work, made))
    return reply(say(line, text("channel-made-next", words=await channel_find.words_for(ask.work, made))))


async def bind(ask: Ask, words: str) -> Reply:
    """``kanaal koppel [OPGAVE]``: the conversation in which it is said belongs to the channel."""
    if not isinstance(ask.where, Conversation):
        raise KoffieError(text("channel-bind-where"))
    if words:
        topic = await channel_find.topic_named(ask.work, words)
        return await _bind(ask, await channel.make(ask.work, topic, ask.me.id), ask.where)
    return await _bind(ask, await the_one(ask, ""), ask.where)


async def _bind(ask: Ask, made: Channel, where: Conversation) -> Reply:
    await channel.bind(ask.work, made, where, ask.me.id)
    line = text("channel-bound", channel=await channel_words.name(ask.work, made))
    return reply(say(line, text("channel-bound-next")))


async def rhythm(ask: Ask, words: str) -> Reply:
    """``ritme [OPGAVE] RITME``."""
    topic, cadence = _split(ask, words)
    if cadence is None:
        raise KoffieError(text("channel-rhythm-unclear"))
    found = await the_one(ask, topic)
    first = await channel.set_rhythm(ask.work, found.id, cadence, ask.me.id)
    lines = [
        text(
            "channel-rhythm-set",
            channel=await channel_words.name(ask.work, found),
            rhythm=channel_words.rhythm(cadence),
        )
    ]
    lines.append(
        text("channel-rhythm-by-hand") if first is None else text("channel-rhythm-first", moment=first)
    )
    return reply(say(*lines))


def _split(ask: Ask, words: str) -> tuple[str, Cadence | None]:
    """The name of a topic, if any, and the rhythm behind it."""
    parts = words.split()
    for length in range(len(parts)):
        cadence = parse_cadence(" ".join(parts[length:]), ask.work.today)
        if cadence is not None:
            return " ".join(parts[:length]), cadence
    return words, None


async def group(ask: Ask, words: str) -> Reply:
    """``groep [OPGAVE] 2|3|4``."""
    *topic, last = words.split() or [""]
    size = _SIZES.get(last)
    if size is None:
        raise KoffieError(text("channel-group-unclear"))
    found = await the_one(ask, " ".join(topic))
    await channel.set_group_size(ask.work, found.id, size, ask.me.id)
    return reply(say(text("channel-group-set", channel=await channel_words.name(ask.work, found), size=size)))


VERBS = (
    Verb(("kanaal nieuw", "channel new"), text("channel-admin-new"), new),
    Verb(("kanaal koppel", "channel bind"), text("channel-admin-bind"), bind),
    Verb(("ritme", "rhythm"), text("channel-admin-rhythm"), rhythm),
    Verb(("groep", "group"), text("channel-admin-group"), group),
)
