"""Koffies: the domain's value to and from rows.

A koffie that may change is taken with :func:`take`, which locks its row: two who say yes at the same moment
come one after the other, so that the last of them sees the other's yes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, update

from bot.domain.ids import KoffieId, OfficialId, OrganisationId, RoundId, TopicId
from bot.domain.koffie import PASSED, Answer, Happened, Koffie, Seat, State
from bot.domain.koffie_view import Phase, visible
from bot.i18n.text import Text
from bot.store import tables
from bot.store.dialect import batches, insert_into
from bot.store.work import Work


class Kind(StrEnum):
    """What a koffie came from. Of a CALL and of TEAM_NOW there is haste: they arrange it themselves."""

    REQUEST = "request"
    ROUND = "round"
    CALL = "call"
    TEAM = "team"
    TEAM_NOW = "team-now"


HURRIED = frozenset({Kind.CALL, Kind.TEAM_NOW})
TEAM_KINDS = frozenset({Kind.TEAM, Kind.TEAM_NOW})
_INTRODUCED = frozenset({State.AGREED, State.DRUNK, State.NOT_DRUNK})


_CORE = tables.Koffie.metadata.tables[tables.Koffie.__tablename__]
_SEATS = tables.Seat.metadata.tables[tables.Seat.__tablename__]
# Put together once: each answer asks for these. Rows of tables, not of classes: as they are now.
_BY_ID = select(_CORE).where(_CORE.c.id == bindparam("koffie"))
_TAKE = _BY_ID.with_for_update()
_AT_TABLES = (
    select(_SEATS).where(_SEATS.c.koffie_id.in_(bindparam("koffies", expanding=True))).order_by(_SEATS.c.id)
)
_OF = (
    select(_CORE)
    .join(_SEATS, _SEATS.c.koffie_id == _CORE.c.id)
    .where(_SEATS.c.official_id == bindparam("official"))
    .order_by(_CORE.c.id)
)
_RUNNING = _OF.where(_CORE.c.closed_at.is_(None))
_TAKE_RUNNING = _RUNNING.with_for_update(of=_CORE)
_SEAT = (_SEATS.c.koffie_id == bindparam("koffie"), _SEATS.c.official_id == bindparam("official"))
_SAVE = update(_CORE).where(_CORE.c.id == bindparam("row"))
_SAVE_CLOSED = _SAVE.values(pair=None)
_SAVE_SEAT = update(_SEATS).where(*_SEAT)
_NAME_INSTEAD = update(_SEATS).where(*_SEAT).values(instead_id=bindparam("instead"))


@dataclass(frozen=True)
class Place:
    """What is kept of a seat besides what the rules know.

    ``asked``: the question went out. ``organisation``: where one worked when asked, until it is closed.
    ``beyond_chat``: another one at the table cannot be reached by chat. ``instead``: who was named.
    """

    asked: bool = False
    organisation: OrganisationId | None = None
    beyond_chat: bool = False
    instead: OfficialId | None = None


@dataclass(frozen=True)
class KeptKoffie:
    """A koffie with its id, its topic, why these two (or more), the places, and the round that it is of."""

    id: KoffieId
    koffie: Koffie
    topic: TopicId | None
    why: tuple[Text, ...]
    places: Mapping[OfficialId, Place]
    round: RoundId | None = None
    kind: Kind = Kind.REQUEST

    @property
    def asked(self) -> bool:
        """Whether the question went out."""
        return any(place.asked for place in self.places.values())

    @property
    def nameless(self) -> bool:
        """Whether nobody may know who else was asked: a team that is not introduced (yet)."""
        return self.kind in TEAM_KINDS and self.koffie.state not in _INTRODUCED

    def others(self, official: OfficialId) -> tuple[OfficialId, ...]:
        """Everyone at the table but this official, whether or not they left."""
        return tuple(seat.official for seat in self.koffie.seats if seat.official != official)


async def add(
    work: Work,
    koffie: Koffie,
    topic: TopicId | None,
    why: Sequence[Text],
    places: Mapping[OfficialId, Place],
    round_: RoundId | None = None,
    kind: Kind | None = None,
) -> KeptKoffie | None:
    """Keep a new koffie; ``None`` when these two already have one that is not closed."""
    pair = _pair(seat.official for seat in koffie.seats)
    kind = kind or (Kind.REQUEST if round_ is None else Kind.ROUND)
    statement = (
        insert_into(work, tables.Koffie)
        .values(
            kind=kind,
            round_id=round_,
            topic_id=topic,
            requester_id=koffie.requester,
            why=[reason.model_dump(mode="json") for reason in why],
            requested_at=work.now,
            starters=[],
            pair=pair,
            **_koffie_values(koffie),
        )
        .on_conflict_do_nothing(index_elements=["pair"])
        .returning(tables.Koffie.id)
    )
    made = (await work.session.execute(statement)).scalar_one_or_none()
    if made is None:
        return None
    seats = [
        {
            "koffie_id": made,
            "official_id": seat.official,
            "asked": place.asked,
            "organisation_id": place.organisation,
            "beyond_chat": place.beyond_chat,
            "instead_id": place.instead,
            **_seat_values(seat),
        }
        for seat in koffie.seats
        for place in (places[seat.official],)
    ]
    await work.session.execute(insert(_SEATS), seats)
    return KeptKoffie(KoffieId(made), koffie, topic, tuple(why), dict(places), round_, kind)


def _pair(officials: Iterable[OfficialId]) -> str | None:
    """The key of a pair; a larger table has none."""
    ids = sorted(officials)
    return f"{ids[0]}:{ids[1]}" if len(ids) == 2 else None  # noqa: PLR2004


def _koffie_values(koffie: Koffie) -> dict[str, Any]:
    return {
        "state": koffie.state.value,
        "asked_at": koffie.asked_at,
        "remind_at": koffie.remind_at,
        "term_at": koffie.term,
        "agreed_at": koffie.agreed_at,
        "follow_up_until": koffie.follow_up_until,
        "closed_at": koffie.settled_at,
    }


def _seat_values(seat: Seat) -> dict[str, Any]:
    return {
        "answer": seat.answer,
        "answered_at": seat.answered_at,
        "reminded_at": seat.reminded_at,
        "withdrawn": seat.withdrawn,
        "gone": seat.gone,
        "happened": seat.happened,
    }


async def get(work: Work, koffie: KoffieId) -> KeptKoffie | None:
    """A koffie to look at."""
    found = await _load(work, _BY_ID, {"koffie": koffie})
    return found[0] if found else None


async def take(work: Work, koffie: KoffieId) -> KeptKoffie | None:
    """A koffie to change: nobody else changes it until this unit of work is over."""
    found = await _load(work, _TAKE, {"koffie": koffie})
    return found[0] if found else None


async def save(work: Work, before: KeptKoffie, koffie: Koffie) -> KeptKoffie:
    """Keep what changed of a koffie that was taken.

    One that is closed leaves the pair free. What the others had to go on reading of a seat that left is
    let go of then, and so is why they were asked, unless they agreed.
    """
    closed = koffie.settled_at is not None
    why = () if koffie.state in PASSED else before.why
    values = _koffie_values(koffie) | {"why": [reason.model_dump(mode="json") for reason in why]}
    await work.session.execute(_SAVE_CLOSED if closed else _SAVE, {"row": before.id, **values})
    places = dict(before.places)
    for seat, old in zip(koffie.seats, before.koffie.seats, strict=True):
        kept = places[seat.official]
        let_go = closed or (seat.gone and koffie.state is not State.PROPOSED)
        place = Place(kept.asked, None, kept.beyond_chat, kept.instead) if let_go else kept
        if seat != old or place != kept:
            places[seat.official] = place
            kept_seat = {"organisation_id": place.organisation, **_seat_values(seat)}
            await work.session.execute(
                _SAVE_SEAT, {"koffie": before.id, "official": seat.official, **kept_seat}
            )
    return KeptKoffie(before.id, koffie, before.topic, why, places, before.round, before.kind)


async def note_asked(work: Work, koffie: KoffieId, officials: Collection[OfficialId]) -> None:
    """The question went out to these seats."""
    await work.session.execute(
        update(tables.Seat)
        .where(tables.Seat.koffie_id == koffie, tables.Seat.official_id.in_(officials))
        .values(asked=True)
    )


async def name_instead(work: Work, koffie: KoffieId, by: OfficialId, instead: OfficialId | None) -> None:
    """Who a seat named in its own place; ``None`` takes that back."""
    await work.session.execute(_NAME_INSTEAD, {"koffie": koffie, "official": by, "instead": instead})


async def forget_instead(work: Work, official: OfficialId) -> None:
    """Nobody goes on naming this official: part of an erasure."""
    await work.session.execute(
        update(tables.Seat).where(tables.Seat.instead_id == official).values(instead_id=None)
    )


async def remove(work: Work, koffie: KoffieId) -> None:
    """Forget a koffie that nobody was asked for yet."""
    await work.session.execute(delete(tables.Seat).where(tables.Seat.koffie_id == koffie))
    await work.session.execute(delete(tables.Koffie).where(tables.Koffie.id == koffie))


async def running(work: Work, official: OfficialId, *, lock: bool = False) -> list[KeptKoffie]:
    """All koffies of an official that are not closed, oldest first; with ``lock`` to change them."""
    return await _load(work, _TAKE_RUNNING if lock else _RUNNING, {"official": official})


async def all_of(work: Work, official: OfficialId) -> list[KeptKoffie]:
    """All koffies of an official that are kept, oldest first."""
    return await _load(work, _OF, {"official": official})


async def of_round(work: Work, number: RoundId, *, lock: bool = False) -> list[KeptKoffie]:
    """All koffies of a round, oldest first; with ``lock`` to change them."""
    statement = select(_CORE).where(_CORE.c.round_id == number).order_by(_CORE.c.id)
    return await _load(work, statement.with_for_update() if lock else statement)


async def open_partners(work: Work, official: OfficialId) -> frozenset[OfficialId]:
    """With whom a koffie is open or planned, as this official may see it: a no of the other shows nowhere.

    After the term it goes on seeming open until all are told that it will not be.
    """
    return open_among(work, official, await running(work, official))


def open_among(work: Work, official: OfficialId, kept_koffies: Iterable[KeptKoffie]) -> frozenset[OfficialId]:
    """As :func:`open_partners`, of koffies that were read already."""
    found: set[OfficialId] = set()
    for kept in kept_koffies:
        if kept.nameless:
            continue
        requested = kept.koffie.requester == official
        phase = visible(kept.koffie, official, work.now).phase
        if phase in (Phase.OPEN, Phase.OFF) and (requested or kept.places[official].asked):
            found.update(kept.others(official))
    return frozenset(found)


def known_among(official: OfficialId, kept_koffies: Iterable[KeptKoffie]) -> frozenset[OfficialId]:
    """Of whom this official said 'ken ik al' in these; for the official's own lists, and for pairing."""
    found: set[OfficialId] = set()
    for kept in kept_koffies:
        if official in kept.koffie.knowing:
            found.update(kept.others(official))
    return frozenset(found)


async def asked_between(work: Work, official: OfficialId, start: datetime, end: datetime) -> int:
    """How often others ask this official from ``start`` until before ``end``, whatever came of it."""
    statement = (
        select(func.count())
        .select_from(tables.Seat)
        .join(tables.Koffie, tables.Koffie.id == tables.Seat.koffie_id)
        .where(
            tables.Seat.official_id == official,
            tables.Koffie.requester_id != official,
            tables.Koffie.asked_at >= start,
            tables.Koffie.asked_at < end,
        )
    )
    return (await work.session.execute(statement)).scalar_one()


async def asked_of(
    work: Work, some: Collection[OfficialId], start: datetime, end: datetime
) -> set[OfficialId]:
    """Whom of them others ask from ``start`` until before ``end``."""
    found: set[OfficialId] = set()
    for batch in batches(some):
        statement = (
            select(tables.Seat.official_id)
            .join(tables.Koffie, tables.Koffie.id == tables.Seat.koffie_id)
            .where(
                tables.Seat.official_id.in_(batch),
                tables.Koffie.requester_id != tables.Seat.official_id,
                tables.Koffie.asked_at >= start,
                tables.Koffie.asked_at < end,
            )
        )
        found.update(map(OfficialId, (await work.session.execute(statement)).scalars()))
    return found


async def answered_a_call(work: Work, official: OfficialId, since: datetime) -> bool:
    """Whether this official said 'that is me' to a call of somebody since then."""
    statement = (
        select(tables.Seat.id)
        .join(tables.Koffie, tables.Koffie.id == tables.Seat.koffie_id)
        .where(
            tables.Seat.official_id == official,
            tables.Koffie.kind == Kind.CALL,
            tables.Koffie.requester_id != official,
            tables.Koffie.agreed_at >= since,
        )
        .limit(1)
    )
    return (await work.session.execute(statement)).scalar_one_or_none() is not None


async def agreed_between(work: Work, official: OfficialId, start: datetime, end: datetime) -> int:
    """How many koffies this official agreed on from ``start`` until before ``end``."""
    statement = (
        select(func.count())
        .select_from(tables.Seat)
        .join(tables.Koffie, tables.Koffie.id == tables.Seat.koffie_id)
        .where(
            tables.Seat.official_id == official,
            tables.Koffie.agreed_at >= start,
            tables.Koffie.agreed_at < end,
        )
    )
    return (await work.session.execute(statement)).scalar_one()


async def _load(
    work: Work, statement: Select[Any], values: Mapping[str, Any] | None = None
) -> list[KeptKoffie]:
    rows = (await work.session.execute(statement, values)).all()
    if not rows:
        return []
    seats: dict[int, list[Row[Any]]] = {row.id: [] for row in rows}
    for batch in batches(seats):
        for seat in await work.session.execute(_AT_TABLES, {"koffies": batch}):
            seats[seat.koffie_id].append(seat)
    return [_kept(row, seats[row.id]) for row in rows]


def _kept(row: Row[Any], seats: Sequence[Row[Any]]) -> KeptKoffie:
    return KeptKoffie(
        id=KoffieId(row.id),
        koffie=Koffie(
            seats=tuple(_seat(seat) for seat in seats),
            asked_at=row.asked_at,
            remind_at=row.remind_at,
            term=row.term_at,
            requester=None if row.requester_id is None else OfficialId(row.requester_id),
            state=State(row.state),
            agreed_at=row.agreed_at,
            follow_up_until=row.follow_up_until,
            settled_at=row.closed_at,
        ),
        topic=None if row.topic_id is None else TopicId(row.topic_id),
        why=tuple(Text.model_validate(reason) for reason in row.why),
        places={OfficialId(seat.official_id): _place(seat) for seat in seats},
        round=None if row.round_id is None else RoundId(row.round_id),
        kind=Kind(row.kind),
    )


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        official=OfficialId(row.official_id),
        answer=None if row.answer is None else Answer(row.answer),
        answered_at=row.answered_at,
        reminded_at=row.reminded_at,
        withdrawn=row.withdrawn,
        gone=row.gone,
        happened=None if row.happened is None else Happened(row.happened),
    )


def _place(row: Row[Any]) -> Place:
    return Place(
        asked=row.asked,
        organisation=None if row.organisation_id is None else OrganisationId(row.organisation_id),
        beyond_chat=row.beyond_chat,
        instead=None if row.instead_id is None else OfficialId(row.instead_id),
    )
