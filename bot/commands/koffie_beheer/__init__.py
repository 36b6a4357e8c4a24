"""``koffie-beheer``: set up channels and their rounds. Each verb says who may, which is looked up each time.

One file of this folder holds the verbs of one thing, as ``VERBS``.
"""

from collections.abc import Mapping, Sequence

from bot.chat.message import Block, Heading, Items, say
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
from bot.i18n.text import Text, text

_GROUPS: tuple[tuple[Text, tuple[Verb, ...]], ...] = (
    (text("channel-admin-channels"), (*channels.VERBS, *form.VERBS, *record.VERBS, *overview.VERBS)),
    (text("channel-admin-rounds"), (*rounds.VERBS, *pausing.VERBS)),
    (text("channel-admin-settings"), (*rhythm.VERBS, *rules.VERBS)),
    (text("channel-admin-people"), stewards.VERBS),
    (text("channel-admin-topics"), (*topics.VERBS, *topic_settings.VERBS)),
)
"""All verbs, as the help tells them."""
EVERY: tuple[Verb, ...] = tuple(verb for _, verbs in _GROUPS for verb in verbs)
_VERBS: Mapping[str, Verb] = {name: verb for verb in EVERY for name in verb.names}
_LONGEST = max(len(name.split()) for name in _VERBS)
_FIRST = frozenset(name.split()[0] for name in _VERBS)
_HELP = frozenset({"hulp", "help"})
_NAMES = frozenset({"koffie-beheer", "koffie-admin"})
"""As they are written outright: what stands behind them is meant for this command, known or not."""


async def run(ask: Ask) -> Reply:
    words = tokens(ask.words)
    if not words and await has(ask, Right.STEWARD):
        return await form.start(ask, "")
    for length in range(_LONGEST, 0, -1):
        verb = _VERBS.get(" ".join(words[:length]))
        if verb is not None:
            await require(ask, verb.right)
            return await verb.run(ask, " ".join(ask.words.split()[length:]))
    return await _help(ask, words[0] if words else "")


async def _help(ask: Ask, first: str) -> Reply:
    """How everything is written that this person may do; of what begins with ``first`` where any does."""
    begun = tuple(verb for verb in EVERY if any(name.split()[0] == first for name in verb.names))
    if begun:
        allowed = await _allowed(ask, begun)
        if not allowed:
            await require(ask, begun[0].right)
        return reply(say(text("channel-admin-more"), _examples(allowed)))
    known = not first or first in _HELP
    blocks: list[Text | Block] = [text("channel-admin-help" if known else "channel-admin-unknown")]
    for title, verbs in _GROUPS:
        allowed = await _allowed(ask, verbs)
        if allowed:
            blocks += [Heading(span=title), _examples(allowed)]
    return reply(say(*blocks))


async def _allowed(ask: Ask, verbs: Sequence[Verb]) -> list[Verb]:
    return [verb for verb in verbs if await has(ask, verb.right)]


def _examples(verbs: Sequence[Verb]) -> Items:
    return Items(items=tuple((verb.example,) for verb in verbs))


def is_admins(words: str) -> bool:
    """Whether these words behind 'koffie-beheer' are its own."""
    said = tokens(words)
    return not said or said[0] in _FIRST | _HELP


async def _outright(ask: Ask, words: str) -> bool:
    """Whether the command's name was written outright, with words behind it that it does not know."""
    return words.casefold().split(" ", 1)[0] in _NAMES


COMMAND = Command(
    name="koffie-beheer",
    aliases=("beheer", "koffie-admin"),
    summary=text("channel-admin-summary"),
    run=run,
    takes=is_admins,
    understands=_outright,
    forms=form.FORMS,
    actions={**channels.ACTIONS, **form.ACTIONS, **stewards.ACTIONS, "undo": said.undo_this},
)
