"""``verzetten [naar DAG [TIJD]]``: another time for a koffie, proposed to all; the named one first."""

from bot.commands import Ask, Command, Reply
from bot.commands.agenda import another_time
from bot.domain.dates import is_appointment
from bot.i18n.text import text

_TOWARDS = ("naar ", "to ")


async def run(ask: Ask) -> Reply:
    return await another_time(ask, ask.words)


COMMAND = Command(
    name="verzetten",
    aliases=("verzet", "verplaatsen", "reschedule", "move"),
    summary=text("meeting-move-summary"),
    run=run,
    takes=lambda words: not words or is_appointment(words) or words.startswith(_TOWARDS),
    shown=lambda ask: False,
)
