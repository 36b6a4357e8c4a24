"""Who somebody is on Slack: a proposal for the form, and whether they can take part at all."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.installations import Installation
from adapters.slack.web import Refused, Web
from bot.chat.inbound import Profile

_STAYS_SECONDS = 3600.0
_MOST = 20_000
_LEFT_OUT = ("deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_stranger")
_UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}


@dataclass(frozen=True)
class Person:
    """``member`` is false for bots, guests, strangers and who left."""

    member: bool
    profile: Profile


STRANGER = Person(member=False, profile=Profile())


def read(user: Mapping[str, Any]) -> Person:
    """A person as Slack describes one."""
    if user.get("id") == "USLACKBOT" or any(user.get(mark) for mark in _LEFT_OUT):
        return STRANGER
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name")
    return Person(
        member=True,
        profile=Profile(
            name=_text(name, 200),
            email=_text(profile.get("email"), 254),
            language=_text(user.get("locale"), 20),
            time_zone=_text(user.get("tz"), 60),
        ),
    )


def _text(value: object, most: int) -> str | None:
    return value[:most] if isinstance(value, str) and value else None


class People:
    """Looks people up, and remembers them for an hour."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def of(self, installation: Installation, user: str) -> Person:
        """Raises :class:`adapters.slack.web.SlackError`: who cannot be looked up is not let in unseen."""
        known = self._known.get((installation.tenant, user))
        if known is not None and time.monotonic() - known[0] < _STAYS_SECONDS:
            return known[1]
        try:
            told = await self._web.call(installation.token, "users.info", user=user, include_locale=True)
        except Refused as refused:
            if refused.code not in _UNKNOWN:
                raise
            return self.keep(installation, user, STRANGER)
        return self.keep(installation, user, read(told["user"]))

    def keep(self, installation: Installation, user: str, person: Person) -> Person:
        self._known[installation.tenant, user] = (time.monotonic(), person)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return person

    def forget(self, installation: Installation, user: str) -> None:
        self._known.pop((installation.tenant, user), None)
