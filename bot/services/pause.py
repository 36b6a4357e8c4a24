"""Pausing and going on: three switches, each of which can end by itself."""

from collections.abc import Sequence
from datetime import date

from bot.domain.ids import OfficialId
from bot.domain.pause import Switch
from bot.services.erasure import PAUSE_END
from bot.store import due, involvements, officials
from bot.store.officials import Pause
from bot.store.work import Work


async def pause(work: Work, official: OfficialId, switches: Sequence[Switch], back: date | None) -> None:
    """Switch off, until the office opens on the first day back, or until one says to go on."""
    until = None if back is None else work.hours.opening(back)
    values: dict[str, object] = {}
    for switch in switches:
        values |= {switch.value: False, f"{switch}_again_at": until}
    await officials.change(work, official, **values)
    await involvements.refresh(work, official)
    if until is not None and back is not None:
        await due.schedule(work, f"{PAUSE_END}:{official}:{back.isoformat()}", PAUSE_END, until, official)


async def go_on(work: Work, official: OfficialId, switches: Sequence[Switch]) -> list[Switch]:
    """Switch on again; returns those that were off."""
    off = {pause.switch for pause in await officials.pauses(work, official)}
    ended = [switch for switch in switches if switch.value in off]
    if ended:
        values: dict[str, object] = {}
        for switch in ended:
            values |= {switch.value: True, f"{switch}_again_at": None}
        await officials.change(work, official, **values)
        await involvements.refresh(work, official)
    return ended


async def end_due(work: Work, official: OfficialId) -> list[Switch]:
    """End what is over by now. A pause that was made longer meanwhile is not."""
    over = [pause for pause in await officials.pauses(work, official) if _is_over(work, pause)]
    return await go_on(work, official, [Switch(pause.switch) for pause in over])


def _is_over(work: Work, pause: Pause) -> bool:
    return pause.until is not None and pause.until <= work.now
