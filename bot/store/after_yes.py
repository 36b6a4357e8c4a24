"""What is known of a koffie that everybody said yes to, and what was given to its seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from bot.domain.ids import KoffieId, OfficialId
from bot.domain.layer import Layer
from bot.domain.topic import Phase
from bot.i18n.text import Text
from bot.store import tables
from bot.store.work import Work

_LATELY = 5
"""So many of an official's last koffies count as lately."""


@dataclass(frozen=True)
class Agreed:
    """Who sits at the table, on what, and with which starters; ``why`` is why these two (or more)."""

    officials: tuple[OfficialId, ...]
    layers: tuple[Layer, ...]
    phase: Phase | None
    why: tuple[Text, ...]
    starters: tuple[str, ...]
    at: datetime | None


async def agreed(work: Work, koffie: KoffieId) -> Agreed:
    """The koffie with its seats. Raises LookupError when there is none."""
    row = (
        await work.session.execute(
            select(tables.Koffie.why, tables.Koffie.starters, tables.Koffie.agreed_at, tables.Topic.phase)
            .outerjoin(tables.Topic, tables.Topic.id == tables.Koffie.topic_id)
            .where(tables.Koffie.id == koffie)
        )
    ).one_or_none()
    if row is None:
        raise LookupError("no such koffie")
    seats = (
        await work.session.execute(
            select(tables.Seat.official_id, tables.Official.layer)
            .join(tables.Official, tables.Official.id == tables.Seat.official_id)
            .where(tables.Seat.koffie_id == koffie)
            .order_by(tables.Seat.id)
        )
    ).all()
    return Agreed(
        officials=tuple(OfficialId(seat.official_id) for seat in seats),
        layers=tuple(Layer(seat.layer) for seat in seats if seat.layer),
        phase=Phase(row.phase) if row.phase else None,
        why=tuple(Text.model_validate(reason) for reason in row.why),
        starters=tuple(row.starters),
        at=row.agreed_at,
    )


async def recent_starters(work: Work, officials: Sequence[OfficialId]) -> frozenset[str]:
    """The starters that any of these officials was given lately."""
    found: set[str] = set()
    for official in officials:
        rows = await work.session.execute(
            select(tables.Koffie.starters)
            .join(tables.Seat, tables.Seat.koffie_id == tables.Koffie.id)
            .where(tables.Seat.official_id == official, tables.Koffie.agreed_at.is_not(None))
            .order_by(tables.Koffie.agreed_at.desc(), tables.Koffie.id.desc())
            .limit(_LATELY)
        )
        for starters in rows.scalars():
            found.update(starters)
    return frozenset(found)


async def keep_starters(work: Work, koffie: KoffieId, starters: Sequence[str]) -> None:
    await work.session.execute(
        update(tables.Koffie).where(tables.Koffie.id == koffie).values(starters=list(starters))
    )


_officials = tables.Official.metadata.tables[tables.Official.__tablename__]
_UNSEEN = _officials.c.rules_shown_at.is_(None)
_SHOWN = (
    update(_officials)
    .where(_officials.c.id == bindparam("official"))
    .values(rules_shown_at=bindparam("at"))
    .returning(_officials.c.id)
)
_SHOW = _SHOWN.where(_UNSEEN)
_SHOW_AGAIN = _SHOWN.where(or_(_UNSEEN, _officials.c.rules_shown_at >= bindparam("agreed")))


async def rules_to_show(work: Work, official: OfficialId, agreed_at: datetime | None) -> bool:
    """Whether this official has yet to see the rules of play; from now on they are seen.

    What came with the koffie agreed at that moment comes with it again, where its message takes another way.
    """
    values = {"official": official, "at": work.now}
    if agreed_at is None:
        shown = await work.session.execute(_SHOW, values)
    else:
        shown = await work.session.execute(_SHOW_AGAIN, {**values, "agreed": agreed_at})
    return shown.scalar_one_or_none() is not None
