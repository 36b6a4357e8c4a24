"""Finding a person by name: words of our own, so that both databases answer alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import delete, select

from bot.domain.ids import OfficialId
from bot.domain.lookup import allowed_edits
from bot.domain.words import tokens
from bot.store.tables import NameToken, Official
from bot.store.work import Work

_MOST_WORDS = 8
_MOST_CANDIDATES = 500
_SAME_START = 2
"""A typing error is looked for in words that begin with the same letters."""
_PARTICLES = frozenset("de den der het t ten ter te van von la le el al di da du st op in aan".split())


def name_words(text: str) -> list[str]:
    """The words by which somebody is looked for: particles ('de', 'van') only where there is nothing else."""
    words = list(dict.fromkeys(tokens(text)))[:_MOST_WORDS]
    return [word for word in words if word not in _PARTICLES] or words


async def index_name(work: Work, official: OfficialId, name: str) -> None:
    """Keep the words of a name, in place of what was there."""
    await work.session.execute(delete(NameToken).where(NameToken.official_id == official))
    work.session.add_all(
        NameToken(token=token, official_id=official) for token in dict.fromkeys(tokens(name)[:_MOST_WORDS])
    )
    await work.session.flush()


@dataclass(frozen=True, order=True)
class Match:
    """Somebody found: with how many typing errors, and how many words of the name were not asked for."""

    errors: int
    left_over: int
    official: OfficialId


async def find(work: Work, text: str, limit: int) -> list[OfficialId]:
    """Findable officials whose name holds all these words, best first; typing errors are forgiven."""
    return [match.official for match in (await matches(work, text))[:limit]]


async def matches(work: Work, text: str) -> list[Match]:
    """As :func:`find`, with how well each fits."""
    asked = name_words(text)
    if not asked:
        return []
    near: dict[str, dict[str, int]] = {word: await _near(work, word) for word in asked}
    rarest = min(asked, key=lambda word: len(near[word]) or _MOST_CANDIDATES)
    candidates = (
        select(NameToken.official_id)
        .join(Official, Official.id == NameToken.official_id)
        .where(NameToken.token.in_(list(near[rarest])), Official.state == "active", Official.findable)
    )
    for word in asked:
        if word != rarest:
            also = select(NameToken.official_id).where(NameToken.token.in_(list(near[word])))
            candidates = candidates.where(NameToken.official_id.in_(also))
    candidates = candidates.distinct().order_by(NameToken.official_id).limit(_MOST_CANDIDATES)
    rows = await work.session.execute(
        select(NameToken.official_id, NameToken.token).where(
            NameToken.official_id.in_((await work.session.execute(candidates)).scalars().all())
        )
    )
    names: dict[int, list[str]] = {}
    for official, token in rows:
        names.setdefault(official, []).append(token)
    return sorted(_match(asked, near, OfficialId(official), name) for official, name in names.items())


async def _near(work: Work, word: str) -> dict[str, int]:
    """Known words within typing errors of this one, with the number of errors."""
    edits = allowed_edits(len(word))
    if not edits:
        return {word: 0}
    start = word[:_SAME_START]
    rows = await work.session.execute(
        select(NameToken.token)
        .where(NameToken.token >= start, NameToken.token < start[:-1] + chr(ord(start[-1]) + 1))
        .distinct()
    )
    found = {token: OSA.distance(word, token, score_cutoff=edits) for token in rows.scalars()}
    return {token: distance for token, distance in found.items() if distance <= edits} or {word: 0}


def _match(
    asked: Sequence[str], near: Mapping[str, Mapping[str, int]], official: OfficialId, name: Sequence[str]
) -> Match:
    errors = sum(min(near[word].get(token, len(word)) for token in name) for word in asked)
    return Match(errors, len(name) - len(asked), official)


async def bearing(work: Work, name: str) -> list[OfficialId]:
    """All officials, findable or not, with just these words as their name."""
    words = set(tokens(name)[:_MOST_WORDS])
    if not words:
        return []
    first = select(NameToken.official_id).where(NameToken.token == max(words, key=len))
    rows = await work.session.execute(
        select(NameToken.official_id, NameToken.token).where(NameToken.official_id.in_(first))
    )
    names: dict[int, set[str]] = {}
    for official, token in rows:
        names.setdefault(official, set()).add(token)
    return [OfficialId(official) for official, known in sorted(names.items()) if known == words]
