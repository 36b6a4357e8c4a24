"""What the overview counts, and the months that were published."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain import koffie
from bot.domain.disclosure import Standing, Tally
from bot.domain.overview import (
    AGREED,
    ANYONE,
    DRUNK,
    ENDED,
    NATIONWIDE,
    ORGANISATIONS,
    WITHOUT_TOPIC,
    Figure,
    Kind,
    Month,
    Published,
    Reach,
    Standings,
    colleagues_of,
    pair,
)
from bot.domain.tie import Outcome
from bot.store import ties
from bot.store.dialect import insert_into
from bot.store.network import NOT_MET_HERE
from bot.store.tables import (
    Acquaintance,
    ChannelMember,
    Feeling,
    Gap,
    Involvement,
    Koffie,
    Meeting,
    MeetingSlot,
    Official,
    Organisation,
    Overview,
    Round,
    Seat,
    Topic,
    TopicChannel,
    Watch,
)
from bot.store.work import Work

_Rows = Select[*tuple[Any, ...]]
_Counted = Iterator[tuple[Figure, Tally]]
_DIVIDER = "/"
_HERE = Official.state == "active"
_OVER = (Koffie.closed_at.is_not(None), Koffie.state != koffie.State.KNOWN.value)
_FIXED = "fixed"
_TOLD = and_(Topic.status == "active", Topic.sensitive.is_(False))
"""Of who is in a sensitive topic there are no figures: neither they, nor their rounds, nor their ties."""
_ON_TOPIC = and_(Topic.id == Acquaintance.topic_id, Topic.sensitive.is_(False))


async def tallies(work: Work) -> dict[Figure, Tally]:
    """Every true count as of now. They are secret: only :func:`bot.domain.overview.publish` may see them."""
    parts = (
        _officials(await _rows(work, _by_layer()), await _rows(work, _by_province())),
        _organisations(await _rows(work, _by_organisation())),
        _on_topics(await _rows(work, _by_topic())),
        _by_name(await _rows(work, _members()), Kind.MEMBERS),
        _by_name(await _rows(work, _asked()), Kind.ASKED),
        _ties(await _rows(work, _pairs()), Kind.TIES),
        _ties(await _rows(work, _pairs().where(*_MET)), Kind.MET),
        _ties(await _rows(work, _pairs(Topic.slug).join(Topic, _ON_TOPIC))),
        _answers(await _rows(work, _answered())),
        _marks(await ties.marks(work)),
        _by_name(await _rows(work, _waiting()), Kind.WAITING),
        _by_name(await _rows(work, _lacking()), Kind.LACKING),
    )
    found = {figure: tally for part in parts for figure, tally in part}
    for figure, which in ((ENDED, ()), (AGREED, (_AGREED,)), (DRUNK, (_DRUNK,))):
        (row,) = await _rows(work, _koffies().where(*_OVER, *which))
        found[figure] = Tally(*row)
    return found


async def _rows(work: Work, statement: _Rows) -> Sequence[Any]:
    return (await work.session.execute(statement)).all()


def _person(count: int) -> Tally:
    return Tally(count, count)


# Officials.


def _by_layer() -> _Rows:
    return select(Official.layer, func.count()).where(_HERE).group_by(Official.layer)


def _by_province() -> _Rows:
    return (
        select(Organisation.province, func.count())
        .join(Official, Official.organisation_id == Organisation.id)
        .where(_HERE)
        .group_by(Organisation.province)
    )


def _by_organisation() -> _Rows:
    return select(func.count()).where(_HERE).group_by(Official.organisation_id)


def _by_topic() -> _Rows:
    """Who leads, works on or follows it: being hard to reach for a while does not change that."""
    return (
        select(Topic.slug, Official.layer, func.count())
        .select_from(Involvement)
        .join(Official, Official.id == Involvement.official_id)
        .join(Topic, Topic.id == Involvement.topic_id)
        .where(_HERE, _TOLD)
        .group_by(Topic.slug, Official.layer)
    )


_CHANNEL = case((TopicChannel.topic_id.is_(None), WITHOUT_TOPIC), else_=Topic.slug)
_OPEN = or_(TopicChannel.topic_id.is_(None), _TOLD)


def _members() -> _Rows:
    return (
        select(_CHANNEL, func.count())
        .select_from(ChannelMember)
        .join(TopicChannel, TopicChannel.id == ChannelMember.channel_id)
        .outerjoin(Topic, Topic.id == TopicChannel.topic_id)
        .join(Official, Official.id == ChannelMember.official_id)
        .where(_HERE, _OPEN)
        .group_by(_CHANNEL)
    )


def _asked() -> _Rows:
    """Who was asked in the last round of each channel that was held."""
    held = (
        select(Round.channel_id, func.max(Round.at).label("at"))
        .where(Round.sha256.is_not(None))
        .group_by(Round.channel_id)
        .subquery()
    )
    return (
        select(_CHANNEL, func.count(Seat.official_id.distinct()))
        .select_from(held)
        .join(Round, and_(Round.channel_id == held.c.channel_id, Round.at == held.c.at))
        .join(TopicChannel, TopicChannel.id == Round.channel_id)
        .outerjoin(Topic, Topic.id == TopicChannel.topic_id)
        .join(Koffie, Koffie.round_id == Round.id)
        .join(Seat, Seat.koffie_id == Koffie.id)
        .where(_OPEN)
        .group_by(_CHANNEL)
    )


def _officials(by_layer: Iterable[Any], by_province: Iterable[Any]) -> _Counted:
    total = 0
    for layer, count in by_layer:
        total += count
        yield (Kind.OFFICIALS, layer), _person(count)
    yield (Kind.OFFICIALS,), _person(total)
    for province, count in by_province:
        yield (Kind.BY_PROVINCE, province or NATIONWIDE), _person(count)


def _organisations(sizes: Sequence[Any]) -> _Counted:
    officials: dict[str, int] = {}
    for (size,) in sizes:
        group = colleagues_of(size).value
        officials[group] = officials.get(group, 0) + size
    for group, count in officials.items():
        yield (Kind.BY_COLLEAGUES, group), _person(count)
    yield ORGANISATIONS, Tally(len(sizes), sum(officials.values()))


def _on_topics(rows: Iterable[Any]) -> _Counted:
    totals: dict[str, int] = {}
    for slug, layer, count in rows:
        totals[slug] = totals.get(slug, 0) + count
        yield (Kind.ON_TOPIC, slug, layer), _person(count)
    for slug, count in totals.items():
        yield (Kind.ON_TOPIC, slug), _person(count)


# Ties. Each is counted once; behind it stands a person on either side.

_ONE, _OTHER = aliased(Official), aliased(Official)
_LOW_LAYER = case((_ONE.layer < _OTHER.layer, _ONE.layer), else_=_OTHER.layer)
_HIGH_LAYER = case((_ONE.layer < _OTHER.layer, _OTHER.layer), else_=_ONE.layer)
_LOW_SIDE = case((_ONE.layer <= _OTHER.layer, _ONE.id), else_=_OTHER.id)
_HIGH_SIDE = case((_ONE.layer <= _OTHER.layer, _OTHER.id), else_=_ONE.id)
_MET = (Acquaintance.source.not_in(NOT_MET_HERE), _ONE.layer != _OTHER.layer)


def _pairs(*by: ColumnElement[str] | Any) -> _Rows:
    """Per topic (if asked) and pair of layers, the ties and how many people stand on either side of them."""
    return (
        select(
            *by,
            _LOW_LAYER,
            _HIGH_LAYER,
            func.count(),
            func.count(_LOW_SIDE.distinct()),
            func.count(_HIGH_SIDE.distinct()),
        )
        .select_from(Acquaintance)
        .join(_ONE, _ONE.id == Acquaintance.low_id)
        .join(_OTHER, _OTHER.id == Acquaintance.high_id)
        .where(_ONE.state == "active", _OTHER.state == "active")
        .group_by(*by, _LOW_LAYER, _HIGH_LAYER)
    )


def _ties(rows: Iterable[Any], kind: Kind = Kind.TOPIC_TIES) -> _Counted:
    """By pair of layers, and in total: of the people behind a total, those behind its best known part."""
    totals: dict[Figure, Tally] = {}
    for *topic, one, other, count, low, high in rows:
        tally = Tally(count, min(low, high))
        whole = (kind, *topic)
        before = totals.get(whole, Tally(0, 0))
        totals[whole] = Tally(before.count + count, max(before.people, tally.people))
        yield (*whole, *pair(one, other)), tally
    yield from totals.items()


# Koffies.

_AGREED = Koffie.agreed_at.is_not(None)
_DRUNK = Koffie.state == koffie.State.DRUNK.value


def _koffies() -> _Rows:
    return (
        select(func.count(Koffie.id.distinct()), func.count(Seat.official_id.distinct()))
        .select_from(Koffie)
        .join(Seat, Seat.koffie_id == Koffie.id)
    )


@dataclass(frozen=True)
class Wait:
    """One koffie from the request to the second yes, and to the appointment if there was one."""

    asked: datetime
    agreed: datetime
    met: datetime | None


async def waits(work: Work) -> list[Wait]:
    """Of the koffies that are over and that everybody said yes to."""
    rows = await work.session.execute(
        select(Koffie.requested_at, Koffie.agreed_at, Koffie.state, Meeting.state, MeetingSlot.starts_at)
        .outerjoin(Meeting, Meeting.koffie_id == Koffie.id)
        .outerjoin(MeetingSlot, MeetingSlot.id == Meeting.slot_id)
        .where(*_OVER, _AGREED)
    )
    return [
        Wait(asked, agreed, starts if state == koffie.State.DRUNK and fixed == _FIXED else None)
        for asked, agreed, state, fixed, starts in rows
        if agreed is not None
    ]


# What was counted without anybody in it.


def _answered() -> _Rows:
    return select(Feeling.question, Feeling.answer, func.sum(Feeling.count)).group_by(
        Feeling.question, Feeling.answer
    )


def _answers(rows: Iterable[Any]) -> _Counted:
    totals: dict[Figure, int] = {}
    for question, answer, count in rows:
        whole: list[Figure] = [(Kind.FELT, question)]
        if answer in {Reach.FEW, Reach.MORE}:
            whole.append((Kind.FELT, question, ANYONE))
        for figure in whole:
            totals[figure] = totals.get(figure, 0) + int(count)
        yield (Kind.FELT, question, answer), _person(int(count))
    for figure, count in totals.items():
        yield figure, _person(count)


def _marks(counted: Mapping[int, Mapping[Outcome, int]]) -> _Counted:
    for age, outcomes in counted.items():
        reached = sum(outcomes.values())
        yield (Kind.MARKED, str(age)), _person(reached)
        yield (Kind.ALIVE, str(age)), _person(reached - outcomes[Outcome.QUIET])


def _waiting() -> _Rows:
    """For which topic and layer officials wait for somebody to join."""
    return (
        select(Topic.slug, Watch.layer, func.count(Watch.official_id.distinct()))
        .join(Topic, Topic.id == Watch.topic_id)
        .where(Watch.layer != "", Topic.sensitive.is_(False))
        .group_by(Topic.slug, Watch.layer)
    )


def _lacking() -> _Rows:
    """For which topic and layer officials passed on that nobody was found."""
    return (
        select(Topic.slug, Gap.layer, func.sum(Gap.count))
        .join(Topic, and_(Topic.id == Gap.topic_id, Topic.sensitive.is_(False)))
        .group_by(Topic.slug, Gap.layer)
    )


def _by_name(rows: Iterable[Any], kind: Kind) -> _Counted:
    for *names, count in rows:
        yield (kind, *names), _person(int(count))


# The months that were published.


async def months(work: Work) -> list[Month]:
    """All of them, the oldest first."""
    rows = await work.session.execute(select(Overview.day, Overview.figures).order_by(Overview.month))
    return [Month(day, _named(figures)) for day, figures in rows]


async def newest_month(work: Work) -> date | None:
    """Which month was published last."""
    return (await work.session.execute(select(func.max(Overview.month)))).scalar_one()


async def newest(work: Work) -> Month | None:
    found = await work.session.execute(
        select(Overview.day, Overview.figures).order_by(Overview.month.desc()).limit(1)
    )
    row = found.one_or_none()
    return None if row is None else Month(row.day, _named(row.figures))


async def is_published(work: Work, month: date) -> bool:
    found = await work.session.execute(select(Overview.month).where(Overview.month >= month).limit(1))
    return found.scalar_one_or_none() is not None


async def standings(work: Work) -> Standings:
    """What the newest month stands on."""
    found = await work.session.execute(
        select(Overview.month, Overview.sealed).order_by(Overview.month.desc()).limit(1)
    )
    row = found.one_or_none()
    if row is None or row.sealed is None:
        return {}
    plain = json.loads(work.vault.open(row.sealed, "overview", "sealed", row.month.isoformat()))
    return {figure: Standing(*both) for figure, both in _named(plain).items()}


async def add(work: Work, month: date, published: Published) -> bool:
    """Keep a month, and forget what the one before stood on; false when it was there already."""
    plain = {_name(figure): [one.counted, one.told] for figure, one in published.standings.items()}
    statement = (
        insert_into(work, Overview)
        .values(
            month=month,
            day=work.today,
            figures={_name(figure): shown for figure, shown in sorted(published.figures.items())},
            sealed=work.vault.seal(json.dumps(plain).encode(), "overview", "sealed", month.isoformat()),
        )
        .on_conflict_do_nothing(index_elements=["month"])
        .returning(Overview.month)
    )
    new = (await work.session.execute(statement)).scalar_one_or_none() is not None
    if new:
        await work.session.execute(update(Overview).where(Overview.month < month).values(sealed=None))
    return new


def _name(figure: Figure) -> str:
    return _DIVIDER.join(figure)


def _named(stored: dict[str, Any]) -> dict[Figure, Any]:
    return {tuple(name.split(_DIVIDER)): value for name, value in stored.items()}
