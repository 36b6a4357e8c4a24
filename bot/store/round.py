"""Rounds: their rows, and all that a plan is made from, read for everybody at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.ids import ChannelId, OfficialId, OrganisationId, RoundId, SubQuestionId, TopicId
from bot.domain.koffie import Answer, State
from bot.domain.layer import Layer
from bot.domain.round import Round, RoundState, Standing
from bot.domain.topic import Part
from bot.store import tables
from bot.store.dialect import batches, insert_into
from bot.store.network import declared_since
from bot.store.work import Work

Pair = tuple[OfficialId, OfficialId]
# Made once: a new alias each time costs more than the query.
_one, _other = aliased(tables.Seat), aliased(tables.Seat)
_their_involvement = aliased(tables.Involvement)


def _round(row: tables.Round) -> Round:
    return Round(
        id=RoundId(row.id),
        channel=ChannelId(row.channel_id),
        at=row.at,
        state=RoundState(row.state),
        one_day=row.one_day,
    )


async def add(work: Work, channel: ChannelId, at: datetime, *, one_day: bool = False) -> Round | None:
    """A round that is announced; ``None`` when the channel has one at that moment."""
    statement = (
        insert_into(work, tables.Round)
        .values(channel_id=channel, at=at, state=RoundState.ANNOUNCED, one_day=one_day)
        .on_conflict_do_nothing(index_elements=["channel_id", "at"])
        .returning(tables.Round.id)
    )
    made = (await work.session.execute(statement)).scalar_one_or_none()
    return None if made is None else Round(RoundId(made), channel, at, RoundState.ANNOUNCED, one_day)


async def get(work: Work, number: RoundId, *, lock: bool = False) -> Round | None:
    """A round; with ``lock`` nobody else changes it until this unit of work is over."""
    statement = select(tables.Round).where(tables.Round.id == number)
    if lock:
        statement = statement.with_for_update()
    row = (
        await work.session.execute(statement.execution_options(populate_existing=True))
    ).scalar_one_or_none()
    return None if row is None else _round(row)


async def of_channel(work: Work, channel: ChannelId, *states: RoundState) -> list[Round]:
    """The rounds of a channel that are in one of these states, the first first."""
    rows = await work.session.execute(
        select(tables.Round)
        .where(tables.Round.channel_id == channel, tables.Round.state.in_(states))
        .order_by(tables.Round.at)
        .execution_options(populate_existing=True)
    )
    return [_round(row) for row in rows.scalars()]


async def skip(work: Work, channel: ChannelId, at: datetime) -> RoundId | None:
    """A round that is never announced, so that none is held at that moment; ``None``: there is one."""
    statement = (
        insert_into(work, tables.Round)
        .values(channel_id=channel, at=at, state=RoundState.SKIPPED, one_day=False)
        .on_conflict_do_nothing(index_elements=["channel_id", "at"])
        .returning(tables.Round.id)
    )
    made = (await work.session.execute(statement)).scalar_one_or_none()
    return None if made is None else RoundId(made)


async def forget(work: Work, number: RoundId) -> None:
    """Take a round out that was never announced: it may be held after all."""
    await work.session.execute(
        delete(tables.Round).where(tables.Round.id == number, tables.Round.state == RoundState.SKIPPED)
    )


async def move_on(work: Work, number: RoundId, state: RoundState, **values: Any) -> None:
    """Note how far a round is, with what its plan proved where it was planned."""
    await work.session.execute(
        update(tables.Round).where(tables.Round.id == number).values(state=state, **values)
    )


async def last_held(work: Work, channel: ChannelId) -> datetime | None:
    """When the latest round of a channel was held."""
    row = tables.Round
    found = await work.session.execute(
        select(func.max(row.at)).where(row.channel_id == channel, row.sha256.is_not(None))
    )
    return found.scalar_one()


async def choose(work: Work, number: RoundId, official: OfficialId, *, joins: bool) -> None:
    """What somebody chose for this round; a later choice takes the place of an earlier one."""
    statement = insert_into(work, tables.RoundChoice).values(
        round_id=number, official_id=official, joins=joins
    )
    await work.session.execute(
        statement.on_conflict_do_update(index_elements=["round_id", "official_id"], set_={"joins": joins})
    )


async def clear_choices(work: Work, older_than: timedelta) -> None:
    """Forget who sat out a round of long ago."""
    old = select(tables.Round.id).where(tables.Round.at < work.now - older_than)
    await work.session.execute(delete(tables.RoundChoice).where(tables.RoundChoice.round_id.in_(old)))


# What a plan is made from.


@dataclass(frozen=True)
class Candidate:
    """Somebody who takes part in a round, as the plan needs to know them."""

    official: OfficialId
    organisation: OrganisationId
    kind: str
    layer: Layer
    languages: tuple[str, ...]
    working_days: tuple[int, ...]
    working_hours: str
    time_zone: str
    formats: tuple[str, ...]
    topics: Mapping[TopicId, Part]
    waiting: int
    met: int
    colleagues: int
    standing: Standing
    role: str = ""
    sub_questions: frozenset[SubQuestionId] = frozenset()
    layers_known: frozenset[Layer] = frozenset()


def _taking_part(work: Work, round_: Round) -> Select[int]:
    """Ids of who takes part: reachable, rounds not paused, not away, joined, and not sitting this one out."""
    official, choice = tables.Official, tables.RoundChoice
    chosen = select(choice.joins).where(choice.round_id == round_.id, choice.official_id == official.id)
    member = exists().where(
        tables.ChannelMember.channel_id == round_.channel, tables.ChannelMember.official_id == official.id
    )
    sits_out = exists(chosen.where(choice.joins.is_(False)))
    joins = exists(chosen.where(choice.joins)) if round_.one_day else and_(member, ~sits_out)
    reachable = exists().where(tables.Account.official_id == official.id, tables.Account.active)
    here = or_(official.away_until.is_(None), official.away_until <= work.now)
    return select(official.id).where(official.state == "active", official.rounds, here, reachable, joins)


def expected(official: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Whether a round that somebody joined is held between these moments, announced or not.

    ``official`` is the column of the ids.
    """
    member, channel, round_ = tables.ChannelMember, tables.TopicChannel, tables.Round
    announced = exists().where(
        round_.channel_id == channel.id, round_.state == RoundState.ANNOUNCED, round_.at.between(start, end)
    )
    soon = or_(channel.next_at.between(start, end), announced)
    return exists().where(member.official_id == official, channel.id == member.channel_id, soon)


async def candidates(
    work: Work, round_: Round, month: tuple[datetime, datetime], *, on_topics: bool = True
) -> list[Candidate]:
    """Everybody who takes part, in order of id. ``month`` bounds what counts for one's pace.

    Of the layers at which they know somebody those count, with ``on_topics``, where they share a topic.
    """
    some = _taking_part(work, round_).subquery()
    official, organisation, member = tables.Official, tables.Organisation, tables.ChannelMember
    rows = await work.session.execute(
        select(official, organisation.id, organisation.type, member.waiting)
        .join(some, some.c.id == official.id)
        .join(organisation, organisation.id == official.organisation_id)
        .outerjoin(member, and_(member.official_id == official.id, member.channel_id == round_.channel))
        .order_by(official.id)
    )
    topics = await _topics(work, some.c.id)
    parts = await _sub_questions(work, some.c.id)
    standings = await _koffies(work, some.c.id, month)
    colleagues = await _colleagues(work)
    met = await _met(work, some.c.id)
    known = await _layers_known(work, some.c.id, on_topics=on_topics)
    found: list[Candidate] = []
    for row, place, kind, waiting in rows:
        who = OfficialId(row.id)
        counted = standings.get(who, Standing(row.pace))
        found.append(
            Candidate(
                official=who,
                organisation=OrganisationId(place),
                kind=kind,
                layer=Layer(row.layer),
                role=row.role,
                languages=tuple(row.spoken) or (row.language,),
                working_days=tuple(row.working_days),
                working_hours=row.working_hours,
                time_zone=row.time_zone,
                formats=tuple(row.formats),
                topics=topics.get(who, {}),
                sub_questions=frozenset(parts.get(who, ())),
                layers_known=frozenset(known.get(who, ())),
                waiting=waiting or 0,
                met=met.get(who, 0),
                colleagues=colleagues[place],
                standing=Standing(row.pace, counted.agreed, counted.open, counted.last),
            )
        )
    return found


async def _topics(work: Work, some: Any) -> dict[OfficialId, dict[TopicId, Part]]:
    row = tables.Involvement
    found: dict[OfficialId, dict[TopicId, Part]] = {}
    for official, topic, part in await work.session.execute(
        select(row.official_id, row.topic_id, row.part).where(row.official_id.in_(select(some)))
    ):
        found.setdefault(OfficialId(official), {})[TopicId(topic)] = Part(part)
    return found


async def _sub_questions(work: Work, some: Any) -> dict[OfficialId, set[SubQuestionId]]:
    row = tables.ChosenSubQuestion
    found: dict[OfficialId, set[SubQuestionId]] = {}
    for official, part in await work.session.execute(
        select(row.official_id, row.sub_question_id).where(row.official_id.in_(select(some)))
    ):
        found.setdefault(OfficialId(official), set()).add(SubQuestionId(part))
    return found


async def _koffies(work: Work, some: Any, month: tuple[datetime, datetime]) -> dict[OfficialId, Standing]:
    """Koffies agreed on and questions open, requests and rounds together; the pace is not in it."""
    koffie, seat = tables.Koffie, tables.Seat
    this_month = and_(koffie.agreed_at >= month[0], koffie.agreed_at < month[1])
    waits = and_(
        koffie.state == State.PROPOSED,
        koffie.term_at > work.now,
        seat.asked,
        or_(seat.answer.is_(None), seat.answer == Answer.YES),
    )
    rows = await work.session.execute(
        select(
            seat.official_id,
            func.sum(case((this_month, 1), else_=0)),
            func.sum(case((waits, 1), else_=0)),
            func.max(koffie.agreed_at),
        )
        .join(koffie, koffie.id == seat.koffie_id)
        .where(seat.official_id.in_(select(some)), seat.gone.is_(False))
        .group_by(seat.official_id)
    )
    return {
        OfficialId(official): Standing(0, agreed or 0, waiting or 0, last)
        for official, agreed, waiting, last in rows
    }


async def _colleagues(work: Work) -> dict[int, int]:
    row = tables.Official
    rows = await work.session.execute(
        select(row.organisation_id, func.count()).where(row.state == "active").group_by(row.organisation_id)
    )
    return {organisation: number for organisation, number in rows if organisation is not None}


async def _met(work: Work, some: Any) -> dict[OfficialId, int]:
    """How many koffies each agreed on, ever."""
    koffie, seat = tables.Koffie, tables.Seat
    rows = await work.session.execute(
        select(seat.official_id, func.count())
        .join(koffie, koffie.id == seat.koffie_id)
        .where(seat.official_id.in_(select(some)), koffie.agreed_at.is_not(None))
        .group_by(seat.official_id)
    )
    return {OfficialId(official): number for official, number in rows}


async def _layers_known(work: Work, some: Any, *, on_topics: bool) -> dict[OfficialId, set[Layer]]:
    """The layers at which each knows somebody; with ``on_topics`` somebody who shares a topic with them."""
    tie, other, mine, theirs = tables.Acquaintance, tables.Official, tables.Involvement, _their_involvement
    found: dict[OfficialId, set[Layer]] = {}
    for near, far in ((tie.low_id, tie.high_id), (tie.high_id, tie.low_id)):
        known = select(near, other.layer).join(other, other.id == far).where(near.in_(select(some)))
        if on_topics:
            same = and_(theirs.official_id == far, theirs.topic_id == mine.topic_id)
            known = known.join(mine, mine.official_id == near).join(theirs, same)
        for official, layer in await work.session.execute(known.where(other.state == "active").distinct()):
            found.setdefault(OfficialId(official), set()).add(Layer(layer))
    return found


async def known_pairs(work: Work, round_: Round) -> list[Pair]:
    """Who of them know each other, as far as either says so, or have a koffie that is open or agreed on."""
    some = select(_taking_part(work, round_).subquery().c.id)
    tie, said = tables.Acquaintance, tables.Declaration
    found = await _pairs(
        work,
        select(tie.low_id, tie.high_id).where(tie.low_id.in_(some), tie.high_id.in_(some)),
        select(said.by_id, said.of_id).where(
            said.by_id.in_(some), said.of_id.in_(some), declared_since(work)
        ),
    )
    koffie = tables.Koffie
    theirs = or_(
        koffie.closed_at.is_(None),
        koffie.agreed_at.is_not(None),
        _one.answer == Answer.KNOWN,
        _other.answer == Answer.KNOWN,
    )
    return [*found, *await _pairs(work, _together(work, round_).where(theirs))]


async def introduced_pairs(work: Work, round_: Round, since: datetime) -> list[Pair]:
    """Who of them a round put at one table since then, whatever came of it."""
    koffie = tables.Koffie
    by_round = and_(koffie.round_id.is_not(None), koffie.asked_at >= since)
    return await _pairs(work, _together(work, round_).where(by_round))


def _together(work: Work, round_: Round) -> Select[int, int]:
    """Pairs of them who have or had a koffie together."""
    some = select(_taking_part(work, round_).subquery().c.id)
    return (
        select(_one.official_id, _other.official_id)
        .join(_other, and_(_other.koffie_id == _one.koffie_id, _other.official_id > _one.official_id))
        .join(tables.Koffie, tables.Koffie.id == _one.koffie_id)
        .where(_one.official_id.in_(some), _other.official_id.in_(some))
    )


async def blocked_pairs(work: Work, round_: Round) -> list[Pair]:
    """Who of them are kept apart: by a block of either, or for a while after a koffie that was off."""
    some = select(_taking_part(work, round_).subquery().c.id)
    block, apart = tables.Block, tables.Apart
    return await _pairs(
        work,
        select(block.by_id, block.of_id).where(block.by_id.in_(some), block.of_id.in_(some)),
        select(apart.low_id, apart.high_id).where(
            apart.low_id.in_(some),
            apart.high_id.in_(some),
            or_(apart.until.is_(None), apart.until > work.now),
        ),
    )


async def _pairs(work: Work, *statements: Select[int, int]) -> list[Pair]:
    return [
        (OfficialId(one), OfficialId(other))
        for statement in statements
        for one, other in await work.session.execute(statement)
    ]


# Who leaves rounds unanswered.


async def answered(work: Work, some: Collection[OfficialId]) -> None:
    """They answered a round: what they missed before counts no more."""
    await _count_missed(work, some, 0)


async def missed(work: Work, some: Collection[OfficialId], most: int) -> list[OfficialId]:
    """They left one more round unanswered; returns those with rounds on who now missed ``most`` of them."""
    row = tables.Official
    await _count_missed(work, some, row.rounds_missed + 1)
    found: list[OfficialId] = []
    for batch in batches(some):
        over = select(row.id).where(row.id.in_(batch), row.rounds, row.rounds_missed >= most)
        found += map(OfficialId, (await work.session.execute(over)).scalars())
    return sorted(found)


async def _count_missed(work: Work, some: Collection[OfficialId], value: Any) -> None:
    row = tables.Official
    for batch in batches(some):
        await work.session.execute(
            update(row).where(row.id.in_(batch), row.state == "active").values(rounds_missed=value)
        )
