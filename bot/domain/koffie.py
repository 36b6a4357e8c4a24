"""One introduction of two to four officials: a state machine in which nobody loses face.

    proposed → agreed                        every seat says yes; at once
             → known                         every seat says that they know each other; at once
             → declined, withdrawn, lapsed   at the term, and never before it; but an
                                             opgaveteam that was formed ends then (see `team`)
    agreed   → drunk                         every seat says it happened; or at the term of the follow-up,
                                             when one says so and nobody denies it
             → not_drunk                     at that term, otherwise; at once when it is called off

What one seat says, other than the last yes, leaves the state as it is. A no, a silence, a withdrawal, a block
and an erasure are therefore one and the same to whoever reads the state, until the term and after it. What a
seat may see is in `koffie_view`; why, in docs/decisions/0022-consent-without-loss-of-face.md. All moments are
aware.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.errors import IllegalTransition
from bot.domain.ids import OfficialId
from bot.domain.working_time import OfficeHours


class State(StrEnum):
    """Where a koffie stands. Why it passed (declined, lapsed, withdrawn) is never shown to anybody."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DRUNK = "drunk"
    NOT_DRUNK = "not_drunk"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    KNOWN = "known"


PASSED = frozenset({State.DECLINED, State.LAPSED, State.WITHDRAWN})
"""Over without agreement; from `settled_at` on the officials rest from each other, whatever the reason."""

TIES = frozenset({State.DRUNK, State.KNOWN})
"""Those in it are now acquainted."""


LEAST_AT_A_TEAM = 3
"""Yeses for which an opgaveteam does not wait for the rest."""


class Answer(StrEnum):
    """What a seat says to the proposal. OTHER names a colleague; for this koffie it is a NOT_NOW."""

    YES = "yes"
    NOT_NOW = "not_now"
    KNOWN = "known"
    OTHER = "other"


class Happened(StrEnum):
    """What a seat says afterwards. NOT_YET and OFF deny that it happened; NOT_YET may be asked again."""

    HAPPENED = "happened"
    NOT_YET = "not_yet"
    OFF = "off"


class Refusal(StrEnum):
    """Why an event does not fit; what a seat is refused by depends on nothing that it may not know."""

    NOT_SEATED = "not_seated"
    LEFT = "left"
    OVER = "over"
    AGREED = "agreed"
    NOT_REQUESTER = "not_requester"
    NOT_AGREED = "not_agreed"
    NOT_ASKED = "not_asked"
    TOO_EARLY = "too_early"
    NOT_NEEDED = "not_needed"


class Refused(IllegalTransition):
    """The event does not fit the koffie; nothing changed. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Seat:
    """One official's place: what they said, and whether they left.

    `withdrawn` is the requester's own act. `gone` is erased, deactivated or blocked: which of them is not
    kept, so that it cannot leak. A seat that is gone keeps no answers.
    """

    official: OfficialId
    answer: Answer | None = None
    answered_at: datetime | None = None
    reminded_at: datetime | None = None
    withdrawn: bool = False
    gone: bool = False
    happened: Happened | None = None

    @property
    def left(self) -> bool:
        """Whether this seat takes no further part."""
        return self.withdrawn or self.gone


@dataclass(frozen=True, slots=True)
class Koffie:
    """A koffie at one moment. Made by `propose`, changed by `apply`; the store may build it from its rows.

    `settled_at` is when it ended as seen from every seat: for one that passed that is its term, however late
    the bot came to look. Raises ValueError when seats or times make no sense.
    """

    seats: tuple[Seat, ...]
    asked_at: datetime
    remind_at: datetime
    term: datetime
    requester: OfficialId | None = None
    state: State = State.PROPOSED
    agreed_at: datetime | None = None
    follow_up_until: datetime | None = None
    settled_at: datetime | None = None

    def __post_init__(self) -> None:
        officials = {seat.official for seat in self.seats}
        if not 2 <= len(self.seats) <= 4 or len(officials) != len(self.seats):  # noqa: PLR2004 - two to four
            raise ValueError("a koffie has two to four seats, each of another official")
        if self.requester is not None and self.requester not in officials:
            raise ValueError("the requester has a seat")
        if not self.asked_at < self.remind_at <= self.term:
            raise ValueError("a koffie is asked, then reminded of, then over")

    @property
    def present(self) -> tuple[OfficialId, ...]:
        """Who still takes part, and so is told what becomes of it."""
        return tuple(seat.official for seat in self.seats if not seat.left)

    @property
    def knowing(self) -> tuple[OfficialId, ...]:
        """Who said to know the others: these are not proposed to each other again, from this moment on."""
        return tuple(seat.official for seat in self.seats if seat.answer is Answer.KNOWN)

    def seat_of(self, official: OfficialId) -> Seat:
        """The seat of an official. Raises Refused when there is none."""
        for seat in self.seats:
            if seat.official == official:
                return seat
        raise Refused(Refusal.NOT_SEATED)


@dataclass(frozen=True, slots=True)
class Answered:
    """A seat answers the proposal, or changes its answer."""

    by: OfficialId
    answer: Answer


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The requester takes the request back, by choice or after a yes elsewhere."""

    by: OfficialId


@dataclass(frozen=True, slots=True)
class Reminded:
    """A seat got its one reminder."""

    who: OfficialId


@dataclass(frozen=True, slots=True)
class SeatGone:
    """An official was erased or deactivated, or blocked another one in this koffie."""

    who: OfficialId


@dataclass(frozen=True, slots=True)
class TermReached:
    """The term is over: of the proposal, or once agreed of the follow-up."""


@dataclass(frozen=True, slots=True)
class Formed:
    """Of an opgaveteam enough said yes: they sit at a table of their own, and this one is over."""


@dataclass(frozen=True, slots=True)
class FollowUpAsked:
    """Every seat was asked whether it happened, to be answered before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class FollowUpAnswered:
    """A seat says whether it happened, or changes that."""

    by: OfficialId
    happened: Happened


@dataclass(frozen=True, slots=True)
class CalledOff:
    """All said yes, and yet it will not be: everyone at the table is told so at once."""


Event = (
    Answered
    | Withdrawn
    | Reminded
    | SeatGone
    | TermReached
    | CalledOff
    | Formed
    | FollowUpAsked
    | FollowUpAnswered
)


def propose(
    officials: Sequence[OfficialId],
    asked_at: datetime,
    hours: OfficeHours,
    *,
    requester: OfficialId | None = None,
    term_days: int = 3,
    reminder_days: int = 2,
) -> Koffie:
    """A koffie that is put to all officials at one moment, the requester included.

    Both terms count in working days: the reminder comes at opening time, the end at closing time.
    """
    return Koffie(
        seats=tuple(Seat(official) for official in officials),
        asked_at=asked_at,
        remind_at=hours.opening_after_working_days(asked_at, reminder_days),
        term=hours.add_working_days(asked_at, term_days),
        requester=requester,
    )


def apply(koffie: Koffie, event: Event, now: datetime) -> Koffie:
    """The koffie after an event; the same value when the event says nothing new, as a double press does.

    Raises Refused, an IllegalTransition, when the event does not fit.
    """
    match event:
        case Answered(by, answer):
            return _answer(koffie, by, answer, now)
        case Withdrawn(by):
            return _withdraw(koffie, by, now)
        case Reminded(who):
            if who not in due_reminders(koffie, now):
                koffie.seat_of(who)
                raise Refused(Refusal.NOT_NEEDED)
            return _with_seat(koffie, replace(koffie.seat_of(who), reminded_at=now))
        case SeatGone(who):
            return _with_seat(koffie, Seat(who, withdrawn=koffie.seat_of(who).withdrawn, gone=True))
        case TermReached() | CalledOff() | Formed():
            return _ENDINGS[type(event)](koffie, now)
        case FollowUpAsked(until):
            return _ask_follow_up(koffie, until, now)
        case FollowUpAnswered(by, happened):
            return _answer_follow_up(koffie, by, happened, now)
        case _:
            assert_never(event)


def due_reminders(koffie: Koffie, now: datetime) -> tuple[OfficialId, ...]:
    """Who is to be reminded now: once, and only who is silent. What the others said makes no difference."""
    if not _is_open(koffie, now) or now < koffie.remind_at:
        return ()
    return tuple(
        seat.official
        for seat in koffie.seats
        if not seat.left and seat.answer is None and seat.reminded_at is None
    )


def _is_open(koffie: Koffie, now: datetime) -> bool:
    return koffie.state is State.PROPOSED and now < koffie.term


def _open_seat(koffie: Koffie, by: OfficialId, now: datetime) -> Seat:
    seat = koffie.seat_of(by)
    if seat.left:
        raise Refused(Refusal.LEFT)
    if koffie.state is State.AGREED:
        raise Refused(Refusal.AGREED)
    if not _is_open(koffie, now):
        raise Refused(Refusal.OVER)
    return seat


def _answer(koffie: Koffie, by: OfficialId, answer: Answer, now: datetime) -> Koffie:
    seat = _open_seat(koffie, by, now)
    if seat.answer is answer:
        return koffie
    answered = _with_seat(koffie, replace(seat, answer=answer, answered_at=now))
    if any(seat.left or seat.answer is not answer for seat in answered.seats):
        return answered
    if answer is Answer.YES:
        return replace(answered, state=State.AGREED, agreed_at=now)
    if answer is Answer.KNOWN:
        return replace(answered, state=State.KNOWN, settled_at=now)
    return answered


def _withdraw(koffie: Koffie, by: OfficialId, now: datetime) -> Koffie:
    koffie.seat_of(by)
    if by != koffie.requester:
        raise Refused(Refusal.NOT_REQUESTER)
    return _with_seat(koffie, replace(_open_seat(koffie, by, now), withdrawn=True))


def _end_term(koffie: Koffie, now: datetime) -> Koffie:
    if koffie.state is State.PROPOSED:
        if now < koffie.term:
            raise Refused(Refusal.TOO_EARLY)
        return replace(koffie, state=_outcome(koffie), settled_at=koffie.term)
    if koffie.state is not State.AGREED:
        raise Refused(Refusal.OVER)
    if koffie.follow_up_until is None:
        raise Refused(Refusal.NOT_ASKED)
    if now < koffie.follow_up_until:
        raise Refused(Refusal.TOO_EARLY)
    said = {seat.happened for seat in koffie.seats} - {None}
    state = State.DRUNK if said == {Happened.HAPPENED} else State.NOT_DRUNK
    return replace(koffie, state=state, settled_at=koffie.follow_up_until)


def _call_off(koffie: Koffie, now: datetime) -> Koffie:
    if koffie.state is not State.AGREED:
        raise Refused(Refusal.NOT_AGREED if koffie.state is State.PROPOSED else Refusal.OVER)
    return replace(koffie, state=State.NOT_DRUNK, settled_at=now)


def _form(koffie: Koffie, now: datetime) -> Koffie:
    if koffie.state is not State.PROPOSED:
        raise Refused(Refusal.AGREED if koffie.state is State.AGREED else Refusal.OVER)
    if sum(seat.answer is Answer.YES and not seat.left for seat in koffie.seats) < LEAST_AT_A_TEAM:
        raise Refused(Refusal.NOT_NEEDED)
    return replace(koffie, state=State.LAPSED, settled_at=now)


def _outcome(koffie: Koffie) -> State:
    if any(seat.withdrawn for seat in koffie.seats):
        return State.WITHDRAWN
    if any(seat.answer not in (None, Answer.YES) for seat in koffie.seats):
        return State.DECLINED
    return State.LAPSED


_ENDINGS = {TermReached: _end_term, CalledOff: _call_off, Formed: _form}


def _ask_follow_up(koffie: Koffie, until: datetime, now: datetime) -> Koffie:
    if koffie.state is not State.AGREED:
        raise Refused(Refusal.NOT_AGREED)
    if until <= now:
        raise Refused(Refusal.TOO_EARLY)
    not_yet = [seat for seat in koffie.seats if seat.happened is Happened.NOT_YET]
    if koffie.follow_up_until is not None and not not_yet:
        raise Refused(Refusal.NOT_NEEDED)
    for seat in not_yet:
        koffie = _with_seat(koffie, replace(seat, happened=None))
    return replace(koffie, follow_up_until=until)


def _answer_follow_up(koffie: Koffie, by: OfficialId, happened: Happened, now: datetime) -> Koffie:
    seat = koffie.seat_of(by)
    if seat.left:
        raise Refused(Refusal.LEFT)
    if koffie.state is not State.AGREED:
        raise Refused(Refusal.NOT_AGREED if koffie.state is State.PROPOSED else Refusal.OVER)
    if koffie.follow_up_until is None:
        raise Refused(Refusal.NOT_ASKED)
    if now >= koffie.follow_up_until:
        raise Refused(Refusal.OVER)
    answered = _with_seat(koffie, replace(seat, happened=happened))
    if all(seat.happened is Happened.HAPPENED for seat in answered.seats):
        return replace(answered, state=State.DRUNK, settled_at=now)
    return answered


def _with_seat(koffie: Koffie, changed: Seat) -> Koffie:
    seats = tuple(changed if seat.official == changed.official else seat for seat in koffie.seats)
    return replace(koffie, seats=seats)
