"""At which layers a topic still lacks people (P34), without telling of anybody.

It is read from the figures that were published last: a layer lacks where nothing was published of it, and for
that none and fewer than five are alike. So nobody can see the day on which somebody came or went.
"""

from bot.domain.layer import EQUALS, Layer
from bot.domain.overview import Kind, Month
from bot.domain.topic import Topic
from bot.store import overview
from bot.store.work import Work

_CACHED = "newest-overview"


async def layers(work: Work, topic: Topic) -> tuple[Layer, ...]:
    """The usual layers of a topic at which there are few or none.

    Empty where nothing was published yet, where all of them lack, and for a sensitive topic.
    """
    month = None if topic.sensitive else await _newest(work)
    if month is None:
        return ()
    usual = topic.layers or EQUALS
    lacking = tuple(one for one in usual if month.get(Kind.ON_TOPIC, topic.slug, one.value) is None)
    return () if len(lacking) == len(usual) else lacking


async def _newest(work: Work) -> Month | None:
    """Read once a month: its figures are many, and never change."""
    newest = await overview.newest_month(work)
    if newest is None:
        return None
    kept = work.cache.entries.get(_CACHED)
    if kept is not None and kept[0] == newest.isoformat() and isinstance(kept[1], Month):
        return kept[1]
    month = await overview.newest(work)
    if month is not None:
        work.cache.entries[_CACHED] = (newest.isoformat(), month)
    return month
