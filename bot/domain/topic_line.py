"""A topic in one line, as a command takes it: 'Bodemdaling; ook: inklinking, verzakking; thema: bodem'."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.words import normalise


class Piece(StrEnum):
    """What a part of the line says."""

    NAME = "name"
    ALSO = "also"
    WITHOUT = "without"
    ENGLISH = "english"
    THEMES = "themes"


_PIECES = {
    word: piece
    for piece, words in {
        Piece.NAME: "naam name",
        Piece.ALSO: "ook synoniem synoniemen also synonym synonyms",
        Piece.WITHOUT: "zonder niet without not",
        Piece.ENGLISH: "engels english en",
        Piece.THEMES: "thema themas theme themes",
    }.items()
    for word in words.split()
}
_PARTS = re.compile(r"[;\n]")


@dataclass(frozen=True)
class TopicLine:
    """``name`` is what stands before the first ';'. ``unknown``: a part that begins with no known word."""

    name: str
    pieces: dict[Piece, str] = field(default_factory=dict)
    unknown: str = ""


def parse_line(words: str) -> TopicLine:
    """Cut a line up. A part is a word, a colon and what it says."""
    first, *parts = _PARTS.split(words)
    pieces: dict[Piece, str] = {}
    for part in parts:
        word, colon, said = part.partition(":")
        piece = _PIECES.get(normalise(word))
        if part.strip() and (piece is None or not colon):
            return TopicLine(first.strip(), pieces, part.strip())
        if piece is not None:
            pieces[piece] = said.strip()
    return TopicLine(first.strip(), pieces)
