"""``ritme`` and ``groep``: when the rounds of a channel are held, and how many sit at one table."""

from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.cadence import Cadence
from bot.domain.cadence_words import parse_cadence
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel, channel_words

_SIZES = {"2": 2, "3": 3, "4": 4, "twee": 2, "drie": 3, "vier": 4, "two": 2, "three": 3, "four": 4}


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
    Verb(("ritme", "rhythm"), text("channel-admin-rhythm"), rhythm),
    Verb(("groep", "group"), text("channel-admin-group"), group),
)
