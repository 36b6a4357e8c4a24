"""``verzetten [naar DAG TIJD]``: another time for a koffie, proposed to all at once; the named one first."""

from pydantic import JsonValue

from bot.commands import Ask, Command, Reply
from bot.commands.agenda import meant, moments_in, moved
from bot.domain.dates import is_appointment
from bot.i18n.text import text


async def run(ask: Ask) -> Reply:
    moments = moments_in(ask, text("meeting-wish-unclear")) if ask.words else ()
    named: list[JsonValue] = [moment.isoformat() for moment in moments]
    koffie = await meant(ask, "agenda/move", lambda _: True, moments=named)
    return koffie if isinstance(koffie, Reply) else await moved(ask, koffie, moments)


COMMAND = Command(
    name="verzetten",
    aliases=("verzet", "ander moment", "reschedule", "move"),
    summary=text("meeting-move-summary"),
    run=run,
    takes=lambda words: not words or is_appointment(words),
    shown=lambda ask: False,
)
