"""A strict Slack: the emulator behind a proxy of ours that refuses what the emulator is too lax about.

It also plays what the emulator has not: response addresses, the marks of guests, languages and time zones,
and every failure that a network has.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.slack.rules import faults_of_blocks, faults_of_view

SECRET = "test-signing-secret"
BOT_TOKEN = "xoxb-test"
BOT = "U0000BOT01"
SCOPES = (
    "app_mentions:read,channels:join,channels:manage,channels:read,chat:write,commands,files:write,im:history,"
    "im:write,mpim:write,pins:write,users:read,users:read.email"
)
_POSTS = {"chat.postMessage", "chat.postEphemeral"}
_PACE_SECONDS = 0.9
_OK = 200


@dataclass
class Call:
    """One request of the bot, with what it got."""

    method: str
    arguments: dict[str, Any]
    answer: dict[str, Any]


@dataclass
class Strict:
    """The proxy's memory. ``faults`` are taken by the next calls of a method."""

    emulator: str = ""
    koffie: str = ""
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    responses: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    tokens: set[str] = field(default_factory=lambda: {BOT_TOKEN})
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    paced: bool = True
    refreshes: set[str] = field(default_factory=set)
    unheard: list[str] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last: dict[str, float] = field(default_factory=dict)

    def of(self, *methods: str) -> list[Call]:
        """The calls of some methods that went well, in order."""
        return [call for call in self.calls if call.method in methods and call.answer.get("ok")]

    @property
    def taken(self) -> int:
        """How many messages of the bot Slack took."""
        return len(self.of("chat.postMessage"))

    def loses_an_answer(self) -> int:
        """The bot does not hear that its next message was taken; how many were until now."""
        self.faults["chat.postMessage"].append("cut-after")
        return self.taken

    def forgives_the_pace(self) -> None:
        """The next program does not know what a killed one posted just before; Slack would say 429."""
        self._last.clear()

    async def note(self) -> None:
        async with self.changed:
            self.changed.notify_all()


STRICT = web.AppKey("strict", Strict)
SESSION = web.AppKey("session", aiohttp.ClientSession)


def application(strict: Strict) -> web.Application:
    app = web.Application(client_max_size=2**22)
    app[STRICT] = strict
    app.router.add_post("/api/{method}", _api)
    app.router.add_post("/respond/{name}", _respond)
    app.router.add_post("/events", _event)
    app.router.add_get("/oauth/v2/authorize", _authorize)
    app.on_startup.append(_open)
    app.on_cleanup.append(_close)
    return app


async def _open(app: web.Application) -> None:
    app[SESSION] = aiohttp.ClientSession()


async def _close(app: web.Application) -> None:
    await app[SESSION].close()


async def _api(request: web.Request) -> web.StreamResponse:
    strict: Strict = request.app[STRICT]
    method = request.match_info["method"]
    form = {name: str(value) for name, value in (await request.post()).items()}
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    fault = strict.faults[method].popleft() if strict.faults[method] else None
    if fault is not None and not fault.endswith("-after"):
        return _failed(request, fault)
    if method == "oauth.v2.access" and form.get("grant_type") == "refresh_token":
        return _renewed(strict, form)
    refused = _refusal(strict, method, token, form)
    if refused is not None:
        strict.calls.append(Call(method, _decoded(form), {"ok": False, "error": refused}))
        await strict.note()
        status = 429 if refused == "ratelimited" else 200
        return web.json_response(
            {"ok": False, "error": refused},
            status=status,
            headers={"Retry-After": "1"} if status != 200 else {},
        )
    session: aiohttp.ClientSession = request.app[SESSION]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with session.post(f"{strict.emulator}/api/{method}", data=form, headers=headers) as answered:
        answer = await answered.json()
    _complete(strict, method, form, answer)
    strict.calls.append(Call(method, _decoded(form), answer))
    await strict.note()
    if fault == "cut-after":
        return _cut(request)
    if fault == "500-after":
        return web.Response(status=500, text="oops")
    return web.json_response(answer, headers={"X-OAuth-Scopes": SCOPES})


def _failed(request: web.Request, fault: str) -> web.StreamResponse:
    """A failure before anything was done."""
    match fault:
        case "429":
            answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(answer, status=429, headers={"Retry-After": "1"})
        case "500":
            return web.Response(status=500, text="oops")
        case "cut-before":
            return _cut(request)
        case _:
            return web.json_response({"ok": False, "error": fault.removeprefix("error:")})


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _refusal(strict: Strict, method: str, token: str, form: dict[str, str]) -> str | None:
    if method != "oauth.v2.access" and token not in strict.tokens:
        return "invalid_auth"
    faults: list[str] = []
    if form.get("blocks"):
        faults = faults_of_blocks(json.loads(form["blocks"]))
    if form.get("view"):
        faults = faults_of_view(json.loads(form["view"]))
    if len(form.get("text", "")) > 4000:
        faults.append("text over 4000")
    if faults:
        strict.violations += [f"{method}: {fault}" for fault in faults]
        return "invalid_blocks"
    if method in _POSTS:
        channel, now = form.get("channel", ""), time.monotonic()
        if strict.paced and now - strict._last.get(channel, 0.0) < _PACE_SECONDS:
            strict.violations.append(f"{method}: more than one a second in {channel}")
            return "ratelimited"
        strict._last[channel] = now
        if channel.startswith("C") and not strict.marks.get(channel, {}).get("bot_is_in"):
            return "not_in_channel"
    if method in {"conversations.history", "conversations.replies"} and not form["channel"].startswith("D"):
        return "missing_scope"
    return None


def _renewed(strict: Strict, form: dict[str, str]) -> web.Response:
    """A refresh token works once, and gives a token that ends in twelve hours."""
    answer: dict[str, Any] = {"ok": False, "error": "invalid_refresh_token"}
    if form["refresh_token"] in strict.refreshes:
        strict.refreshes.discard(form["refresh_token"])
        number = len(strict.of("oauth.v2.access")) + 1
        answer = {
            "ok": True,
            "access_token": f"xoxe-{number}",
            "refresh_token": f"r{number}",
            "expires_in": 43200,
        }
        strict.tokens.add(f"xoxe-{number}")
        strict.refreshes.add(f"r{number}")
    strict.calls.append(Call("oauth.v2.access", _decoded(form), answer))
    return web.json_response(answer)


def _complete(strict: Strict, method: str, form: dict[str, str], answer: dict[str, Any]) -> None:
    """What Slack tells and the emulator does not."""
    if method == "users.info" and answer.get("ok"):
        answer["user"].update(
            {"locale": "nl-NL", "tz": "Europe/Amsterdam", **strict.marks.get(form["user"], {})}
        )
    if method in {"conversations.create", "conversations.join"} and answer.get("ok"):
        strict.marks.setdefault(answer["channel"]["id"], {})["bot_is_in"] = True
    if method == "oauth.v2.access" and answer.get("ok"):
        strict.tokens.add(answer["access_token"])
    if method == "conversations.history" and form.get("include_all_metadata") != "true":
        for message in answer.get("messages", ()):
            message.pop("metadata", None)


def _decoded(form: dict[str, str]) -> dict[str, Any]:
    trees = {"blocks", "view", "metadata", "files"}
    return {name: json.loads(value) if name in trees else value for name, value in form.items()}


async def _respond(request: web.Request) -> web.Response:
    """A response address: five uses."""
    strict: Strict = request.app[STRICT]
    payload = await request.json()
    said = strict.responses[request.match_info["name"]]
    faults = faults_of_blocks(payload["blocks"]) if payload.get("blocks") else []
    strict.violations += [f"response: {fault}" for fault in faults]
    if len(said) >= 5 or faults:
        return web.json_response({"ok": False, "error": "used_url"}, status=404)
    said.append(payload)
    await strict.note()
    return web.Response(text="ok")


async def _event(request: web.Request) -> web.Response:
    """From the emulator to the bot: with the mark of a direct message that it leaves out, signed anew."""
    strict: Strict = request.app[STRICT]
    body = await request.json()
    event = body.get("event") or {}
    if str(event.get("channel", "")).startswith("D"):
        event["channel_type"] = "im"
    strict.events.append(body)
    if strict.koffie and event.get("type") in {"message", "user_change"}:
        await hear(request.app[SESSION], strict, json.dumps(body))
    return web.Response()


async def hear(session: aiohttp.ClientSession, strict: Strict, body: str) -> None:
    """Send an event; what was not acknowledged is sent again behind the next one that is."""
    status, _ = await send(session, strict.koffie, body, "application/json")
    if status != _OK:
        strict.unheard.append(body)
        return
    again, strict.unheard = strict.unheard, []
    for missed in again:
        await hear(session, strict, missed)


async def send(session: aiohttp.ClientSession, url: str, body: str, kind: str) -> tuple[int, str]:
    """Send the bot something, signed as Slack signs."""
    async with session.post(
        url, data=body.encode(), headers={"Content-Type": kind, **signed(body)}
    ) as answer:
        return answer.status, await answer.text()


def signed(body: str, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    stamp = str(at or int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}


async def _authorize(request: web.Request) -> web.Response:
    return web.Response(text="sign in here")
