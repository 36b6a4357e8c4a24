"""What a profile can hold, and how people type it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.domain.words import tokens

T = TypeVar("T")


class Line(StrEnum):
    """Each thing that can be changed by itself."""

    NAME = "name"
    ORGANISATION = "organisation"
    TOPICS = "topics"
    ROLE = "role"
    NOT_ABOUT = "not_about"
    HUMAN_LINE = "human_line"
    KNOWS = "knows"
    SEEKS = "seeks"
    REGION = "region"
    PLACE = "place"
    WORKING_DAYS = "working_days"
    FORMATS = "formats"
    PACE = "pace"
    CONTACT = "contact"
    LANGUAGE = "language"
    INTRODUCES = "introduces"


FREE = {
    Line.ROLE: 100,
    Line.NOT_ABOUT: 150,
    Line.HUMAN_LINE: 200,
    Line.KNOWS: 200,
    Line.SEEKS: 200,
    Line.PLACE: 80,
}
"""The lines of free words, with their longest length."""

DAYS = ("mon", "tue", "wed", "thu", "fri")
"""Working days, Monday first; a profile keeps their numbers."""
FORMATS = ("live", "walk", "call", "online", "shadow")
"""Ways of meeting, live first (P8); 'shadow' is meelopen."""
MOST_PACE = 10

_DAY_WORDS = {
    word: day
    for day, words in enumerate(
        ("ma maandag mon monday", "di dinsdag tue tuesday", "wo woensdag wed wednesday",
         "do donderdag thu thursday", "vr vrij vrijdag fri friday")
    )
    for word in words.split()
}  # fmt: skip
_FORMAT_WORDS = {
    word: kind
    for kind, words in zip(
        FORMATS,
        ("live fysiek person", "wandelen wandeling walk walking",
         "bellen bel telefoon telefonisch call phone", "online videobellen video",
         "meelopen shadow shadowing visit"),
        strict=True,
    )
    for word in words.split()
}  # fmt: skip
_JOINING = frozenset("en and of or op on in in-person liefst graag".split())
_THROUGH = frozenset(("t m", "tm", "tot en met", "tot", "through", "to", "till", "until"))
_EVERY = frozenset("alle allemaal all alles elke iedere every".split())


def parse_days(text: str) -> list[int] | None:
    """Working days in a list of words or 'ma t/m do', sorted; ``None`` when a word is no working day."""
    match tokens(text):
        case [first, *between, last] if (
            " ".join(between) in _THROUGH and first in _DAY_WORDS and last in _DAY_WORDS
        ):
            return list(range(_DAY_WORDS[first], _DAY_WORDS[last] + 1)) or None
    return _parse(text, _DAY_WORDS, range(len(DAYS)), "dagen dag days day".split())


def parse_formats(text: str) -> list[str] | None:
    """Ways of meeting in a list of words, in their own order; ``None`` when a word is none."""
    return _parse(text, _FORMAT_WORDS, FORMATS, "vormen manieren ways".split())


def _parse(text: str, words: Mapping[str, T], order: Sequence[T], nouns: Sequence[str]) -> list[T] | None:
    said = [word for word in tokens(text) if word not in _JOINING and word not in nouns]
    if said and all(word in _EVERY for word in said):
        return list(order)
    if not said or any(word not in words for word in said):
        return None
    found = {words[word] for word in said}
    return [one for one in order if one in found]


_LINE_WORDS = {
    " ".join(tokens(words)): line
    for line, names in {
        Line.NAME: "naam, name",
        Line.ORGANISATION: "organisatie, organisation, organization, werkgever",
        Line.TOPICS: "opgaven, opgave, topics, topic, dossiers",
        Line.ROLE: "rol, functie, role",
        Line.NOT_ABOUT: "niet over, niet, not about",
        Line.HUMAN_LINE: "over mij, over mezelf, mens, about me",
        Line.KNOWS: "weet, ik weet, kennis, know, knows",
        Line.SEEKS: "zoek, ik zoek, zoekt, seek, seeks, looking for",
        Line.REGION: "regio, region",
        Line.PLACE: "plek, plaats, place",
        Line.WORKING_DAYS: "dagen, werkdagen, days, working days",
        Line.FORMATS: "vorm, vormen, formats, ways",
        Line.PACE: "tempo, pace",
        Line.CONTACT: "contact, bereikbaar, bereikbaarheid, mail, e-mail, email, telefoon, phone, reach",
        Line.LANGUAGE: "taal, language",
        Line.INTRODUCES: "voorstellen, introduce",
    }.items()
    for words in names.split(", ")
}
_LONGEST = max(len(words.split()) for words in _LINE_WORDS)


def which_line(text: str) -> tuple[Line, str] | None:
    """The line that the words begin with, and the words after it: ``rol adviseur water``."""
    parts = text.split()
    for length in range(min(_LONGEST, len(parts)), 0, -1):
        line = _LINE_WORDS.get(" ".join(tokens(" ".join(parts[:length]))))
        if line is not None:
            return line, " ".join(parts[length:]).removeprefix(": ").strip()
    return None
