"""Whose turn it is in a list: who is heard least goes first (P11), and lists rotate (P9). Pure.

A score has nothing in it but what is counted here: no layer goes before another, and who runs the bot is
not known (P13). Each voice is worth some points; chance decides among equals and never against a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from bot.domain.topic import Part

T = TypeVar("T")

SMALL_STEPS = (2, 5, 20, 100)
"""Colleagues on the network from which an organisation is one step less small."""
MET_STEPS = (1, 2, 4)
"""Koffies from which one is one step better matched."""
FOLLOWING = 2
"""Points less for who only follows the topic: mostly, someone who works on it is looked for."""
MOST_SHOWN = 50
JITTER = 100
"""Points are this far apart; chance fills the room in between."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for one official in one topic.

    ``colleagues``: findable or not, officials of the same organisation on the network, oneself included.
    ``met``: those one met through a koffie or a round. ``shown``: times listed lately.
    """

    colleagues: int
    met: int
    shown: int
    part: Part = Part.WORKS_ON


def score(standing: Standing, chance: int) -> int:
    """The rank of an official in a topic; higher goes first. ``chance`` is 0 up to ``JITTER``."""
    if not 0 <= chance < JITTER:
        raise ValueError("chance decides among equals only")
    points = (
        _steps_left(standing.colleagues, SMALL_STEPS)
        + _steps_left(standing.met, MET_STEPS)
        - min(standing.shown, MOST_SHOWN)
        - FOLLOWING * (standing.part is Part.FOLLOWS)
    )
    return points * JITTER + chance


def crosses_step(colleagues: int) -> bool:
    """Whether the step of an organisation changed when its size became this, or was this before it grew."""
    return any(step - 1 <= colleagues <= step for step in SMALL_STEPS)


def in_turn(queues: Sequence[Sequence[T]], limit: int) -> list[T]:
    """The first of each queue, then the second of each, until the limit: every queue gets a seat first."""
    longest = max((len(queue) for queue in queues), default=0)
    turns = (queue[place] for place in range(longest) for queue in queues if place < len(queue))
    return [one for one, _ in zip(turns, range(limit), strict=False)]


def _steps_left(count: int, steps: Sequence[int]) -> int:
    return len(steps) - len(list(takewhile(lambda step: step <= count, steps)))
