"""Which themes of the TOP-lijst fit some words: to propose, never to decide."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.domain.register import Theme
from bot.domain.words import normalise, stems

_ALIKE = 88
"""Percent of likeness from which a name of a theme is taken for a name that is misspelt."""
_SHORTEST_STEM = 4


def themes_for(words: Iterable[str], themes: Iterable[Theme], most: int = 4) -> list[Theme]:
    """Sub themes that fit, best first; empty when none does."""
    said = [one for one in words if normalise(one)]
    scored = [(max((_score(one, theme) for one in said), default=0), theme) for theme in themes]
    fitting = [(score, theme) for score, theme in scored if score and not theme.main]
    return [theme for _, theme in sorted(fitting, key=lambda one: -one[0])[:most]]


def _score(words: str, theme: Theme) -> int:
    """100 for its own name, less for another name of it, and less again for a word that they share."""
    names = (theme.label, *theme.synonyms)
    said = normalise(words)
    if said == normalise(theme.label):
        return 100
    if any(said == normalise(name) for name in names):
        return 90
    if any(fuzz.ratio(said, normalise(name)) >= _ALIKE for name in names):
        return 80
    shared = _long(stems(words)) & {stem for name in names for stem in _long(stems(name))}
    return 60 + min(len(shared), 9) if shared else 0


def _long(found: Sequence[str]) -> set[str]:
    return {stem for stem in found if len(stem) >= _SHORTEST_STEM}
