"""``verzetten``: another time for a koffie, proposed to all at once."""

from bot.commands import Ask, Command, Reply
from bot.commands.agenda import meant, moved
from bot.i18n.text import text


async def run(ask: Ask) -> Reply:
    koffie = await meant(ask, "agenda/move", lambda _: True)
    return koffie if isinstance(koffie, Reply) else await moved(ask, koffie)


COMMAND = Command(
    name="verzetten",
    aliases=("verzet", "ander moment", "reschedule", "move"),
    summary=text("meeting-move-summary"),
    run=run,
    shown=lambda ask: False,
)
