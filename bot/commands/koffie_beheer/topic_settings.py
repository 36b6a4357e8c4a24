"""``fase``, ``gevoelig`` and ``deelvragen``: how one opgave is dealt with."""

import re

from bot.chat.message import choose, option, say
from bot.commands import Answers, Ask, Reply, reply
from bot.commands.koffie_beheer.said import changed, way_back, with_undo
from bot.commands.koffie_beheer.topics import meant, reserved
from bot.commands.koffie_beheer.verb import Right, Verb, that_one
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId
from bot.domain.topic import Phase, Topic
from bot.i18n.text import text
from bot.services import (
    admins,
    channel,
    channel_change,
    channel_words,
    topic,
    topic_circle,
    topic_phase,
    topic_words,
)
from bot.store import channel as channels
from bot.store.topic import Kept

_ON = frozenset("aan ja on yes".split())
_OFF = frozenset("uit nee off no".split())


async def _tended(ask: Ask, words: str) -> tuple[Topic, Kept]:
    """The topic that was named, of the channel in which it was said, or of the only channel that one may set.

    Raises :class:`KoffieError` for who may not change it.
    """
    if words:
        found = await meant(ask, words)
    else:
        here = await channel.here(ask.work, ask.where)
        mine = [here] if here else await admins.may_be_set_by(ask.work, ask.me.id, ask.account)
        if len(mine) != 1 or mine[0].topic is None:
            raise KoffieError(text("topic-which-one"))
        found = await topic.current(ask.work, mine[0].topic)
    return found, await topic.require_tending(ask.work, found.id, ask.me.id, ask.account)


async def phase(ask: Ask, words: str) -> Reply:
    """``fase [OPGAVE] verkennen|ontwikkelen|uitvoeren|afronden``."""
    name, wanted = topic_phase.read_phase(words)
    if wanted is None:
        raise KoffieError(text("topic-phase-unclear"))
    found, kept = await _tended(ask, name)
    change = await topic_phase.put(ask.work, kept, wanted, ask.me.id)
    lines = [text("topic-phase-set", topic=found.label(ask.language), phase=wanted.name.lower())]
    fitting = await topic_phase.fitting_rhythm(ask.work, kept, wanted)
    if fitting is None:
        return with_undo(change, *lines)
    room, cadence = fitting
    lines.append(text("topic-phase-rhythm", rhythm=channel_words.rhythm(cadence)))
    take = option(text("topic-phase-take"), "opgave/rhythm", "primary", channel=int(room.id), phase=wanted)
    stay = option(text("topic-phase-leave"), "opgave/leave")
    back = [] if change is None else [way_back(change)]
    about = text("topic-phase-about", topic=found.label(ask.language))
    return reply(say(*lines, choose(take, stay, *back), slot=f"topic-phase:{found.id}", about=about))


async def take_rhythm(ask: Ask, args: Answers) -> Reply:
    """The rhythm that fits the phase, for who may set the channel at this moment."""
    number, wanted = args.get("channel"), args.get("phase")
    room = await channels.get(ask.work, ChannelId(number)) if isinstance(number, int) else None
    if room is None or wanted not in list(Phase):
        raise KoffieError(text("channel-gone"))
    held = await that_one(ask, room)
    cadence = topic_phase.rhythm_for(held.cadence, Phase(str(wanted)), ask.work)
    if cadence is None:
        raise KoffieError(text("steward-same"))
    values = await channel_change.rhythm(ask.work, held, cadence)
    made = await channel_change.change(ask.work, held, ask.me.id, values)
    name = await channel_words.name(ask.work, held)
    rhythm = channel_words.rhythm(made.channel.cadence)
    return await changed(ask, made, text("channel-rhythm-set", channel=name, rhythm=rhythm))


async def leave(ask: Ask, args: Answers) -> Reply:
    return reply(say(text("topic-phase-left")))


async def sensitive(ask: Ask, words: str) -> Reply:
    """``gevoelig [OPGAVE] aan|uit``."""
    *name, last = words.split() or [""]
    if last.lower() not in _ON | _OFF:
        raise KoffieError(text("topic-sensitive-unclear"))
    found, kept = await _tended(ask, " ".join(name))
    on = last.lower() in _ON
    change = await topic_circle.set_sensitive(ask.work, kept, ask.me.id, on=on)
    lines = [text("topic-sensitive-on" if on else "topic-sensitive-off", topic=found.label(ask.language))]
    room = await channels.of_topic(ask.work, found.id)
    if on and room is not None and await channels.places(ask.work, room.id):
        lines.append(text("topic-sensitive-places"))
    return with_undo(change, *lines)


async def sub_questions(ask: Ask, words: str) -> Reply:
    """``deelvragen OPGAVE: vergunningen, natuurherstel``; ``deelvragen OPGAVE: geen``."""
    name, colon, listed = words.partition(":")
    if not colon:
        raise KoffieError(text("topic-parts-unclear"))
    found, kept = await _tended(ask, name.strip())
    none = re.fullmatch(r"(?:geen|none|niets)?", listed.strip(), re.IGNORECASE) is not None
    labels = () if none else topic.other_words(listed, reserved(ask))
    change = await topic_circle.set_sub_questions(ask.work, kept, ask.me.id, labels)
    now = await topic.current(ask.work, found.id)
    return with_undo(change, *topic_words.sub_questions_set(now, ask.language))


ACTIONS = {"rhythm": take_rhythm, "leave": leave}
VERBS = (
    Verb(("fase", "phase"), text("topic-admin-phase"), phase, Right.OFFICIAL),
    Verb(("gevoelig", "sensitive"), text("topic-admin-sensitive"), sensitive, Right.OFFICIAL),
    Verb(
        ("deelvragen", "sub questions", "subquestions"),
        text("topic-admin-parts"),
        sub_questions,
        Right.OFFICIAL,
    ),
)
