"""``koffie-beheer``: set up channels and their rounds. Only for admins, who are looked up each time.

One file of this folder holds the verbs of one thing, as ``VERBS``.
"""

from collections.abc import Mapping

from bot.chat.message import Items, say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.koffie_beheer import channels, overview, rounds
from bot.commands.koffie_beheer.verb import Verb
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import admins

_EVERY: tuple[Verb, ...] = (*channels.VERBS, *rounds.VERBS, *overview.VERBS)
_VERBS: Mapping[str, Verb] = {name: verb for verb in _EVERY for name in verb.names}
_FIRST = frozenset(name.split()[0] for name in _VERBS)


async def run(ask: Ask) -> Reply:
    await admins.require(ask.work, ask.me.id, ask.account)
    words = tokens(ask.words)
    for length in (2, 1):
        verb = _VERBS.get(" ".join(words[:length]))
        if verb is not None:
            return await verb.run(ask, " ".join(ask.words.split()[length:]))
    lines = tuple((verb.example,) for verb in _EVERY)
    return reply(say(text("channel-admin-help"), Items(items=lines)))


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
