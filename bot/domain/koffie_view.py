"""What one seat may see of a koffie: the one source for texts, lists, limits and exports.

Nothing here depends on what another seat said, but for what all seats bring about together: the last yes, the
last 'ken ik al', or that the koffie was drunk.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import OfficialId
from bot.domain.koffie import PASSED, Answer, Happened, Koffie, State


class Phase(StrEnum):
    """A koffie as one seat sees it. OFF is 'komt er nu niet van'; LEFT is what the seat itself ended."""

    OPEN = "open"
    AGREED = "agreed"
    OFF = "off"
    KNOWN = "known"
    DRUNK = "drunk"
    NOT_DRUNK = "not_drunk"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class View:
    """A seat's own acts, and what every seat sees.

    `contacts` are the officials whose contact route this seat has: none before every seat said yes.
    `ended_at` is None while it runs, and for a seat that left.
    """

    phase: Phase
    asked_at: datetime
    term: datetime
    ended_at: datetime | None
    requested: bool
    answer: Answer | None
    may_answer: bool
    happened: Happened | None
    may_follow_up: bool
    contacts: tuple[OfficialId, ...]


def visible(koffie: Koffie, observer: OfficialId, now: datetime) -> View:
    """What an official in this koffie may see of it at a moment.

    From the term on it is over for all at once, also while the bot has yet to notice. Raises Refused when the
    observer has no seat.
    """
    seat = koffie.seat_of(observer)
    phase = Phase.LEFT if seat.left else _phase(koffie, now)
    follow_up_open = koffie.follow_up_until is not None and now < koffie.follow_up_until
    acquainting = phase in (Phase.AGREED, Phase.DRUNK)
    return View(
        phase=phase,
        asked_at=koffie.asked_at,
        term=koffie.term,
        ended_at=_ended_at(koffie, phase),
        requested=koffie.requester == observer,
        answer=seat.answer,
        may_answer=phase is Phase.OPEN,
        happened=seat.happened,
        may_follow_up=phase is Phase.AGREED and follow_up_open,
        contacts=tuple(other for other in koffie.present if other != observer) if acquainting else (),
    )


def _phase(koffie: Koffie, now: datetime) -> Phase:
    if koffie.state is State.PROPOSED:
        return Phase.OPEN if now < koffie.term else Phase.OFF
    return Phase.OFF if koffie.state in PASSED else Phase(koffie.state.value)


def _ended_at(koffie: Koffie, phase: Phase) -> datetime | None:
    if phase is Phase.LEFT:
        return None
    # The same moment whether or not the bot has come to look.
    return koffie.term if phase is Phase.OFF else koffie.settled_at
