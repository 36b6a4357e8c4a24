"""Words on Slack: never markup, within a length, and nothing in them that steers the eye or the text."""

from __future__ import annotations

import unicodedata

_ELLIPSIS = "…"
_STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def inert(words: str) -> str:
    """Words without control, direction and zero-width characters; line ends stay."""
    if words.replace("\n", "").isprintable():
        return words
    return "".join(
        character
        for character in words
        if character == "\n" or unicodedata.category(character) not in _STEERING
    )


def cut(words: str, most: int) -> str:
    """Words of at most so many characters, counted as Slack's own clients do (an emoji is two)."""
    if length(words) <= most:
        return words
    kept = words[: most - 1]
    while length(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def length(words: str) -> int:
    """Characters in UTF-16, the longest way to count."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def escaped(words: str) -> str:
    """For the few places where Slack always reads marks: nothing notifies, nothing links."""
    return inert(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(words: str, most: int) -> dict[str, object]:
    """A text object without markup; Slack refuses an empty one."""
    return {
        "type": "plain_text",
        "text": cut(inert(words).strip(), most) or "\N{NO-BREAK SPACE}",
        "emoji": False,
    }
