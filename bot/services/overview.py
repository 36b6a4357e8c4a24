"""The overview: once a month the figures are counted, guarded and kept; only those are ever shown."""

from datetime import datetime, timedelta
from random import Random

from bot.domain import overview as domain
from bot.domain.disclosure import FEWEST
from bot.domain.overview import DAYS_TO_KOFFIE, DAYS_TO_YES, Durations, Figure, Month
from bot.services.overview_report import Report
from bot.store import overview as store
from bot.store import register
from bot.store.work import Work


async def publish(work: Work) -> bool:
    """Keep this month's figures; false when that was done before, or when a later month is there."""
    month = work.today.replace(day=1)
    if await store.is_published(work, month):
        return False

    def dice_of(figure: Figure) -> Random:
        # From a backup put back, the same month comes out the same: two draws could be compared.
        return Random(work.vault.hash("overview", month.isoformat(), *figure))

    published = domain.publish(
        await store.standings(work),
        await store.tallies(work),
        await durations(work),
        FEWEST,
        dice_of,
    )
    return await store.add(work, month, published)


async def months(work: Work) -> list[Month]:
    """The published months, the oldest first; the very first one is made now."""
    found = await store.months(work)
    if not found:
        await publish(work)
        found = await store.months(work)
    return found


async def report(work: Work, language: str) -> Report:
    """All published months, with the names of topics in a language."""
    known = await register.load(work)
    return Report(await months(work), {topic.slug: topic.label(language) for topic in known.topics})


async def durations(work: Work) -> Durations:
    """Working days from each request to the second yes, and to the koffie: true ones, to be guarded."""
    waits = await store.waits(work)
    return {
        DAYS_TO_YES: [_working_days(work, wait.asked, wait.agreed) for wait in waits],
        DAYS_TO_KOFFIE: [_working_days(work, wait.asked, wait.met) for wait in waits if wait.met is not None],
    }


def _working_days(work: Work, start: datetime, end: datetime) -> int:
    """Working days after that of ``start``, up to and with that of ``end``."""
    first, last = work.hours.local_date(start), work.hours.local_date(end)
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(work.hours.is_working_day(day) for day in days)
