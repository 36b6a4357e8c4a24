"""Whom somebody met here: by name, and nobody else. To block or report one needs no look-up."""

from rapidfuzz import fuzz

from bot.domain.ids import OfficialId
from bot.domain.words import tokens
from bot.services import reveal
from bot.store import koffie, network
from bot.store.work import Work

_ALIKE = 80
"""Percent of likeness from which a typed word is taken for one of a name."""
_BEFORE_PLACE = {"bij", "at"}
MOST = 5


async def met(work: Work, official: OfficialId) -> list[OfficialId]:
    """Everyone with whom this official has a koffie (asked or past) or a tie, the latest first.

    Left out is who may not be named, as before both yeses on a sensitive topic, or in a team.
    """
    others: list[OfficialId] = []
    for kept in reversed(await koffie.all_of(work, official)):
        if kept.nameless:
            continue
        if kept.places[official].asked or kept.koffie.requester == official:
            others.extend(kept.others(official))
    others.extend(tie.other for tie in await network.ties(work, official))
    sight = await reveal.sight(work, official, set(others))
    return [other for other in dict.fromkeys(others) if other in sight.seen and sight.names(other)]


async def met_by_name(work: Work, official: OfficialId, words: str) -> list[OfficialId]:
    """Those of them who bear this name, typing errors forgiven."""
    asked = tokens(name_in(words))
    people = await met(work, official)
    if not asked:
        return people
    sight = await reveal.sight(work, official, people)
    return [
        other for other in people if all(_in_name(word, tokens(sight.seen[other].name)) for word in asked)
    ]


def name_in(words: str) -> str:
    """The words before 'bij': where somebody works is no part of a name."""
    parts = words.split()
    for place, word in enumerate(parts[1:], start=1):
        if word.casefold() in _BEFORE_PLACE:
            return " ".join(parts[:place])
    return words


def _in_name(word: str, name: list[str]) -> bool:
    return any(fuzz.ratio(word, known) >= _ALIKE for known in name)
