"""Afterwards: did it happen, did it give energy, did it feel equal, and what was won."""

from datetime import timedelta

from bot.domain.ids import KoffieId
from bot.store import due
from bot.store.work import Work

KIND = "follow-up"


async def plan(work: Work, koffie: KoffieId) -> None:
    """Both said yes just now: ask after a while, in office hours, how it was."""
    after = work.now + timedelta(days=work.rules.look_back_after_days)
    await due.schedule(work, f"{KIND}:{koffie}", KIND, work.hours.next_office_moment(after), koffie)
