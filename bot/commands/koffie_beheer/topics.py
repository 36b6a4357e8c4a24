"""``opgave nieuw``, ``wijzig``, ``samenvoegen``, ``sluit`` and more: the opgaven themselves (P31)."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping

from pydantic import JsonValue

from bot.chat.message import say
from bot.commands import Ask, OpenForm, Reply, reply
from bot.commands.koffie_beheer.said import with_undo
from bot.commands.koffie_beheer.verb import Right, Verb
from bot.domain.errors import KoffieError
from bot.domain.topic import Topic
from bot.domain.topic_line import Piece, parse_line
from bot.i18n.text import text
from bot.services import channel_find, learning, topic, topic_merge, topic_words
from bot.store import topic as store
from bot.store import topic_merge as merges
from bot.store.channel_change import Change
from bot.store.topic import Kept

PROPOSE = "opgave"
"""The form that asks for a new one; its fields are in the command of that name."""


def reserved(ask: Ask) -> Collection[str]:
    """Names of commands: no topic may bear one."""
    return ask.registry.names if ask.registry else ()


async def meant(ask: Ask, words: str) -> Topic:
    """The topic that the words name. Raises :class:`KoffieError` for none."""
    number = await channel_find.topic_named(ask.work, words)
    if number is None:
        raise KoffieError(text("channel-no-topic"))
    return await topic.current(ask.work, number)


async def kept(ask: Ask, found: Topic) -> Kept:
    """What is kept of a topic. Nobody else changes it until this unit of work is over."""
    row = await store.get(ask.work, found.id, lock=True)
    if row is None:
        raise KoffieError(text("look-up-topic-closed"))
    return row


async def new(ask: Ask, words: str) -> Reply:
    """``opgave nieuw [NAAM; ook: …; engels: …; thema: …]``: what is not said is asked."""
    line = parse_line(words)
    _refuse_unknown(line.unknown)
    if not line.name:
        return Reply(opens=OpenForm(PROPOSE))
    answers: dict[str, JsonValue] = {"label": await topic.named(ask.work, line.name, reserved(ask))}
    if also := line.pieces.get(Piece.ALSO):
        answers["also"] = list(topic.other_words(also, reserved(ask)))
    if english := line.pieces.get(Piece.ENGLISH):
        answers["english"] = await topic.named(ask.work, english, reserved(ask))
    if themes := line.pieces.get(Piece.THEMES):
        answers["theme"] = [theme.code for theme in (await topic.likely_themes(ask.work, themes))[:1]]
    return Reply(opens=OpenForm(PROPOSE, answers))


def _refuse_unknown(piece: str) -> None:
    if piece:
        raise KoffieError(text("topic-line-unclear", words=piece[:60]))


async def change(ask: Ask, words: str) -> Reply:
    """``opgave wijzig NAAM; naam: …; ook: …; zonder: …; thema: …``."""
    line = parse_line(words)
    _refuse_unknown(line.unknown)
    if not line.pieces:
        raise KoffieError(text("topic-change-how"))
    found = await meant(ask, line.name)
    me = ask.me.id
    row = await topic.require_tending(ask.work, found.id, me, ask.account)
    done: list[Change | None] = []
    if also := line.pieces.get(Piece.ALSO):
        done.append(await topic.add_words(ask.work, row, me, topic.other_words(also, reserved(ask))))
    if without := line.pieces.get(Piece.WITHOUT):
        row = await kept(ask, found)
        done.append(await topic.drop_words(ask.work, row, me, topic.other_words(without, ())))
    if themes := line.pieces.get(Piece.THEMES):
        row = await topic.require_naming(ask.work, found.id, me, ask.account)
        near = await topic.likely_themes(ask.work, *themes.split(","))
        if not near:
            raise KoffieError(text("topic-theme-unknown"))
        done.append(await topic.set_themes(ask.work, row, me, near[: len(themes.split(","))]))
    if english := line.pieces.get(Piece.ENGLISH):
        row = await topic.require_naming(ask.work, found.id, me, ask.account)
        label = await topic.named(ask.work, english, reserved(ask))
        done.append(await topic.name_in_english(ask.work, row, me, label))
    if name := line.pieces.get(Piece.NAME):
        row = await topic.require_naming(ask.work, found.id, me, ask.account)
        label = await topic.named(ask.work, name, reserved(ask))
        done.append(await topic.rename(ask.work, row, me, label))
    lines = await topic_words.changed(ask.work, await topic.current(ask.work, found.id), ask.language)
    # Several at once are undone one by one, the last first, by 'ongedaan'.
    return with_undo(done[0] if len(done) == 1 else None, *lines)


async def close(ask: Ask, words: str) -> Reply:
    """``opgave sluit NAAM``."""
    found = await meant(ask, words)
    row = await topic.require_naming(ask.work, found.id, ask.me.id, ask.account)
    await topic.close(ask.work, row, ask.me.id)
    return reply(topic_words.closed(found, ask.language))


async def reopen(ask: Ask, words: str) -> Reply:
    """``opgave heropen NAAM``."""
    row = await topic.closed_named(ask.work, words)
    if row is None:
        raise KoffieError(text("topic-none-closed"))
    row = await topic.require_tending(ask.work, row.id, ask.me.id, ask.account)
    await topic.reopen(ask.work, row, ask.me.id)
    return reply(say(text("topic-reopened", topic=row.label)))


_WITH = re.compile(r"\s+(?:met|in|bij|with|into)\s+", re.IGNORECASE)


async def merge(ask: Ask, words: str) -> Reply:
    """``opgave samenvoegen NAAM met NAAM``: the first becomes part of the second."""
    one, other = await _two(ask, words)
    first, second = sorted((one.id, other.id))
    for number in (first, second):
        # In one order, so that two who do the same the other way round wait for each other.
        await store.get(ask.work, number, lock=True)
    old = await topic.require_naming(ask.work, one.id, ask.me.id, ask.account)
    new = await kept(ask, other)
    await topic_merge.require_taking_in(ask.work, old, other, ask.me.id, ask.account)
    merged = await topic_merge.merge(ask.work, old, new, ask.me.id)
    return reply(topic_words.merged(one, merged, ask.work.hours.local_date(merged.until), ask.language))


async def _two(ask: Ask, words: str) -> tuple[Topic, Topic]:
    """The two that are named around 'met'; a name may hold such a word itself."""
    refused = KoffieError(text("topic-merge-how"))
    for found in _WITH.finditer(words):
        try:
            return await meant(ask, words[: found.start()]), await meant(ask, words[found.end() :])
        except KoffieError as refusal:
            refused = refusal
    raise refused


async def split(ask: Ask, words: str) -> Reply:
    """``opgave splitsen NAAM``: undo that it became part of another one."""
    row = await topic.merged_named(ask.work, words)
    if row is None:
        raise KoffieError(text("topic-merge-gone"))
    return await unmerge(ask, row)


async def unmerge(ask: Ask, row: Kept) -> Reply:
    """Only who may merge it may split it off again."""
    row = await topic.require_naming(ask.work, row.id, ask.me.id, ask.account)
    number = await merges.of(ask.work, row.id)
    if number is None:
        raise KoffieError(text("topic-merge-gone"))
    await topic_merge.undo(ask.work, number, ask.me.id)
    return reply(say(text("topic-unmerged", topic=row.label)))


_OFF = frozenset("weg off eraf".split())


async def learn(ask: Ask, words: str) -> Reply:
    """``opgave team NAAM: wat anderen kunnen leren``, or ``opgave team NAAM weg [NUMMER]``."""
    name, colon, line = words.partition(":")
    if colon:
        found = await meant(ask, name)
        await learning.enter(ask.work, ask.me, found, line)
        return reply(say(text("learning-entered", topic=found.label(ask.language))))
    *rest, last = words.split() or [""]
    place = int(last) if last.isdecimal() and last.isascii() and len(last) == 1 else 0
    if place:
        *rest, last = rest or [""]
    if last.lower() not in _OFF:
        raise KoffieError(text("learning-how"))
    found = await meant(ask, " ".join(rest))
    done = text("learning-left", topic=found.label(ask.language))
    if not place:
        await learning.leave(ask.work, ask.me.id, found)
        return reply(say(done))
    await topic.require_tending(ask.work, found.id, ask.me.id, ask.account)
    taken_off = await learning.take_off(ask.work, ask.me.id, found, place)
    return with_undo(taken_off, done)


VERBS = (
    Verb(("opgave nieuw", "topic new"), text("topic-admin-new"), new, Right.OFFICIAL),
    Verb(("opgave wijzig", "topic change"), text("topic-admin-change"), change, Right.OFFICIAL),
    Verb(("opgave samenvoegen", "topic merge"), text("topic-admin-merge"), merge, Right.OFFICIAL),
    Verb(("opgave splitsen", "topic split"), text("topic-admin-split"), split, Right.OFFICIAL),
    Verb(("opgave team", "topic team"), text("topic-admin-team"), learn, Right.OFFICIAL),
    Verb(("opgave sluit", "topic close"), text("topic-admin-close"), close, Right.OFFICIAL),
    Verb(("opgave heropen", "topic reopen"), text("topic-admin-reopen"), reopen, Right.OFFICIAL),
)
RUN: Mapping[str, Callable[[Ask, str], Awaitable[Reply]]] = {verb.names[0]: verb.run for verb in VERBS}
"""The same as a command of everybody's own: who may is asked of the topic."""
