"""Filling a database with invented officials: for demos and benches, never beside real ones."""

from random import Random

from bot.domain.invented import Inventor, ties_between
from bot.services import demo, invented, register_import
from bot.services.invented import Progress
from bot.store import register
from bot.store.work import Workshop


class SeedRefused(Exception):
    """The database holds real officials, among whom nobody is invented."""


async def seed(
    workshop: Workshop, officials: int, seed: int, progress: Progress | None = None, *, platform: str
) -> int:
    """Add invented officials with accounts on ``platform``; the same ``seed`` invents the same ones.

    All of them or none. Returns how many ties they have. Raises :class:`SeedRefused`.
    """
    dice = Random(seed)
    async with workshop.write() as work:
        if await demo.holds_real_officials(work):
            raise SeedRefused("This database holds real officials: nobody is invented among them.")
        await register_import.import_snapshot(work)
        await demo.mark(work)
        known = await register.load(work)
        inventor = Inventor(known.organisations, known.topics, dice)
        people = [inventor.official() for _ in range(officials)]
        ties = ties_between(people, dice)
        await invented.add(work, people, ties, platform, dice, progress)
    return len(ties)
