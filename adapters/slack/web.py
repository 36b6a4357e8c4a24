"""Slack's web API over one shared session: each request once, and each failure told apart.

The SDK's client retries by itself after a cut connection (which posts twice) and sleeps inside a call on a
429; here both are the outbox's business, so a failure is named and given back.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.pace import METHODS, POST, Pace, Rate

_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
_PATIENCE_SECONDS = 3.0
"""A turn that comes within this time is waited for; a later one is left to the outbox."""
_OK = 200
_SERVER_ERROR = 500
_TOO_MANY = 429
_UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
"""Slack's own word that a request may have been carried out in part."""
_POSTS = {"chat.postMessage", "chat.postEphemeral"}


class SlackError(Exception):
    """A request to Slack failed."""


class Refused(SlackError):
    """Slack answered no; ``code`` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Limited(SlackError):
    """Too fast: surely not done. Again after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class NotSent(SlackError):
    """There was no connection: surely not done."""


class Lost(SlackError):
    """The answer did not come, or told nothing: nobody knows whether it was done."""


class Web:
    """Slack's web API. ``close`` it."""

    def __init__(self, base_url: str, pace: Pace) -> None:
        self._base_url = base_url
        self.pace = pace
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """Made at first use, inside the running loop. It minds HTTPS_PROXY and NO_PROXY."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True)
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, token: str, method: str, *, place: str = "", **arguments: Any) -> dict[str, Any]:
        """Call a method with a token; ``place`` is the channel that it is paced by.

        Raises :class:`SlackError`.
        """
        key, rate = self._turn(token, method, place)
        if rate is not None:
            wait = self.pace.reserve(key, rate, _PATIENCE_SECONDS)
            if wait > _PATIENCE_SECONDS:
                raise Limited(wait)
            if wait:
                await asyncio.sleep(wait)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer, _ = await self._post(self._base_url + method, headers, data=_form(arguments))
        except Limited as limited:
            self.pace.pause(key, limited.seconds, rate or POST)
            raise
        finally:
            if rate is not None:
                self.pace.done(key, rate)
        return answer

    def _turn(self, token: str, method: str, place: str) -> tuple[tuple[str, ...], Rate | None]:
        if method in _POSTS:
            return (token, place), POST
        return (token, method), METHODS.get(method)

    async def respond(self, response_url: str, payload: Mapping[str, Any]) -> None:
        """Answer through the address that came with a command or a press. Raises :class:`SlackError`."""
        await self._post(response_url, {}, json=payload)

    def is_slacks(self, url: str) -> bool:
        """Whether an address is one of Slack's own, or of the host that plays Slack."""
        asked, ours = urlsplit(url), urlsplit(self._base_url)
        if (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc):
            return True
        host = asked.hostname or ""
        return asked.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))

    async def upload(self, url: str, content: bytes) -> None:
        """Put the bytes of a file where Slack said. Raises :class:`SlackError`."""
        await self._post(url, {}, data=content)

    async def scopes(self, token: str) -> frozenset[str] | None:
        """The scopes of a token, where Slack tells them. Raises :class:`SlackError`."""
        _, headers = await self._post(self._base_url + "auth.test", {"Authorization": f"Bearer {token}"})
        told = headers.get("X-OAuth-Scopes")
        return None if told is None else frozenset(scope.strip() for scope in told.split(","))

    async def _post(
        self, url: str, headers: dict[str, str], **body: Any
    ) -> tuple[dict[str, Any], Mapping[str, str]]:
        try:
            async with self.session.post(url, headers=headers, **body) as response:
                if response.status == _TOO_MANY:
                    raise Limited(_seconds(response.headers.get("Retry-After")))
                if response.status >= _SERVER_ERROR:
                    raise Lost(str(response.status))
                return _answer(await response.read(), response.status), response.headers
        except aiohttp.ClientConnectorError as error:
            raise NotSent from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost(type(error).__name__) from error


def _answer(raw: bytes, status: int) -> dict[str, Any]:
    """What a method answered. A response address and an upload answer in words, or not at all."""
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = {"ok": status == _OK, "error": f"http_{status}"}
    if not isinstance(answer, dict):
        raise Lost("no_object")
    if answer.get("ok"):
        return answer
    code = str(answer.get("error", f"http_{status}"))
    if code in {"ratelimited", "rate_limited"}:
        raise Limited(1.0)
    if code in _UNSURE:
        raise Lost(code)
    raise Refused(code)


def _seconds(header: str | None) -> float:
    try:
        seconds = float(header or "")
    except ValueError:
        return 1.0
    return min(max(seconds, 1.0), 3600.0) if math.isfinite(seconds) else 1.0


def _form(arguments: Mapping[str, Any]) -> dict[str, str]:
    """Arguments as a form, which every method takes; what is a tree goes as JSON."""
    form = {}
    for name, value in arguments.items():
        if value is None:
            continue
        form[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return form
