"""Haste in a question: 'stikstof rijk vóór morgen', 'binnen twee uur', 'met spoed'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.date_words import date_words
from bot.domain.dates import Past, parse_deadline, parse_moment

_BEFORE = frozenset("voor uiterlijk before by".split())
_WITHIN = frozenset("binnen within".split())
_HASTE = (
    "zo snel mogelijk", "as soon as possible", "met spoed", "vandaag nog", "nog vandaag", "spoed", "haast",
    "dringend", "urgent", "asap",
)  # fmt: skip
_TODAY = frozenset({"vandaag nog", "nog vandaag"})
_LONGEST = 6
"""Words of a moment."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """A question without the words of its haste. ``before`` is empty where no moment was named."""

    words: str
    before: datetime | Past[datetime] | None


def split(text: str, now: datetime, zone: ZoneInfo, closing: time) -> Urgent | None:
    """The haste in a question, taken out of it; ``None`` when there is none.

    'voor' and 'binnen' count only before what can be read as a moment: 'voor gemeenten' is no haste.
    """
    parts = text.split()
    plain = [" ".join(date_words(part) or ()) for part in parts]
    for start, word in enumerate(plain):
        if word not in _BEFORE | _WITHIN:
            continue
        first = start + 1
        while word in _BEFORE and plain[first : first + 1] and plain[first] in _BEFORE:
            first += 1
        for end in range(min(len(parts), first + _LONGEST), first, -1):
            phrase = " ".join(parts[first:end]).rstrip(":")
            if word in _WITHIN:
                moment = _within(plain[first:end], phrase, now, zone)
            else:
                moment = parse_deadline(phrase, now, zone, closing)
            if moment is not None:
                return Urgent(" ".join((*parts[:start], *parts[end:])), moment)
    return _haste(parts, plain, now, zone, closing)


def _within(
    plain: Sequence[str], phrase: str, now: datetime, zone: ZoneInfo
) -> datetime | Past[datetime] | None:
    """A length of time begins with a number: 'twee uur', '3 dagen'."""
    if len([word for word in plain if word]) < 2:  # noqa: PLR2004 - a number and its unit
        return None
    moment = parse_moment(phrase, now, zone)
    return moment if isinstance(moment, datetime | Past) else None


def _haste(
    parts: Sequence[str], plain: Sequence[str], now: datetime, zone: ZoneInfo, closing: time
) -> Urgent | None:
    for phrase in _HASTE:
        length = len(phrase.split())
        for start in range(len(parts) - length + 1):
            if " ".join(plain[start : start + length]) == phrase:
                rest = " ".join((*parts[:start], *parts[start + length :]))
                before = parse_deadline("vandaag", now, zone, closing) if phrase in _TODAY else None
                return Urgent(rest, before)
    return None
