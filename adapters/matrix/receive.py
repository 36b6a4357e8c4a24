"""What an event of a room means to the bot. Pure: each event is one of ours, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.matrix.names import PLATFORM, Ref, account_of, is_user
from bot.chat.address import Address, Conversation, Direct
from bot.chat.inbound import Inbound, Left, Profile, Said

_MOST_CHARACTERS = 4000
_MOST_KEY = 255
_PREFIXES = "!/"
_LATEST_MILLISECONDS = 2**43
_QUOTED = re.compile(r"\A(?:>[^\n]*\n)+\n?")
_LINK_TO = "https://matrix.to/#/"

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where an event was: the room, whether it is a talk of the sender and the bot, and their names."""

    room: str
    direct: bool
    me: str
    my_name: str = ""
    name: str = ""


def receive(event: Event, place: Place, commands: Collection[str], key: str | None = None) -> Inbound | None:
    """The event for the bot: words to it, or somebody's leaving of a room.

    ``None`` for notices, edits, files and the talk of others.

    ``commands`` are the first words of commands. ``key`` is given where an encrypted event has a surer
    one than its id.
    """
    match event:
        case {"type": "m.room.member"}:
            return _left(event, place)
        case {
            "type": "m.room.message", "event_id": str(event_id), "sender": str(sender),
            "content": {"msgtype": "m.text", "body": str(body), **rest},
        } if sender != place.me and event_id:  # fmt: skip
            pass
        case _:
            return None
    content = {str(name): value for name, value in rest.items()}
    relation = content.get("m.relates_to")
    relation = relation if isinstance(relation, dict) else {}
    if relation.get("rel_type") == "m.replace":
        return None
    words = _QUOTED.sub("", body) if "m.in_reply_to" in relation else body
    words = words[: _MOST_CHARACTERS * 2]
    if not place.direct:
        called = _called(content, body, place)
        words = _uncalled(words, place) if called else words.strip()
        if not (called or _is_command(words, commands)):
            return None
    said = _said(words).model_copy(update={"reply_to": _answered(relation, place)})
    if not said.text:
        return None
    account = account_of(sender)
    where: Address = Direct(account=account)
    if not place.direct:
        # Beside the question, so that a room stays calm.
        root = relation.get("event_id") if relation.get("rel_type") == "m.thread" else event_id
        thread = str(Ref(place.room, str(root)[:_MOST_KEY]))
        where = Conversation(platform=PLATFORM, tenant="", id=place.room, thread=thread, account=account)
    return Inbound(
        key=(key or event_id)[:_MOST_KEY],
        actor=account,
        where=where,
        content=said,
        at=moment(event.get("origin_server_ts")),
        profile=Profile(name=place.name) if place.name else None,
    )


def _left(event: Event, place: Place) -> Inbound | None:
    """Somebody left a room, or was taken out of it; who declines an invitation never was in."""
    match event:
        case {
            "event_id": str(event_id), "state_key": str(user),
            "content": {"membership": "leave" | "ban"},
        } if event_id and is_user(user) and user != place.me and not place.direct:  # fmt: skip
            pass
        case _:
            return None
    unsigned = event.get("unsigned")
    before = unsigned.get("prev_content") if isinstance(unsigned, dict) else None
    if isinstance(before, dict) and before.get("membership") != "join":
        return None
    account = account_of(user)
    return Inbound(
        key=event_id[:_MOST_KEY],
        actor=account,
        where=Conversation(platform=PLATFORM, tenant="", id=place.room, account=account),
        content=Left(),
        at=moment(event.get("origin_server_ts")),
    )


def _said(words: str) -> Said:
    """``!koffie`` is a command, and so is ``/koffie``, for which some clients want ``//koffie``."""
    words = words.strip()
    bare = words.lstrip(_PREFIXES) if words[:1] in _PREFIXES else words
    return Said(text=bare.strip()[:_MOST_CHARACTERS], command=bare != words)


def _answered(relation: Event, place: Place) -> str:
    """The ref of the message that is replied to: one named on purpose, else the first of a thread."""
    match relation:
        case {"m.in_reply_to": {"event_id": str(event_id)}} if relation.get("is_falling_back") is not True:
            pass
        case {"rel_type": "m.thread", "event_id": str(event_id)}:
            pass
        case _:
            return ""
    return str(Ref(place.room, event_id[:_MOST_KEY]))


def _is_command(words: str, commands: Collection[str]) -> bool:
    """Other bots have prefixes too: in a room only a command that is ours is meant for us."""
    if not words.startswith(tuple(_PREFIXES)):
        return False
    first = words.lstrip(_PREFIXES).split(maxsplit=1)
    return bool(first) and first[0].casefold() in commands


def _called(content: Event, body: str, place: Place) -> bool:
    """Whether the bot was called by name. Clients that do not say whom they call begin with the name."""
    mentions = content.get("m.mentions")
    if isinstance(mentions, dict):
        users = mentions.get("user_ids")
        return isinstance(users, list) and place.me in users
    formatted = content.get("formatted_body")
    if isinstance(formatted, str) and f"{_LINK_TO}{place.me}" in formatted:
        return True
    start = body.lstrip().casefold()
    return any(start.startswith(name.casefold()) for name in _names(place))


def _uncalled(words: str, place: Place) -> str:
    """The words without the call."""
    for name in _names(place):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?![\w])[:,]?", re.IGNORECASE)
        words, found = pattern.subn(" ", words, count=1)
        if found:
            break
    return " ".join(words.split()) if "\n" not in words else words.strip()


def _names(place: Place) -> list[str]:
    """How the bot may be called in plain words, the longest first."""
    local = place.me.partition(":")[0]
    names = {place.me, local, f"@{place.my_name}" if place.my_name else local, place.my_name}
    return sorted(filter(None, names), key=len, reverse=True)


def moment(milliseconds: object) -> datetime:
    """When a server says that something was; the very first moment where it says nonsense."""
    if isinstance(milliseconds, int) and 0 < milliseconds < _LATEST_MILLISECONDS:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    return datetime.fromtimestamp(0, UTC)
