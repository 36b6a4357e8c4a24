"""A homeserver's client API over one shared session: each request once, and each failure told apart.

nio's own requests try again by themselves, sleep inside a call on a 429 and give errors as values; here
trying again is the outbox's and the sync loop's business, so a failure is named and given back.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

SECONDS = 20.0
"""How long a request may take."""
_CONNECT_SECONDS = 5.0
_OK = 200
_UNAUTHORISED = 401
_NOT_FOUND = 404
_TOO_MANY = 429
_SERVER_ERROR = 500
_DEFAULT_WAIT = 5.0
_LONGEST_WAIT = 3600.0

_CODE = re.compile(r"[A-Za-z0-9_.]{1,80}")

Json = dict[str, Any]


class MatrixError(Exception):
    """A request to the homeserver failed."""


class Refused(MatrixError):
    """The server answered no; ``code`` is its word for why, ``answer`` the rest of what it said."""

    def __init__(self, code: str, status: int = 0, answer: Json | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.answer = answer or {}

    @property
    def not_found(self) -> bool:
        """Servers have several words for it."""
        return self.status == _NOT_FOUND


class Limited(MatrixError):
    """Too fast: surely not done. Again after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__("M_LIMIT_EXCEEDED")
        self.seconds = seconds


class NotSent(MatrixError):
    """There was no connection: surely not done."""


class Lost(MatrixError):
    """The answer did not come, or told nothing: nobody knows whether it was done.

    ``status`` is that of an answer which told nothing, 0 where none came.
    """

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


class LoggedOut(MatrixError):
    """The server does not take our token. ``soft``: the device is still there, a new token is enough."""

    def __init__(self, *, soft: bool) -> None:
        super().__init__("M_UNKNOWN_TOKEN")
        self.soft = soft


def word(answer: Mapping[str, Any], name: str) -> str:
    """A word that an answer must hold; without it something else answered. Raises :class:`Lost`."""
    value = answer.get(name)
    if not isinstance(value, str):
        raise Lost(f"no_{name}")
    return value


def path(*parts: str) -> str:
    """A path of the client API; ids and names are quoted."""
    return "/_matrix/client/v3/" + "/".join(quote(part, safe="") for part in parts)


class Web:
    """One homeserver. ``token`` may be set anew after a login. ``close`` it."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.token: str | None = None
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(
        self, where: str, params: Mapping[str, str | int] | None = None, *, seconds: float = SECONDS
    ) -> Json:
        """Raises :class:`MatrixError`, as all here."""
        return await self._ask("GET", where, params=params, seconds=seconds)

    async def put(self, where: str, body: Mapping[str, Any]) -> Json:
        return await self._ask("PUT", where, data=_bytes(body), media_type="application/json")

    async def post(self, where: str, body: Mapping[str, Any], *, seconds: float = SECONDS) -> Json:
        return await self._ask(
            "POST", where, data=_bytes(body), media_type="application/json", seconds=seconds
        )

    async def upload(self, content: bytes, media_type: str) -> str:
        """Keep bytes on the server; gives their ``mxc:`` address."""
        told = await self._ask("POST", "/_matrix/media/v3/upload", data=content, media_type=media_type)
        return word(told, "content_uri")

    async def _ask(
        self,
        method: str,
        where: str,
        *,
        params: Mapping[str, str | int] | None = None,
        data: bytes | None = None,
        media_type: str | None = None,
        seconds: float = SECONDS,
    ) -> Json:
        headers = {"Content-Type": media_type} if media_type else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self._session is None:
            # Made at first use, inside the running loop. It minds HTTPS_PROXY and NO_PROXY.
            self._session = aiohttp.ClientSession(trust_env=True)
        timeout = aiohttp.ClientTimeout(total=seconds, connect=_CONNECT_SECONDS)
        try:
            async with self._session.request(
                method, self.base_url + where, params=params, data=data, headers=headers, timeout=timeout,
                allow_redirects=False,
            ) as response:  # fmt: skip
                return _answer(response.status, await response.read(), response.headers)
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSent(type(error).__name__) from error
        except aiohttp.ClientConnectorError as error:
            raise NotSent(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Lost(type(error).__name__) from error


def _bytes(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(status: int, raw: bytes, headers: Mapping[str, str]) -> Json:
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    if status == _OK and isinstance(told, dict):
        return told
    answer: Json = told if isinstance(told, dict) else {}
    code = _code(answer.get("errcode"))
    if status == _TOO_MANY or code == "M_LIMIT_EXCEEDED":
        raise Limited(_wait(answer.get("retry_after_ms"), headers.get("Retry-After")))
    if status >= _SERVER_ERROR:
        raise Lost(str(status), status)
    if status == _UNAUTHORISED and code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}:
        raise LoggedOut(soft=answer.get("soft_logout") is True)
    if status == _UNAUTHORISED and "flows" in answer:
        raise Refused("authentication", status, answer)
    if code is not None:
        raise Refused(code, status, answer)
    # Not the homeserver's own word: something stands before it.
    raise Lost(str(status), status)


def _code(told: object) -> str | None:
    """A server's word for an error; codes end up in the log, and what is no code does not."""
    return told if isinstance(told, str) and _CODE.fullmatch(told) else None


def _wait(milliseconds: object, header: str | None) -> float:
    try:
        seconds = float(str(milliseconds)) / 1000 if milliseconds is not None else float(header or "")
    except ValueError:
        return _DEFAULT_WAIT
    return min(max(seconds, 0.05), _LONGEST_WAIT) if math.isfinite(seconds) else _DEFAULT_WAIT
