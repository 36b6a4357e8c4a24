"""The stage: for a platform that may move time and play several people (the demo in a terminal)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.address import Account


@dataclass(frozen=True)
class Player:
    """Somebody in the demo; ``description`` says who, in a few words."""

    account: Account
    name: str
    description: str
    language: str


class Stage(Protocol):
    """Handed only to an adapter on a demo database."""

    def now(self) -> datetime: ...

    def moment(self, words: str) -> datetime | None:
        """The moment that these words mean (``+3d``, ``di 10:00``); the earliest where they mean several."""
        ...

    async def advance(self, to: datetime) -> None:
        """Move the clock on to ``to`` and run all that falls due on the way, in order."""
        ...

    async def settled(self) -> None:
        """Return once every event that came in is handled and every message that is due is out."""
        ...

    async def players(self) -> Sequence[Player]: ...
