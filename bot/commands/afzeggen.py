"""``afzeggen``: a koffie will not be; the other hears it kindly."""

from bot.commands import Ask, Command, Reply, reply
from bot.commands.agenda import meant
from bot.i18n.text import text
from bot.services import meeting_off


async def run(ask: Ask) -> Reply:
    koffie = await meant(ask, "agenda/off", lambda _: True)
    if isinstance(koffie, Reply):
        return koffie
    return reply(await meeting_off.call_off(ask.work, ask.me.id, koffie))


COMMAND = Command(
    name="afzeggen",
    aliases=("gaat niet door", "cancel", "call off"),
    summary=text("meeting-off-summary"),
    run=run,
    shown=lambda ask: False,
)
