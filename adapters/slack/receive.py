"""What Slack's payloads mean to the bot. Pure: each payload is one event, or none of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.slack.people import away_until, read
from adapters.slack.tenants import Tenant
from bot.chat.address import Account, Address, Conversation, Direct, Home
from bot.chat.inbound import Away, Content, Gone, Inbound, Left, Opened, Pressed, Said

PLATFORM = "slack"
_MOST_CHARACTERS = 4000
_MOST_TOKEN = 200
_MARKED = re.compile(r"<([^<>]{0,2100})>")
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,20})>")
_SAID_BY_PEOPLE = {None, "thread_broadcast", "me_message", "file_share"}

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a payload came from: the workspace that it is for, and the bot's user there."""

    tenant: str
    bot_user: str


def context_of(body: Body) -> Tenant | None:
    """The workspace that a payload is for; ``None`` for what is no payload of ours."""
    match body:
        case {"type": "event_callback", "team_id": str(team), **rest}:
            return Tenant(_id(rest.get("enterprise_id") or rest.get("context_enterprise_id")), team)
        case {"command": str(), "team_id": str(team), **rest}:
            return Tenant(_id(rest.get("enterprise_id")), team)
        case {"type": str(), "user": {"id": str(), **user}, **rest}:
            home = _id(_part(rest, "team").get("id")) or _id(user.get("team_id"))
            enterprise = _id(_part(rest, "enterprise").get("id"))
            return Tenant(enterprise, home) if home else None
        case _:
            return None


def actor_of(body: Body) -> tuple[str | None, str] | None:
    """Who did it: their own workspace where the payload names it, and the user."""
    match body:
        case {"type": "event_callback", "event": {"user": str(user), **event}}:
            return _id(event.get("user_team") or event.get("source_team")), user
        case {"type": "event_callback", "event": {"user": {"id": str(user)}}}:
            return None, user
        case {"command": str(), "user_id": str(user)}:
            return None, user
        case {"type": str(), "user": {"id": str(user), **rest}}:
            return _id(rest.get("team_id")), user
        case _:
            return None


def receive(
    body: Body, place: Place, account: Account, at: datetime, names: Mapping[str, str] | None = None
) -> Inbound | None:
    """The event for the bot; ``None`` for its own, other bots', edits, unknown ones and the talk of others.

    ``names`` are of people mentioned, by user id.
    """
    if account.user == place.bot_user:
        return None
    match body:
        case {"type": "event_callback", "event_id": str(key), "event": dict(event)}:
            return _event(key, event, place, account, _time(body.get("event_time"), at), names or {})
        case {"command": str(command), **rest}:
            words = f"{command.removeprefix('/')} {_plain(str(rest.get('text') or ''), names or {})}"
            where = _where(place, account, str(rest.get("channel_id") or ""))
            return _inbound(
                f"command:{rest.get('trigger_id')}", account, where, Said(text=_cut(words), command=True), at
            )
        case {"type": "block_actions", "actions": [dict(action), *_], **rest}:
            return _press(action, rest, place, account, at)
        case _:
            return None


def mentioned(body: Body) -> tuple[str, ...]:
    """The people named in what was said, a handful at most."""
    event = body.get("event")
    said = event.get("text") if isinstance(event, dict) else body.get("text")
    return tuple(dict.fromkeys(_MENTIONED.findall(said)))[:5] if isinstance(said, str) else ()


def _event(
    key: str, event: Body, place: Place, account: Account, at: datetime, names: Mapping[str, str]
) -> Inbound | None:
    if event.get("bot_id") or event.get("hidden"):
        return None
    key = f"event:{key}"
    direct = Direct(account=account)
    match event:
        case {"type": "message", "channel_type": "im", "text": str(words)} if (
            event.get("subtype") in _SAID_BY_PEOPLE
        ):
            return _inbound(key, account, direct, Said(text=_cut(_plain(words, names))), at)
        case {"type": "app_mention", "text": str(words), "channel": str(channel)} if not event.get("edited"):
            # An answer for one's eyes only shows in a thread that is there, never as the first of one.
            where = _where(place, account, channel, thread=_thread(channel, event.get("thread_ts")))
            words = words.replace(f"<@{place.bot_user}>", " ", 1)
            return _inbound(key, account, where, Said(text=_cut(_plain(words, names).strip())), at)
        case {"type": "app_home_opened", "tab": "home"}:
            return _inbound(key, account, Home(account=account), Opened(), at)
        case {"type": "app_home_opened"}:
            # The talk is opened over and over: the same key makes it one event.
            return _inbound(f"opened:{account.tenant}:{account.user}", account, direct, Opened(), at)
        case {"type": "member_left_channel", "channel": str(channel)}:
            return _inbound(key, account, _where(place, account, channel), Left(), at)
        case {"type": "user_change", "user": dict(user)}:
            here = read(user).member
            return _inbound(key, account, direct, Away(until=away_until(user)) if here else Gone(), at)
        case _:
            return None


def _press(action: Body, rest: Body, place: Place, account: Account, at: datetime) -> Inbound | None:
    token = action.get("value")
    if action.get("type") != "button" or not isinstance(token, str) or not 0 < len(token) <= _MOST_TOKEN:
        return None
    where: Address
    if _part(rest, "view").get("type") == "home":
        where = Home(account=account)
    else:
        channel = _part(rest, "channel").get("id") or _part(rest, "container").get("channel_id")
        began = _part(rest, "container").get("thread_ts") or _part(rest, "message").get("thread_ts")
        where = _where(place, account, str(channel or ""), thread=_thread(str(channel), began))
    return _inbound(f"press:{rest.get('trigger_id')}", account, where, Pressed(token=token), at)


def _thread(channel: str, moment: object) -> str | None:
    """A thread is named as the message that began it: by the same ref."""
    return f"{channel}:{moment}" if _id(moment) else None


def _inbound(key: str, account: Account, where: Address, content: Content, at: datetime) -> Inbound:
    return Inbound(key=key[:255], actor=account, where=where, content=content, at=at)


def _where(place: Place, account: Account, channel: str, thread: str | None = None) -> Address:
    """A direct message where the channel is one of two people; ``D…`` is Slack's mark of it."""
    if not channel or channel.startswith("D"):
        return Direct(account=account)
    return Conversation(
        platform=PLATFORM, tenant=place.tenant, id=channel[:255], thread=thread, account=account
    )


def _plain(words: str, names: Mapping[str, str]) -> str:
    """Slack's own marks (people, channels, links, three escaped characters) as people read them."""
    return (
        _MARKED.sub(lambda mark: _unmarked(mark[1], names), words)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _unmarked(mark: str, names: Mapping[str, str]) -> str:
    target, _, label = mark.partition("|")
    if label:
        return f"#{label}" if target.startswith("#") else label
    if target.startswith("@"):
        return names.get(target[1:], target)
    return target.removeprefix("!").removeprefix("mailto:").removeprefix("tel:")


def _cut(words: str) -> str:
    return words[:_MOST_CHARACTERS]


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _time(seconds: object, otherwise: datetime) -> datetime:
    if isinstance(seconds, int) and 0 < seconds < 2**33:
        return datetime.fromtimestamp(seconds, UTC)
    return otherwise


def pressed_in(body: Body) -> str | None:
    """The key of the message whose button was pressed: its blocks bear it."""
    match body:
        case {"type": "block_actions", "actions": [{"block_id": str(block)}, *_]} if ":" in block:
            return block.rpartition(":")[0]
        case _:
            return None
