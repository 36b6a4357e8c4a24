"""What a look-up finds, and when it is sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

SURE = 80.0
"""From this score on a single hit is taken without asking."""
FLOOR = 70.0
"""Below this score a hit is not even offered."""
MARGIN = 6.0
"""Hits this close to the best one are as good as it: then one asks which."""
OFFERED = 5
"""Most choices that one question offers."""


class Reason(StrEnum):
    """Why something was found."""

    NAME = "name"
    ALIAS = "alias"
    FORMER_NAME = "former_name"
    PART = "part"
    THEME = "theme"
    COMPOUND = "compound"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One thing found, with a score of 0 to 100, why, and the name that matched."""

    value: T
    score: float
    reason: Reason
    matched: str


@dataclass(frozen=True, slots=True)
class One(Generic[T]):
    """One sure answer."""

    hit: Hit[T]


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """Ask which one is meant; a single unsure hit is asked back too."""

    hits: tuple[Hit[T], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing comes close."""


Decision = One[T] | Several[T] | Nothing


def decide(hits: Sequence[Hit[T]], offered: int = OFFERED) -> Decision[T]:
    """Whether hits (best first) give one sure answer, a choice of at most `offered`, or nothing."""
    if not hits or hits[0].score < FLOOR:
        return Nothing()
    best = hits[0]
    rivals = tuple(hit for hit in hits[1:] if best.score - hit.score < MARGIN)
    if not rivals and best.score >= SURE:
        return One(best)
    near = rivals or tuple(hit for hit in hits[1:] if hit.score >= FLOOR)
    return Several((best, *near)[:offered])


class Best(Generic[T]):
    """Collects hits and keeps the best one for each key."""

    def __init__(self) -> None:
        self._hits: dict[object, Hit[T]] = {}

    def add(self, key: object, hit: Hit[T]) -> None:
        """Take a hit in, unless a better one for its key is there."""
        known = self._hits.get(key)
        if known is None or hit.score > known.score:
            self._hits[key] = hit

    def top(self) -> float:
        """The best score so far; 0 without hits."""
        return max((hit.score for hit in self._hits.values()), default=0.0)

    def ranked(self, limit: int) -> list[Hit[T]]:
        """Best first; what came first stays first among equals."""
        return sorted(self._hits.values(), key=lambda hit: -hit.score)[:limit]


def windows(length: int, longest: int) -> Iterable[tuple[int, int]]:
    """All spans (start, end) of a list of words, longest first, then from the left."""
    for size in range(min(longest, length), 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def allowed_edits(length: int) -> int:
    """How many typing errors a word of so many letters may hold."""
    steps = (5, 8, 12)  # shorter than this: 0, 1 or 2 errors; longer: 3
    return next((edits for edits, step in enumerate(steps) if length < step), len(steps))


def typo_score(edits: int, length: int) -> float:
    """The score of a match with typing errors: errors weigh heavier in a short word."""
    return 94.0 - 60.0 * edits / max(length, 1)
