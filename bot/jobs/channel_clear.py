"""A day after a channel was stopped: what is kept of who took part goes, since a stop is undone no more."""

from bot.domain.ids import ChannelId
from bot.jobs import Job
from bot.services import channel_change
from bot.store import channel
from bot.store.due import DueThing
from bot.store.work import Work


async def clear(work: Work, thing: DueThing) -> None:
    found = await channel.get(work, ChannelId(thing.subject), lock=True)
    if found is not None:
        await channel_change.clear_stopped(work, found)


JOB = Job(kind=channel_change.CLEAR, run=clear)
