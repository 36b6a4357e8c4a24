"""The appointment of a koffie that everybody said yes to: from three proposals to one time.

    proposed → fixed        the first time that everybody marked
             → proposed     none suits all, or the term is over: once more, with three others
             → themselves   then still none, or one would rather arrange it themselves
    fixed    → proposed     one of them moves it
    any      → off          it is called off, or only one is left

What one of them marks is shown to no other: they learn which time suits all, and nothing else. All moments
are aware.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.errors import IllegalTransition
from bot.domain.ids import OfficialId
from bot.domain.meeting_place import Way
from bot.domain.slots import Span

SlotId = NewType("SlotId", int)
MOST_ATTEMPTS = 2
MOST_MOVES = 3
"""After so many moves the two had better talk about it."""


class State(StrEnum):
    """Where an appointment stands."""

    PROPOSED = "proposed"
    FIXED = "fixed"
    THEMSELVES = "themselves"
    OFF = "off"


class Refusal(StrEnum):
    """Why something cannot be done now."""

    NOT_SEATED = "not_seated"
    NOT_OPEN = "not_open"
    GONE_BY = "gone_by"
    TOO_OFTEN = "too_often"
    OFF = "off"


class Refused(IllegalTransition):
    """It does not fit the appointment; nothing changed. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Slot:
    """One time, with how and where. `host`: whose place it is, or who calls."""

    id: SlotId
    span: Span
    way: Way
    place: str = ""
    host: OfficialId | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Which of the proposed times suit one of them. `done`: no others do."""

    official: OfficialId
    marked: frozenset[SlotId] = frozenset()
    done: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment at one moment, with those who still take part.

    `slots` are proposed now. `slot` is what stands in their calendars, also while it is being moved;
    `changes` is how often that changed, `changed_at` when.
    """

    seats: tuple[Seat, ...]
    changed_at: datetime
    answer_by: datetime
    state: State = State.PROPOSED
    attempt: int = 0
    moves: int = 0
    slots: tuple[Slot, ...] = ()
    slot: Slot | None = None
    changes: int = 0

    @property
    def officials(self) -> tuple[OfficialId, ...]:
        """Who takes part."""
        return tuple(seat.official for seat in self.seats)

    def seat_of(self, official: OfficialId) -> Seat:
        """Somebody's seat. Raises Refused when there is none."""
        for seat in self.seats:
            if seat.official == official:
                return seat
        raise Refused(Refusal.NOT_SEATED)

    def slot_of(self, slot: SlotId) -> Slot:
        """One of the times proposed now. Raises Refused for another one."""
        for one in self.slots:
            if one.id == slot:
                return one
        raise Refused(Refusal.NOT_OPEN)

    def ahead(self, now: datetime) -> bool:
        """Whether the fixed time is still to come."""
        return self.state is State.FIXED and self.slot is not None and now < self.slot.span.start


def begin(officials: Sequence[OfficialId], now: datetime) -> Meeting:
    """An appointment of which nothing is proposed yet."""
    return Meeting(tuple(map(Seat, officials)), changed_at=now, answer_by=now)


def propose(meeting: Meeting, slots: Sequence[Slot], answer_by: datetime) -> Meeting:
    """The next three times, which nobody marked yet."""
    return replace(
        meeting,
        state=State.PROPOSED,
        attempt=meeting.attempt + 1,
        slots=tuple(slots),
        seats=tuple(Seat(official) for official in meeting.officials),
        answer_by=answer_by,
    )


def mark(meeting: Meeting, by: OfficialId, slot: SlotId, now: datetime) -> Meeting:
    """One of the times suits somebody. Raises Refused when it is not open (any more) or has gone by."""
    seat = _open_seat(meeting, by)
    if meeting.slot_of(slot).span.start <= now:
        raise Refused(Refusal.GONE_BY)
    marked = seat.marked | {slot}
    everything = all(one.id in marked for one in meeting.slots)
    return _with_seat(meeting, replace(seat, marked=marked, done=seat.done or everything))


def finish(meeting: Meeting, by: OfficialId) -> Meeting:
    """No other of the times suits somebody. Raises Refused when none is open (any more)."""
    return _with_seat(meeting, replace(_open_seat(meeting, by), done=True))


def common(meeting: Meeting, now: datetime, taken: Collection[SlotId] = ()) -> Slot | None:
    """The first time that everybody marked and that is still to come; `taken` are no longer free."""
    if meeting.state is not State.PROPOSED:
        return None
    for slot in meeting.slots:
        if slot.id not in taken and now < slot.span.start and all(slot.id in s.marked for s in meeting.seats):
            return slot
    return None


def fruitless(meeting: Meeting, now: datetime) -> bool:
    """Whether nothing more is to be expected of these times: all were heard, or the term is over."""
    heard = all(seat.done for seat in meeting.seats)
    return meeting.state is State.PROPOSED and (heard or now >= meeting.answer_by)


def may_try_again(meeting: Meeting) -> bool:
    """Whether other times are proposed when these came to nothing."""
    return meeting.attempt < MOST_ATTEMPTS


def fix(meeting: Meeting, slot: Slot, now: datetime) -> Meeting:
    """This is when and where."""
    return replace(meeting, state=State.FIXED, slot=slot, changes=meeting.changes + 1, changed_at=now)


def themselves(meeting: Meeting, now: datetime) -> Meeting:
    """They arrange it among themselves. Raises Refused when it is off."""
    if meeting.state is State.OFF:
        raise Refused(Refusal.OFF)
    return _let_go(meeting, State.THEMSELVES, now)


def move(meeting: Meeting, by: OfficialId) -> Meeting:
    """Another time than the one that was fixed, or one after all; nothing is proposed yet.

    Raises Refused while times are proposed, when it is off, and after the third move.
    """
    meeting.seat_of(by)
    if meeting.state is State.OFF:
        raise Refused(Refusal.OFF)
    if meeting.state is State.PROPOSED:
        raise Refused(Refusal.NOT_OPEN)
    if meeting.moves >= MOST_MOVES:
        raise Refused(Refusal.TOO_OFTEN)
    return replace(meeting, state=State.PROPOSED, moves=meeting.moves + 1, attempt=0, slots=())


def call_off(meeting: Meeting, now: datetime) -> Meeting:
    """It will not be. The same value when it is off already."""
    return meeting if meeting.state is State.OFF else _let_go(meeting, State.OFF, now)


def leave(meeting: Meeting, who: OfficialId, now: datetime) -> Meeting:
    """Somebody falls away: with two or more left it goes on, else it is off."""
    seats = tuple(seat for seat in meeting.seats if seat.official != who)
    left = replace(meeting, seats=seats)
    return left if len(seats) > 1 else call_off(left, now)


def _let_go(meeting: Meeting, state: State, now: datetime) -> Meeting:
    if meeting.slot is None:
        return replace(meeting, state=state, slots=())
    return replace(meeting, state=state, slots=(), slot=None, changes=meeting.changes + 1, changed_at=now)


def _open_seat(meeting: Meeting, by: OfficialId) -> Seat:
    seat = meeting.seat_of(by)
    if meeting.state is not State.PROPOSED:
        raise Refused(Refusal.NOT_OPEN)
    return seat


def _with_seat(meeting: Meeting, changed: Seat) -> Meeting:
    seats = tuple(changed if seat.official == changed.official else seat for seat in meeting.seats)
    return replace(meeting, seats=seats)
