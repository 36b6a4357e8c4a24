"""A workspace installs the app: off to Slack with a state that works once, and back with a code."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import logging
import secrets
import time
from urllib.parse import urlencode, urljoin

from aiohttp import web

from adapters.slack.installations import ManyInstallations
from adapters.slack.scopes import SCOPES
from adapters.slack.web import SlackError
from bot.chat import text
from bot.chat.port import State, Tools

log = logging.getLogger(__name__)
_COOKIE = "koffie-slack-install"
_STATE_SECONDS = 600
_MOST_STATES = 500
_KEY = "oauth-states"


class States:
    """The states of installations under way, in one value: by compare-and-set each is used once."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def issue(self) -> str:
        token = secrets.token_urlsafe(32)
        while True:
            kept, version = await self._read()
            kept[_hashed(token)] = int(time.time()) + _STATE_SECONDS
            newest = sorted(kept.items(), key=lambda item: item[1])[-_MOST_STATES:]
            if await self._write(dict(newest), version):
                return token

    async def consume(self, token: str) -> bool:
        """Whether the state was issued, is not too old, and was not used before."""
        while True:
            kept, version = await self._read()
            if kept.pop(_hashed(token), None) is None:
                return False
            if await self._write(kept, version):
                return True

    async def _read(self) -> tuple[dict[str, int], int | None]:
        stored = await self._state.get(_KEY)
        if stored is None:
            return {}, None
        now = int(time.time())
        return {name: ends for name, ends in json.loads(stored[0]).items() if ends > now}, stored[1]

    async def _write(self, kept: dict[str, int], version: int | None) -> bool:
        return await self._state.put(_KEY, json.dumps(kept).encode(), version=version)


class OAuth:
    """The two pages of an installation."""

    def __init__(self, installations: ManyInstallations, tools: Tools, client_id: str, base_url: str) -> None:
        self._installations = installations
        self._states = States(tools.state)
        self._tools = tools
        self._client_id = client_id
        self._authorize = urljoin(base_url, "/oauth/v2/authorize")

    async def install(self, request: web.Request) -> web.Response:
        """Send the visitor to Slack; the state goes along in a cookie, so that nobody else can finish it."""
        token = await self._states.issue()
        asked = urlencode({"client_id": self._client_id, "scope": ",".join(SCOPES), "state": token})
        answer = web.Response(status=302, headers={"Location": f"{self._authorize}?{asked}"})
        answer.set_cookie(
            _COOKIE, token, max_age=_STATE_SECONDS, secure=True, httponly=True, samesite="Lax", path="/slack"
        )
        return answer

    async def redirected(self, request: web.Request) -> web.Response:
        """Back from Slack: a code to turn into tokens, or a no."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        if not state or not hmac.compare_digest(state.encode(), request.cookies.get(_COOKIE, "").encode()):
            return self._page("slack-install-stale", 400)
        if not await self._states.consume(state):
            return self._page("slack-install-stale", 400)
        if not code:
            return self._page("slack-install-refused", 200)
        try:
            made = await self._installations.exchange(code, None)
        except SlackError as error:
            log.error("an installation failed: %s", error)
            return self._page("slack-install-failed", 502)
        log.info("installed in %s", made.tenant)
        return self._page("slack-install-done", 200)

    def _page(self, key: str, status: int) -> web.Response:
        words = html.escape(self._tools.words(text(key), self._tools.language))
        head = f"<!doctype html><html lang={self._tools.language}><meta charset=utf-8><title>Koffie</title>"
        page = f"{head}<p>{words}</p>"
        answer = web.Response(status=status, text=page, content_type="text/html")
        answer.headers["Cache-Control"] = "no-store"
        answer.del_cookie(_COOKIE, path="/slack")
        return answer


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
