"""A topic channel: the rounds of a topic, or of none, over all the conversations that belong to it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.cadence import ByHand, Cadence
from bot.domain.channel_rules import ChannelRules, ChannelState
from bot.domain.ids import ChannelId, TopicId

USUAL_SIZE = 2


@dataclass(frozen=True, slots=True)
class Channel:
    """One network and one round over all its conversations. ``topic`` is empty for the tussenruimte (P7).

    ``next_at``: the next round that was not announced yet. ``resumes_on``: the first day after a pause;
    without it a pause lasts until somebody ends it.
    """

    id: ChannelId
    topic: TopicId | None
    cadence: Cadence
    group_size: int
    next_at: datetime | None
    rules: ChannelRules = field(default_factory=ChannelRules)
    state: ChannelState = ChannelState.RUNNING
    resumes_on: date | None = None

    def anew(self) -> "Channel":
        """The same channel with everything as usual: its rounds are held by hand."""
        return Channel(self.id, self.topic, ByHand(), USUAL_SIZE, None)

    def rests(self, day: date) -> bool:
        """Whether no round is held, or begun, on this day."""
        match self.state:
            case ChannelState.RUNNING:
                return False
            case ChannelState.PAUSED:
                return self.resumes_on is None or day < self.resumes_on
            case ChannelState.STOPPED:
                return True
