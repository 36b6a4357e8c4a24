"""An *opgaveteam*: one willing colleague a layer, asked together; who says yes sits at the table.

It is a koffie that needs no yes of everybody: with :data:`LEAST` of them, the requester's among them, those
who said yes sit at a table of their own. Nobody is named before: who is not there may have said no, said
nothing or left, and nobody can tell that they were asked.
"""

from datetime import datetime

from bot.domain.ids import OfficialId
from bot.domain.koffie import LEAST_AT_A_TEAM, Answer, Koffie
from bot.domain.layer import Layer
from bot.domain.working_time import OfficeHours

LEAST = LEAST_AT_A_TEAM
"""Yeses that make a team: the requester and two other layers."""
MOST_OTHERS = 3
"""A table has four seats."""
LAYERS = (Layer.RIJK, Layer.PROVINCIE, Layer.GEMEENTE, Layer.WATERSCHAP)
"""Layers of which one is asked each; koepels and shared organisations are none of them (P18)."""


def at_the_table(koffie: Koffie) -> tuple[OfficialId, ...]:
    """Who sits at the table of the team as things stand; nobody while there are not enough."""
    yes = tuple(seat.official for seat in koffie.seats if seat.answer is Answer.YES and not seat.left)
    return yes if len(yes) >= LEAST and koffie.requester in yes else ()


def is_urgent(before: datetime, now: datetime, hours: OfficeHours) -> bool:
    """Whether it ends today or tomorrow: by the close of the next working day."""
    return before <= hours.add_working_days(now, 1)
