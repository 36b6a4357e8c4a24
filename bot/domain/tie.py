"""A tie over time: how strong it is, when it is asked about, and whether it lived at its anniversaries.

The steps follow two findings. A tie is as strong as the time that two spend on it (Granovetter, 'The strength
of weak ties', 1973). Ties that bridge organisations fade fastest in their first year, and those that live
through it last (Burt, 'Decay functions', Social Networks 22, 2000). So what counts is the last sign of life,
and whether there was one after the first year. Nobody is ranked by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.months import months_before

ASK_AFTER_MONTHS = 3
"""From then on a tie that began here is asked about, once."""
LIST_AFTER_MONTHS = 12
"""From then on it stands in the yearly list, and is asked about by itself no more."""
QUIET_AFTER_MONTHS = 6
MARKS = (3, 12, 24)
"""The anniversaries at which ties are counted, in months (P4)."""
TO_ANSWER_MONTHS = 1
"""A mark is counted so much later, so that what is asked then can be answered."""
_YEAR = 12


class Strength(StrEnum):
    """How a tie stands, as far as the bot heard."""

    NEW = "new"
    LASTING = "lasting"
    ALONE = "alone"
    QUIET = "quiet"


class Outcome(StrEnum):
    """What a mark counts. A no, a silence and a tie that ended are one and the same."""

    ALIVE = "alive"
    ALONE = "alone"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Life:
    """The moments that count: when they met, the last sign of life, and since when they need no bot."""

    since: datetime
    last_sign: datetime
    alone_at: datetime | None = None


def strength(life: Life, now: datetime) -> Strength:
    """New, lasting after a sign of life in the second year, quiet after half a year without, or by itself."""
    if life.alone_at is not None:
        return Strength.ALONE
    if life.last_sign <= months_before(now, QUIET_AFTER_MONTHS):
        return Strength.QUIET
    if life.since <= months_before(life.last_sign, _YEAR):
        return Strength.LASTING
    return Strength.NEW


def marks_due(life: Life, counted: int, now: datetime) -> Iterator[tuple[int, Outcome]]:
    """The marks to count now, each with its outcome; ``counted`` of them were before."""
    for age in MARKS[counted:]:
        if life.since > months_before(now, age + TO_ANSWER_MONTHS):
            return
        yield age, _outcome(life, now)


def _outcome(life: Life, now: datetime) -> Outcome:
    """Alive is what was heard of in the year before, after the day on which they met."""
    if life.alone_at is not None:
        return Outcome.ALONE
    heard = life.last_sign > max(life.since, months_before(now, _YEAR + TO_ANSWER_MONTHS))
    return Outcome.ALIVE if heard else Outcome.QUIET
