"""Keeping the ranks: every list reads them from one index, so whoever changes what counts renews them."""

from bot.domain.fairness import JITTER, SMALL_STEPS, Standing, crosses_step, score
from bot.domain.ids import OfficialId
from bot.store import involvements
from bot.store.work import Work


async def rescore(work: Work, official: OfficialId) -> None:
    """Renew the ranks of an official who joined, left, changed, or met somebody.

    When that makes the organisation a step larger or smaller, all who work there change with it.
    """
    colleagues = await involvements.colleagues(work, official, max(SMALL_STEPS) + 1)
    affected = {official, *colleagues} if crosses_step(len(colleagues)) else {official}
    for one in sorted(affected):
        await _rescore(work, one, len(colleagues))


async def _rescore(work: Work, official: OfficialId, colleagues: int) -> None:
    met = await involvements.met(work, official)
    for share in await involvements.shares(work, official):
        standing = Standing(colleagues, met, share.shown, share.part)
        await involvements.set_score(work, share, score(standing, work.random.randrange(JITTER)))
