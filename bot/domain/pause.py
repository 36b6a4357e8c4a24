"""What somebody wants to pause, and until when: 'rondes tot 1 maart', 't/m vrijdag', 'vindbaar'."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.dates import Ambiguous, Indefinite, Past, parse_until
from bot.domain.words import tokens


class Switch(StrEnum):
    """What can be paused, each by itself; only being findable costs searching (P10)."""

    ROUNDS = "rounds"
    REQUESTS = "requests"
    FINDABLE = "findable"


USUAL = (Switch.ROUNDS, Switch.REQUESTS)
"""What a bare 'pauze' means."""

_WORDS = {
    word: switch
    for switch, words in {
        Switch.ROUNDS: "rondes ronde rounds round",
        Switch.REQUESTS: "verzoeken verzoek vragen requests request",
        Switch.FINDABLE: "vindbaar vindbaarheid findable searchable",
    }.items()
    for word in words.split()
}
_JOINING = frozenset("en and of or met van".split())
_ANY_MOMENT = datetime(2028, 1, 1, tzinfo=UTC)
"""Whether words are a date does not depend on the day, but for 29 February: this is a leap year."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to pause and the first day back; without a day it lasts until one is back."""

    switches: tuple[Switch, ...]
    back: date | Ambiguous[date] | Past[date] | None


def split(text: str) -> tuple[tuple[Switch, ...], str]:
    """The switches that the words begin with, and the rest; none named is an empty tuple."""
    parts = text.split()
    found: dict[Switch, None] = {}
    while parts and (words := tokens(parts[0])) and (words[0] in _WORDS or (found and words[0] in _JOINING)):
        if words[0] in _WORDS:
            found[_WORDS[words[0]]] = None
        parts.pop(0)
    return tuple(switch for switch in Switch if switch in found), " ".join(parts)


def parse_pause(text: str, now: datetime, zone: ZoneInfo) -> Wish | None:
    """What 'pauze' with these words asks for; ``None`` when they are something else ('pauze is fijn')."""
    switches, rest = split(text)
    wanted = switches or USUAL
    if not rest:
        return Wish(wanted, None)
    match parse_until(rest, now, zone):
        case None:
            return None
        case Indefinite():
            return Wish(wanted, None)
        case back:
            return Wish(wanted, back)


def is_pause(text: str) -> bool:
    """Whether these words behind 'pauze' are its own."""
    return parse_pause(text, _ANY_MOMENT, ZoneInfo("UTC")) is not None


def is_switches(text: str) -> bool:
    """Whether these words behind 'verder' are its own: nothing, or what to go on with."""
    switches, rest = split(text)
    return not rest and (bool(switches) or not text)
