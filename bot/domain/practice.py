"""Which side of government somebody works on, as far as their own words for their role tell (P17); pure."""

from enum import StrEnum

from bot.domain.words import tokens

_POLICY = ("beleid", "strate", "wetgev", "kaderstel", "policy", "legislat")
_EXECUTION = (
    "uitvoer", "vergunning", "handhav", "toezicht", "inspect", "boswacht", "opzichter", "beheerder",
    "monteur", "klantmanager", "casemanager", "permit", "enforce", "caseworker", "ranger", "execution",
)  # fmt: skip


class Practice(StrEnum):
    """Policy and execution may be paired on purpose."""

    POLICY = "policy"
    EXECUTION = "execution"


def practice_of(role: str) -> Practice | None:
    """The side that the first telling word of a role is on: what comes behind it is what the work is about.

    A 'beleidsadviseur vergunningen' makes policy, a 'vergunningverlener' carries it out; of an
    'adviseur', and of a word of both sides ('uitvoeringsbeleid'), nothing is known.
    """
    for word in tokens(role):
        policy, execution = (any(stem in word for stem in stems) for stems in (_POLICY, _EXECUTION))
        if policy or execution:
            return None if policy and execution else Practice.POLICY if policy else Practice.EXECUTION
    return None
