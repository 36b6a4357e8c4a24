"""What officials work on, and the ranked index that the look-up reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnClause,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.fairness import JITTER, MOST_SHOWN
from bot.domain.ids import OfficialId, OrganisationId, SubQuestionId, TopicId
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.store import due
from bot.store.dialect import insert_into
from bot.store.network import NOT_MET_HERE
from bot.store.officials import WROTE, OwnLines
from bot.store.tables import Acquaintance, ChosenSubQuestion, Involvement, Official, Organisation
from bot.store.work import Work

CAME = "somebody-came"
"""Kind of the due thing: somebody can be found who could not be found before."""


@dataclass(frozen=True)
class Candidate:
    """Somebody with a part in a topic; ``score`` is the fairness rank, higher goes first."""

    official: OfficialId
    layer: Layer
    part: Part
    score: int
    organisation: OrganisationId
    kind: str
    own: OwnLines

    @property
    def place(self) -> tuple[int, OfficialId]:
        """Where one stands in the ranking of a layer, to read on from."""
        return self.score, self.official


async def replace(work: Work, official: OfficialId, stated: Sequence[tuple[TopicId, Part]]) -> None:
    """Exactly these topics from now on. What stays keeps its day and its rank."""
    topics = [topic for topic, _ in stated]
    await work.session.execute(
        delete(Involvement).where(Involvement.official_id == official, Involvement.topic_id.not_in(topics))
    )
    for topic, part in stated:
        await work.session.execute(
            insert_into(work, Involvement)
            .values(
                official_id=official, topic_id=topic, part=part, layer="", active=False, score=0, shown=0,
                since=work.today,
            )
            .on_conflict_do_update(index_elements=["official_id", "topic_id"], set_={"part": part})
        )  # fmt: skip
    await refresh(work, official)


async def of(work: Work, official: OfficialId) -> list[tuple[TopicId, Part]]:
    """The topics of an official, what one leads first, then as they were stated."""
    rows = await work.session.execute(
        select(Involvement.topic_id, Involvement.part)
        .where(Involvement.official_id == official)
        .order_by(Involvement.id)
    )
    order = list(Part)
    found = [(TopicId(topic), Part(part)) for topic, part in rows]
    return sorted(found, key=lambda entry: order.index(entry[1]))


async def refresh(work: Work, official: OfficialId) -> None:
    """Make the copies equal to the official's row; who can be found anew may be somebody's answer."""
    row = (
        await work.session.execute(
            select(Official.layer, Official.state, Official.findable, Official.requests).where(
                Official.id == official
            )
        )
    ).one()
    active = row.state == "active" and row.findable and row.requests
    if active:
        hidden = await work.session.execute(
            select(Involvement.id).where(
                Involvement.official_id == official,
                or_(Involvement.active.is_(False), Involvement.layer != row.layer),
            )
        )
        if hidden.first() is not None:
            await due.schedule(work, f"{CAME}:{work.token()}", CAME, work.now, official)
    await work.session.execute(
        update(Involvement).where(Involvement.official_id == official).values(layer=row.layer, active=active)
    )


async def ranked(
    work: Work,
    topic: TopicId,
    layer: Layer | None,
    limit: int,
    *,
    after: tuple[int, OfficialId] | None = None,
    leads: bool = False,
    organisations: Collection[OrganisationId] | None = None,
    part: SubQuestionId | None = None,
) -> list[Candidate]:
    """Who can be found for a topic, best rank first.

    With one ``layer`` it reads the ranked index and nothing else of the topic; ``after`` reads on from
    where another page ended. Without a layer the layers' best are taken together. ``leads`` narrows to
    who leads the topic, ``organisations`` to some of them, ``part`` to who chose that sub-question.
    """
    if layer is None:
        found: list[Candidate] = []
        for one in Layer:
            found += await ranked(
                work, topic, one, limit, after=after, leads=leads, organisations=organisations, part=part
            )
        return sorted(found, key=lambda candidate: candidate.place, reverse=True)[:limit]
    statement = ranked_query(
        topic, layer, limit, after=after, leads=leads, organisations=organisations, part=part
    )
    return [_candidate(*row) for row in await work.session.execute(statement)]


_Row = Select[int, str, str, int, int, str, bool, bool]
_LEADS: ColumnClause[str] = literal_column(f"'{Part.LEADS.value}'")
"""Written out: a database does not match a parameter with the condition of a partial index."""


def ranked_query(
    topic: TopicId,
    layer: Layer,
    limit: int,
    *,
    after: tuple[int, OfficialId] | None = None,
    leads: bool = False,
    organisations: Collection[OrganisationId] | None = None,
    part: SubQuestionId | None = None,
) -> _Row:
    """The query behind :func:`ranked`, on its own so that its plan can be tested.

    The index is read backwards. The best are taken from it first and joined then: a planner that may join
    first would sort all.
    """
    best = (
        select(Involvement)
        .where(Involvement.topic_id == topic, Involvement.layer == layer, Involvement.active)
        .order_by(Involvement.score.desc(), Involvement.official_id.desc())
        .limit(limit)
    )
    if leads:
        best = best.where(Involvement.part == _LEADS)
    if organisations is not None:
        there = select(Official.id).where(Official.organisation_id.in_(organisations))
        best = best.where(Involvement.official_id.in_(there))
    if part is not None:
        chose = select(ChosenSubQuestion.official_id).where(ChosenSubQuestion.sub_question_id == part)
        best = best.where(Involvement.official_id.in_(chose))
    if after is not None:
        score, official = after
        best = best.where(
            or_(
                Involvement.score < score,
                and_(Involvement.score == score, Involvement.official_id < official),
            )
        )
    one = aliased(Involvement, best.subquery())
    return _candidates(one).order_by(one.score.desc(), one.official_id.desc())


def _candidates(one: type[Involvement]) -> _Row:
    return (
        select(one.official_id, one.layer, one.part, one.score, Organisation.id, Organisation.type, *WROTE)
        .join(Official, Official.id == one.official_id)
        .join(Organisation, Organisation.id == Official.organisation_id)
    )


def _candidate(
    official: int, layer: str, part: str, score: int, organisation: int, kind: str, *wrote: bool
) -> Candidate:
    return Candidate(
        OfficialId(official),
        Layer(layer),
        Part(part),
        score,
        OrganisationId(organisation),
        kind,
        OwnLines(*wrote),
    )


# Put together once: each look-up asks for these.
_IN_TOPIC = _candidates(Involvement).where(
    Involvement.topic_id == bindparam("topic"),
    Involvement.official_id.in_(bindparam("officials", expanding=True)),
)
_MAY_BE_ASKED = _IN_TOPIC.where(Involvement.active)
_FINDABLE = _IN_TOPIC.where(Official.state == "active", Official.findable)


async def in_topic(
    work: Work, topic: TopicId, some: Collection[OfficialId], *, asked: bool = True
) -> list[Candidate]:
    """Which of these officials can be found for a topic, in no order.

    With ``asked`` only those who may be asked; without, whoever is findable.
    """
    if not some:
        return []
    values = {"topic": topic, "officials": list(some)}
    rows = await work.session.execute(_MAY_BE_ASKED if asked else _FINDABLE, values)
    return [_candidate(*row) for row in rows]


async def voices(work: Work, topic: TopicId, layer: Layer, most: int) -> int:
    """How many can be found for a topic at a layer, counted up to ``most``."""
    some = (
        select(Involvement.official_id)
        .where(Involvement.topic_id == topic, Involvement.layer == layer, Involvement.active)
        .limit(most)
        .subquery()
    )
    return (await work.session.execute(select(func.count()).select_from(some))).scalar_one()


@dataclass(frozen=True)
class Share:
    """One involvement as the ranking sees it."""

    id: int
    part: Part
    shown: int


async def shares(work: Work, official: OfficialId) -> list[Share]:
    """All involvements of an official, for their ranks."""
    rows = await work.session.execute(
        select(Involvement.id, Involvement.part, Involvement.shown)
        .where(Involvement.official_id == official)
        .order_by(Involvement.id)
    )
    return [Share(number, Part(part), shown) for number, part, shown in rows]


async def set_score(work: Work, share: Share, score: int) -> None:
    await work.session.execute(update(Involvement).where(Involvement.id == share.id).values(score=score))


async def note_shown(work: Work, topic: TopicId, some: Collection[OfficialId]) -> None:
    """They were listed: the next list begins with others."""
    await work.session.execute(
        update(Involvement)
        .where(
            Involvement.topic_id == topic, Involvement.official_id.in_(some), Involvement.shown < MOST_SHOWN
        )
        .values(shown=Involvement.shown + 1, score=Involvement.score - JITTER)
    )


async def fade_shown(work: Work) -> None:
    """A day went by: having been listed weighs one time less."""
    await work.session.execute(
        update(Involvement)
        .where(Involvement.shown > 0)
        .values(shown=Involvement.shown - 1, score=Involvement.score + JITTER)
    )


async def colleagues(work: Work, official: OfficialId, most: int) -> list[OfficialId]:
    """Officials of the same organisation, oneself included, ``most`` at most."""
    organisation = select(Official.organisation_id).where(Official.id == official).scalar_subquery()
    rows = await work.session.execute(
        select(Official.id)
        .where(Official.organisation_id == organisation, Official.state == "active")
        .limit(most)
    )
    return [OfficialId(number) for number in rows.scalars()]


async def met(work: Work, official: OfficialId) -> int:
    """How many somebody met here; those whom one already knew do not count."""
    either = or_(Acquaintance.low_id == official, Acquaintance.high_id == official)
    rows = await work.session.execute(
        select(func.count()).select_from(Acquaintance).where(either, Acquaintance.source.not_in(NOT_MET_HERE))
    )
    return rows.scalar_one()
