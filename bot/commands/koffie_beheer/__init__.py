"""``koffie-beheer``: set up channels and their rounds. Each verb says who may, which is looked up each time.

One file of this folder holds the verbs of one thing, as ``VERBS``.
"""

from collections.abc import Mapping

from bot.chat.message import Items, say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.koffie_beheer import (
    channels,
    form,
    overview,
    pausing,
    record,
    rhythm,
    rounds,
    rules,
    said,
    stewards,
    topic_settings,
    topics,
)
from bot.commands.koffie_beheer.verb import Right, Verb, has, require
from bot.domain.words import tokens
from bot.i18n.text import text

EVERY: tuple[Verb, ...] = (
    *channels.VERBS,
    *form.VERBS,
    *record.VERBS,
    *rhythm.VERBS,
    *rules.VERBS,
    *rounds.VERBS,
    *pausing.VERBS,
    *stewards.VERBS,
    *overview.VERBS,
    *topics.VERBS,
    *topic_settings.VERBS,
)
_VERBS: Mapping[str, Verb] = {name: verb for verb in EVERY for name in verb.names}
_LONGEST = max(len(name.split()) for name in _VERBS)
_FIRST = frozenset(name.split()[0] for name in _VERBS)


async def run(ask: Ask) -> Reply:
    words = tokens(ask.words)
    if not words and await has(ask, Right.STEWARD):
        return await form.start(ask, "")
    for length in range(_LONGEST, 0, -1):
        verb = _VERBS.get(" ".join(words[:length]))
        if verb is not None:
            await require(ask, verb.right)
            return await verb.run(ask, " ".join(ask.words.split()[length:]))
    lines = tuple([(verb.example,) for verb in EVERY if await has(ask, verb.right)])
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
    forms=form.FORMS,
    actions={**channels.ACTIONS, **form.ACTIONS, **stewards.ACTIONS, "undo": said.undo_this},
)
