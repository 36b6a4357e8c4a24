"""The engine of the rounds: people in, the best plan out. It knows no database, no clock and no platform."""

from collections.abc import Iterable, Sequence

from bot.domain.channel_rules import Distance as Distance
from bot.matching.model import Certificate as Certificate
from bot.matching.model import Group as Group
from bot.matching.model import Person as Person
from bot.matching.model import Plan as Plan
from bot.matching.model import PlanError as PlanError
from bot.matching.model import Reason as Reason
from bot.matching.model import Settings as Settings
from bot.matching.model import Term as Term
from bot.matching.model import Tie as Tie
from bot.matching.model import Weights as Weights

DEFAULTS = Settings()


def plan(
    people: Sequence[Person],
    known: Iterable[tuple[str, str]] = (),
    blocked: Iterable[tuple[str, str]] = (),
    settings: Settings = DEFAULTS,
) -> Plan:
    """The best plan for these people: as few as possible left out, then worth the most.

    ``known``: pairs that know each other or met within the minimum gap; ``blocked``: pairs that are kept
    apart, either way round. Of neither any pair is made, and the plan does not tell them apart. Who is not
    active, not willing, elected, or of a koepel where those do not take part, is in no part of the plan.

    Raises `PlanError` for input that cannot be.
    """
    # Arrays and solvers are loaded by the first plan: a bot that plans nothing starts without them.
    from bot.matching.engine import plan as engine  # noqa: PLC0415

    return engine(people, known, blocked, settings)
