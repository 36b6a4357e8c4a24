"""The name of a topic as somebody types it: what can be one, and why not; pure."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from bot.domain.lookup_topic import is_vague
from bot.domain.politicians import is_politician
from bot.domain.words import clean, normalise

LONGEST = 60
SHORTEST = 3
MOST_SYNONYMS = 12
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LINK = re.compile(r"https?:|www\.|://|\b[\w-]+\.(?:nl|com|org|net|eu|info|io)\b|\S@\S", re.IGNORECASE)
_MARKUP = frozenset("@#<>[]{}|*_~`\\^")
_TITLES = frozenset(
    """
    dhr heer meneer mevr mevrouw mw drs ir mr prof dr wethouder burgemeester minister staatssecretaris
    gedeputeerde dijkgraaf raadslid kamerlid premier mayor alderman councillor secretary sir
    """.split()
)
_BETWEEN = frozenset("van de den der ten ter te het op in t el al".split())
_FIRST_NAMES = frozenset(
    """
    ahmed ali alexander amber andre anja anna annelies anouk arjen bas bert bram caroline christa daan
    daniel david dilan dick eddy edith edwin ellen els emma eric erik esther eva femke fleur frank
    frans geert gerard gert gijs hans harry henk hendrik hugo inge irene ivo jaap jan janneke jeroen
    jesse jetta jimmy johan john joost karin karel kees kim klaas lars laura lieke linda lisa maarten
    maria marieke mark marianne marijke martijn mathijs merel michiel mohamed monique nico niels
    nicole nina paul peter piet pieter petra rob robbert robin roel ronald ruben ruud sander sandra
    sigrid simone sjoerd sophie stef sven thierry thomas tim tom ton ursula vera willem wim wopke
    wouter yvonne andrew boris charles donald elizabeth emily george james joe margaret mary michael
    rishi robert sarah william
    """.split()
)
"""Usual ones: enough to see that 'Jan de Vries' is somebody."""
_PLACES = ("straat", "plein", "weg", "laan", "kade", "polder", "brug", "wijk", "park", "kanaal", "haven")
_NAME_WORDS = 4
_EDGES = " .,;:!?-–—\"“”„'"


class Unusable(StrEnum):
    """Why words cannot be the name of a topic."""

    EMPTY = "empty"
    LONG = "long"
    HOSTILE = "hostile"
    LINK = "link"
    RESERVED = "reserved"
    PERSON = "person"
    VAGUE = "vague"


def usable(words: str, reserved: Collection[str]) -> str | Unusable:
    """The name in one line, or why the words cannot be one. ``reserved`` are the names of commands."""
    if _LINK.search(words):
        return Unusable.LINK
    if _is_hostile(words):
        return Unusable.HOSTILE
    name = " ".join(words.split()).strip(_EDGES)
    if len(name) > LONGEST:
        return Unusable.LONG
    if len(name) < SHORTEST or not _LETTERS.search(name):
        return Unusable.EMPTY
    if normalise(name) in {normalise(one.replace("-", " ")) for one in reserved}:
        return Unusable.RESERVED
    if names_person(name):
        return Unusable.PERSON
    return Unusable.VAGUE if is_vague(name) else name


def plain_line(words: str, longest: int) -> str | Unusable:
    """A line of plain words, without links, addresses, mentions and markup; or why it cannot be one."""
    if _LINK.search(words):
        return Unusable.LINK
    if _is_hostile(words):
        return Unusable.HOSTILE
    line = " ".join(words.split())
    if not _LETTERS.search(line):
        return Unusable.EMPTY
    return line if len(line) <= longest else Unusable.LONG


def _is_hostile(words: str) -> bool:
    """Marks of mentions and markup, and characters that do not show or turn the writing around."""
    composed = unicodedata.normalize("NFC", words).strip()
    return bool(_MARKUP.intersection(words)) or clean(words, len(words)) != composed


def synonyms(words: str, reserved: Collection[str]) -> tuple[str, ...] | Unusable:
    """A list of other words for a topic, each once; or why one of them cannot be."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", words):
        if part.strip():
            name = usable(part, reserved)
            if isinstance(name, Unusable):
                return name
            found.setdefault(normalise(name), name)
    return Unusable.LONG if len(found) > MOST_SYNONYMS else tuple(found.values())


def names_person(name: str) -> bool:
    """Whether it looks like somebody's name: a topic is never called after a person."""
    if is_politician(name):
        return True
    parts = name.replace(".", ". ").split()
    said = [normalise(part) for part in parts]
    for place, word in enumerate(said[:-1]):
        following = next((part for part in parts[place + 1 :] if normalise(part) not in _BETWEEN), "")
        if word in _TITLES and following[:1].isupper():
            return True
        if word in _FIRST_NAMES and parts[place].istitle() and _is_surname(following):
            return True
    first, *between, last = said if len(said) > 1 else ("", "")
    if first not in _FIRST_NAMES or len(said) > _NAME_WORDS or last.endswith(_PLACES):
        return False
    return all(word in _BETWEEN for word in between) and last not in _BETWEEN


def _is_surname(word: str) -> bool:
    """'Vries', but not 'Galenstraat' and not 'CO2'."""
    return word.istitle() and word.isalpha() and not word.lower().endswith(_PLACES)
