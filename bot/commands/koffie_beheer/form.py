"""``koffie-beheer`` by itself, or ``instellen``: rhythm, tables, layers and pause in one form.

The form holds what was when it was opened: what another admin set meanwhile stays, and is told.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import Block, choose, option, say
from bot.commands import Answer, Answers, Ask, Form, OpenForm, Reply, Took, reply
from bot.commands.doe_mee import known
from bot.commands.koffie_beheer.rhythm import SIZES
from bot.commands.koffie_beheer.said import changed
from bot.commands.koffie_beheer.verb import Verb, that_one
from bot.domain.cadence_words import parse_cadence
from bot.domain.channel import Channel
from bot.domain.channel_rule_words import parse_layers
from bot.domain.channel_rules import ChannelState, Setting, Values
from bot.domain.dates import Indefinite, parse_until
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId
from bot.domain.layer import Layer
from bot.domain.words import normalise
from bot.i18n.text import Text, text
from bot.services import admins, channel_change, channel_find, channel_words
from bot.services import channel_setting_words as words_of
from bot.services.wording import LAYER_NAME
from bot.store import channel as store

FORM = "channel"
_RHYTHM, _GROUP, _LAYERS, _PAUSE = "rhythm", "group", "layers", "pause"
_KEEP, _RUN, _OPEN = "keep", "run", "open"
_KEEP_WORDS = frozenset({"zo", "zo laten", "laat zo", "hetzelfde", "keep", "the same"})
_RUN_WORDS = frozenset({"geen", "geen pauze", "nee", "no", "none", "no pause"})
_USUAL = (
    "elke week op dinsdag om 10 uur",
    "elke 2 weken op dinsdag om 10 uur",
    "eerste dinsdag van de maand om 10 uur",
    "met de hand",
)
"""Rhythms to choose from, as they could be typed."""
_WEEKS_OFF = (2, 4)
_PARTS: Mapping[str, tuple[Setting, ...]] = {
    _RHYTHM: (Setting.RHYTHM,),
    _GROUP: (Setting.GROUP,),
    _LAYERS: (Setting.LAYERS,),
    _PAUSE: (Setting.STATE, Setting.RESUMES),
}
"""What each question sets, together."""


async def start(ask: Ask, words: str) -> Reply:
    """``instellen [OPGAVE]``: the form of the channel that is meant; asked back where it could be several."""
    found = await channel_find.meant(ask.work, ask.where, words)
    if isinstance(found, Channel):
        return await _open(ask, found)
    mine = await admins.may_be_set_by(ask.work, ask.me.id, ask.account)
    if len(mine) == 1:
        return await _open(ask, mine[0])
    if not mine:
        raise KoffieError(text("channel-none-yet-admin"))
    options = [
        option(await channel_words.short_name(ask.work, one), "koffie-beheer/form", channel=int(one.id))
        for one in mine
    ]
    lead = text("steward-form-which")
    return reply(say(lead, choose(*options), slot="steward-which", about=text("channel-which-about")))


async def of_channel(ask: Ask, args: Answers) -> Reply:
    """The channel that was chosen."""
    return await _open(ask, await known(ask, args))


async def _open(ask: Ask, meant: Channel) -> Reply:
    found = await that_one(ask, meant)
    if found.state is ChannelState.STOPPED:
        raise KoffieError(text("steward-stopped", channel=await channel_words.name(ask.work, found)))
    return Reply(opens=OpenForm(FORM, {"channel": int(found.id), "base": _values(found)}))


def _values(channel: Channel) -> dict[str, Any]:
    every = store.values_of(channel)
    return {name.value: every[name] for names in _PARTS.values() for name in names}


async def _as_opened(ask: Ask, answers: Answers) -> Channel:
    """The channel as it was when the form was opened."""
    number, base = answers.get("channel"), answers.get("base")
    found = await store.get(ask.work, ChannelId(number)) if isinstance(number, int) else None
    if found is None or not isinstance(base, Mapping):
        raise KoffieError(text("channel-gone"))
    return store.with_values(found, {Setting(name): value for name, value in base.items()})


async def fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    """Four questions, each filled with what is."""
    was = await _as_opened(ask, answers)
    layers = was.rules.layers or tuple(Layer)
    now = await words_of.value(ask.work, was, Setting.LAYERS)
    return (
        Field(
            name=_RHYTHM,
            kind="one",
            prompt=text("steward-form-rhythm"),
            hint=text("steward-form-rhythm-hint"),
            options=_rhythms(ask, was),
            value=_KEEP,
        ),
        # No options: where they are numbered, 'two' would bear another number than 2.
        Field(
            name=_GROUP,
            kind="text",
            prompt=text("steward-form-group"),
            hint=text("steward-form-group-hint", size=was.group_size),
            value=str(was.group_size),
        ),
        Field(
            name=_LAYERS,
            kind="many",
            prompt=text("steward-form-layers"),
            how=text("steward-form-layers-hint", layers=now),
            options=tuple(Suggestion(value=layer.value, label=LAYER_NAME[layer]) for layer in Layer),
            value=[layer.value for layer in layers],
            most=len(Layer),
        ),
        Field(
            name=_PAUSE,
            kind="one",
            prompt=text("steward-form-pause"),
            hint=text("steward-form-pause-hint"),
            options=_pauses(ask, was),
            value=_KEEP if was.rests(ask.work.today) else _RUN,
        ),
    )


def _rhythms(ask: Ask, was: Channel) -> tuple[Suggestion, ...]:
    now = channel_words.rhythm(was.cadence)
    found = [Suggestion(value=_KEEP, label=now)]
    for words in _USUAL:
        cadence = parse_cadence(words, ask.work.today)
        if cadence is not None and (label := channel_words.rhythm(cadence)) != now:
            found.append(Suggestion(value=words, label=label))
    return tuple(found)


def _pauses(ask: Ask, was: Channel) -> tuple[Suggestion, ...]:
    found = [Suggestion(value=_RUN, label=text("steward-form-run"))]
    if was.rests(ask.work.today):
        found.append(Suggestion(value=_KEEP, label=words_of.state(ask.work, was)))
    for weeks in _WEEKS_OFF:
        back = ask.work.today + timedelta(weeks=weeks)
        label = text("steward-paused-until", last=back - timedelta(days=1))
        found.append(Suggestion(value=back.isoformat(), label=label))
    found.append(Suggestion(value=_OPEN, label=text("steward-form-open")))
    return tuple(found)


async def read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError:
    """What an answer sets, as it is stored."""
    was = await _as_opened(ask, answers)
    said = answer.chosen[0] if len(answer.chosen) == 1 else normalise(answer.typed)
    if said == _KEEP or said in _KEEP_WORDS:
        return Took({name.value: store.values_of(was)[name] for name in _PARTS[field]})
    taken = await _READ[field](ask, was, answer, said)
    if isinstance(taken, Text):
        return FieldError(field=field, reason=taken)
    return Took({name.value: value for name, value in taken.items()})


async def _rhythm(ask: Ask, was: Channel, answer: Answer, said: str) -> Values | Text:
    cadence = parse_cadence(said if answer.chosen else answer.typed, ask.work.today)
    if cadence is None:
        return text("channel-rhythm-unclear")
    try:
        return await channel_change.rhythm(ask.work, was, cadence)
    except KoffieError as refused:
        return refused.text


async def _group(ask: Ask, was: Channel, answer: Answer, said: str) -> Values | Text:
    size = SIZES.get(said)
    return text("steward-form-group-unclear") if size is None else {Setting.GROUP: size}


async def _layers(ask: Ask, was: Channel, answer: Answer, said: str) -> Values | Text:
    named = parse_layers(" ".join(answer.chosen) or answer.typed)
    if named is None:
        return text("steward-form-layers-unclear")
    if len(named) == 1:
        return text("steward-form-layers-one")
    every = len(named) == len(Layer)
    return {Setting.LAYERS: [] if every else [layer.value for layer in named]}


async def _pause(ask: Ask, was: Channel, answer: Answer, said: str) -> Values | Text:
    if said == _RUN or said in _RUN_WORDS:
        if not was.rests(ask.work.today):
            return {name: store.values_of(was)[name] for name in _PARTS[_PAUSE]}
        return {Setting.STATE: ChannelState.RUNNING.value, Setting.RESUMES: None}
    if said == _OPEN:
        return {Setting.STATE: ChannelState.PAUSED.value, Setting.RESUMES: None}
    match parse_until(said if answer.chosen else answer.typed, ask.work.now, ask.work.zone):
        case date() as back:
            return {Setting.STATE: ChannelState.PAUSED.value, Setting.RESUMES: back.isoformat()}
        case Indefinite():
            return {Setting.STATE: ChannelState.PAUSED.value, Setting.RESUMES: None}
        case None:
            return text("steward-form-pause-unclear")
        case _:
            return text("steward-form-pause-past")


_READ = {_RHYTHM: _rhythm, _GROUP: _group, _LAYERS: _layers, _PAUSE: _pause}


async def done(ask: Ask, answers: Answers) -> Reply:
    """Set what was changed in the form. What another set meanwhile stays as it is, and is told."""
    found = await that_one(ask, await known(ask, answers))
    was, now = store.values_of(await _as_opened(ask, answers)), store.values_of(found)
    wanted: dict[Setting, Any] = {}
    meanwhile: list[Setting] = []
    for field, names in _PARTS.items():
        given = answers.get(field)
        new = {name: given[name.value] for name in names} if isinstance(given, Mapping) else {}
        if all(was[name] == value for name, value in new.items()):
            continue
        if any(now[name] not in (was[name], value) for name, value in new.items()):
            meanwhile += names
        elif any(now[name] != value for name, value in new.items()):
            wanted |= new
    name = await channel_words.name(ask.work, found)
    blocks: list[Text | Block] = []
    if meanwhile:
        told = await words_of.facts(ask.work, found, meanwhile)
        blocks += [text("steward-form-meanwhile", channel=name), told]
    if not wanted:
        return reply(say(*(blocks or [text("steward-form-same")])))
    made = await channel_change.change(ask.work, found, ask.me.id, wanted)
    told = await words_of.facts(ask.work, made.channel, wanted)
    return await changed(ask, made, text("steward-set", channel=name), told, *blocks)


VERBS = (Verb(("instellen", "settings"), text("steward-example-form"), start),)
ACTIONS = {"form": of_channel}
FORMS = (
    Form(
        name=FORM,
        title=text("steward-form-title"),
        submit=text("steward-form-submit"),
        fields=fields,
        read=read,
        done=done,
    ),
)
