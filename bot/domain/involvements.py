"""A list of topics with one's part in each: "leid stikstof, volg KRW en woningbouw"."""

import re
from dataclasses import dataclass

from bot.domain.fillers import ARTICLES
from bot.domain.lookup import Nothing, One, Several
from bot.domain.lookup_topic import TooBroad, TopicIndex
from bot.domain.topic import Part, Topic
from bot.domain.words import clean, stem, tokens

_PART_WORDS = {
    word: part
    for part, words in {
        Part.LEADS: "leid leidt leiden leider leidend trek trekt trekker trekken coordineer coordineert "
        "coordinator "
        "projectleider programmamanager programmaleider kartrekker lead leads leading leader manage "
        "coordinate",
        Part.WORKS_ON: "werk werkt werken doe doet doen bezig work works working do",
        Part.FOLLOWS: "volg volgt volgen volger meelezen meekijken meekijk belangstelling interesse follow "
        "follows "
        "following interested monitor",
    }.items()
    for word in words.split()
}
_AROUND = ARTICLES | frozenset(
    "ik i im ben am aan on mee met bij over voor van in geinteresseerd bezig daarnaast also ook".split()
)
_ENUMERATION = re.compile(r"[,;\n/]+|(?<=\s)[-–•*](?=\s)")
_AND = re.compile(r"\s+(?:en|and|plus|&)\s+", re.IGNORECASE)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated topic: the words for it, what they may mean, and the part."""

    text: str
    answer: One[Topic] | Several[Topic] | TooBroad | Nothing
    part: Part


def parse_involvements(text: str, topics: TopicIndex) -> list[Stated]:
    """The topics in a list, each with its part; *works on* unless said otherwise.

    A part word before a topic holds until the next one ("volg KRW en woningbouw"); one after it
    ("KRW volg ik", "stikstof (trekker)") holds for that topic alone. A topic named twice counts once, as
    said last.
    """
    stated: dict[object, Stated] = {}
    current = Part.WORKS_ON
    for piece in _pieces(clean(text), topics)[:_MOST]:
        words = tokens(piece)
        marks = [(position, _PART_WORDS[word]) for position, word in enumerate(words) if word in _PART_WORDS]
        bare = [word for word in words if word not in _PART_WORDS]
        while bare and bare[0] in _AROUND:
            bare.pop(0)
        while bare and bare[-1] in _AROUND:
            bare.pop()
        leading = all(word in _AROUND for word in words[: marks[0][0]]) if marks else False
        if leading:
            current = marks[0][1]
        part = marks[0][1] if marks else current
        if bare:
            answer = topics.decide(" ".join(bare))
            stated[_key(answer, bare)] = Stated(" ".join(bare), answer, part)
    return list(stated.values())


def _pieces(text: str, topics: TopicIndex) -> list[str]:
    """The list cut up; "en" cuts too, unless it belongs to one name ("AI en algoritmes")."""
    pieces: list[str] = []
    for segment in _ENUMERATION.split(text):
        halves = _AND.split(segment)
        words = [word for word in tokens(segment) if word not in _PART_WORDS]
        if len(halves) > 1 and not topics.named(words) and topics.broad(" ".join(words)) is None:
            pieces += halves
        else:
            pieces.append(segment)
    return [piece for piece in pieces if piece.strip()]


def _key(answer: One[Topic] | Several[Topic] | TooBroad | Nothing, words: list[str]) -> object:
    if isinstance(answer, One):
        return answer.hit.value.id
    return tuple(stem(word) for word in words)
