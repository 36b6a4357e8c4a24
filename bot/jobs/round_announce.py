"""Two working days before a round of a channel."""

from bot.domain.ids import ChannelId
from bot.jobs import Job
from bot.services import channel
from bot.services import round as rounds
from bot.store.due import DueThing
from bot.store.work import Work


async def announce(work: Work, thing: DueThing) -> None:
    await rounds.announce_due(work, ChannelId(thing.subject))


JOB = Job(kind=channel.ANNOUNCE, run=announce)
