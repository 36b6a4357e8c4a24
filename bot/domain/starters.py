"""Conversation starters: open questions about practice, chosen by phase and by the layers that meet.

None can be answered by yes or no, and none is about money (P37).
"""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from bot.domain.layer import Layer
from bot.domain.topic import Phase

GIVEN = 2
"""Starters a koffie."""


@dataclass(frozen=True, slots=True)
class Starter:
    """``phases`` and ``layers`` say when it fits; an empty one fits always.

    ``layers`` are two layers that both sit at the table, or one that does.
    """

    key: str
    phases: frozenset[Phase] = frozenset()
    layers: frozenset[Layer] = frozenset()

    @property
    def general(self) -> bool:
        return not self.phases and not self.layers

    def fits(self, phase: Phase | None, layers: Collection[Layer]) -> bool:
        return (not self.phases or phase in self.phases) and self.layers <= set(layers)


def _in(phase: Phase, *keys: str) -> tuple[Starter, ...]:
    return tuple(Starter(key, phases=frozenset({phase})) for key in keys)


def _between(key: str, *layers: Layer) -> Starter:
    return Starter(key, layers=frozenset(layers))


POOL = (
    Starter("starter-practice"),
    Starter("starter-notice"),
    Starter("starter-ordinary-day"),
    Starter("starter-surprise"),
    Starter("starter-missing"),
    Starter("starter-close-up"),
    Starter("starter-misread"),
    Starter("starter-small-step"),
    Starter("starter-proud"),
    Starter("starter-not-written"),
    Starter("starter-word"),
    Starter("starter-first-year"),
    *_in(Phase.EXPLORE, "starter-how-started", "starter-not-known", "starter-elsewhere"),
    *_in(Phase.DEVELOP, "starter-choice", "starter-tried", "starter-need"),
    *_in(Phase.CARRY_OUT, "starter-on-paper", "starter-solve", "starter-better-than-thought"),
    *_in(Phase.ROUND_OFF, "starter-differently", "starter-stays", "starter-hand-over"),
    _between("starter-counter", Layer.RIJK, Layer.GEMEENTE),
    _between("starter-region", Layer.RIJK, Layer.PROVINCIE),
    _between("starter-outdoors", Layer.RIJK, Layer.WATERSCHAP),
    _between("starter-same-area", Layer.PROVINCIE, Layer.GEMEENTE),
    _between("starter-water-in-plan", Layer.PROVINCIE, Layer.WATERSCHAP),
    _between("starter-street-and-ditch", Layer.GEMEENTE, Layer.WATERSCHAP),
    _between("starter-met-in-practice", Layer.OVERIG),
)
"""31 questions; the texts are in the catalogue under these keys."""


def choose(
    chance: Random, *, phase: Phase | None, layers: Collection[Layer], recent: Collection[str]
) -> tuple[str, ...]:
    """Two different starters: one that fits just these two where there is one, and one for everybody.

    What either had lately (``recent``) comes back only when nothing else fits.
    """
    fitting = [starter for starter in POOL if starter.fits(phase, layers)]
    fresh = [starter for starter in fitting if starter.key not in recent]
    chance.shuffle(fresh)
    own = [starter for starter in fresh if not starter.general]
    general = [starter for starter in fresh if starter.general]
    stale = [starter for starter in fitting if starter.key in recent]
    chance.shuffle(stale)
    best = [*own[:1], *general, *own[1:], *stale]
    return tuple(starter.key for starter in best[:GIVEN])
