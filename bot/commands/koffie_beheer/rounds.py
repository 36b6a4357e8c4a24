"""``ronde start``, ``ronde vandaag`` and ``ronde toon``: one round of a channel."""

from datetime import datetime

from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.cadence_words import parse_time
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel_words, round_words
from bot.services import round as rounds


async def start(ask: Ask, words: str) -> Reply:
    """``ronde start [OPGAVE]``: announced now, held two working days later."""
    found = await the_one(ask, words)
    moment = await rounds.start(ask.work, found, ask.me.id)
    return reply(say(text("round-started", channel=await channel_words.name(ask.work, found), moment=moment)))


async def today(ask: Ask, words: str) -> Reply:
    """``ronde vandaag [OPGAVE] om 13 uur``: a round of one day, for an event."""
    at, rest = parse_time(words)
    if at is None:
        raise KoffieError(text("round-today-unclear"))
    topic = " ".join(word for word in rest.split() if word not in {"om", "at"})
    found = await the_one(ask, topic)
    moment = datetime.combine(ask.work.today, at, ask.work.zone)
    await rounds.start_today(ask.work, found, moment, ask.me.id)
    name = await channel_words.name(ask.work, found)
    return reply(say(text("round-started-today", channel=name, at=channel_words.clock(at))))


async def show(ask: Ask, words: str) -> Reply:
    """``ronde toon [OPGAVE]``: numbers only, and none under five."""
    found = await the_one(ask, words)
    return reply(await round_words.shown(ask.work, found, await rounds.next_moment(ask.work, found)))


VERBS = (
    Verb(("ronde start", "round start"), text("channel-admin-start"), start),
    Verb(("ronde vandaag", "round today"), text("channel-admin-today"), today),
    Verb(("ronde toon", "round show"), text("channel-admin-show"), show),
)
