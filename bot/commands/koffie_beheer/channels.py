"""``kanaal nieuw``, ``kanaal koppel`` and ``kanaal uitnodiging``: a channel and its conversations."""

from bot.chat.address import Account, Conversation
from bot.chat.message import say
from bot.commands import Answers, Ask, Reply, reply
from bot.commands.doe_mee import known
from bot.commands.koffie_beheer.said import with_undo
from bot.commands.koffie_beheer.verb import Right, Verb, that_one, the_one
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import admins, channel, channel_find, channel_invitation, channel_words, place, topic_circle
from bot.store import accounts


async def new(ask: Ask, words: str) -> Reply:
    """``kanaal nieuw OPGAVE``: the chat makes a place for it.

    On a chat that makes none, the conversation in which it is said belongs to it.
    """
    if not words:
        raise KoffieError(text("channel-new-which"))
    made = await _opened(ask, words)
    if ask.account.platform in ask.makers:
        return await _make(ask, made, ask.account)
    if isinstance(ask.where, Conversation):
        return await _bind(ask, made, ask.where)
    line = text("channel-made", channel=await channel_words.name(ask.work, made))
    return reply(say(line, text("channel-made-next", words=await channel_find.words_for(ask.work, made))))


async def also(ask: Ask, args: Answers) -> Reply:
    """The same on another chat of one's own."""
    found = await that_one(ask, await known(ask, args))
    for account in await accounts.accounts_of(ask.work, ask.me.id):
        if (account.platform, account.tenant) == (args.get("platform"), args.get("tenant")):
            return await _make(ask, found, account)
    raise KoffieError(text("place-no-account"))


async def _make(ask: Ask, made: Channel, where: Account) -> Reply:
    await place.make(ask.work, made, where, ask.me.id)
    if made.topic is None:
        return reply(say(text("place-making-none")))
    return reply(say(text("place-making", topic=await channel_words.short_name(ask.work, made))))


async def bind(ask: Ask, words: str) -> Reply:
    """``kanaal koppel [OPGAVE]``: the conversation in which it is said belongs to the channel."""
    if not isinstance(ask.where, Conversation):
        raise KoffieError(text("channel-bind-where"))
    if words:
        return await _bind(ask, await _opened(ask, words), ask.where)
    return await _bind(ask, await the_one(ask, ""), ask.where)


async def _opened(ask: Ask, words: str) -> Channel:
    """The channel of the opgave that is named, opened where there is none."""
    topic = await channel_find.topic_named(ask.work, words)
    if topic is not None:
        await topic_circle.require_opening(ask.work, topic, ask.me.id, ask.account)
    return await channel.make(ask.work, topic, ask.me.id)


async def let_go(ask: Ask, words: str) -> Reply:
    """``kanaal los``: the conversation in which it is said belongs to no channel any more."""
    if not isinstance(ask.where, Conversation):
        raise KoffieError(text("channel-bind-where"))
    here = await channel.here(ask.work, ask.where)
    if here is None:
        raise KoffieError(text("channel-let-go-none"))
    found = await that_one(ask, here)
    await channel.let_go(ask.work, found, ask.where, ask.me.id)
    return reply(say(text("channel-let-go", channel=await channel_words.name(ask.work, found))))


async def _bind(ask: Ask, made: Channel, where: Conversation) -> Reply:
    name = await channel_words.name(ask.work, made)
    if where.platform in ask.makers:
        change = await channel.bind(ask.work, made, where, ask.me.id, moves_in=True)
        return with_undo(change, text("place-moving-in", channel=name))
    change = await channel.bind(ask.work, made, where, ask.me.id)
    lines = [text("channel-bound", channel=name)]
    if await admins.may_set(ask.work, made.id, ask.me.id, ask.account):
        lines.append(text("channel-bound-next"))
    return with_undo(change, *lines)


async def invite(ask: Ask, words: str) -> Reply:
    """``kanaal uitnodiging [OPGAVE]``: a letter and a picture to pass on, and how it stands."""
    return reply(*await channel_invitation.invite(ask.work, await the_one(ask, words)))


async def withdraw(ask: Ask, args: Answers) -> Reply:
    """The code of a channel works no more."""
    found = await that_one(ask, await known(ask, args))
    change = await channel_invitation.withdraw(ask.work, found, ask.me.id)
    return with_undo(change, text("invite-withdrawn"))


VERBS = (
    Verb(("kanaal nieuw", "channel new"), text("channel-admin-new"), new, Right.OPENER),
    Verb(("kanaal koppel", "channel bind"), text("channel-admin-bind"), bind, Right.OPENER),
    Verb(("kanaal los", "channel unbind"), text("channel-admin-let-go"), let_go),
    Verb(("kanaal uitnodiging", "channel invitation"), text("channel-admin-invite"), invite),
)
ACTIONS = {"also": also, "withdraw": withdraw}
