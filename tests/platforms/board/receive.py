"""What the board's events mean to the bot."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.inbound import Away, Content, Gone, Inbound, Opened, Pressed, Profile, Said, Submitted

PLATFORM = "board"
BOT = "koffie"
_CALL = f"@{BOT} "


def account(event: dict[str, Any]) -> Account:
    return Account(platform=PLATFORM, tenant=event["team"], user=event["user"])


def where(event: dict[str, Any]) -> Address:
    if (room := event.get("room")) is None:
        return Direct(account=account(event))
    return Conversation(platform=PLATFORM, tenant=event["team"], id=room, thread=event.get("thread"))


def receive(event: dict[str, Any]) -> Inbound | None:
    """The event for the bot; ``None`` for its own, bots', edits, and the talk of others."""
    content = _content(event)
    if content is None or event.get("user") in {None, BOT} or event.get("bot") or event.get("edited"):
        return None
    name = event.get("name")
    return Inbound(
        key=event["id"],
        actor=account(event),
        where=where(event),
        content=content,
        at=datetime.fromtimestamp(event.get("at", 0), UTC),
        profile=Profile(name=name, language=event.get("language")) if name else None,
    )


def _content(event: dict[str, Any]) -> Content | None:
    match event:
        case {"type": "said", "text": str(words), "room": str()}:
            called = words.removeprefix(_CALL)[:4000]
            return Said(text=called, reply_to=event.get("reply", "")) if called != words else None
        case {"type": "said" | "command" as kind, "text": str(words)}:
            return Said(text=words[:4000], command=kind == "command", reply_to=event.get("reply", ""))
        case {"type": "pressed", "button": str(token)} if len(token) <= 200:
            return Pressed(token=token)
        case {"type": "submitted", "form": str(form), "values": dict(values)}:
            return Submitted(form=form, values=values)
        case {"type": "opened"}:
            return Opened()
        case {"type": "left"}:
            return Gone()
        case {"type": "away"}:
            until = event.get("until")
            return Away(until=None if until is None else datetime.fromtimestamp(until, UTC))
        case _:
            return None
