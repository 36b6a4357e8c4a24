"""A round: one run of the matching for a topic channel.

    announced → asked → repaired → over         in a round of one day: asked → over
              → skipped                          it came too late, or there was nobody to introduce

Everybody who takes part is asked at one moment. Whose koffie is off by the term, while they wanted one, is
introduced once more to others of whom the same is true: at one moment for the whole round, so that the moment
tells nothing of what anybody said (P24).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ChannelId, OfficialId, RoundId
from bot.domain.koffie import PASSED, Answer, Koffie, State

MISSED_UNTIL_REST = 2
"""Rounds in a row without an answer after which somebody's rounds are paused (P25)."""


class RoundState(StrEnum):
    """How far a round is. While it is ASKED and REPAIRED, koffies of it are open."""

    ANNOUNCED = "announced"
    ASKED = "asked"
    REPAIRED = "repaired"
    OVER = "over"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a channel, at the moment at which all are asked."""

    id: RoundId
    channel: ChannelId
    at: datetime
    state: RoundState
    one_day: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for whether somebody has room for a koffie now; requests and rounds together.

    ``pace``: most koffies a month. ``agreed``: those agreed on this month. ``open``: questions that wait for
    an answer, or were answered with a yes. ``last``: when a koffie was last agreed on.
    """

    pace: int
    agreed: int = 0
    open: int = 0
    last: datetime | None = None

    def has_room(self, rested: datetime) -> bool:
        """Whether one's pace leaves room, no question is open, and the last koffie was before ``rested``."""
        long_ago = self.last is None or self.last < rested
        return long_ago and not self.open and self.agreed < self.pace


def fell_out(koffies: Iterable[Koffie]) -> list[OfficialId]:
    """Who wanted a koffie and has none: to be introduced once more.

    Also who said to know the other: that is a no to a person, not to a koffie. Who was silent, said 'not now'
    or left is let be.
    """
    over = PASSED | {State.KNOWN}
    return [
        seat.official
        for koffie in koffies
        if koffie.state in over
        for seat in koffie.seats
        if not seat.left and seat.answer in (Answer.YES, Answer.KNOWN)
    ]


def missed(koffies: Iterable[Koffie]) -> list[OfficialId]:
    """Who was asked and stayed silent."""
    return [
        seat.official for koffie in koffies for seat in koffie.seats if not seat.left and seat.answer is None
    ]
