"""What the engine is given and what it gives back: plain frozen values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from bot.domain.channel_rules import Distance
from bot.domain.layer import Layer
from bot.domain.practice import Practice
from bot.domain.topic import Part

MOST_POINTS = 1_000
"""Points that one weight may be: small whole numbers keep every sum exact and the solvers from overflow."""
GROUP_SIZES = (2, 3, 4)


class PlanError(ValueError):
    """The input cannot be planned with. Its words name places in the input, never what stands there."""


class Term(StrEnum):
    """One named reason in the worth of an introduction, in the order in which equal reasons are told."""

    OTHER_LAYER = "other_layer"
    NEW_LAYER = "new_layer"
    SHARED_TOPIC = "shared_topic"
    PARTS = "parts"
    PRACTICE = "practice"
    OTHER_COLUMN = "other_column"
    RARE_TOPIC = "rare_topic"
    NEAR = "near"
    FAR = "far"
    WAITING = "waiting"
    SMALL = "small"
    UNHEARD = "unheard"
    FEW = "few"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who might have a koffie. Empty ``slots`` or ``formats``: any will do; "" is not told.

    ``waiting``: rounds in a row in which they were left out. ``introductions``: those of late. ``small``: of
    a small organisation. ``column``: the policy field that most of their work is in. ``koepel``: of an
    umbrella organisation (P18). ``elected``: a politician (P15). ``lacks``: layers in which they know nobody.
    """

    id: str
    organisation: str
    layer: Layer
    topics: Mapping[str, Part] = field(default_factory=dict)
    region: str = ""
    languages: Collection[str] = ("nl",)
    slots: Collection[int] = ()
    formats: Collection[str] = ()
    work: Practice | None = None
    column: str = ""
    lacks: Collection[Layer] = ()
    waiting: int = 0
    introductions: int = 0
    small: bool = False
    koepel: bool = False
    active: bool = True
    willing: bool = True
    elected: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each term, 0 to ``MOST_POINTS``: those of a pair, and from ``waiting`` on of a person.

    The points of a person decide who is left out where somebody must be, and nothing else. Nobody's rank,
    and nothing of who runs the bot (P13), has a term.
    """

    other_layer: int = 100
    """They work at different layers of government (P2)."""
    new_layer: int = 40
    """One works at a layer in which the other knows nobody; twice if it holds for both (P2)."""
    shared_topic: int = 60
    """They have a topic in common (P2)."""
    parts: int = 20
    """One leads what the other works on (P16)."""
    practice: int = 20
    """One makes policy, the other carries it out (P17)."""
    other_column: int = 15
    """They work in different policy fields (P17)."""
    rare_topic: int = 20
    """Few have their topic: half of it at 1 in 8 people, all of it at 1 in 64."""
    distance: int = 15
    """They are as near or as far as the channel wants."""
    waiting: int = 60
    """For each round in a row in which somebody was left out, up to ``Settings.most_waiting``."""
    small: int = 20
    """Of a small organisation (P11)."""
    unheard: int = 20
    """Never introduced before (P11)."""
    few: int = 5
    """For each introduction fewer than three."""
    balance: int = 15
    """Of a layer with fewer introductions a head than the others: all of it where it had none (P12)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a topic channel wants its koffies."""

    size: int = 2
    """People in a koffie: 2, 3 or 4. Four is the vierlagenkoffie: one of each layer where possible."""
    trios: bool = True
    """Whether somebody left over joins a pair that all three may have."""
    koepels: bool = False
    """Whether umbrella organisations take part (P18)."""
    across_layers: bool = False
    """Whether two of one layer are never introduced."""
    distance: Distance = Distance.ANY
    most_waiting: int = 5
    """Rounds of waiting that count."""
    seed: str = ""
    """Decides between equals. Another one each round spreads luck evenly."""
    candidates: int = 24
    """Possible partners looked at for each person, where not everybody is weighed against everybody."""
    exact_up_to: int = 3_000
    """People up to whom everybody is weighed against everybody, and the plan is the best there is."""
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a pair: what it was worth, and what it is about (a topic's or region's id, or nothing)."""

    term: Term
    points: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two of a group, ``one`` before ``other`` in order of id, and why they: the strongest reason first.

    Waiting and its like are never among the reasons: they are why now, not why you two. ``NEW_LAYER`` is
    among them, but never told.
    """

    one: str
    other: str
    reasons: tuple[Reason, ...]

    @property
    def worth(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Group:
    """One koffie: its people in order of id, and each two of them. A trio is three ties."""

    members: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good the plan is, for anyone to check.

    ``weight``: the worth of its pairs, points of persons included, before anybody left over joined.
    ``bound``: no other plan of as many pairs, of the pairs looked at, is worth more. ``pairs`` were made;
    ``max_pairs``: no plan makes more. In groups of three and four ``pairs`` counts ties, ``bound`` is of all
    plans with groups of the same sizes, and ``max_pairs`` are the ties if nobody who may meet anybody were
    left out.
    """

    weight: int
    bound: int
    pairs: int
    max_pairs: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who have koffie with whom, in order of id. ``left_out`` could take part, and go first next time.

    ``sha256`` is that of groups and left out: the same for the same input, in any order, on any machine.
    """

    groups: tuple[Group, ...]
    left_out: tuple[str, ...]
    certificate: Certificate
    sha256: str


def check_settings(settings: Settings) -> None:
    """Raise `PlanError` where a number cannot be."""
    if settings.size not in GROUP_SIZES:
        raise PlanError("settings.size must be 2, 3 or 4")
    limits = {"most_waiting": (0, 100), "candidates": (6, 200), "exact_up_to": (0, 10_000)}
    for name, (least, most) in limits.items():
        if not least <= getattr(settings, name) <= most:
            raise PlanError(f"settings.{name} must be {least} to {most}")
    for one in fields(Weights):
        if not 0 <= getattr(settings.weights, one.name) <= MOST_POINTS:
            raise PlanError(f"settings.weights.{one.name} must be 0 to {MOST_POINTS}")
