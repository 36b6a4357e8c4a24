"""What a sentence about one's appointment means: 'kunnen we het verzetten?', 'dinsdag kan ik niet'.

Every word of it has to be known: a name, a topic or a 'how' makes it something else. Dutch and English.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain import date_words as say
from bot.domain.date_phrases import Span, read_span
from bot.domain.dates import is_appointment
from bot.domain.words import normalise


class Intent(Enum):
    """What somebody wants with an appointment."""

    SUITS = auto()
    """The moment that they name is a good one."""
    NO_MORE = auto()
    """No (other) proposed moment suits."""
    MOVE = auto()
    """Another moment."""
    HINDERED = auto()
    """Something came up; whether it is moved or off is not said."""
    LATE = auto()
    """They will come, but later."""
    ARRANGED = auto()
    """They have a moment already, without the bot."""
    ASKS = auto()
    """When it is, where or with whom, or the file for their calendar."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was meant. `when` are the words of a day or time, `minutes` how much later."""

    intent: Intent
    when: str = ""
    minutes: int | None = None


def _phrases(text: str) -> tuple[frozenset[str], ...]:
    """The words of each, in whatever order they are said; the longest first: 'can't do' before a Thursday."""
    return tuple(sorted((frozenset(phrase.split()) for phrase in text.split(",")), key=len, reverse=True))


_FILLERS = frozenset(
    """
    ik we wij je jij jullie mij me mijn onze ons het de een die dat er en dan nog wel even graag helaas sorry
    toch maar misschien alsjeblieft alstublieft aub svb svp hoi hallo hey eigenlijk echt nu meer bij met naar
    om ben is wordt zal zou zouden wil willen kan kunnen moet hebben heb komen ook koffie afspraak moment ja
    nee prima
    i im ive we you it the a an our my me is am are be will would could can please sorry hi hello to with
    appointment meeting coffee yes no have
    """.split()
)
_POINTING = frozenset({"deze", "dit", "this"})
_SUITS = frozenset(
    """
    kan past lukt schikt uit komt goed fijn handig doe liefst voorkeur graag prima ok oke okay akkoord
    works suits fine good great
    """.split()
)
_NOT = frozenset("niet geen not cant cannot dont wont".split())
_MOVES = _phrases(
    """
    verzetten, verzet, verplaatsen, verplaats, verplaatst, verschuiven, opschuiven, uitstellen, uitgesteld,
    liever, ander moment, ander tijdstip, andere keer, andere tijd, andere dag,
    reschedule, rescheduled, postpone, move, rather, another time, another day, another moment
    """
)
_HINDERS = _phrases(
    """
    kan niet, kunnen niet, kon niet, lukt niet, gaat niet lukken, red niet, haal niet, past niet,
    komt niet uit, gaat niet door, geen tijd, ziek, verhinderd, komt iets tussen, tussengekomen,
    afzeggen, zeg af, afgezegd, annuleren, geannuleerd, cancelen,
    cant, cant make, cant do, cannot, cannot do, can not, can not make, can not do, wont make,
    not work, something came up, sick, ill, cancel
    """
)
_WHETHER = _phrases(
    """
    is verzet, wordt verzet, heb verzet, hebben verzet, is verplaatst, wordt verplaatst, heb verplaatst,
    hebben verplaatst, is uitgesteld, wordt uitgesteld, heb uitgesteld, hebben uitgesteld,
    is afgezegd, is geannuleerd, is rescheduled
    """
)
"""What is or was done already, by somebody: it asks for nothing."""
_ASKED = _phrases(
    """
    wanneer, hoe laat, waar, met wie, agendabestand, agenda opnieuw, agenda kwijt,
    when, where, what time, with whom, calendar file, calendar again, lost calendar
    """
)
_MEETS = frozenset(
    """
    spreken spreek af spraken drinken drink afgesproken alweer weer was elkaar meet do did agree
    stuur sturen opnieuw kwijt keer send again lost file
    """.split()
)
_NO_MORE = frozenset(
    "geen,geen van deze,geen van allen,geen enkele,meer niet,niets,none,none of these".split(",")
)
_ARRANGED = frozenset(
    "we hebben iets afgesproken,we hebben al iets afgesproken,we hebben afgesproken,we hebben al afgesproken,"
    "er is iets afgesproken,er is al iets afgesproken,al afgesproken,"
    "we arranged something,we have arranged something,we already arranged something".split(",")
)
_MAY = frozenset("kan kunnen wil willen graag can could would".split())
_OPENS_QUESTION = ("is het ", "ben ik ", "kom ik ", "is it ", "am i ")
_NEVER_MIND = re.compile(r"\blaat (?:dat )?maar\b")
_FAREWELL = re.compile(r"\b(?:fijn|goed|good|great) weekend\b")
_CLOCK = re.compile(r"\b(half past|quarter past|quarter to)\b")
_LATE = frozenset("later laat verlaat vertraagd vertraging late delayed delay".split())
_ON_THE_WAY = frozenset(
    """
    kom wordt loop sta zit heeft iets wat beetje te ongeveer circa ca zeker trein ongeveer op in
    m ll running bit little about around train
    """.split()
)
_NUMBER = re.compile(r"[0-9]+")
_NUMBERS = re.compile(r"[0-9]{1,2}(?:(?: ?[,;+&] ?| en | and | )[0-9]{1,2})+")
_LONGEST = 180
"""Minutes; who is later than that does not come."""
_HOUR = 60
_SHORT = {
    "minuutje": "minuut",
    "minuutjes": "minuten",
    "kwartiertje": "kwartier",
    "halfuurtje": "halfuur",
    "uurtje": "uur",
}


def numbers_in(text: str) -> tuple[int, ...]:
    """Two numbers or more and nothing else, each once: '1 en 3', '1, 2'."""
    found = map(int, _NUMBER.findall(text)) if _NUMBERS.fullmatch(text) else ()
    return tuple(dict.fromkeys(found))


def late_by(text: str) -> int | None:
    """How many minutes somebody is late, by words that say just that: '10 minuten', 'een kwartier'."""
    said = understand(f"later {text}")
    return said.minutes if said and said.intent is Intent.LATE else None


def understand(text: str) -> Said | None:
    """What somebody means about an appointment of theirs, if that is clear."""
    for intent, sentences in ((Intent.NO_MORE, _NO_MORE), (Intent.ARRANGED, _ARRANGED)):
        if normalise(text) in sentences:
            return Said(intent)
    words = _words(text)
    if not words or _FAREWELL.search(" ".join(words)):
        return None
    asks = text.rstrip().endswith("?") or normalise(text).startswith(_OPENS_QUESTION)
    return _later(words, asks=asks) or _with_days(words) or _asks(words)


def _words(text: str) -> list[str]:
    """The words, with 'half past' as one: its 'past' is no Dutch one, and its 'to' no filler."""
    said = " ".join(word.replace("'", "") for word in say.date_words(text) or ())
    parts = (part if _CLOCK.fullmatch(part) else part.split() for part in _CLOCK.split(said))
    return [word for part in parts for word in ([part] if isinstance(part, str) else part)]


def _later(words: Sequence[str], *, asks: bool) -> Said | None:
    """They come later; who asks whether that may be, or comes days later, means another moment."""
    if not _LATE.intersection(words) or _NOT.intersection(words) or _NEVER_MIND.search(" ".join(words)):
        return None
    length = [_SHORT.get(word, word) for word in words if word not in _LATE | _ON_THE_WAY | _FILLERS]
    span = _span(length) if length else Span()
    if span is None:
        return None
    if asks or _MAY.intersection(words) or span.days or span.months or span.minutes > _LONGEST:
        return Said(Intent.HINDERED)
    return Said(Intent.LATE, minutes=span.minutes or None)


def _span(length: Sequence[str]) -> Span | None:
    """How long: '10 minuten', 'kwartier', 'half uur', '20'."""
    match length:
        case [number] if number.isascii() and number.isdecimal():
            return Span(minutes=int(number)) if int(number) else None
        case ["kwartier" | "quarter"] | ["quarter", "hour"]:
            return Span(minutes=_HOUR // 4)
        case ["halfuur"] | ["half", "uur" | "hour"]:
            return Span(minutes=_HOUR // 2)
        case [unit] if unit in say.SPANS:
            return read_span(["1", unit])
        case _:
            return read_span(length)


def _with_days(words: Sequence[str]) -> Said | None:
    """Something came up, another moment, or one that suits; a day or a time may stand anywhere in it."""
    negated = bool(_NOT.intersection(words))
    moves = () if negated else _MOVES
    for intent, phrases in ((Intent.ASKS, _WHETHER), (Intent.HINDERED, _HINDERS), (Intent.MOVE, moves)):
        for phrase in phrases:
            if phrase <= set(words):
                when = _when(words, phrase)
                if when is not None:
                    return Said(intent, when)
    if negated or not _SUITS.intersection(words):
        return None
    when = _when(words, _SUITS)
    return Said(Intent.SUITS, when) if when else None


def _asks(words: Sequence[str]) -> Said | None:
    asked = any(phrase <= set(words) and _when(words, phrase | _MEETS) == "" for phrase in _ASKED)
    return Said(Intent.ASKS) if asked else None


def _when(words: Sequence[str], known: Iterable[str]) -> str | None:
    """The words that are left, if they name a day or a time or none are; None when something else is said."""
    for fillers in (_FILLERS, _FILLERS | _POINTING):
        left = " ".join(word for word in words if word not in known and word not in fillers)
        if not left or is_appointment(left):
            return left
    return None
