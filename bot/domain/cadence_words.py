"""A rhythm as people type it: 'elke 2 weken op dinsdag om 10 uur', 'eerste dinsdag van de maand'.

The other way round, a rhythm in words, is in :mod:`bot.services.channel_words`.
"""

import re
from datetime import date, time

from bot.domain.cadence import LAST, MOST_WEEKS, ByHand, Cadence, MonthlyOnDay, MonthlyOnWeekday, Weekly
from bot.domain.date_words import NUMBERS, WEEKDAYS
from bot.domain.words import clean

USUAL_TIME = time(10)
"""At what time a round is held when nothing is said."""
_LIMIT = 100
_TIME = re.compile(
    r"\b(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?: ?(?:uur|u\b))?|(?P<whole>\d{1,2}) ?(?:uur|u\b|h\b))"
)
_WORD = re.compile(r"[^\W_]+")
_BY_HAND = frozenset({"hand", "handmatig", "manual", "manually"})
_WEEK = frozenset({"week", "weken", "weeks", "wekelijks", "weekly"})
_MONTH = frozenset({"maand", "maandelijks", "month", "monthly"})
_LAST = frozenset({"laatste", "last"})
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "eerste first 1e 1ste 1st", "tweede second 2e 2de 2nd", "derde third 3e 3de 3rd",
            "vierde fourth 4e 4de 4th",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)?")
_FORTNIGHT = (("om", "de", "week"), ("every", "other", "week"), ("fortnightly",), ("tweewekelijks",))
_AROUND = frozenset(
    "elke elk iedere ieder every each op om de het van in per at on of the een a day dag uur is".split()
)


def parse_cadence(text: str, today: date) -> Cadence | None:
    """The rhythm that the words mean, at ten where no time is said; ``None``: not understood, never guessed.

    A weekly rhythm counts its weeks from the one of ``today``.
    """
    at, said = parse_time(text)
    if at is None and _TIME.search(said):
        return None
    at = at or USUAL_TIME
    words = _WORD.findall(said)
    if any(word in _BY_HAND for word in words):
        return ByHand() if set(words) <= _BY_HAND | {"met", "de", "by", "alleen", "only"} else None
    monthly = any(word in _MONTH or word in _ORDINALS or word in _LAST for word in words)
    return _monthly(words, at) if monthly else _weekly(words, at, today)


def parse_time(text: str) -> tuple[time | None, str]:
    """The time of day that the words hold, such as '13 uur' or '9:30', and the words without it."""
    said = clean(text, _LIMIT).casefold()
    found = _TIME.search(said)
    if found is None:
        return None, said
    try:
        at = time(int(found["hour"] or found["whole"]), int(found["minute"] or 0))
    except ValueError:
        return None, said
    return at, f"{said[: found.start()]} {said[found.end() :]}"


def _monthly(words: list[str], at: time) -> Cadence | None:
    rest = [word for word in words if word not in _MONTH and word not in _AROUND]
    match rest:
        case [nth, weekday] if weekday in WEEKDAYS and (nth in _ORDINALS or nth in _LAST):
            return MonthlyOnWeekday(_ORDINALS.get(nth, LAST), WEEKDAYS[weekday], at)
        case [last] if last in _LAST:
            return MonthlyOnDay(31, at)
        case [day] if (number := _DAY.fullmatch(day)) and any(word in _MONTH for word in words):
            try:
                return MonthlyOnDay(int(number[1]), at)
            except ValueError:
                return None
        case _:
            return None


def _weekly(words: list[str], at: time, today: date) -> Cadence | None:
    weeks = 1
    for fortnight in _FORTNIGHT:
        length = len(fortnight)
        places = [n for n in range(len(words)) if tuple(words[n : n + length]) == fortnight]
        if places:
            weeks, words = 2, [*words[: places[0]], *words[places[0] + length :]]
            break
    rest = [word for word in words if word not in _WEEK and word not in _AROUND]
    named_week = len(rest) != len([word for word in words if word not in _AROUND]) or weeks > 1
    if rest and weeks == 1 and (number := _number(rest[0])) is not None and named_week:
        weeks, rest = number, rest[1:]
    repeats = named_week or any(word in {"elke", "iedere", "every", "each"} for word in words)
    if not repeats or len(rest) != 1 or rest[0] not in WEEKDAYS or not 1 <= weeks <= MOST_WEEKS:
        return None
    return Weekly(weeks, WEEKDAYS[rest[0]], at, today)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 3 else NUMBERS.get(word)  # noqa: PLR2004
