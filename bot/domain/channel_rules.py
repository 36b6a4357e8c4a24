"""What the rounds of a channel go by, as plain values: each may be set by itself, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from bot.domain.layer import Layer

LONGEST_GAP_DAYS = 90
MOST_A_MONTH = range(1, 5)


class Distance(StrEnum):
    """Whom a topic channel wants to meet: neighbours, those far away, or either."""

    ANY = "any"
    NEAR = "near"
    FAR = "far"


class Favour(StrEnum):
    """Whom, or what, a channel gives more weight than it has by itself."""

    NEW = "new"
    """Organisations of which nobody was introduced before go first."""
    SMALL = "small"
    """Small organisations go first (P11)."""
    PARTS = "parts"
    """Who leads the topic rather meets who works on it (P16)."""


class ChannelState(StrEnum):
    """Whether rounds are held. A pause may end on a day; a stop may be taken back for a while."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Act(StrEnum):
    """What somebody did who sets a channel; the log tells it."""

    OPENED = "opened"
    BOUND = "bound"
    LET_GO = "let-go"
    SET = "set"
    SKIP = "skip"
    STEWARD_ASKED = "steward-asked"
    STEWARD_IN = "steward-in"
    STEWARD_OUT = "steward-out"
    ROUND = "round"
    ROUND_TODAY = "round-today"
    CODE_OFF = "code-off"
    PHASE = "phase"
    TOPIC_NEW = "topic-new"
    TOPIC_NAME = "topic-name"
    TOPIC_WORDS = "topic-words"
    TOPIC_THEMES = "topic-themes"
    TOPIC_PARTS = "topic-parts"
    TOPIC_SENSITIVE = "topic-sensitive"
    TOPIC_OPEN = "topic-open"
    TOPIC_TEAM = "topic-team"
    TOPIC_CLOSED = "topic-closed"
    TOPIC_REOPENED = "topic-reopened"
    TOPIC_MERGED = "topic-merged"
    TOPIC_SPLIT = "topic-split"


class Setting(StrEnum):
    """One thing to set; its value is what is stored."""

    RHYTHM = "cadence"
    GROUP = "group_size"
    STATE = "state"
    RESUMES = "resumes_on"
    LAYERS = "layers"
    GAP = "gap_days"
    MONTH = "most_a_month"
    ACROSS = "across_layers"
    DISTANCE = "distance"
    KOEPELS = "koepels"
    FORMATS = "formats"
    FAVOURS = "favours"
    PHASE = "phase"
    """This and the next six are of the topic, not of the channel's own."""
    LABEL = "label_nl"
    ENGLISH = "label_en"
    WORDS = "added"
    THEMES = "themes"
    SENSITIVE = "sensitive"
    PARTS = "parts"
    CODE = "code"
    """The number of the invitation's code, from which it is made."""
    PLACE = "place"
    """The number of a conversation that was bound."""
    TEAM = "team"
    """The number of a team to learn from that was taken off."""


Values = Mapping[Setting, Any]
"""Settings as they are stored: plain JSON."""


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """Rules of a channel, besides its rhythm and the size of its tables. Each name is that of a setting.

    ``layers``: those that take part; empty for all. ``gap_days``: from one koffie to the next; ``None`` as
    everywhere. ``most_a_month``: koffies of one person; ``None``: their own pace. ``across_layers``: two of
    one layer never meet. ``koepels``: ``None`` as the topic says (P18). ``formats``: ways of meeting; empty
    for all.
    """

    layers: tuple[Layer, ...] = ()
    gap_days: int | None = None
    most_a_month: int | None = None
    across_layers: bool = False
    distance: Distance = Distance.ANY
    koepels: bool | None = None
    formats: tuple[str, ...] = ()
    favours: tuple[Favour, ...] = ()

    @classmethod
    def of(cls, stored: Mapping[Any, Any]) -> "ChannelRules":
        """From what is stored; what is not there is as usual."""
        values: dict[str, Any] = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        read: Mapping[str, Any] = {
            "layers": lambda names: tuple(map(Layer, names)),
            "distance": Distance,
            "formats": tuple,
            "favours": lambda names: tuple(map(Favour, names)),
        }
        return cls(**{name: read[name](value) if name in read else value for name, value in values.items()})

    def admits(self, layer: Layer) -> bool:
        """Whether the rounds are for this layer."""
        return not self.layers or layer in self.layers

    def stored(self) -> dict[Setting, Any]:
        """As plain JSON."""
        found = {Setting(one.name): getattr(self, one.name) for one in fields(self)}
        return {
            name: [str(item) for item in value] if isinstance(value, tuple) else _plain(value)
            for name, value in found.items()
        }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
