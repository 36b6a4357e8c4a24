"""``verzetten [naar DAG TIJD]``: another time for a koffie, proposed to all at once; the named one first."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from bot.commands import Ask, Command, Reply
from bot.commands.agenda import meant, moved
from bot.domain.dates import Ambiguous, Past, is_appointment, parse_appointment
from bot.domain.errors import KoffieError
from bot.i18n.text import text
from bot.services import meeting_times


async def run(ask: Ask) -> Reply:
    moments = _moments(ask) if ask.words else ()
    named: list[JsonValue] = [moment.isoformat() for moment in moments]
    koffie = await meant(ask, "agenda/move", lambda _: True, moments=named)
    return koffie if isinstance(koffie, Reply) else await moved(ask, koffie, moments)


def _moments(ask: Ask) -> Sequence[datetime]:
    """What the words name, by the clock of who says them; where they may mean two, both are proposed."""
    match parse_appointment(ask.words, ask.work.now, meeting_times.zone_of(ask.work, ask.me)):
        case None:
            raise KoffieError(text("meeting-wish-unclear"))
        case Ambiguous(options=moments):
            return moments
        case Past(day=moment) | moment:
            return (moment,)


COMMAND = Command(
    name="verzetten",
    aliases=("verzet", "ander moment", "reschedule", "move"),
    summary=text("meeting-move-summary"),
    run=run,
    takes=lambda words: not words or is_appointment(words),
    shown=lambda ask: False,
)
