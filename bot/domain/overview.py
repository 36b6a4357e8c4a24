"""The overview: which figures there are of the network, and how a month's figures are made fit to publish."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from bot.domain import disclosure
from bot.domain.disclosure import Standing, Tally
from bot.domain.layer import Layer

Figure = tuple[str, ...]
"""What is counted, from wide to narrow: ``("ties", "stikstof", "rijk", "gemeente")``."""
Tallies = Mapping[Figure, Tally]
Standings = Mapping[Figure, Standing]
Durations = Mapping[Figure, Sequence[int]]
"""Working days that something took, each time that it was done."""

ORGANISATIONS: Figure = ("organisations",)
ENDED: Figure = ("koffies", "ended")
"""Koffies that are over for all who were asked; until then nothing tells a no from a silence (P24)."""
AGREED: Figure = ("koffies", "agreed")
DRUNK: Figure = ("koffies", "drunk")
DAYS_TO_YES: Figure = ("days", "yes")
DAYS_TO_KOFFIE: Figure = ("days", "koffie")
NATIONWIDE = "landelijk"
"""The province of an organisation that works for the whole country."""
WITHOUT_TOPIC = "tussenruimte"
"""The channel that has no topic (P7), among slugs."""
MEDIAN_FROM = 4
"""A median needs so many times the fewest: with less, its guard leaves nothing of it."""
LONGEST_DAYS = 60
_ROUND_TO = 5


class Kind(StrEnum):
    """The families of figures that are told by layer, topic and more."""

    OFFICIALS = "officials"
    BY_PROVINCE = "officials-by-province"
    BY_COLLEAGUES = "officials-by-colleagues"
    ON_TOPIC = "officials-on-topic"
    MEMBERS = "members"
    """Who takes part in the rounds of a topic's channel, or of the one without a topic."""
    ASKED = "asked-last-round"
    """Who was asked in the last round of such a channel."""
    TIES = "ties"
    TOPIC_TIES = "ties-on-topic"
    MET = "met"
    """Ties between layers that began here (P42)."""
    WAITING = "waiting"
    LACKING = "lacking"
    FELT = "felt"
    MARKED = "marked"
    """Ties that reached an anniversary, and ``ALIVE`` those of them that lived then (P4)."""
    ALIVE = "alive"


class Asked(StrEnum):
    """When somebody was asked how many people at another government they can call."""

    START = "calls-start"
    LATER = "calls-later"


class Reach(StrEnum):
    """The answer to that."""

    NOBODY = "nobody"
    FEW = "one-or-two"
    MORE = "three-or-more"


ANYONE = "anyone"
"""Few and more together, counted as a figure of its own: no figure is a sum of others."""


class Colleagues(StrEnum):
    """How many of one organisation take part, as a size that is known of each."""

    ALONE = "alone"
    FEW = "few"
    MANY = "many"


def colleagues_of(count: int) -> Colleagues:
    if count == 1:
        return Colleagues.ALONE
    return Colleagues.FEW if count < 5 else Colleagues.MANY  # noqa: PLR2004 - the words say so


def pair(one: str, other: str) -> tuple[str, str]:
    """Two layers in the order in which they are always named."""
    order = list(Layer)
    low, high = sorted((Layer(one), Layer(other)), key=order.index)
    return low.value, high.value


@dataclass(frozen=True)
class Month:
    """The figures of one month as they were published; ``day`` is the day on which they were counted."""

    day: date
    figures: Mapping[Figure, int]

    def get(self, *figure: str) -> int | None:
        """The figure, or ``None`` where it is too small to tell, or zero."""
        return self.figures.get(figure)

    def share(self, part: Figure, whole: Figure) -> int | None:
        """Percent, to the nearest five, of what was published; ``None`` when either was not."""
        of, all_of = self.figures.get(part), self.figures.get(whole)
        if of is None or not all_of:
            return None
        return min(100, _ROUND_TO * round(100 * of / all_of / _ROUND_TO))


@dataclass(frozen=True)
class Published:
    """A month's figures, and what they stand on until the next: that stays secret."""

    figures: Mapping[Figure, int]
    standings: Standings


def publish(
    before: Standings,
    tallies: Tallies,
    durations: Durations,
    fewest: int,
    dice_of: Callable[[Figure], Random],
) -> Published:
    """This month's figures. ``dice_of`` gives each figure a chance of its own, the same when asked again."""
    standings, figures = dict(before), {}
    for figure, tally in tallies.items():
        standing = disclosure.renewed(before.get(figure), tally, fewest, dice_of(figure))
        seen = disclosure.shown(standing, tally, fewest)
        if standing is not None:
            standings[figure] = standing
        if seen is not None:
            figures[figure] = seen
    for figure, days in durations.items():
        if len(days) < MEDIAN_FROM * fewest:
            continue
        standing = before.get(figure)
        if standing is None or abs(len(days) - standing.counted) >= fewest:
            middle = disclosure.guarded_median(days, LONGEST_DAYS, dice_of(figure))
            standing = Standing(len(days), middle)
        standings[figure], figures[figure] = standing, standing.told
    return Published(figures, standings)
