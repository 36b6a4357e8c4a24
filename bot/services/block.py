"""Ending contact: at once, for good until taken back, and without a word to the other (P27)."""

from bot.domain.ids import OfficialId
from bot.services import koffie
from bot.services.met import met_by_name, name_in
from bot.store import network, people
from bot.store.work import Work


async def block(work: Work, by: OfficialId, of: OfficialId) -> None:
    """No contact between the two from now on.

    A koffie of both goes on as it seems to the other, who reads at its term what a silence would give.
    """
    await network.block(work, by, of)
    await koffie.leave(work, by, of)


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
