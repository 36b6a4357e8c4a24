"""What a message may tell about officials: read at the moment of sending, in one query for all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    case,
    false,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import State
from bot.domain.register import title_of
from bot.store import network
from bot.store.koffie import TEAM_KINDS
from bot.store.tables import Acquaintance, Koffie, Official, Organisation, Seat, SmallWin, Topic
from bot.store.work import Work

_MET = frozenset({State.AGREED, State.DRUNK, State.NOT_DRUNK, State.KNOWN})
"""Everybody said yes, or that they know each other: from then on they know who the other is."""
_REACHING = frozenset({State.AGREED, State.DRUNK})
"""Those in which the contact routes are each other's, as :func:`bot.domain.koffie_view.visible` has it."""
# Made once: a new alias each time costs more than the query.
_mine, _theirs = aliased(Seat), aliased(Seat)
# Rows of tables, not of classes: in half the time.
_PERSON, _PLACE = (table.metadata.tables[table.__tablename__] for table in (Official, Organisation))
_person, _place = _PERSON.c, _PLACE.c


@dataclass(frozen=True)
class Seen:
    """What a card shows of an active official, and the language of the bot's words to them."""

    language: str
    name: str
    organisation: str
    role: str
    not_about: str
    human_line: str
    findable: bool


@dataclass(frozen=True)
class Between:
    """What lies between a reader and officials: who is known by name, and who may be reached."""

    named: frozenset[OfficialId]
    reachable: frozenset[OfficialId]


# Put together once: each message that is sent asks for these.
_READER: BindParameter[int] = bindparam("reader")
_SEEN: Select[Any] = (
    select(
        _person.id, _person.language, _person.name, _person.role, _person.not_about, _person.human_line,
        _person.findable, _place.type.label("kind"), _place.name.label("organisation"),
    )
    .join(_PLACE, _place.id == _person.organisation_id)
    .where(_person.id.in_(bindparam("officials", expanding=True)), _person.state == "active")
)  # fmt: skip
_TIE = "tie"
_between = union_all(
    select(
        _theirs.official_id, Koffie.state, or_(Topic.sensitive, Koffie.kind.in_(TEAM_KINDS)).label("hidden"),
        _mine.gone.label("one_gone"), _theirs.gone.label("other_gone"),
    )
    .join(_mine, _mine.koffie_id == _theirs.koffie_id)
    .join(Koffie, Koffie.id == _theirs.koffie_id)
    .outerjoin(Topic, Topic.id == Koffie.topic_id)
    .where(_mine.official_id == _READER, _theirs.official_id != _READER),
    select(
        case((Acquaintance.low_id == _READER, Acquaintance.high_id), else_=Acquaintance.low_id),
        literal_column(f"'{_TIE}'"), null(), false(), false(),
    ).where(or_(Acquaintance.low_id == _READER, Acquaintance.high_id == _READER)),
).subquery()  # fmt: skip
_SEEN_BY = _SEEN.add_columns(
    _between.c.state, _between.c.hidden, _between.c.one_gone, _between.c.other_gone
).outerjoin(_between, _between.c.official_id == _person.id)
"""A row for each thing that the reader shares with somebody, one for who shares nothing."""


async def seen(work: Work, officials: Collection[OfficialId]) -> dict[OfficialId, Seen]:
    """The active ones among these officials."""
    rows = await work.session.execute(_SEEN, {"officials": list(officials)})
    return {OfficialId(row.id): _seen(row) for row in rows}


async def seen_by(
    work: Work, reader: OfficialId, officials: Collection[OfficialId]
) -> tuple[dict[OfficialId, Seen], Between]:
    """The active ones among these officials, and what lies between the reader and them."""
    found: dict[OfficialId, Seen] = {}
    named: set[OfficialId] = set()
    reachable: set[OfficialId] = set()
    for row in await work.session.execute(_SEEN_BY, {"reader": reader, "officials": list(officials)}):
        official = OfficialId(row.id)
        if official not in found:
            found[official] = _seen(row)
        if row.state is not None and (row.state == _TIE or row.state in _MET or not row.hidden):
            named.add(official)
        if row.state in _REACHING and not row.one_gone and not row.other_gone:
            reachable.add(official)
    if reachable:
        reachable -= await network.blocked_with(work, reader)
    return found, Between(frozenset(named), frozenset(reachable))


def _seen(row: Any) -> Seen:
    return Seen(
        language=row.language,
        name=row.name,
        organisation=title_of(row.kind, row.organisation),
        role=row.role,
        not_about=row.not_about,
        human_line=row.human_line,
        findable=row.findable,
    )


async def win(work: Work, reader: OfficialId | None, koffie: KoffieId) -> str | None:
    """The small win of a koffie, for who sits there and, once all agreed, for everybody."""
    row = (
        await work.session.execute(select(SmallWin).where(SmallWin.koffie_id == koffie))
    ).scalar_one_or_none()
    if row is None:
        return None
    if row.agreed_at is None:
        seat = select(Seat.id).where(
            Seat.koffie_id == koffie, Seat.official_id == reader, Seat.gone.is_(False)
        )
        if (await work.session.execute(seat)).scalar_one_or_none() is None:
            return None
    return work.vault.open(row.sealed, "small_win", "sealed", row.koffie_id).decode()
