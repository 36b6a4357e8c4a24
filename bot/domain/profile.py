"""What a profile can hold, and how people type it."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.words import tokens

T = TypeVar("T")


class Line(StrEnum):
    """Each thing that can be changed by itself."""

    NAME = "name"
    ORGANISATION = "organisation"
    TOPICS = "topics"
    SUB_QUESTIONS = "sub_questions"
    ROLE = "role"
    NOT_ABOUT = "not_about"
    HUMAN_LINE = "human_line"
    KNOWS = "knows"
    SEEKS = "seeks"
    REGION = "region"
    PLACE = "place"
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    TIME_ZONE = "time_zone"
    FORMATS = "formats"
    PACE = "pace"
    CONTACT = "contact"
    LANGUAGE = "language"
    SPOKEN = "spoken"
    INTRODUCES = "introduces"
    NUDGES = "nudges_off"


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
NUDGES = ("eve", "after", "arrange", "contact", "yearly")
"""What the bot reminds of, each of which can be switched off: the day before a koffie, the day after it, once
that nothing was arranged yet; and of ties, after three months and once a year."""
ZONES = ("Europe/Amsterdam", "America/Kralendijk")
"""The clocks of the country, at home and in the Caribbean."""
LANGUAGES = ("nl", "en")
"""Languages that the bot speaks."""
SPOKEN = ("nl", "en", "fy", "pap", "de", "fr")
"""Languages in which people may have a koffie: those of the country, and of the neighbours."""
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
_NUDGE_WORDS = {
    word: kind
    for kind, words in zip(
        NUDGES,
        ("eve ervoor vooraf tevoren before", "after erna achteraf terugblik afterwards",
         "arrange afspreken plannen geregeld arranging planning", "contact maanden months",
         "yearly jaarlijks jaar year"),
        strict=True,
    )
    for word in words.split()
}  # fmt: skip
_LANGUAGE_WORDS = {
    word: language
    for language, words in zip(
        SPOKEN,
        ("nl nederlands dutch", "en engels english", "fy fries frysk frisian", "pap papiaments papiamento",
         "de duits german deutsch", "fr frans french francais"),
        strict=True,
    )
    for word in words.split()
}  # fmt: skip
_ZONE_WORDS = {
    "nederland": ZONES[0], "amsterdam": ZONES[0], "netherlands": ZONES[0],
    "bonaire": ZONES[1], "saba": ZONES[1], "sint eustatius": ZONES[1], "statia": ZONES[1],
    "caribisch nederland": ZONES[1], "caribbean": ZONES[1], "kralendijk": ZONES[1],
}  # fmt: skip
_ZONE = re.compile(r"[A-Za-z]{2,20}(?:/[A-Za-z_]{2,30}){1,2}")
_HOURS = re.compile(
    r"(?:van |tussen |from |between )?"
    r"(?P<start>\d{1,2})(?:[:.](?P<start_minute>\d\d))? ?(?:u|uur)?"
    r" ?(?:-|–|t/m|tot|en|to|and|until|till) ?"
    r"(?P<end>\d{1,2})(?:[:.](?P<end_minute>\d\d))? ?(?:u|uur)?"
)
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


def parse_nudges(text: str) -> list[str] | None:
    """The reminders that are wanted, in a list of words; ``None`` when a word is none."""
    return _parse(
        text, _NUDGE_WORDS, NUDGES, "dag de day the berichten messages na drie three eens per once a".split()
    )


def parse_languages(text: str) -> list[str] | None:
    """Languages that people speak, in a list of words; ``None`` when a word is none."""
    return _parse(text, _LANGUAGE_WORDS, SPOKEN, "talen taal spreek languages language speak i ik".split())


def parse_hours(text: str) -> str | None:
    """Working hours as ``09:00-15:30``; ``None`` when the words are no hours, or less than one."""
    found = _HOURS.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        return None
    try:
        start = time(int(found["start"]), int(found["start_minute"] or 0))
        end = time(int(found["end"]), int(found["end_minute"] or 0))
    except ValueError:
        return None
    if (end.hour - start.hour) * 60 + end.minute - start.minute < 60:  # noqa: PLR2004 - an hour
        return None
    return f"{start:%H:%M}-{end:%H:%M}"


def hours_of(kept: str) -> tuple[time, time] | None:
    """From when until when, of hours as :func:`parse_hours` gives them; ``None`` when there are none."""
    start, _, end = kept.partition("-")
    return (time.fromisoformat(start), time.fromisoformat(end)) if end else None


def parse_zone(text: str) -> str | None:
    """A time zone by the name of a place, or by its own name; ``None`` when there is no such zone."""
    name = _ZONE_WORDS.get(" ".join(tokens(text)), text.strip())
    if not _ZONE.fullmatch(name):
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


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
        Line.SUB_QUESTIONS: "deelvragen, deelvraag, subquestions, sub questions",
        Line.ROLE: "rol, functie, role",
        Line.NOT_ABOUT: "niet over, niet, not about",
        Line.HUMAN_LINE: "over mij, over mezelf, mens, about me",
        Line.KNOWS: "weet, ik weet, kennis, know, knows",
        Line.SEEKS: "zoek, ik zoek, zoekt, seek, seeks, looking for",
        Line.REGION: "regio, region",
        Line.PLACE: "plek, plaats, place",
        Line.WORKING_DAYS: "dagen, werkdagen, days, working days",
        Line.WORKING_HOURS: "uren, werkuren, werktijden, tijden, hours, working hours",
        Line.TIME_ZONE: "tijdzone, time zone, timezone",
        Line.FORMATS: "vorm, vormen, formats, ways",
        Line.PACE: "tempo, pace",
        Line.CONTACT: "contact, bereikbaar, bereikbaarheid, mail, e-mail, email, telefoon, phone, reach",
        Line.LANGUAGE: "taal, language",
        Line.SPOKEN: "talen, ik spreek, spreek, languages, i speak, speak",
        Line.INTRODUCES: "voorstellen, introduce",
        Line.NUDGES: "berichten, berichtjes, seintjes, herinneringen, messages, reminders",
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
            said = " ".join(parts[length:]).removeprefix(": ").strip()
            return _which_language(said) if line is Line.LANGUAGE else line, said
    return None


def _which_language(said: str) -> Line:
    """'Taal' is the language of the bot; several, or one that it does not speak, are those of a person."""
    spoken = parse_languages(said) or []
    return Line.SPOKEN if len(spoken) > 1 or set(spoken) - set(LANGUAGES) else Line.LANGUAGE
