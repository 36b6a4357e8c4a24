"""``zelf regelen``: those who meet choose the time among themselves."""

from bot.commands import Ask, Command, Reply, reply
from bot.commands.agenda import meant
from bot.domain.meeting import Meeting, State
from bot.i18n.text import text
from bot.services import meeting


def _to_arrange(one: Meeting) -> bool:
    return one.state is not State.THEMSELVES


async def run(ask: Ask) -> Reply:
    koffie = await meant(ask, "agenda/ourselves", _to_arrange, lambda _: True)
    if isinstance(koffie, Reply):
        return koffie
    await meeting.ourselves(ask.work, ask.me.id, koffie)
    return reply()


COMMAND = Command(
    name="zelf-regelen",
    aliases=("arrange ourselves", "arrange it ourselves"),
    summary=text("meeting-ourselves-summary"),
    run=run,
    shown=lambda ask: False,
)
