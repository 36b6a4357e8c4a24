"""Forgetting: an official wholly, or somebody who never became one."""

from bot.chat.address import Account
from bot.domain.ids import OfficialId
from bot.services import appeal, fairness, koffie, reach
from bot.store import accounts, audit, drafts, erasure, involvements, offers, outbox, report
from bot.store.work import Work

PAUSE_END = "pause-end"
IDLE_END = "idle-end"
_DUE = frozenset({PAUSE_END, IDLE_END, involvements.CAME, "successor", reach.KIND})
"""Due things whose subject is an official."""


async def erase(work: Work, official: OfficialId) -> None:
    """Leave nothing of an official but a tombstone in the history of others, who learn nothing by it.

    A last word must be a fleeting message to the account: nobody is there to look it up by. What a running
    koffie shows to the others stays as it was until its term.
    """
    await appeal.leave(work, official)
    await koffie.leave(work, official)
    await koffie.leave(work, official)
    for account in await accounts.accounts_of(work, official, inactive=True):
        await forget_account(work, account, official)
    colleagues = [one for one in await involvements.colleagues(work, official, 2) if one != official]
    await report.forget(work, official)
    await erasure.erase(work, official, _DUE)
    await audit.record(work, "erase", subject=official)
    for colleague in colleagues:
        # The organisation became smaller, which counts for all who work there.
        await fairness.rescore(work, colleague)


async def forget_account(work: Work, account: Account, official: OfficialId | None = None) -> None:
    """Forget all that was said to an account, and what it was filling in."""
    await drafts.remove(work, account)
    await offers.forget(work, account)
    await outbox.forget(work, official, [account])
