"""Where somebody is on Slack: a workspace, which may belong to an enterprise."""

from __future__ import annotations

from typing import NamedTuple


class Tenant(NamedTuple):
    """A workspace; ``enterprise`` is its Enterprise Grid organisation. Slack's ids hold no slash."""

    enterprise: str | None
    team: str

    def __str__(self) -> str:
        return f"{self.enterprise}/{self.team}" if self.enterprise else self.team

    @classmethod
    def of(cls, words: str) -> Tenant:
        enterprise, _, team = words.rpartition("/")
        return cls(enterprise or None, team)
