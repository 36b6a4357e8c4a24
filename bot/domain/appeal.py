"""A call in the channel of an opgave: somebody looks for one colleague before a moment, without a name.

    open → found   the first one who fits says 'that is me': both said yes
         → over    at the moment, or when the asker ends it

Nobody is asked by name, so nobody refuses. Why, in docs/decisions/0103-a-call.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import AppealId, ChannelId, OfficialId, OrganisationId
from bot.domain.layer import Layer

LONGEST = timedelta(days=8)
"""What can wait longer than a week needs no call: there is time to ask somebody for a koffie."""
LONGEST_ROLE = 60
"""Characters of a role that stands in a call."""


class AppealState(StrEnum):
    """How a call stands. Whether it went over by itself or was ended shows nowhere."""

    OPEN = "open"
    FOUND = "found"
    OVER = "over"


class Misfit(StrEnum):
    """Why somebody cannot answer a call; told to them alone. APART never tells why: it may be a block."""

    OVER = "over"
    OWN = "own"
    LAYER = "layer"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Appeal:
    """One call. Without ``layers`` every layer fits. ``posts`` are the keys of its messages."""

    id: AppealId
    asker: OfficialId
    channel: ChannelId
    layers: tuple[Layer, ...]
    until: datetime
    state: AppealState
    posts: tuple[str, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered; from its moment on it is over, however late the bot comes to look."""
        return self.state is AppealState.OPEN and now < self.until


@dataclass(frozen=True, slots=True)
class Side:
    """What counts of somebody for whether they fit."""

    official: OfficialId
    organisation: OrganisationId
    layer: Layer


def misfit(
    appeal: Appeal, asker: Side | None, presser: Side, apart: Collection[OfficialId], now: datetime
) -> Misfit | None:
    """Why this presser cannot answer; ``None``: they can. ``asker`` is empty for who is no more.

    ``apart``: whom the presser is kept from, by a block of either or for a while after a koffie that was off.
    """
    if presser.official == appeal.asker:
        return Misfit.OWN
    if asker is None or not appeal.is_open(now):
        return Misfit.OVER
    if appeal.layers and presser.layer not in appeal.layers:
        return Misfit.LAYER
    if asker.organisation == presser.organisation or asker.official in apart:
        return Misfit.APART
    return None


def shown_role(role: str) -> str:
    """A role as it stands behind 'een': 'ecoloog', 'HR-adviseur'; nothing for one that is too long."""
    words = " ".join(role.split())
    if not words or len(words) > LONGEST_ROLE:
        return ""
    return words if words[:2].isupper() else words[0].lower() + words[1:]
