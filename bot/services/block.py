"""Ending contact: at once, for good until taken back, and without a word to the other (P27)."""

from bot.domain.ids import OfficialId
from bot.domain.koffie import SeatGone, apply
from bot.services.met import met_by_name, name_in
from bot.store import accounts, koffie, network, offers, people
from bot.store.work import Work


async def block(work: Work, by: OfficialId, of: OfficialId) -> None:
    """No contact between the two from now on.

    A koffie of both goes on as it seems to the other, who reads at its term what a silence would give.
    """
    await network.block(work, by, of)
    mine = await accounts.accounts_of(work, by)
    for kept in await koffie.running(work, by, lock=True):
        if of not in kept.others(by) or kept.koffie.seat_of(by).gone:
            continue
        await koffie.save(work, kept, apply(kept.koffie, SeatGone(by), work.now))
        for account in mine:
            for slot in (f"koffie:{kept.id}", f"follow-up:{kept.id}"):
                await offers.close_slot(work, slot, account)


async def block_by_name(work: Work, by: OfficialId, words: str) -> None:
    """Block whoever bears just this name. Whether anybody does shows in nothing."""
    for official in await people.bearing(work, name_in(words)):
        if official != by:
            await block(work, by, official)


async def unblock_by_name(work: Work, by: OfficialId, words: str) -> None:
    """Lift the blocks on whoever bears this name; shows in nothing either."""
    blocked = await network.blocks_of(work, by)
    known = set(await met_by_name(work, by, words)) | set(await people.bearing(work, name_in(words)))
    for official in blocked & known:
        await network.unblock(work, by, official)
