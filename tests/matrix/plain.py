"""Somebody without encryption, by raw requests: for what takes hundreds of messages or no client sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import uuid4

from tests.matrix.synapse import Login

PATIENCE_SECONDS = 30
_Found = TypeVar("_Found")


async def said(login: Login, room: str, words: str, **content: Any) -> str:
    """Say something; the event's id."""
    body = {"msgtype": "m.text", "body": words, **content}
    sent = await login("PUT", f"rooms/{quote(room)}/send/m.room.message/{uuid4().hex}", body)
    return str(sent["event_id"])


async def joined(login: Login, room: str, user: str) -> None:
    """Wait until somebody is in the room."""

    def look(event: Mapping[str, Any]) -> bool | None:
        member = event["type"] == "m.room.member" and event.get("state_key") == user
        return True if member and event["content"]["membership"] == "join" else None

    await _until(login, room, look)


async def invited(login: Login) -> str:
    """Wait for an invitation; the room's id."""
    since = ""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            news = await login("GET", f"sync?timeout=20000{since}")
            for room in news.get("rooms", {}).get("invite", ()):
                return str(room)
            since = f"&since={news['next_batch']}"


async def plainly_reads(login: Login, room: str, words: str, *, by: str) -> list[str]:
    """Wait until somebody said these words in the room; all that they said there until then."""
    told: list[str] = []

    def look(event: Mapping[str, Any]) -> bool | None:
        if event["type"] == "m.room.message" and event["sender"] == by:
            told.append(str(event["content"].get("body")))
        return True if told and words in told[-1] else None

    await _until(login, room, look)
    return told


async def _until(login: Login, room: str, found: Callable[[Mapping[str, Any]], _Found | None]) -> _Found:
    since = ""
    limit = quote('{"room":{"timeline":{"limit":1000}}}')
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            news = await login("GET", f"sync?timeout=20000&filter={limit}{since}")
            place = news.get("rooms", {}).get("join", {}).get(room, {})
            events = (*place.get("state", {}).get("events", ()), *place.get("timeline", {}).get("events", ()))
            for event in events:
                if (value := found(event)) is not None:
                    return value
            since = f"&since={news['next_batch']}"
