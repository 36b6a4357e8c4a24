"""Appointments: the domain's value to and from rows.

The koffie's row is the lock: whoever changes an appointment took its koffie first.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.ids import KoffieId, OfficialId
from bot.domain.meeting import Meeting, Seat, Slot, SlotId, State
from bot.domain.meeting_place import Way
from bot.domain.slots import Span
from bot.store import tables
from bot.store.dialect import either
from bot.store.work import Work

_CORE = tables.Meeting.metadata.tables[tables.Meeting.__tablename__]
_SEATS = tables.MeetingSeat.metadata.tables[tables.MeetingSeat.__tablename__]
_SLOTS = tables.MeetingSlot.metadata.tables[tables.MeetingSlot.__tablename__]
_BY_KOFFIE = select(_CORE).where(_CORE.c.koffie_id == bindparam("koffie"))
_SEATS_OF = (
    select(_SEATS.c.official_id, _SEATS.c.marked, _SEATS.c.done)
    .where(_SEATS.c.koffie_id == bindparam("koffie"))
    .order_by(_SEATS.c.official_id)
)


async def get(work: Work, koffie: KoffieId) -> Meeting | None:
    """The appointment of a koffie, if there ever was one."""
    row = (await work.session.execute(_BY_KOFFIE, {"koffie": koffie})).one_or_none()
    if row is None:
        return None
    seats = await work.session.execute(_SEATS_OF, {"koffie": koffie})
    slots = await _slots(work, koffie)
    return Meeting(
        seats=tuple(
            Seat(OfficialId(who), frozenset(map(SlotId, marked)), done) for who, marked, done in seats
        ),
        changed_at=row.changed_at,
        answer_by=row.answer_by,
        state=State(row.state),
        attempt=row.attempt,
        moves=row.moves,
        slots=tuple(slot for slot, proposed in slots if proposed),
        slot=next((slot for slot, _ in slots if slot.id == row.slot_id), None),
        changes=row.changes,
    )


async def _slots(work: Work, koffie: KoffieId) -> list[tuple[Slot, bool]]:
    rows = await work.session.execute(
        select(tables.MeetingSlot)
        .where(tables.MeetingSlot.koffie_id == koffie)
        .order_by(tables.MeetingSlot.id)
        .execution_options(populate_existing=True)
    )
    return [(_slot(row), row.proposed) for row in rows.scalars()]


def _slot(row: tables.MeetingSlot) -> Slot:
    return Slot(
        id=SlotId(row.id),
        span=Span(row.starts_at, row.ends_at),
        way=Way(row.way),
        place=row.place,
        host=None if row.host_id is None else OfficialId(row.host_id),
    )


@dataclass(frozen=True)
class Proposal:
    """A time that is yet to be kept."""

    span: Span
    way: Way
    place: str
    host: OfficialId | None


async def add_slots(work: Work, koffie: KoffieId, proposals: Iterable[Proposal]) -> list[Slot]:
    """Keep the times that are proposed from now on, in their order; older ones no longer are."""
    await _close_slots(work, koffie)
    made = []
    for proposal in proposals:
        start = proposal.span.start
        row = await _slot_at(work, koffie, start) or tables.MeetingSlot(koffie_id=koffie, starts_at=start)
        row.proposed, row.ends_at = True, proposal.span.end
        row.way, row.place, row.host_id = proposal.way, proposal.place, proposal.host
        work.session.add(row)
        await work.session.flush()
        made.append(_slot(row))
    return made


async def _slot_at(work: Work, koffie: KoffieId, start: datetime) -> tables.MeetingSlot | None:
    """A time that was proposed before: whoever moves may come back to it."""
    slot = tables.MeetingSlot
    found = select(slot).where(slot.koffie_id == koffie, slot.starts_at == start)
    return (await work.session.execute(found.execution_options(populate_existing=True))).scalar_one_or_none()


async def _close_slots(work: Work, koffie: KoffieId) -> None:
    await work.session.execute(_CLOSE_SLOTS, {"koffie": koffie})


async def proposed_before(work: Work, koffie: KoffieId) -> frozenset[datetime]:
    """All starts that were ever proposed for a koffie."""
    rows = await work.session.execute(
        select(tables.MeetingSlot.starts_at).where(tables.MeetingSlot.koffie_id == koffie)
    )
    return frozenset(rows.scalars())


def _renewing(insert: Any, keys: Sequence[str], columns: Sequence[str]) -> Any:
    """A new row, or these columns of the row with these keys."""
    renewed = {name: insert.excluded[name] for name in columns}
    return insert.on_conflict_do_update(index_elements=keys, set_=renewed)


_KEPT = ("state", "attempt", "moves", "answer_by", "slot_id", "changes", "changed_at")
_MARKS = ("marked", "done")
# Put together once: everything that anybody says of a time saves the appointment.
_SAVE = either(lambda insert: _renewing(insert(_CORE), ("koffie_id",), _KEPT))
_SAVE_SEATS = either(lambda insert: _renewing(insert(_SEATS), ("koffie_id", "official_id"), _MARKS))
_OTHERS_GO = delete(_SEATS).where(
    _SEATS.c.koffie_id == bindparam("koffie"),
    _SEATS.c.official_id.not_in(bindparam("stay", expanding=True)),
)
_UNFIX = update(_SEATS).where(_SEATS.c.koffie_id == bindparam("koffie")).values(fixed_at=None)
_CLOSE_SLOTS = update(_SLOTS).where(_SLOTS.c.koffie_id == bindparam("koffie")).values(proposed=False)


async def save(work: Work, koffie: KoffieId, meeting: Meeting) -> None:
    """Keep an appointment as it is now. Seats that left go."""
    values = {
        "koffie_id": koffie,
        "state": meeting.state.value,
        "attempt": meeting.attempt,
        "moves": meeting.moves,
        "answer_by": meeting.answer_by,
        "slot_id": None if meeting.slot is None else meeting.slot.id,
        "changes": meeting.changes,
        "changed_at": meeting.changed_at,
    }
    await work.session.execute(_SAVE(work), values)
    if not meeting.slots:
        await _close_slots(work, koffie)
    await work.session.execute(_OTHERS_GO, {"koffie": koffie, "stay": list(meeting.officials)})
    if meeting.state is not State.FIXED:
        await work.session.execute(_UNFIX, {"koffie": koffie})
    seats = [
        {
            "koffie_id": koffie,
            "official_id": one.official,
            "marked": sorted(one.marked),
            "done": one.done,
        }
        for one in meeting.seats
    ]
    if seats:
        await work.session.execute(_SAVE_SEATS(work), seats)


async def take_moment(work: Work, koffie: KoffieId, meeting: Meeting, slot: Slot) -> bool:
    """Take the time for everybody; false when one of them got another koffie near it meanwhile.

    The same start is refused by the database itself, so that two who are fixed at one moment come one after
    the other; what only overlaps was kept apart when the times were proposed.
    """
    spans = await engagements(work, meeting.officials, besides=koffie, proposed=False)
    if any(slot.span.near(span) for _, span in spans):
        return False
    try:
        async with work.attempt():
            for official in sorted(meeting.officials):
                await work.session.execute(
                    update(tables.MeetingSeat)
                    .where(tables.MeetingSeat.koffie_id == koffie, tables.MeetingSeat.official_id == official)
                    .values(fixed_at=slot.span.start)
                )
    except IntegrityError:
        return False
    return True


async def engagements(
    work: Work, officials: Collection[OfficialId], *, besides: KoffieId, proposed: bool = True
) -> list[tuple[OfficialId, Span]]:
    """When these have a koffie from now on, or with ``proposed`` could get one, other than ``besides``."""
    meeting, slot, seat = tables.Meeting, tables.MeetingSlot, tables.MeetingSeat
    fixed = await work.session.execute(
        select(seat.official_id, slot.starts_at, slot.ends_at)
        .join(meeting, meeting.koffie_id == seat.koffie_id)
        .join(slot, slot.id == meeting.slot_id)
        .where(
            seat.official_id.in_(officials),
            seat.koffie_id != besides,
            meeting.state == State.FIXED,
            slot.ends_at > work.now,
        )
    )
    found = [(OfficialId(who), Span(start, end)) for who, start, end in fixed]
    if proposed:
        open_ones = await work.session.execute(
            select(seat.official_id, slot.starts_at, slot.ends_at)
            .join(meeting, meeting.koffie_id == seat.koffie_id)
            .join(slot, slot.koffie_id == meeting.koffie_id)
            .where(
                seat.official_id.in_(officials),
                seat.koffie_id != besides,
                meeting.state == State.PROPOSED,
                slot.proposed,
                slot.ends_at > work.now,
            )
        )
        found += [(OfficialId(who), Span(start, end)) for who, start, end in open_ones]
    return found


async def koffie_of_slot(work: Work, slot: SlotId) -> tuple[KoffieId, Slot] | None:
    """Which koffie a proposed time belongs to, and the time."""
    row = (
        await work.session.execute(select(tables.MeetingSlot).where(tables.MeetingSlot.id == slot))
    ).scalar_one_or_none()
    return None if row is None else (KoffieId(row.koffie_id), _slot(row))


async def of(work: Work, official: OfficialId) -> list[KoffieId]:
    """The koffies in whose appointment somebody takes part, that are not off, the soonest first."""
    meeting, slot, seat, koffie = tables.Meeting, tables.MeetingSlot, tables.MeetingSeat, tables.Koffie
    rows = await work.session.execute(
        select(meeting.koffie_id)
        .join(seat, seat.koffie_id == meeting.koffie_id)
        .join(koffie, koffie.id == meeting.koffie_id)
        .outerjoin(slot, slot.id == meeting.slot_id)
        .where(seat.official_id == official, meeting.state != State.OFF, koffie.closed_at.is_(None))
        .order_by(slot.starts_at.is_(None), slot.starts_at, meeting.koffie_id)
    )
    return [KoffieId(one) for one in rows.scalars()]


async def place_of(work: Work, reader: OfficialId, koffie: KoffieId, host: OfficialId) -> str:
    """What a host called a good place, for who sits at that table; else nothing."""
    slot, seat = tables.MeetingSlot, tables.MeetingSeat
    rows = await work.session.execute(
        select(slot.place)
        .join(seat, seat.koffie_id == slot.koffie_id)
        .where(slot.koffie_id == koffie, slot.host_id == host, slot.place != "", seat.official_id == reader)
        .order_by(slot.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none() or ""


def koffies_of(found: Sequence[tuple[OfficialId, Span]], official: OfficialId) -> tuple[Span, ...]:
    """The engagements of one of them."""
    return tuple(span for who, span in found if who == official)
