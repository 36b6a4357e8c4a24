"""A topic channel: the rounds of a topic, or of none, over all the conversations that belong to it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cadence import Cadence
from bot.domain.ids import ChannelId, TopicId


@dataclass(frozen=True, slots=True)
class Channel:
    """One network and one round over all its conversations. ``topic`` is empty for the tussenruimte (P7).

    ``next_at``: the next round that was not announced yet.
    """

    id: ChannelId
    topic: TopicId | None
    cadence: Cadence
    group_size: int
    next_at: datetime | None
