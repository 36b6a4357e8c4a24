"""Matrix's ids: who and where. Servers have ports, so an id is split at its first colon only."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.chat.address import Account

PLATFORM = "matrix"
MOST = 255
"""Characters in any id."""
_USER = re.compile(r"@[^\s:\x00-\x1f]{1,200}:[A-Za-z0-9.:\[\]-]{1,200}", re.ASCII)


def account_of(user: str) -> Account:
    """Ids are the same for the whole federation: there are no tenants."""
    return Account(platform=PLATFORM, tenant="", user=user)


def server_of(name: str) -> str:
    """The server in an id or alias, with its port. Room ids of version 12 have none."""
    return name.partition(":")[2]


def is_user(name: object) -> bool:
    """Whether this can be somebody's id; what others send is not always one."""
    return isinstance(name, str) and len(name) <= MOST and _USER.fullmatch(name) is not None


class Ref(NamedTuple):
    """A message of ours: an event in a room. Neither id holds a space."""

    room: str
    event: str

    def __str__(self) -> str:
        return f"{self.room} {self.event}"

    @classmethod
    def of(cls, words: str) -> Ref:
        room, _, event = words.partition(" ")
        return cls(room, event)
