"""Who somebody is on Slack: a proposal for the form, and whether they can take part at all."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.slack.installations import Installation
from adapters.slack.web import Refused, Web
from bot.chat.inbound import Profile

_STAYS_SECONDS = 3600.0
_MOST = 20_000
_LEFT_OUT = ("deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_stranger")
_UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}

_AWAY_SIGNS = {":palm_tree:", ":desert_island:", ":beach_with_umbrella:", ":parasol_on_ground:", ":camping:"}
_AWAY_WORDS = re.compile(
    r"\b(\w*vakantie|\w*verlof|afwezig|vacation\w*|holidays?|on \w* ?leave|away|ooo|out of (the )?office)\b"
)
"""Slack has no field for being away, so it is read from the status that it proposes for a holiday, and from
plain words. Being ill is not among them: that is nobody's business here."""


@dataclass(frozen=True)
class Person:
    """``member`` is false for bots, guests, strangers and who left."""

    member: bool
    profile: Profile


STRANGER = Person(member=False, profile=Profile())


def read(user: Mapping[str, Any]) -> Person:
    """A person as Slack describes one."""
    language = _text(user.get("locale"), 20)
    if user.get("id") == "USLACKBOT" or any(user.get(mark) for mark in _LEFT_OUT):
        # Who is left out is told so, in words that they read.
        return Person(member=False, profile=Profile(language=language))
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name")
    return Person(
        member=True,
        profile=Profile(
            name=_text(name, 200),
            email=_text(profile.get("email"), 254),
            language=language,
            time_zone=_text(user.get("tz"), 60),
        ),
    )


def away_until(user: Mapping[str, Any]) -> datetime | None:
    """Until when somebody's own status says that they are away; without an end it says nothing certain."""
    profile = user.get("profile") or {}
    ends = profile.get("status_expiration")
    words = (_text(profile.get("status_text"), 200) or "").casefold()
    away = profile.get("status_emoji") in _AWAY_SIGNS or _AWAY_WORDS.search(words)
    if not away or not isinstance(ends, int) or not 0 < ends < 2**32:
        return None
    return datetime.fromtimestamp(ends, UTC)


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
