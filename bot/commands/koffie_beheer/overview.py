"""``overzicht``: the published figures, for admins."""

from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.verb import Verb
from bot.i18n.text import text
from bot.services import channel_find, overview_chat


async def overview(ask: Ask, words: str) -> Reply:
    """``overzicht [OPGAVE]``: the published month, in words and pictures."""
    topic = await channel_find.topic_named(ask.work, words) if words else None
    return reply(await overview_chat.message(ask.work, ask.language, topic))


VERBS = (Verb(("overzicht", "overview"), text("channel-admin-overview"), overview),)
