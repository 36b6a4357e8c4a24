"""Layers and rules of a channel as people type them: 'rijk en provincie', 'nabij, hoogstens 1 per maand'."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.channel_rules import Distance, Favour, Setting
from bot.domain.date_words import NUMBERS
from bot.domain.layer import Layer
from bot.domain.profile import parse_formats
from bot.domain.words import tokens

_LAYERS = {
    word: layer
    for layer, words in {
        Layer.RIJK: "rijk national",
        Layer.PROVINCIE: "provincie provincies province provinces provincial",
        Layer.GEMEENTE: "gemeente gemeenten gemeentes municipality municipalities",
        Layer.WATERSCHAP: "waterschap waterschappen",
        Layer.OVERIG: "overig overige uitvoering other others",
    }.items()
    for word in words.split()
}
_ALL = frozenset({"alle", "allemaal", "iedereen", "all", "everyone"})
_JOINING = frozenset("en and of or de het the lagen laag layers layer samenwerking".split())
_DAYS = {"dag": 1, "dagen": 1, "day": 1, "days": 1, "week": 7, "weken": 7, "weeks": 7}
_YES = frozenset({"ja", "mee", "wel", "yes", "too"})
_NO = frozenset({"nee", "niet", "no"})
_FAVOURS: dict[tuple[str, ...], Favour] = {
    ("nieuwe", "organisaties", "eerst"): Favour.NEW,
    ("new", "organisations", "first"): Favour.NEW,
    ("kleine", "organisaties", "eerst"): Favour.SMALL,
    ("small", "organisations", "first"): Favour.SMALL,
    ("trekkers", "met", "uitvoerders"): Favour.PARTS,
    ("leaders", "with", "workers"): Favour.PARTS,
}
_FIXED: dict[tuple[str, ...], tuple[Setting, Any]] = {
    ("nabij",): (Setting.DISTANCE, Distance.NEAR.value),
    ("dichtbij",): (Setting.DISTANCE, Distance.NEAR.value),
    ("near",): (Setting.DISTANCE, Distance.NEAR.value),
    ("ver",): (Setting.DISTANCE, Distance.FAR.value),
    ("far",): (Setting.DISTANCE, Distance.FAR.value),
    ("overal",): (Setting.DISTANCE, Distance.ANY.value),
    ("anywhere",): (Setting.DISTANCE, Distance.ANY.value),
    ("gewone", "tussenpoos"): (Setting.GAP, None),
    ("usual", "gap"): (Setting.GAP, None),
    ("eigen", "tempo"): (Setting.MONTH, None),
    ("own", "pace"): (Setting.MONTH, None),
    ("andere", "laag"): (Setting.ACROSS, True),
    ("other", "layer"): (Setting.ACROSS, True),
    ("zelfde", "laag", "mag"): (Setting.ACROSS, False),
    ("same", "layer", "too"): (Setting.ACROSS, False),
    ("gewone", "volgorde"): (Setting.FAVOURS, []),
    ("usual", "order"): (Setting.FAVOURS, []),
}
_MOST = frozenset({"hoogstens", "maximaal", "most"})
_ANY_FORMAT = frozenset({"alle", "allemaal", "all", "any"})

Rules = dict[Setting, Any]
"""What is to be set, as it is stored."""


def parse_layers(text: str) -> tuple[Layer, ...] | None:
    """The layers that the words name, in their own order; empty for 'alle', ``None``: not understood."""
    said = [word for word in tokens(text) if word not in _JOINING]
    if said and set(said) <= _ALL:
        return ()
    if not said or not all(word in _LAYERS for word in said):
        return None
    named = {_LAYERS[word] for word in said}
    return tuple(layer for layer in Layer if layer in named)


def parse_rules(text: str) -> Rules | None:
    """The rules that the words set, each behind the other; ``None`` when any word is none of them."""
    words, found = [word for word in tokens(text) if word not in {"en", "and"}], Rules()
    while words:
        taken = next((rule for read in _READERS if (rule := read(words)) is not None), None)
        if taken is None:
            return None
        length, setting, value = taken
        if setting is Setting.FAVOURS and value:
            value = list(dict.fromkeys([*found.get(setting, []), *value]))
        found[setting] = value
        words = words[length:]
    return found or None


_Taken = tuple[int, Setting, Any] | None
"""How many words a rule takes, and what it sets."""


def _fixed(words: Sequence[str]) -> _Taken:
    for said, (setting, value) in _FIXED.items():
        if tuple(words[: len(said)]) == said:
            return len(said), setting, value
    return None


def _favour(words: Sequence[str]) -> _Taken:
    favour = _FAVOURS.get(tuple(words[:3]))
    return None if favour is None else (3, Setting.FAVOURS, [favour.value])


def _gap(words: Sequence[str]) -> _Taken:
    """'tussenpoos 14 dagen', 'tussenpoos 2 weken', 'gap of 10 days'."""
    said = _without(words, "van", "of")
    match said[:3]:
        case [("tussenpoos" | "gap"), number, unit] if unit in _DAYS and (count := _number(number)):
            return 3 + len(words) - len(said), Setting.GAP, count * _DAYS[unit]
    return None


def _month(words: Sequence[str]) -> _Taken:
    """'hoogstens 1 per maand', 'at most 2 a month'."""
    skipped = 1 if words[:1] == ["at"] else 0
    match words[skipped : skipped + 4]:
        case [most, number, ("per" | "a" | "in"), ("maand" | "month")] if most in _MOST and (
            count := _number(number)
        ):
            return skipped + 4, Setting.MONTH, count
    return None


def _koepels(words: Sequence[str]) -> _Taken:
    match words[:2]:
        case [("koepels" | "umbrellas"), said] if said in _YES | _NO:
            return 2, Setting.KOEPELS, said in _YES
    return None


def _formats(words: Sequence[str]) -> _Taken:
    """'vormen live bellen', 'vorm alle': as many ways of meeting as follow."""
    if words[0] not in {"vorm", "vormen", "formats", "ways"}:
        return None
    if words[1:2] and words[1] in _ANY_FORMAT:
        return 2, Setting.FORMATS, []
    length = 1
    while length < len(words) and parse_formats(words[length]):
        length += 1
    return (length, Setting.FORMATS, parse_formats(" ".join(words[1:length]))) if length > 1 else None


_READERS: tuple[Callable[[Sequence[str]], _Taken], ...] = (_fixed, _favour, _gap, _month, _koepels, _formats)


def _without(words: Sequence[str], *fillers: str) -> list[str]:
    """The words without a filler in second place."""
    return [*words[:1], *words[2:]] if words[1:2] and words[1] in fillers else list(words)


def _number(word: str) -> int:
    """A small number in figures or words; 0: none."""
    return int(word) if re.fullmatch(r"[0-9]{1,2}", word) else NUMBERS.get(word, 0)
