"""``ik ben later [10 minuten]``: the other hears it at once. Other words are not passed on (P22)."""

import re

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.agenda import meant
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import meeting

_MINUTES = re.compile(r"(?:ongeveer |about )?(\d{1,2})(?: ?(?:m|min|minuut|minuten|minutes?))?", re.ASCII)


def minutes_in(words: str) -> int | None:
    """How many minutes, if the words say so."""
    found = _MINUTES.fullmatch(words.casefold())
    return int(found[1]) or None if found else None


async def run(ask: Ask) -> Reply:
    try:
        koffie = await meant(ask, "agenda/late", lambda one: meeting.is_about_to_begin(ask.work, one))
    except KoffieError:
        raise KoffieError(text("meeting-late-not-now")) from None
    if isinstance(koffie, Reply):
        return koffie
    await meeting.late(ask.work, ask.me.id, koffie, minutes_in(ask.words))
    return reply(say(text("meeting-late-told")))


COMMAND = Command(
    name="ik-ben-later",
    aliases=("ben later", "later", "vertraagd", "i am late", "running late", "late"),
    summary=text("meeting-late-summary"),
    run=run,
    takes=lambda words: not words or minutes_in(words) is not None,
    shown=lambda ask: False,
)
