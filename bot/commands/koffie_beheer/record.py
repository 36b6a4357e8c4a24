"""``kanaal toon``, ``logboek``, ``ongedaan`` and ``export``: how a channel is set, and by whom."""

from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.said import undone
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.i18n.text import text
from bot.services import channel_change, channel_export, channel_setting_words, channel_words

_FILES = {"csv": channel_export.CSV, "json": channel_export.JSON}


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


async def export(ask: Ask, words: str) -> Reply:
    """``export [OPGAVE] [csv|json]``: settings and published figures as a file, in private."""
    *topic, last = words.split() or [""]
    kind = _FILES.get(last.casefold())
    found = await the_one(ask, words if kind is None else " ".join(topic))
    line = text("steward-export", channel=await channel_words.name(ask.work, found))
    file = await channel_export.file_of(ask.work, found, kind or channel_export.CSV)
    return reply(say(line, file, only_you=True))


VERBS = (
    Verb(("kanaal toon", "channel show"), text("steward-example-show"), show),
    Verb(("logboek", "log"), text("steward-example-log"), logged),
    Verb(("ongedaan", "undo"), text("steward-example-undo"), undo),
    Verb(("export",), text("steward-example-export"), export),
)
