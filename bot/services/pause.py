"""Pausing and going on: three switches, each of which can end by itself. And being away by one's status."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.chat.message import say
from bot.domain.ids import OfficialId
from bot.domain.official import Official
from bot.domain.pause import Switch
from bot.i18n.text import text
from bot.services.erasure import PAUSE_END
from bot.store import channel, due, involvements, officials, outbox
from bot.store.officials import Pause
from bot.store.outbox import Lane
from bot.store.work import Work

_SHORTEST_ABSENCE = timedelta(days=1)
"""Who is away for less than that misses no round."""


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
    """Switch on again, rounds also for who is away by their status; returns those that were off."""
    ended = await _switch_on(work, official, switches)
    if Switch.ROUNDS not in switches or not await _take_part_all_the_same(work, official):
        return ended
    return [switch for switch in Switch if switch is Switch.ROUNDS or switch in ended]


async def _switch_on(work: Work, official: OfficialId, switches: Sequence[Switch]) -> list[Switch]:
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
    return await _switch_on(work, official, [Switch(pause.switch) for pause in over])


def _is_over(work: Work, pause: Pause) -> bool:
    return pause.until is not None and pause.until <= work.now


# Away by one's own status.


async def follow_status(work: Work, official: Official, until: datetime | None) -> None:
    """No round for who is away, until then; told to them alone, once an absence.

    ``None`` is: not away. Who said to take part all the same is not away until the status is another.
    """
    if until is not None and until < work.now + _SHORTEST_ABSENCE:
        until = None
    known = await officials.absence(work, official.id)
    if until is not None and until in (known.until, known.waived):
        return
    await officials.change(work, official.id, away_until=until, away_waived=None)
    first = known.until is None or known.until <= work.now
    if until is None or not first or not official.switches.rounds:
        return
    if await channel.joined(work, official.id):
        back = work.hours.local_date(work.hours.next_office_moment(until))
        told = say(text("pause-away", back=back))
        key = f"away:{official.id}:{until.isoformat()}"
        await outbox.post(work, official.id, told, Lane.UNASKED, business_key=key, valid_until=until)


async def _take_part_all_the_same(work: Work, official: OfficialId) -> bool:
    """Whether somebody was away; the same status does not make them so again."""
    known = await officials.absence(work, official)
    if known.until is None or known.until <= work.now:
        return False
    await officials.change(work, official, away_until=None, away_waived=known.until)
    return True
