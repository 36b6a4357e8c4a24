"""How easy the Dutch texts read, by two known measures.

Flesch-Douma (Douma 1960, Flesch's formula for Dutch): 206.84 - 0.77 · syllables per 100 words - 0.93 · words
per sentence; from 60 on plain, from 80 on easy. LIX (Björnsson 1968): words per sentence + percent of words
of more than six letters; under 40 plain, under 30 easy. Syllables are counted by Dutch hyphenation patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

from docs.catalogues import House, bundle, houses, worded

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)|\n")
_LONG = 6
"""Letters; a word of more is long to LIX."""
_hyphens = pyphen.Pyphen(lang="nl_NL", left=1, right=1)


@cache
def syllables(word: str) -> int:
    """Syllables of a Dutch word; an apostrophe or hyphen divides it as well."""
    return sum(len(_hyphens.positions(part)) + 1 for part in re.split(r"[-'’]", word.lower()) if part)


@dataclass(frozen=True)
class Readability:
    """Counts of some text, and what the measures make of them."""

    sentences: int
    words: int
    syllables: int
    long_words: int
    longest_sentence: int

    @property
    def words_a_sentence(self) -> float:
        return self.words / max(self.sentences, 1)

    @property
    def flesch_douma(self) -> float:
        """Higher is easier; ordinary text lies between 0 and 100."""
        return 206.84 - 77 * self.syllables / max(self.words, 1) - 0.93 * self.words_a_sentence

    @property
    def lix(self) -> float:
        """Lower is easier."""
        return self.words_a_sentence + 100 * self.long_words / max(self.words, 1)


def read(words: str) -> Readability:
    """Count one text. A line break ends a sentence, as in a list."""
    sentences = [found for part in _SENTENCE_END.split(words) if (found := _WORD.findall(part))]
    every = [word for sentence in sentences for word in sentence]
    return Readability(
        sentences=len(sentences),
        words=len(every),
        syllables=sum(syllables(word) for word in every),
        long_words=sum(len(word) > _LONG for word in every),
        longest_sentence=max(map(len, sentences), default=0),
    )


def together(parts: Iterable[Readability]) -> Readability:
    """Several texts as one."""
    found = list(parts)
    return Readability(
        sentences=sum(part.sentences for part in found),
        words=sum(part.words for part in found),
        syllables=sum(part.syllables for part in found),
        long_words=sum(part.long_words for part in found),
        longest_sentence=max((part.longest_sentence for part in found), default=0),
    )


@dataclass(frozen=True)
class Judged:
    """One text of a catalogue, worded with its longest sample."""

    house: str
    noun: str
    key: str
    words: str
    readability: Readability


def judged() -> list[Judged]:
    """All Dutch texts that people read in a chat, in the order of their catalogues."""
    found = []
    for house in houses():
        if "tests" not in house.code.parts:
            found += list(_judged(house))
    return found


def _judged(house: House) -> Iterable[Judged]:
    made = bundle(house, "nl")
    for entry in house.entries("nl"):
        words = max((words for _, words, _ in worded(made, entry)), key=len)
        yield Judged(house.name, entry.noun, entry.key, words, read(words))
