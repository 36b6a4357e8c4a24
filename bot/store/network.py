"""Who knows whom, who said so, and who is kept apart."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    case,
    delete,
    exists,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.ids import OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.store.dialect import insert_into
from bot.store.tables import Acquaintance, Apart, Block, Declaration, Involvement, Official, TieSide
from bot.store.work import Work

DECLARED = "declared"
INVITED = "invited"
NOT_MET_HERE = (DECLARED, INVITED)
"""Sources of ties between those who knew each other already."""
DECLARATION_DAYS = 90
"""A declaration that nobody confirms lapses after so many days, silently."""


@dataclass(frozen=True)
class Tie:
    """One acquaintance, seen from one side: who the other is, since when, from what, on which topic."""

    other: OfficialId
    since: datetime
    source: str
    topic: TopicId | None


@dataclass(frozen=True)
class Around:
    """What stands between an official and others now; ``blocked`` is either way, ``blocking`` one's own."""

    ties: tuple[Tie, ...]
    apart: frozenset[OfficialId]
    blocked: frozenset[OfficialId]
    blocking: frozenset[OfficialId]

    @property
    def known(self) -> frozenset[OfficialId]:
        """Everyone whom this official knows."""
        return frozenset(tie.other for tie in self.ties)


def _pair(one: OfficialId, other: OfficialId) -> tuple[OfficialId, OfficialId]:
    if one == other:
        raise ValueError("nobody is paired with oneself")
    return min(one, other), max(one, other)


_ME: BindParameter[int] = bindparam("me")
_KIND_TIE, _KIND_APART, _KIND_BLOCK = "tie", "apart", "block"
_AROUND: CompoundSelect[Any] = union_all(
    select(
        literal_column(f"'{_KIND_TIE}'").label("kind"), Acquaintance.low_id.label("one"),
        Acquaintance.high_id.label("other"), Acquaintance.since, Acquaintance.source, Acquaintance.topic_id,
        Acquaintance.id,
    ).where(or_(Acquaintance.low_id == _ME, Acquaintance.high_id == _ME)),
    select(
        literal_column(f"'{_KIND_APART}'"), Apart.low_id, Apart.high_id, null(), null(), null(), Apart.id
    ).where(
        or_(Apart.low_id == _ME, Apart.high_id == _ME),
        or_(Apart.until.is_(None), Apart.until > bindparam("now", type_=Apart.until.type)),
    ),
    select(literal_column(f"'{_KIND_BLOCK}'"), Block.by_id, Block.of_id, null(), null(), null(), Block.id)
    .where(or_(Block.by_id == _ME, Block.of_id == _ME)),
)  # fmt: skip
"""Three tables at once: a look-up asks for all of them each time."""


async def around(work: Work, official: OfficialId) -> Around:
    """Ties, the newest first, terms apart and blocks of an official, in one query."""
    rows = (await work.session.execute(_AROUND, {"me": official, "now": work.now})).all()
    of_kind = {
        kind: [row for row in rows if row.kind == kind] for kind in (_KIND_TIE, _KIND_APART, _KIND_BLOCK)
    }
    ties = sorted(of_kind[_KIND_TIE], key=lambda row: (row.since, row.id), reverse=True)
    blocks = [(row.one, row.other) for row in of_kind[_KIND_BLOCK]]
    return Around(
        ties=tuple(
            Tie(
                other=OfficialId(row.other if row.one == official else row.one),
                since=row.since,
                source=row.source,
                topic=None if row.topic_id is None else TopicId(row.topic_id),
            )
            for row in ties
        ),
        apart=_others(official, ((row.one, row.other) for row in of_kind[_KIND_APART])),
        blocked=_others(official, blocks),
        blocking=frozenset(OfficialId(of) for by, of in blocks if by == official),
    )


async def acquainted(work: Work, official: OfficialId) -> frozenset[OfficialId]:
    """Everyone whom this official knows."""
    return frozenset(tie.other for tie in await ties(work, official))


async def ties(work: Work, official: OfficialId) -> list[Tie]:
    """All acquaintances of an official, the newest first."""
    rows = await work.session.execute(
        select(Acquaintance)
        .where(or_(Acquaintance.low_id == official, Acquaintance.high_id == official))
        .order_by(Acquaintance.since.desc(), Acquaintance.id.desc())
    )
    return [
        Tie(
            other=OfficialId(row.high_id if row.low_id == official else row.low_id),
            since=row.since,
            source=row.source,
            topic=None if row.topic_id is None else TopicId(row.topic_id),
        )
        for row in rows.scalars()
    ]


async def go_betweens(
    work: Work,
    mine: Collection[OfficialId],
    topic: TopicId,
    *,
    layers: Collection[Layer] = (),
    organisations: Collection[OrganisationId] | None = None,
    beyond: Collection[OfficialId],
) -> frozenset[OfficialId]:
    """Which of ``mine`` know somebody who can be found for a topic and is none of ``beyond``."""
    if not mine:
        return frozenset()
    found: set[OfficialId] = set()
    for near, far in (
        (Acquaintance.low_id, Acquaintance.high_id),
        (Acquaintance.high_id, Acquaintance.low_id),
    ):
        statement = (
            select(near)
            .join(Involvement, Involvement.official_id == far)
            .where(near.in_(mine), far.not_in(beyond), Involvement.topic_id == topic, Involvement.active)
            .distinct()
        )
        if layers:
            statement = statement.where(Involvement.layer.in_(layers))
        if organisations is not None:
            statement = statement.join(Official, Official.id == far).where(
                Official.organisation_id.in_(organisations)
            )
        found.update(OfficialId(official) for official in (await work.session.execute(statement)).scalars())
    return frozenset(found)


@dataclass(frozen=True)
class Whereabouts:
    """Where an official works."""

    layer: Layer
    organisation: OrganisationId


async def whereabouts(work: Work, some: Collection[OfficialId]) -> dict[OfficialId, Whereabouts]:
    """Where the active ones among these officials work."""
    rows = await work.session.execute(
        select(Official.id, Official.layer, Official.organisation_id).where(
            Official.id.in_(some), Official.state == "active", Official.organisation_id.is_not(None)
        )
    )
    return {
        OfficialId(official): Whereabouts(Layer(layer), OrganisationId(organisation))
        for official, layer, organisation in rows
        if organisation is not None
    }


async def introducing(work: Work, some: Collection[OfficialId]) -> list[OfficialId]:
    """Which of these officials like to introduce people, and so may be named as a go-between."""
    rows = await work.session.execute(
        select(Official.id)
        .where(Official.id.in_(some), Official.state == "active", Official.findable, Official.introduces)
        .order_by(Official.id)
    )
    return [OfficialId(official) for official in rows.scalars()]


async def add_tie(work: Work, a: OfficialId, b: OfficialId, source: str, topic: TopicId | None) -> bool:
    """Two know each other from now on; false when they already did, which is a sign of life then."""
    low, high = _pair(a, b)
    await _drop_declarations(work, low, high)
    statement = (
        insert_into(work, Acquaintance)
        .values(
            low_id=low, high_id=high, source=source, topic_id=topic, since=work.now, last_sign_at=work.now
        )
        .on_conflict_do_nothing(index_elements=["low_id", "high_id"])
        .returning(Acquaintance.id)
    )
    if (await work.session.execute(statement)).scalar_one_or_none() is not None:
        return True
    await _note_sign(work, low, high)
    return False


async def _note_sign(work: Work, low: OfficialId, high: OfficialId) -> None:
    """Both spoke each other."""
    changed = await work.session.execute(
        update(Acquaintance)
        .where(Acquaintance.low_id == low, Acquaintance.high_id == high)
        .values(last_sign_at=work.now)
        .returning(Acquaintance.id)
    )
    tie = changed.scalar_one()
    for official in (low, high):
        await work.session.execute(
            insert_into(work, TieSide)
            .values(acquaintance_id=tie, official_id=official, spoke_at=work.now)
            .on_conflict_do_update(
                index_elements=["acquaintance_id", "official_id"], set_={"spoke_at": work.now}
            )
        )


async def declare(work: Work, by: OfficialId, of: OfficialId) -> bool:
    """One says to know the other. True when that makes it a tie: the other said so too."""
    _pair(by, of)
    if await declared(work, of, by):
        return await add_tie(work, by, of, DECLARED, None)
    if not await know_each_other(work, by, of):
        await work.session.execute(
            insert_into(work, Declaration)
            .values(by_id=by, of_id=of, at=work.now)
            .on_conflict_do_update(index_elements=["by_id", "of_id"], set_={"at": work.now})
        )
    return False


async def declared(work: Work, by: OfficialId, of: OfficialId) -> bool:
    """Whether one's declaration stands: neither confirmed nor lapsed."""
    found = await work.session.execute(
        select(Declaration.id).where(
            Declaration.by_id == by, Declaration.of_id == of, Declaration.at > _oldest(work)
        )
    )
    return found.scalar_one_or_none() is not None


async def know_each_other(work: Work, a: OfficialId, b: OfficialId) -> bool:
    low, high = _pair(a, b)
    found = await work.session.execute(
        select(Acquaintance.id).where(Acquaintance.low_id == low, Acquaintance.high_id == high)
    )
    return found.scalar_one_or_none() is not None


async def clear_declarations(work: Work) -> None:
    """Let go of what was not confirmed in time."""
    await work.session.execute(delete(Declaration).where(Declaration.at <= _oldest(work)))


def declared_since(work: Work) -> ColumnElement[bool]:
    """Declarations that did not lapse."""
    return Declaration.at > _oldest(work)


def _oldest(work: Work) -> datetime:
    return work.now - timedelta(days=DECLARATION_DAYS)


async def _drop_declarations(work: Work, a: OfficialId, b: OfficialId) -> None:
    either = or_(
        and_(Declaration.by_id == a, Declaration.of_id == b),
        and_(Declaration.by_id == b, Declaration.of_id == a),
    )
    await work.session.execute(delete(Declaration).where(either))


async def keep_apart(work: Work, a: OfficialId, b: OfficialId, until: datetime | None) -> None:
    """Two leave each other's lists until a moment; ``None`` is for good. A longer term that stands, stays."""
    low, high = _pair(a, b)
    statement = insert_into(work, Apart).values(low_id=low, high_id=high, until=until)
    given = statement.excluded.until
    longer = case(
        (or_(Apart.until.is_(None), given.is_(None)), None), (Apart.until > given, Apart.until), else_=given
    )
    await work.session.execute(
        statement.on_conflict_do_update(index_elements=["low_id", "high_id"], set_={"until": longer})
    )


def _apart_now(work: Work) -> ColumnElement[bool]:
    return or_(Apart.until.is_(None), Apart.until > work.now)


async def apart_from(work: Work, official: OfficialId) -> frozenset[OfficialId]:
    """Whom this official is kept apart from now."""
    rows = await work.session.execute(
        select(Apart.low_id, Apart.high_id).where(
            or_(Apart.low_id == official, Apart.high_id == official), _apart_now(work)
        )
    )
    return _others(official, rows)


async def clear_apart(work: Work) -> None:
    """Forget terms that are over."""
    await work.session.execute(delete(Apart).where(~_apart_now(work)))


async def block(work: Work, by: OfficialId, of: OfficialId) -> None:
    """One wants no contact with the other, who never learns it."""
    _pair(by, of)
    await work.session.execute(
        insert_into(work, Block)
        .values(by_id=by, of_id=of, at=work.now)
        .on_conflict_do_nothing(index_elements=["by_id", "of_id"])
    )


async def unblock(work: Work, by: OfficialId, of: OfficialId) -> None:
    await work.session.execute(delete(Block).where(Block.by_id == by, Block.of_id == of))


async def blocks_of(work: Work, by: OfficialId) -> frozenset[OfficialId]:
    """Whom this official blocks."""
    rows = await work.session.execute(select(Block.of_id).where(Block.by_id == by))
    return frozenset(OfficialId(of) for of in rows.scalars())


async def blocked_with(work: Work, official: OfficialId) -> frozenset[OfficialId]:
    """Everyone between whom and this official stands a block, either way."""
    rows = await work.session.execute(
        select(Block.by_id, Block.of_id).where(or_(Block.by_id == official, Block.of_id == official))
    )
    return _others(official, rows)


async def is_blocked(work: Work, a: OfficialId, b: OfficialId) -> bool:
    """Whether a block stands between two, either way."""
    either = or_(and_(Block.by_id == a, Block.of_id == b), and_(Block.by_id == b, Block.of_id == a))
    return bool((await work.session.execute(select(exists().where(either)))).scalar_one())


def _others(official: OfficialId, pairs: Iterable[tuple[int, int]]) -> frozenset[OfficialId]:
    return frozenset(OfficialId(high if low == official else low) for low, high in pairs)
