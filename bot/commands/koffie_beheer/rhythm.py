"""``ritme`` and ``groep``: when the rounds of a channel are held, and how many sit at one table."""

from bot.commands import Ask, Reply
from bot.commands.koffie_beheer.said import changed, set_values
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.cadence import Cadence
from bot.domain.cadence_words import parse_cadence
from bot.domain.channel_rules import Setting
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel_change, channel_words

SIZES = {"2": 2, "3": 3, "4": 4, "twee": 2, "drie": 3, "vier": 4, "two": 2, "three": 3, "four": 4}

_PEOPLE = frozenset({"mensen", "personen", "people", "persons"})


async def rhythm(ask: Ask, words: str) -> Reply:
    """``ritme [OPGAVE] RITME``."""
    topic, cadence = _split(ask, words)
    if cadence is None:
        raise KoffieError(text("channel-rhythm-unclear"))
    found = await the_one(ask, topic)
    values = await channel_change.rhythm(ask.work, found, cadence)
    made = await channel_change.change(ask.work, found, ask.me.id, values)
    name, now = await channel_words.name(ask.work, found), made.channel
    lines = [text("channel-rhythm-set", channel=name, rhythm=channel_words.rhythm(now.cadence))]
    if now.rests(ask.work.today):
        lines.append(text("steward-rests-still"))
    elif now.next_at is None:
        lines.append(text("channel-rhythm-by-hand"))
    else:
        lines.append(text("channel-rhythm-first", moment=now.next_at))
    return await changed(ask, made, *lines)


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
    parts = [word for word in words.split() if word.casefold() not in _PEOPLE]
    *topic, last = parts or [""]
    size = SIZES.get(last.casefold())
    if size is None:
        raise KoffieError(text("channel-group-unclear"))
    return await set_values(ask, await the_one(ask, " ".join(topic)), {Setting.GROUP: size})


VERBS = (
    Verb(("ritme", "rhythm"), text("channel-admin-rhythm"), rhythm),
    Verb(("groep", "group"), text("channel-admin-group"), group),
)
