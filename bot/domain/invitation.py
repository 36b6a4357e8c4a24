"""The codes of invitations and moves: how they are written, and found in what people paste."""

import re

DAYS = 30
"""So long a code can be used."""
MOST_OPEN = 5
"""Codes of one official that can be used at the same time, and made on one day."""
MOST_INTRODUCED = 3
"""To so many a successor is introduced: as many questions as one may have open."""
MOVING_DAYS = 90
"""So long the code for a move to another account can be used."""
TAKE_BACK_DAYS = 14
"""So long a move can be undone from the account that one had before."""
GROUPS, LETTERS = 7, 4
BITS = 5 * GROUPS * LETTERS
"""Of chance in a code: 140, so that nobody guesses one."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: without i, l, o and u, which look or sound like others."""
_ALIKE = str.maketrans({"i": "1", "l": "1", "o": "0"})
_GROUP = rf"[a-z0-9]{{{LETTERS}}}"
_DASH = r"[-\u2010\u2011\u2013\u2014]"
_CODE = re.compile(rf"(?<![a-z0-9]){_GROUP}(?:{_DASH}{_GROUP}){{{GROUPS - 1}}}(?![a-z0-9])")


def write_code(chance: int) -> str:
    """The code for a number of ``BITS`` bits: ``7k2m-…``, seven times four."""
    if not 0 <= chance < 1 << BITS:
        raise ValueError(f"a code is made of {BITS} bits")
    letters = "".join(_ALPHABET[chance >> 5 * place & 31] for place in reversed(range(GROUPS * LETTERS)))
    return "-".join(letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS))


def find_code(words: str) -> str | None:
    """The one code in the words, as :func:`write_code` writes it; ``None`` without one, or with several."""
    found = {_plain(match) for match in _CODE.findall(words.casefold())}
    return found.pop() if len(found) == 1 else None


def is_like_a_code(words: str) -> bool:
    """Whether the words hold a code, or one word that is meant to be one: groups with a digit in them."""
    one = " " not in words and "-" in words and any(letter.isdigit() for letter in words)
    return one or find_code(words) is not None


def _plain(code: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", code).translate(_ALIKE)
    return "-".join(letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS))
