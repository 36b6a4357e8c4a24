"""Words as people type them: cleaned, made alike, cut into tokens, stemmed."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

TEXT_LIMIT = 500
"""Characters of user text that are looked at; the rest is cut before any pattern sees it."""

_KEPT_CONTROLS = "\n\t"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_QUOTES = str.maketrans(dict.fromkeys("'’‘`´ʼ′", ""))
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
_stemmer = snowballstemmer.stemmer("dutch")
_stemmer_lock = threading.Lock()


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """User text without control, format, bidi and zero-width characters, trimmed, at most `limit` long."""
    shown = (
        character
        for character in text[:limit]
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in _HIDDEN
    )
    return unicodedata.normalize("NFC", "".join(shown)).strip()[:limit]


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words; "&" reads as "en".

    An apostrophe joins ("Aa's" is "aas"), other punctuation separates.
    """
    compatible = unicodedata.normalize("NFKC", clean(text)).casefold().replace("&", " en ").translate(_QUOTES)
    decomposed = unicodedata.normalize("NFD", compatible)
    bare = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return " ".join(_WORD.findall(bare.translate(_LETTERS)))


def tokens(text: str) -> list[str]:
    """The words of a text, normalised."""
    return normalise(text).split()


def squash(text: str) -> str:
    """The text as one word: "I & W", "IenW" and "i en w" are alike."""
    return normalise(text).replace(" ", "")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The Dutch stem of a normalised word (Snowball); a word of three letters or fewer stays as it is.

    "woningen" and "wonen" are kept apart, where Snowball would make one of them.
    """
    if len(word) <= 3:  # noqa: PLR2004 - abbreviations have no endings
        return word
    if word.startswith("woning") and len(word) <= len("woningen"):
        return "woning"
    with _stemmer_lock:  # The stemmer keeps its word in itself.
        return str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of the words of a text."""
    return [stem(word) for word in tokens(text)]
