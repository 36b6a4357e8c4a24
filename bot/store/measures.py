"""The network in numbers (P42), without anybody in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import aliased

from bot.domain.layer import Layer
from bot.domain.tie import Outcome
from bot.store import feeling
from bot.store import ties as ties_over_time
from bot.store.tables import Acquaintance, Gap, Involvement, Koffie, Official, Topic, Watch
from bot.store.work import Work

_Rows = Select[*tuple[Any, ...]]
Counted = dict[str, int | None]
"""How many, by what; ``None`` stands for too few to show."""


@dataclass(frozen=True)
class Measures:
    """``koffies_lapsed`` counts only what ended for both: until its term, a no counts as open (P24).

    ``ties_after_months`` is the headline: how many ties live after 3, 12 and 24 months (P4).
    """

    officials: Counted
    organisations: int
    topics_without: dict[str, list[str]]
    topics_with_all_layers: int
    waited_for: Counted
    lacking: Counted
    ties: Counted
    ties_after_months: dict[str, Mapping[Outcome, int] | None]
    koffies_open: int
    koffies_agreed: int
    koffies_lapsed: int
    median_days_to_koffie: float | None
    feelings: dict[str, Mapping[feeling.Felt, int] | None]


async def measures(work: Work) -> Measures:
    """All of it, as of now. Counts of fewer people than may be shown are left out."""
    wanted, fewest = (
        {layer.value for layer in Layer if layer is not Layer.OVERIG},
        work.rules.equal_shown_from,
    )
    present = await _layers_by_topic(work)
    agreed = [row.agreed_at - row.asked_at for row in await _rows(work, _agreed())]
    return Measures(
        officials=_enough(await _counts(work, _officials()), fewest),
        organisations=await _one(work, select(func.count(Official.organisation_id.distinct()))),
        topics_without={slug: sorted(wanted - has) for slug, has in present.items() if wanted - has},
        topics_with_all_layers=sum(1 for has in present.values() if wanted <= has),
        waited_for=_enough(await _counts(work, _waited_for()), fewest),
        lacking=_enough(await _counts(work, _lacking()), fewest),
        ties=_enough(await _counts(work, _ties()), fewest),
        ties_after_months={str(age): alive for age, alive in (await ties_over_time.marks(work)).items()},
        koffies_open=await _one(
            work, select(func.count()).where(Koffie.closed_at.is_(None), Koffie.agreed_at.is_(None))
        ),
        koffies_agreed=len(agreed),
        koffies_lapsed=await _one(work, _without_yes(ended=True)),
        median_days_to_koffie=(
            round(median(wait.total_seconds() for wait in agreed) / 86_400, 1)
            if len(agreed) >= fewest
            else None
        ),
        feelings={question.value: await feeling.counts(work, question) for question in feeling.Question},
    )


def _enough(counted: dict[str, int], fewest: int) -> Counted:
    return {what: count if count >= fewest else None for what, count in sorted(counted.items())}


async def _rows(work: Work, statement: _Rows) -> list[Any]:
    return list((await work.session.execute(statement)).all())


async def _one(work: Work, statement: _Rows) -> int:
    return int((await work.session.execute(statement)).scalar_one())


async def _counts(work: Work, statement: _Rows) -> dict[str, int]:
    """Of rows that are some words and then a number."""
    return {" ".join(row[:-1]).strip(): int(row[-1]) for row in await _rows(work, statement)}


def _officials() -> _Rows:
    return select(Official.layer, func.count()).where(Official.state == "active").group_by(Official.layer)


def _waited_for() -> _Rows:
    """For which topic and layer officials wait for somebody to join."""
    return (
        select(Topic.slug, Watch.layer, func.count())
        .join(Topic, Topic.id == Watch.topic_id)
        .group_by(Topic.slug, Watch.layer)
    )


def _lacking() -> _Rows:
    """For which topic and layer officials passed on that nobody was found."""
    return (
        select(Topic.slug, Gap.layer, func.sum(Gap.count))
        .join(Topic, Topic.id == Gap.topic_id)
        .group_by(Topic.slug, Gap.layer)
    )


def _ties() -> _Rows:
    """First-time pairs by the layers that they join, in the order of the alphabet."""
    one, other = aliased(Official), aliased(Official)
    low = case((one.layer < other.layer, one.layer), else_=other.layer)
    high = case((one.layer < other.layer, other.layer), else_=one.layer)
    return (
        select(low, high, func.count())
        .select_from(Acquaintance)
        .join(one, one.id == Acquaintance.low_id)
        .join(other, other.id == Acquaintance.high_id)
        .where(one.state == "active", other.state == "active")
        .group_by(low, high)
    )


def _without_yes(*, ended: bool) -> _Rows:
    closed = Koffie.closed_at.is_not(None) if ended else Koffie.closed_at.is_(None)
    return select(func.count()).where(closed, Koffie.agreed_at.is_(None))


def _agreed() -> _Rows:
    return select(Koffie.asked_at, Koffie.agreed_at).where(Koffie.agreed_at.is_not(None))


async def _layers_by_topic(work: Work) -> dict[str, set[str]]:
    statement = (
        select(Topic.slug, Involvement.layer)
        .join(Involvement, and_(Involvement.topic_id == Topic.id, Involvement.active), isouter=True)
        .where(Topic.status == "active")
        .distinct()
        .order_by(Topic.slug)
    )
    found: dict[str, set[str]] = {}
    for slug, layer in await _rows(work, statement):
        found.setdefault(slug, set()).update({layer} - {None})
    return found
