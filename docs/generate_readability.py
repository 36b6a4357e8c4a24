"""Write docs/readability.md from the texts themselves, by `make docs`; a test fails when it is stale."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docs.readability import Judged, Readability, judged, together

PAGE = Path(__file__).parent / "readability.md"
LONGEST_SENTENCE = 18
"""Words that a sentence may have at most."""
ENOUGH_WORDS = 20
"""From so many words on a measure says something about a single text."""
FLESCH_DOUMA_OF_ONE, LIX_OF_ONE = 55, 45
FLESCH_DOUMA_OF_ALL, LIX_OF_ALL = 75, 30
_SHOWN = 10

_INTRODUCTION = f"""\
# How easy the texts read

*This page is made from the code by `make docs`.*

All Dutch texts that the bot and its platforms can say, measured in two known ways:

- **Flesch-Douma** (Flesch's formula for Dutch): 206.84 - 0.77 × syllables per 100 words - 0.93 × words per
  sentence. From 60 on a text is plain, from 80 on easy.
- **LIX**: words per sentence + the percentage of words of more than six letters. Under 40 is plain, under 30
  easy.

Labels and buttons are texts too, and they are short; so the second table shows the hardest whole messages.
The tests hold all of it: no sentence of more than {LONGEST_SENTENCE} words; no text of {ENOUGH_WORDS} words
or more under {FLESCH_DOUMA_OF_ONE} (Flesch-Douma) or over {LIX_OF_ONE} (LIX); together at least
{FLESCH_DOUMA_OF_ALL} and at most {LIX_OF_ALL}. A formula sees short words and short sentences only. Whether a
text is kind and clear, people must judge.
"""


def page() -> str:
    """The whole page."""
    texts = judged()
    return "\n".join([_INTRODUCTION, *_by_noun(texts), *_hardest(texts)])


def long_enough(texts: list[Judged]) -> list[Judged]:
    return [one for one in texts if one.readability.words >= ENOUGH_WORDS]


def _by_noun(texts: list[Judged]) -> Iterator[str]:
    yield "| catalogue | texts | words | words a sentence | longest sentence | Flesch-Douma | LIX |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (house, noun), group in groupby(texts, lambda one: (one.house, one.noun)):
        found = [one.readability for one in group]
        yield _row(f"{house}: {noun}", len(found), together(found))
    yield _row("**together**", len(texts), together(one.readability for one in texts))
    yield ""


def _row(name: str, count: int, found: Readability) -> str:
    figures = f"{found.words} | {found.words_a_sentence:.1f} | {found.longest_sentence}"
    return f"| {name} | {count} | {figures} | {found.flesch_douma:.0f} | {found.lix:.0f} |"


def _hardest(texts: list[Judged]) -> Iterator[str]:
    yield f"## The {_SHOWN} hardest messages\n"
    yield "| text | words | Flesch-Douma | LIX | how it begins |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for one in sorted(long_enough(texts), key=lambda one: one.readability.flesch_douma)[:_SHOWN]:
        found = one.readability
        begins = " ".join(one.words.split()[:8]).replace("|", "/")
        yield f"| `{one.key}` | {found.words} | {found.flesch_douma:.0f} | {found.lix:.0f} | {begins} … |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
