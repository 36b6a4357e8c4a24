"""The demo: a database of invented officials, marked as such."""

from bot.store import officials, state
from bot.store.work import Work

_MARK = "demo"


async def is_demo(work: Work) -> bool:
    return await state.meta(work, _MARK) is not None


async def holds_real_officials(work: Work) -> bool:
    """Whether anybody registered here outside of a demo."""
    return not await is_demo(work) and await officials.any_registered(work)


async def prepare(work: Work) -> None:
    """Mark an empty database as a demo and fill it; a demo that is there already stays as it is."""
    if await is_demo(work):
        return
    await state.set_meta(work, _MARK, "yes")
