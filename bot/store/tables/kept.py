"""Why a table is kept, how long, and who sees it: read by the generator of the privacy table."""

from typing import TypedDict


class Kept(TypedDict):
    """``until`` is the term in words, ``seen_by`` who can ever see the rows."""

    until: str
    seen_by: str


def kept(until: str, seen_by: str) -> dict[str, Kept]:
    """For ``info=`` of a table, or of a column that differs from its table."""
    return {"kept": Kept(until=until, seen_by=seen_by)}


PUBLIC = kept("as long as the register", "everyone: open data")
BOT_ONLY = "nobody; only the program"
