"""``ik ben later [10 minuten]``: the other hears it at once. Other words are not passed on (P22)."""

from bot.commands import Ask, Command, Reply
from bot.commands.agenda import is_late
from bot.domain.meeting_said import late_by
from bot.i18n.text import text


async def run(ask: Ask) -> Reply:
    return await is_late(ask, late_by(ask.words))


COMMAND = Command(
    name="ik-ben-later",
    aliases=("ben later", "later", "vertraagd", "i am late", "running late", "late"),
    summary=text("meeting-late-summary"),
    run=run,
    takes=lambda words: not words or late_by(words) is not None,
    shown=lambda ask: False,
)
