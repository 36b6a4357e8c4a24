"""``lagen`` and ``regels``: who is introduced in the rounds of a channel, and to whom rather."""

from collections.abc import Callable
from typing import TypeVar

from bot.chat.message import Heading, say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.said import set_values
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.channel_rule_words import parse_layers, parse_rules
from bot.domain.channel_rules import Setting
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import channel_find, channel_setting_words, channel_words

_Found = TypeVar("_Found")


async def layers(ask: Ask, words: str) -> Reply:
    """``lagen [OPGAVE] rijk provincie …|alle``."""
    topic, named = _split(words, parse_layers)
    if named is None:
        raise KoffieError(text("steward-layers-unclear"))
    values = {Setting.LAYERS: [layer.value for layer in named]}
    return await set_values(ask, await the_one(ask, topic), values)


async def rules(ask: Ask, words: str) -> Reply:
    """``regels [OPGAVE]``: how they are; with rules behind it those are set."""
    topic, wanted = _split(words, parse_rules)
    if wanted is not None:
        return await set_values(ask, await the_one(ask, topic), wanted)
    if words and not await channel_find.names_topic(ask.work, words):
        raise KoffieError(text("steward-rules-unclear"))
    found = await the_one(ask, words)
    name = await channel_words.name(ask.work, found)
    told = await channel_setting_words.facts(ask.work, found, channel_setting_words.RULES)
    return reply(say(Heading(span=text("steward-rules", channel=name)), told, text("steward-rules-how")))


def _split(words: str, parse: Callable[[str], _Found | None]) -> tuple[str, _Found | None]:
    """The name of a topic, if any, and what stands behind it."""
    parts = words.split()
    for length in range(len(parts)):
        found = parse(" ".join(parts[length:]))
        if found is not None:
            return " ".join(parts[:length]), found
    return words, None


VERBS = (
    Verb(("lagen", "layers"), text("steward-example-layers"), layers),
    Verb(("regels", "rules"), text("steward-example-rules"), rules),
)
