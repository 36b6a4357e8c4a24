"""``kanaal nieuw`` and ``kanaal koppel``: a channel and its conversations."""

from bot.chat.address import Conversation
from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.verb import Right, Verb, the_one
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel, channel_find, channel_words


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


VERBS = (
    Verb(("kanaal nieuw", "channel new"), text("channel-admin-new"), new, Right.OPENER),
    Verb(("kanaal koppel", "channel bind"), text("channel-admin-bind"), bind, Right.OPENER),
)
