"""Reports: for the operator alone, without a word to the other (P27)."""

import logging

from bot.domain.ids import OfficialId
from bot.store import audit
from bot.store import report as store
from bot.store.work import Work

log = logging.getLogger(__name__)


async def report(work: Work, by: OfficialId, of: OfficialId | None, words: str) -> None:
    """Keep what happened, sealed, and note the act by ids; the log tells the operator that there is one."""
    await store.add(work, by, of, words)
    await audit.record(work, "report", actor=by, subject=of)
    log.warning("a report came in: the operator reads it on the command line")
