"""``koffie-beheer``: set up channels and their rounds. Only for admins, who are looked up each time."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.chat.address import Conversation
from bot.chat.message import Items, say
from bot.commands import Ask, Command, Reply, reply
from bot.domain.cadence import Cadence
from bot.domain.cadence_words import parse_cadence, parse_time
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import admins, channel, channel_find, channel_words, overview_chat, round_words
from bot.services import round as rounds
from bot.store import channel as store

_HELP = (
    text("channel-admin-new"),
    text("channel-admin-bind"),
    text("channel-admin-rhythm"),
    text("channel-admin-group"),
    text("channel-admin-start"),
    text("channel-admin-today"),
    text("channel-admin-show"),
    text("channel-admin-overview"),
)
_SIZES = {"2": 2, "3": 3, "4": 4, "twee": 2, "drie": 3, "vier": 4, "two": 2, "three": 3, "four": 4}


async def run(ask: Ask) -> Reply:
    await admins.require(ask.work, ask.me.id, ask.account)
    words = tokens(ask.words)
    for length in (2, 1):
        do = _VERBS.get(" ".join(words[:length]))
        if do is not None:
            return await do(ask, " ".join(ask.words.split()[length:]))
    return reply(say(text("channel-admin-help"), Items(items=tuple((line,) for line in _HELP))))


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
    return await _bind(ask, await _the_one(ask, ""), ask.where)


async def _bind(ask: Ask, made: Channel, where: Conversation) -> Reply:
    await channel.bind(ask.work, made, where, ask.me.id)
    line = text("channel-bound", channel=await channel_words.name(ask.work, made))
    return reply(say(line, text("channel-bound-next")))


async def rhythm(ask: Ask, words: str) -> Reply:
    """``ritme [OPGAVE] RITME``."""
    topic, cadence = _split(ask, words)
    if cadence is None:
        raise KoffieError(text("channel-rhythm-unclear"))
    found = await _the_one(ask, topic)
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
    found = await _the_one(ask, " ".join(topic))
    await channel.set_group_size(ask.work, found.id, size, ask.me.id)
    return reply(say(text("channel-group-set", channel=await channel_words.name(ask.work, found), size=size)))


async def start(ask: Ask, words: str) -> Reply:
    """``ronde start [OPGAVE]``: announced now, held two working days later."""
    found = await _the_one(ask, words)
    moment = await rounds.start(ask.work, found, ask.me.id)
    return reply(say(text("round-started", channel=await channel_words.name(ask.work, found), moment=moment)))


async def today(ask: Ask, words: str) -> Reply:
    """``ronde vandaag [OPGAVE] om 13 uur``: a round of one day, for an event."""
    at, rest = parse_time(words)
    if at is None:
        raise KoffieError(text("round-today-unclear"))
    topic = " ".join(word for word in rest.split() if word not in {"om", "at"})
    found = await _the_one(ask, topic)
    moment = datetime.combine(ask.work.today, at, ask.work.zone)
    await rounds.start_today(ask.work, found, moment, ask.me.id)
    name = await channel_words.name(ask.work, found)
    return reply(say(text("round-started-today", channel=name, at=channel_words.clock(at))))


async def show(ask: Ask, words: str) -> Reply:
    """``ronde toon [OPGAVE]``: numbers only, and none under five."""
    found = await _the_one(ask, words)
    return reply(await round_words.shown(ask.work, found, await rounds.next_moment(ask.work, found)))


async def overview(ask: Ask, words: str) -> Reply:
    """``overzicht [OPGAVE]``: the published month, in words and pictures."""
    topic = await channel_find.topic_named(ask.work, words) if words else None
    return reply(await overview_chat.message(ask.work, ask.language, topic))


async def _the_one(ask: Ask, words: str) -> Channel:
    """The channel that was named, in which it was said, or the only one there is."""
    found = await channel_find.meant(ask.work, ask.where, words)
    if isinstance(found, Channel):
        return found
    every = await store.all_of_them(ask.work)
    if len(every) != 1:
        raise KoffieError(text("channel-which" if every else "channel-none-yet-admin"))
    return every[0]


_VERBS: Mapping[str, Callable[[Ask, str], Awaitable[Reply]]] = {
    "kanaal nieuw": new,
    "channel new": new,
    "kanaal koppel": bind,
    "channel bind": bind,
    "ritme": rhythm,
    "rhythm": rhythm,
    "groep": group,
    "group": group,
    "ronde start": start,
    "round start": start,
    "ronde vandaag": today,
    "round today": today,
    "ronde toon": show,
    "round show": show,
    "overzicht": overview,
    "overview": overview,
}
_FIRST = frozenset(verb.split()[0] for verb in _VERBS)


def is_admins(words: str) -> bool:
    """Whether these words behind 'koffie-beheer' are its own."""
    said = tokens(words)
    return not said or said[0] in _FIRST | {"hulp", "help"}


COMMAND = Command(
    name="koffie-beheer",
    aliases=("beheer", "koffie-admin"),
    summary=text("channel-admin-summary"),
    run=run,
    takes=is_admins,
    shown=lambda ask: False,
)
