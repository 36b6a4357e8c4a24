"""The workspaces that this app is installed in, with their tokens: one by settings, or many by OAuth.

Of many, each is a value in the adapter's own store: encrypted there, replaced as a whole, and renewed under
a lease, since a refresh token works once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from adapters.slack.tenants import Tenant
from adapters.slack.web import Refused, SlackError, Web
from bot.chat.port import State

log = logging.getLogger(__name__)
_KEY = "installation:"
_STAYS_SECONDS = 60.0
"""How long an installation is believed before the store is asked again."""
_RENEW_SECONDS = 2 * 3600
"""A token that ends within this time is renewed; the old one works until it ends."""
_LEASE_SECONDS = 60


@dataclass(frozen=True)
class Installation:
    """One workspace, or one whole enterprise. ``url`` is the workspace's own address."""

    team: str
    enterprise: str | None
    url: str
    bot_user: str
    token: str
    whole_enterprise: bool = False
    refresh_token: str | None = None
    expires_at: int | None = None
    lease_until: int = 0

    @property
    def tenant(self) -> str:
        return str(Tenant(self.enterprise, self.team))

    def __repr__(self) -> str:
        return f"Installation({self.tenant})"


class Installations(Protocol):
    """Which installation speaks for a workspace."""

    async def of(self, tenant: Tenant) -> Installation | None:
        """The installation that holds in a workspace. Raises :class:`adapters.slack.web.SlackError`."""
        ...

    async def removed(self, tenant: Tenant) -> None:
        """The app was taken out of a workspace: forget its tokens."""
        ...

    async def all(self) -> list[Installation]: ...


async def introduce(web: Web, token: str) -> Installation:
    """The installation that a token belongs to, as Slack tells. Raises :class:`SlackError`."""
    told = await web.call(token, "auth.test")
    return Installation(
        team=str(told["team_id"]),
        enterprise=told.get("enterprise_id") or None,
        url=str(told.get("url") or ""),
        bot_user=str(told["user_id"]),
        token=token,
        whole_enterprise=bool(told.get("is_enterprise_install")),
    )


class OneInstallation:
    """The installation of the token in the settings."""

    def __init__(self, web: Web, token: str) -> None:
        self._web = web
        self._token = token
        self._known: Installation | None = None
        self._asking = asyncio.Lock()

    async def of(self, tenant: Tenant) -> Installation | None:
        (known,) = await self.all()
        if tenant.team == known.team:
            return known
        if known.whole_enterprise and tenant.enterprise == known.enterprise:
            return replace(known, team=tenant.team)
        return None

    async def removed(self, tenant: Tenant) -> None:
        log.error("the app was removed from its workspace: KOFFIE_SLACK_BOT_TOKEN works no more")

    async def all(self) -> list[Installation]:
        async with self._asking:
            if self._known is None:
                self._known = await introduce(self._web, self._token)
            return [self._known]


class ManyInstallations:
    """The installations that workspaces made themselves."""

    def __init__(self, web: Web, state: State, client_id: str, client_secret: str) -> None:
        self._web = web
        self._state = state
        self._client = {"client_id": client_id, "client_secret": client_secret}
        self._believed: dict[str, tuple[float, Installation | None]] = {}

    async def of(self, tenant: Tenant) -> Installation | None:
        for key in _keys(tenant):
            found = await self._read(key)
            if found is not None:
                found = await self._fresh(key, found)
                return replace(found, team=tenant.team) if found.whole_enterprise else found
        return None

    async def _read(self, key: str) -> Installation | None:
        believed = self._believed.get(key)
        if believed is not None and time.monotonic() - believed[0] < _STAYS_SECONDS:
            return believed[1]
        stored = await self._state.get(_KEY + key)
        return self._believe(key, None if stored is None else _loaded(stored[0]))

    def _believe(self, key: str, found: Installation | None) -> Installation | None:
        if len(self._believed) > 10_000:  # noqa: PLR2004
            self._believed.clear()
        self._believed[key] = (time.monotonic(), found)
        return found

    async def save(self, made: Installation) -> None:
        """Keep an installation; one of the same workspace is replaced."""
        key = made.enterprise if made.whole_enterprise and made.enterprise else made.team
        while not await self._put(key, made):
            log.info("an installation was changed at the same moment: again")
        await self._list(key, present=True)

    async def _put(self, key: str, made: Installation) -> bool:
        stored = await self._state.get(_KEY + key)
        version = stored[1] if stored else None
        if not await self._state.put(_KEY + key, _stored(made), version=version):
            return False
        self._believe(key, made)
        return True

    async def removed(self, tenant: Tenant) -> None:
        for key in _keys(tenant):
            await self._state.delete(_KEY + key)
            self._believed.pop(key, None)
            await self._list(key, present=False)

    async def all(self) -> list[Installation]:
        stored = await self._state.get("installations")
        keys = json.loads(stored[0]) if stored else []
        found = [await self._read(key) for key in keys]
        return [installation for installation in found if installation is not None]

    async def _list(self, key: str, *, present: bool) -> None:
        while True:
            stored = await self._state.get("installations")
            keys = set(json.loads(stored[0])) if stored else set()
            changed = keys | {key} if present else keys - {key}
            if changed == keys:
                return
            value = json.dumps(sorted(changed)).encode()
            if await self._state.put("installations", value, version=stored[1] if stored else None):
                return

    async def _fresh(self, key: str, held: Installation) -> Installation:
        """Renew a token that ends soon. Of all processes one does, by a lease: a refresh token works once."""
        now = int(time.time())
        if held.expires_at is None or held.expires_at - now > _RENEW_SECONDS:
            return held
        stored = await self._state.get(_KEY + key)
        if stored is None:
            return held
        current, version = _loaded(stored[0]), stored[1]
        if current.expires_at != held.expires_at or current.lease_until > now:
            self._believe(key, current)
            return current
        leased = replace(current, lease_until=now + _LEASE_SECONDS)
        if not await self._state.put(_KEY + key, _stored(leased), version=version):
            return held
        try:
            renewed = await self._renew(leased)
        except SlackError as error:
            log.error("a token could not be renewed: %s", type(error).__name__)
            self._believe(key, leased)
            return leased
        # The old refresh token is used up: what came back must be kept, whatever else changed meanwhile.
        while not await self._put(key, renewed):
            log.info("an installation was changed while its token was renewed: again")
        return renewed

    async def _renew(self, held: Installation) -> Installation:
        told = await self._web.call(
            "",
            "oauth.v2.access",
            grant_type="refresh_token",
            refresh_token=held.refresh_token,
            **self._client,
        )
        return replace(held, lease_until=0, **_tokens(told))

    async def exchange(self, code: str, redirect_uri: str | None) -> Installation:
        """Turn the code of a finished installation into tokens, and keep them. Raises :class:`SlackError`."""
        told = await self._web.call(
            "", "oauth.v2.access", code=code, redirect_uri=redirect_uri, **self._client
        )
        if not isinstance(told.get("access_token"), str):
            raise Refused("no_bot_token")
        known = await introduce(self._web, told["access_token"])
        made = replace(
            known,
            whole_enterprise=bool(told.get("is_enterprise_install")),
            **_tokens(told),
        )
        await self.save(made)
        return made


def _tokens(told: Mapping[str, Any]) -> dict[str, Any]:
    ends = told.get("expires_in")
    return {
        "token": told["access_token"],
        "refresh_token": told.get("refresh_token"),
        "expires_at": int(time.time()) + int(ends) if ends else None,
    }


def _keys(tenant: Tenant) -> list[str]:
    """A workspace's own installation goes before that of its whole enterprise.

    A payload does not always name the enterprise, so a workspace is found by its own id, and who somebody is
    (enterprise, workspace, user) follows from the installation.
    """
    return [tenant.team, *([tenant.enterprise] if tenant.enterprise else [])]


def _stored(installation: Installation) -> bytes:
    return json.dumps(asdict(installation)).encode()


def _loaded(raw: bytes) -> Installation:
    return Installation(**json.loads(raw))
