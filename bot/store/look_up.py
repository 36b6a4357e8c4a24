"""What was looked up: the list that stays, how often one asked, and which layers lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.ids import OfficialId, TopicId
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.store.dialect import insert_into
from bot.store.tables import Gap, LookUp, LookUpCount
from bot.store.work import Work

LOOK_UP = "look-up"
DECLARE = "declare"
INVITE = "invite"
_COUNTS_KEPT = timedelta(days=2)
_GAPS_KEPT = timedelta(days=366)


@dataclass(frozen=True)
class Listed:
    """Somebody as listed: kept with the list, so that it can be shown again just as it was."""

    official: OfficialId
    layer: Layer
    part: Part


_row = LookUp.metadata.tables[LookUp.__tablename__].c
# Put together once: each look-up asks for it.
_LISTED = select(_row.shown).where(
    _row.asker_id == bindparam("asker"), _row.question == bindparam("asked"), _row.at > bindparam("since")
)


async def listed(work: Work, asker: OfficialId, question: str) -> tuple[Listed, ...] | None:
    """What this asker was shown for this question, within its term; ``None`` when it was not asked."""
    values = {"asker": asker, "asked": question, "since": _oldest(work)}
    shown = (await work.session.execute(_LISTED, values)).scalar_one_or_none()
    return None if shown is None else tuple(_listed(entry) for entry in shown)


def _listed(entry: Sequence[Any]) -> Listed:
    official, layer, part = entry
    return Listed(OfficialId(official), Layer(layer), Part(part))


async def keep(work: Work, asker: OfficialId, question: str, shown: Sequence[Listed]) -> None:
    """Keep a list from now on for its term, in place of an older one."""
    values: dict[str, Any] = {
        "shown": [[one.official, one.layer, one.part] for one in shown],
        "at": work.now,
        "gap_told": False,
    }
    await work.session.execute(
        insert_into(work, LookUp)
        .values(asker_id=asker, question=question, **values)
        .on_conflict_do_update(index_elements=["asker_id", "question"], set_=values)
    )


def _oldest(work: Work) -> datetime:
    return work.now - timedelta(days=work.rules.list_stays_days)


async def count(work: Work, asker: OfficialId, purpose: str, most: int) -> bool:
    """Count one more on this local day; false, and nothing counted, when it was ``most`` already."""
    statement = insert_into(work, LookUpCount).values(
        asker_id=asker, day=work.today, purpose=purpose, count=1
    )
    counted = await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["asker_id", "day", "purpose"],
            set_={"count": LookUpCount.count + 1},
            where=LookUpCount.count < most,
        ).returning(LookUpCount.count)
    )
    return counted.scalar_one_or_none() is not None


async def tell_gap(work: Work, asker: OfficialId, question: str, topic: TopicId, layer: Layer) -> None:
    """Count that a layer lacks for a topic; once for a question of one asker, and without who asked."""
    first = await work.session.execute(
        update(LookUp)
        .where(LookUp.asker_id == asker, LookUp.question == question, LookUp.gap_told.is_(False))
        .values(gap_told=True)
        .returning(LookUp.id)
    )
    if first.scalar_one_or_none() is None:
        return
    await work.session.execute(
        insert_into(work, Gap)
        .values(topic_id=topic, layer=layer, month=work.today.replace(day=1), count=1)
        .on_conflict_do_update(index_elements=["topic_id", "layer", "month"], set_={"count": Gap.count + 1})
    )


async def gaps(work: Work, since: date) -> list[tuple[TopicId, Layer, int]]:
    """Which layers lack for which topics, by how often that was passed on since a day."""
    rows = await work.session.execute(select(Gap).where(Gap.month >= since.replace(day=1)))
    totals: dict[tuple[TopicId, Layer], int] = {}
    for row in rows.scalars():
        pair = TopicId(row.topic_id), Layer(row.layer)
        totals[pair] = totals.get(pair, 0) + row.count
    return sorted(((*pair, total) for pair, total in totals.items()), key=lambda gap: (-gap[2], gap[0]))


async def clear(work: Work) -> None:
    """Forget lists, counts and gaps whose term is over."""
    await work.session.execute(delete(LookUp).where(LookUp.at <= _oldest(work)))
    await work.session.execute(delete(LookUpCount).where(LookUpCount.day <= work.today - _COUNTS_KEPT))
    await work.session.execute(delete(Gap).where(Gap.month < work.today - _GAPS_KEPT))
