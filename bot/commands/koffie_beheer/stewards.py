"""``beheerder erbij`` and ``beheerder eraf``: who sets up a channel."""

from bot.chat.message import say
from bot.commands import Answers, Ask, Reply, reply
from bot.commands.koffie_beheer.said import changed, with_undo
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import channel_find, channel_words, steward

_FOR = frozenset({"voor", "for"})


async def add(ask: Ask, words: str) -> Reply:
    """``beheerder erbij NAAM [voor OPGAVE]``: the answer is the same, whoever it is."""
    name, found = await _whom(ask, words)
    asked = await steward.invite(ask.work, found, ask.me, name)
    return with_undo(asked, text("steward-asked", channel=await channel_words.name(ask.work, found)))


async def remove(ask: Ask, words: str) -> Reply:
    """``beheerder eraf NAAM|ik [voor OPGAVE]``."""
    name, found = await _whom(ask, words)
    made = await steward.remove(ask.work, found, ask.me.id, name)
    about = await channel_words.name(ask.work, found)
    if made.change.steward == ask.me.id:
        return reply(say(text("steward-removed-self", channel=about)))
    return await changed(ask, made, text("steward-removed", channel=about))


async def _whom(ask: Ask, words: str) -> tuple[str, Channel]:
    """The name, and the channel that is meant."""
    parts = words.split()
    topic = ""
    for place, word in enumerate(parts):
        rest = " ".join(parts[place + 1 :])
        if place and word.casefold() in _FOR and await channel_find.names_topic(ask.work, rest):
            parts, topic = parts[:place], rest
            break
    if not tokens(" ".join(parts)):
        raise KoffieError(text("steward-who"))
    return " ".join(parts), await the_one(ask, topic)


async def accept(ask: Ask, args: Answers) -> Reply:
    """Who was asked wants to."""
    number, by = args.get("channel"), args.get("by")
    if not isinstance(number, int) or not isinstance(by, int):
        raise KoffieError(text("channel-gone"))
    found = await steward.accept(ask.work, ChannelId(number), OfficialId(by), ask.me.id)
    name = await channel_words.name(ask.work, found)
    return reply(say(text("steward-accepted", channel=name), text("steward-card-how")))


async def decline(ask: Ask, args: Answers) -> Reply:
    """Who was asked would rather not: nobody hears of it."""
    return reply(say(text("steward-declined")))


VERBS = (
    Verb(("beheerder erbij", "admin add"), text("steward-example-add"), add),
    Verb(("beheerder eraf", "admin remove"), text("steward-example-remove"), remove),
)
ACTIONS = {"steward": accept, "no-steward": decline}
