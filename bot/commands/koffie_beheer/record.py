"""``kanaal toon``, ``logboek`` and ``ongedaan``: how a channel is set, who set it, and the way back."""

from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.said import undone
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.i18n.text import text
from bot.services import channel_change, channel_setting_words


async def show(ask: Ask, words: str) -> Reply:
    """``kanaal toon [OPGAVE]``: all settings in words."""
    return reply(await channel_setting_words.card(ask.work, await the_one(ask, words)))


async def logged(ask: Ask, words: str) -> Reply:
    """``logboek [OPGAVE]``: who set what, and when."""
    return reply(await channel_setting_words.logged(ask.work, await the_one(ask, words)))


async def undo(ask: Ask, words: str) -> Reply:
    """``ongedaan [OPGAVE]``: take one's own last change back."""
    found = await the_one(ask, words)
    return await undone(ask, found, await channel_change.undo_last(ask.work, found, ask.me.id))


VERBS = (
    Verb(("kanaal toon", "channel show"), text("steward-example-show"), show),
    Verb(("logboek", "log"), text("steward-example-log"), logged),
    Verb(("ongedaan", "undo"), text("steward-example-undo"), undo),
)
