"""'Tell me when somebody joins': who wants to know, and for which question."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select

from bot.domain.ids import OfficialId, TopicId
from bot.domain.layer import Layer
from bot.domain.search import Search
from bot.store.dialect import insert_into
from bot.store.tables import Watch
from bot.store.work import Work

_KEPT = timedelta(days=183)


@dataclass(frozen=True)
class Watcher:
    """Who wants to know, and what was asked."""

    id: int
    official: OfficialId
    search: Search


async def add(work: Work, official: OfficialId, search: Search) -> None:
    """From now on; asked twice is asked once."""
    (topic,) = search.topics
    statement = insert_into(work, Watch).values(
        official_id=official, question=search.key, topic_id=topic, layer=search.layer or "",
        filters=search.args, at=work.now,
    )  # fmt: skip
    await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["official_id", "question"], set_={"at": statement.excluded.at}
        )
    )


async def waiting(work: Work, topics: Collection[TopicId], layer: Layer) -> list[Watcher]:
    """Who waits for somebody of a layer in one of these topics, longest first."""
    rows = await work.session.execute(
        select(Watch)
        .where(Watch.topic_id.in_(topics), or_(Watch.layer == layer, Watch.layer == ""))
        .order_by(Watch.at, Watch.id)
    )
    return [
        Watcher(row.id, OfficialId(row.official_id), Search.from_args(row.filters)) for row in rows.scalars()
    ]


async def remove(work: Work, watcher: Watcher) -> None:
    await work.session.execute(delete(Watch).where(Watch.id == watcher.id))


async def clear(work: Work) -> None:
    """Forget what nobody came for in half a year."""
    await work.session.execute(delete(Watch).where(Watch.at < work.now - _KEPT))
