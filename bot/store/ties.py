"""Ties over time: who is asked about which, what each says, and the counts without persons."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from bot.domain.ids import OfficialId, TieId, TopicId
from bot.domain.months import months_before
from bot.domain.tie import (
    ASK_AFTER_MONTHS,
    LIST_AFTER_MONTHS,
    MARKS,
    TO_ANSWER_MONTHS,
    Life,
    Outcome,
    marks_due,
)
from bot.store.dialect import insert_into
from bot.store.network import NOT_MET_HERE, blocks_of
from bot.store.openings import week_of
from bot.store.round import expected
from bot.store.tables import Acquaintance, Official, Opening, TieMark, TieSide
from bot.store.work import Work

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Side:
    """A tie as one of the two sees it: ``life`` holds one's own signs, never the other's."""

    id: TieId
    other: OfficialId
    topic: TopicId | None
    life: Life


async def of(work: Work, official: OfficialId) -> list[Side]:
    """The ties with who is still here and not blocked by this official, the longest unspoken first."""
    blocked = await blocks_of(work, official)
    found = [side for side in await _sides(work, official, _ends(official)) if side.other not in blocked]
    return sorted(found, key=lambda side: (side.life.last_sign, side.id))


async def get(work: Work, official: OfficialId, tie: TieId) -> Side | None:
    """One tie of this official's; ``None`` when it is not theirs, or the other one is gone."""
    found = await _sides(work, official, and_(Acquaintance.id == tie, _ends(official)))
    return found[0] if found else None


async def _sides(work: Work, official: OfficialId, which: ColumnElement[bool]) -> list[Side]:
    other = _other_than(official)
    row = Acquaintance
    rows = await work.session.execute(
        select(row.id, other, row.topic_id, row.since, row.alone_at, TieSide.spoke_at)
        .outerjoin(TieSide, and_(TieSide.acquaintance_id == Acquaintance.id, TieSide.official_id == official))
        .join(Official, and_(Official.id == other, Official.state == "active"))
        .where(which)
        .order_by(Acquaintance.id)
    )
    return [
        Side(
            TieId(tie),
            OfficialId(number),
            None if topic is None else TopicId(topic),
            Life(since, spoke_at or since, alone_at),
        )
        for tie, number, topic, since, alone_at, spoke_at in rows
    ]


async def others(work: Work, official: OfficialId) -> dict[TieId, OfficialId]:
    """The other one of every tie, also of who left."""
    rows = await work.session.execute(
        select(Acquaintance.id, _other_than(official)).where(_ends(official)).order_by(Acquaintance.id)
    )
    return {TieId(tie): OfficialId(other) for tie, other in rows}


def _ends(official: OfficialId) -> ColumnElement[bool]:
    return or_(Acquaintance.low_id == official, Acquaintance.high_id == official)


def _other_than(official: OfficialId) -> ColumnElement[int]:
    return Acquaintance.low_id + Acquaintance.high_id - official


async def spoke(work: Work, official: OfficialId, ties: Collection[TieId]) -> None:
    """This official speaks these: a sign of life of each tie that is their own."""
    mine = [tie for tie in await others(work, official) if tie in ties]
    for tie in mine:
        await _note(work, tie, official, spoke_at=work.now)
    await work.session.execute(
        update(Acquaintance).where(Acquaintance.id.in_(mine)).values(last_sign_at=work.now)
    )


async def leave_alone(work: Work, official: OfficialId, ties: Collection[TieId]) -> None:
    """These go on without the bot: they are asked about no more."""
    await work.session.execute(
        update(Acquaintance)
        .where(Acquaintance.id.in_(ties), _ends(official), Acquaintance.alone_at.is_(None))
        .values(alone_at=work.now)
    )


async def note_asked(work: Work, official: OfficialId, tie: TieId) -> None:
    await _note(work, tie, official, asked_at=work.now)


async def _note(work: Work, tie: TieId, official: OfficialId, **moment: datetime) -> None:
    await work.session.execute(
        insert_into(work, TieSide)
        .values(acquaintance_id=tie, official_id=official, **moment)
        .on_conflict_do_update(index_elements=["acquaintance_id", "official_id"], set_=moment)
    )


# Who is asked what today.


async def to_ask(work: Work, after: OfficialId, most: int, moment: datetime) -> list[OfficialId]:
    """Who is due for the yearly list or a question about a tie and was not spoken to that week, by id.

    The week is that of ``moment``, when it would go out. Who paused has time until later, and who may be
    asked in a round later that week as well: a question that can wait must not take the place of a koffie.
    """
    following = work.hours.midnight(week_of(work, moment) + _WEEK)
    round_first = and_(Official.rounds, expected(Official.id, moment, following))
    spoken_to = exists().where(Opening.official_id == Official.id, Opening.week == week_of(work, moment))
    due = or_(_is_due_for_list(work), exists().where(*_is_due_to_ask(work)))
    asked = and_(Official.state == "active", Official.requests, Official.invented.is_(False))
    rows = await work.session.execute(
        select(Official.id)
        .where(Official.id > after, asked, ~spoken_to, ~round_first, due)
        .order_by(Official.id)
        .limit(most)
    )
    return [OfficialId(official) for official in rows.scalars()]


async def is_due_for_list(work: Work, official: OfficialId) -> bool:
    """Whether this official has a tie of a year or more and was not shown the yearly list for a year."""
    rows = await work.session.execute(
        select(Official.id).where(Official.id == official, _is_due_for_list(work))
    )
    return rows.scalar_one_or_none() is not None


async def to_ask_about(work: Work, official: OfficialId) -> list[TieId]:
    """Ties of three months or more that began here and this official was not asked about, oldest first.

    From a year on a tie stands in the yearly list instead.
    """
    rows = await work.session.execute(
        select(Acquaintance.id)
        .join(Official, Official.id == official)
        .where(*_is_due_to_ask(work))
        .order_by(Acquaintance.since, Acquaintance.id)
    )
    return [TieId(tie) for tie in rows.scalars()]


_IS_OF = or_(Acquaintance.low_id == Official.id, Acquaintance.high_id == Official.id)


def _is_due_for_list(work: Work) -> ColumnElement[bool]:
    year_ago = months_before(work.now, LIST_AFTER_MONTHS)
    old = exists().where(_IS_OF, Acquaintance.since <= year_ago, Acquaintance.alone_at.is_(None))
    return and_(or_(Official.ties_asked_at.is_(None), Official.ties_asked_at <= year_ago), old)


def _is_due_to_ask(work: Work) -> tuple[ColumnElement[bool], ...]:
    # Said in so many words: by itself only the nearest query around it would be meant.
    asked = (
        exists()
        .where(
            TieSide.acquaintance_id == Acquaintance.id,
            TieSide.official_id == Official.id,
            TieSide.asked_at.is_not(None),
        )
        .correlate(Acquaintance, Official)
    )
    return (
        _IS_OF,
        Acquaintance.since <= months_before(work.now, ASK_AFTER_MONTHS),
        Acquaintance.since > months_before(work.now, LIST_AFTER_MONTHS),
        Acquaintance.alone_at.is_(None),
        Acquaintance.source.not_in(NOT_MET_HERE),
        ~asked,
    )


# Counting.


async def count_marks(work: Work, most: int) -> None:
    """Count each tie that began here at its anniversaries, once; nothing tells which it was.

    Of more than ``most`` the others wait for another day.
    """
    row = Acquaintance
    due = [
        and_(row.marks == place, row.since <= months_before(work.now, age + TO_ANSWER_MONTHS))
        for place, age in enumerate(MARKS)
    ]
    rows = await work.session.execute(
        select(row.id, row.since, row.last_sign_at, row.alone_at, row.marks)
        .where(or_(*due), row.source.not_in(NOT_MET_HERE))
        .order_by(row.since, row.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    counts: Counter[tuple[int, Outcome]] = Counter()
    ties: defaultdict[int, list[int]] = defaultdict(list)
    for tie, since, last_sign, alone_at, before in rows.all():
        counted = list(marks_due(Life(since, last_sign, alone_at), before, work.now))
        counts.update(counted)
        ties[before + len(counted)].append(tie)
    for place, some in ties.items():
        await work.session.execute(update(row).where(row.id.in_(some)).values(marks=place))
    for (age, outcome), count in sorted(counts.items()):
        await _add(work, age, outcome, count)


async def _add(work: Work, age: int, outcome: Outcome, count: int) -> None:
    statement = insert_into(work, TieMark).values(
        month=work.today.replace(day=1), age=age, outcome=outcome.value, count=count
    )
    await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["month", "age", "outcome"], set_={"count": TieMark.count + count}
        )
    )


async def marks(work: Work) -> dict[int, dict[Outcome, int]]:
    """How many ties lived after 3, 12 and 24 months: true counts, for :mod:`bot.services.overview` alone."""
    rows = await work.session.execute(
        select(TieMark.age, TieMark.outcome, func.sum(TieMark.count)).group_by(TieMark.age, TieMark.outcome)
    )
    counted = {age: dict.fromkeys(Outcome, 0) for age in MARKS}
    for age, outcome, count in rows:
        counted[age][Outcome(outcome)] = int(count)
    return counted


async def clear_marks(work: Work, older_than: timedelta) -> None:
    """Forget what is older."""
    await work.session.execute(delete(TieMark).where(TieMark.month < work.today - older_than))
