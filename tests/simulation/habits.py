"""What simulated officials do with what they read: drawn once a person, by seed. Assumptions, not data.

Of a hundred questions some sixty get a yes, fifteen a no, five a 'ken ik al' and the rest none, unevenly
spread: some nearly always answer, others hardly ever. Whether somebody still speaks whom they met has
nothing to do with who made them meet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

_OURSELVES = "Zelf regelen"
_NO_MOMENT = frozenset({_OURSELVES, "Geen van deze", "Meer niet"})


@dataclass(frozen=True)
class Habits:
    """Shares of what somebody answers, and how soon: ``slow`` is the median in hours."""

    yes: float
    no: float
    known: float
    slow: float
    drinks: float
    keeps: float
    ourselves: float = 0.2

    def answer(self, dice: Random, labels: Collection[str]) -> str | None:
        """What somebody presses of a message's options; ``None`` for a silence."""
        chance = dice.random()
        if _OURSELVES in labels:
            return self._moment(dice, chance, [label for label in labels if label not in _NO_MOMENT])
        for known, shares in self._answers().items():
            if known in labels:
                for label, share in shares.items():
                    if chance < share:
                        return label
                    chance -= share
                return None
        return None

    def _moment(self, dice: Random, chance: float, moments: Sequence[str]) -> str | None:
        """Most take one of the moments that are proposed, some arrange it themselves, some say nothing."""
        if chance < self.ourselves:
            return _OURSELVES
        return dice.choice(moments) if moments and chance < self.ourselves + self.yes else None

    def _answers(self) -> Mapping[str, Mapping[str, float]]:
        """What is answered how often, by an option that makes the question known."""
        return {
            "Graag": {"Graag": self.yes, "Nu even niet": self.no, "Ken ik al": self.known},
            "Nog niet": {"Ja": self.drinks, "Gaat niet door": 1 - self.drinks},
            "Ja, zonder jou ook": {
                "Ja, zonder jou ook": 0.3 * self.keeps,
                "Ja": 0.3 * self.keeps,
                "Nee": 0.2 * self.keeps,
            },
            **{label: {label: self.keeps} for label in ("Afvinken", "Blijf het vragen", "Ik blijf")},
        }

    def ticked(self, dice: Random, listed: int) -> str:
        """Whom somebody still speaks of the ties in the yearly list, by number."""
        spoken = [str(number) for number in range(1, listed + 1) if dice.random() < self.keeps]
        return ", ".join(spoken) or "geen"

    def delay(self, dice: Random) -> timedelta:
        """How long it takes; half of all within ``slow`` hours."""
        return timedelta(hours=min(200.0, self.slow * dice.lognormvariate(0, 1)))


def drawn(dice: Random) -> Habits:
    """The habits of one person."""
    yes = dice.betavariate(3, 2)
    rest = 1 - yes
    return Habits(
        yes=yes,
        no=rest * 0.35,
        known=rest * 0.1,
        slow=dice.choice((1, 4, 20)),
        drinks=0.7 + 0.3 * dice.random(),
        keeps=dice.betavariate(3, 2),
    )


@dataclass(frozen=True)
class Happening:
    """Something in somebody's life, and the words by which they tell the bot; none: the account is gone."""

    day: int
    who: int
    words: str


def happenings(dice: Random, people: int, days: int, organisations: Sequence[str]) -> list[Happening]:
    """A year of them: holidays, people who stop, who go elsewhere, whose account is closed; in order."""
    found: list[Happening] = []
    for who in range(people):
        for words, a_year in (
            ("pauze rondes twee weken", 1.5),
            ("stop", 0.05),
            (f"profiel organisatie {dice.choice(organisations)}", 0.05),
            ("", 0.05),
            ("sla over", 0.5),
        ):
            if dice.random() < min(1.0, a_year * days / 365):
                found.append(Happening(dice.randrange(1, days), who, words))
    return sorted(found, key=lambda one: (one.day, one.who))
