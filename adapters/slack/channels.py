"""Talks of several people, and channels for topics: made once, also when that was cut off, or moved into."""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.installations import Installation, Installations
from adapters.slack.receive import PLATFORM
from adapters.slack.tenants import Tenant
from adapters.slack.web import Refused, SlackError, Web
from adapters.slack.words import cut, escaped
from bot.chat.address import Account, Conversation
from bot.chat.port import ChannelRequest, Made, NoPlace, State, Why

log = logging.getLogger(__name__)
_MOST_TOGETHER = 8
_MOST_NAME = 76
_MOST_PURPOSE = 250
_MOST_TRIES = 20
_MOST_PAGES = 20
_NO_MESSAGE = "1.000000"
_WHY: Mapping[str, Why] = {
    "is_archived": "archived",
    "channel_not_found": "gone",
    "not_in_channel": "gone",
}
"""What Slack says where a channel cannot be had; all else is a right that the bot has not."""
_PASSING = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
"""Slack does not know the bot now, which says nothing of the channel."""


class Channels:
    """Makes places where people meet."""

    def __init__(self, web: Web, installations: Installations, state: State) -> None:
        self._web = web
        self._installations = installations
        self._state = state

    async def open_private(self, accounts: Sequence[Account]) -> Conversation | None:
        """The one talk of these people and the bot; Slack gives the same one each time."""
        tenants = {account.tenant for account in accounts}
        if len(tenants) != 1 or not 1 < len(accounts) <= _MOST_TOGETHER:
            return None
        (tenant,) = tenants
        installation = await self._installations.of(Tenant.of(tenant))
        if installation is None:
            return None
        users = ",".join(sorted({account.user for account in accounts}))
        try:
            opened = await self._web.call(installation.token, "conversations.open", users=users)
        except SlackError as error:
            log.warning("no talk of several: %s", error)
            return None
        return Conversation(platform=PLATFORM, tenant=tenant, id=str(opened["channel"]["id"]))

    async def create(self, request: ChannelRequest) -> Made:
        """The channel of this request: the same one for the same key, or the one to move into.

        Raises :class:`NoPlace` where Slack refuses, and :class:`SlackError` where trying again may help.
        """
        installation = await self._installations.of(Tenant.of(request.tenant))
        if installation is None:
            raise NoPlace("unable")
        try:
            if request.adopt is not None:
                channel, name = await self._moved_in(installation, request, request.adopt)
            else:
                channel, name = await self._made(installation, request)
                await self._furnish(installation, channel, request)
        except Refused as refused:
            log.warning("no channel: %s", refused.code)
            if refused.code in _PASSING:
                raise
            raise NoPlace(_WHY.get(refused.code, "forbidden")) from None
        wanted = channel_name(request.name)
        return Made(
            Conversation(platform=PLATFORM, tenant=request.tenant, id=channel),
            f"#{name}" if name else "",
            f"{installation.url.rstrip('/')}/archives/{channel}" if installation.url else "",
            instead_of="" if request.adopt is not None or name == wanted else f"#{wanted}",
        )

    async def _moved_in(
        self, installation: Installation, request: ChannelRequest, channel: str
    ) -> tuple[str, str]:
        """Join a channel, and say what it is for where nobody did. Its people are its own."""
        token = installation.token
        try:
            joined = await self._web.call(token, "conversations.join", channel=channel)
        except Refused as refused:
            if refused.code != "method_not_supported_for_channel_type":
                raise
            await self._require_inside(token, channel)
            return channel, ""
        told: dict[str, Any] = joined.get("channel") or {}
        if not (told.get("topic") or {}).get("value"):
            await self._try(installation, "conversations.setTopic", channel=channel, topic=_topic(request))
        return channel, str(told.get("name") or "")

    async def _require_inside(self, token: str, channel: str) -> None:
        """Raises :class:`Refused` for a private channel that the bot is not in.

        Asked without a scope, by a message that is nowhere: Slack misses the message, or the channel.
        """
        try:
            await self._web.call(token, "chat.getPermalink", channel=channel, message_ts=_NO_MESSAGE)
        except Refused as refused:
            if refused.code != "message_not_found":
                raise

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        """Whether a message is there, in a channel that the bot is in.

        Raises :class:`NoPlace` where it is not, and :class:`SlackError` where nobody can tell now.
        """
        installation = await self._installations.of(Tenant.of(place.tenant))
        if installation is None:
            return None
        token = installation.token
        try:
            told = await self._web.call(token, "conversations.info", channel=place.id)
            if told["channel"].get("is_archived"):
                raise NoPlace("archived")
            if told["channel"].get("is_member") is False:
                raise NoPlace("gone")
        except Refused as refused:
            # Of a private channel nothing is told without a scope that is not asked.
            if refused.code not in {"missing_scope", *_WHY}:
                raise
        moment = ref.rpartition(":")[2]
        try:
            await self._web.call(token, "chat.getPermalink", channel=place.id, message_ts=moment)
        except Refused as refused:
            if refused.code == "message_not_found":
                return False
            if refused.code in _WHY:
                raise NoPlace(_WHY[refused.code]) from None
            raise
        return True

    async def _made(self, installation: Installation, request: ChannelRequest) -> tuple[str, str]:
        """Its id and name. The name is noted first, so that a making that was cut off is found back by it."""
        key = f"channel:{request.tenant}:{request.key}"
        stored = await self._state.get(key)
        noted: dict[str, str] = json.loads(stored[0]) if stored else {}
        if "id" in noted:
            return noted["id"], noted["name"]
        if "name" in noted and (found := await self._own(installation, noted["name"])) is not None:
            await self._note(key, {"name": noted["name"], "id": found})
            return found, noted["name"]
        base = channel_name(request.name)
        for number in range(1, _MOST_TRIES):
            name = base if number == 1 else f"{base}-{number}"
            await self._note(key, {"name": name})
            try:
                made = await self._web.call(installation.token, "conversations.create", name=name)
            except Refused as refused:
                if refused.code != "name_taken":
                    raise
                continue
            channel = str(made["channel"]["id"])
            await self._note(key, {"name": name, "id": channel})
            return channel, name
        raise Refused("name_taken")

    async def _note(self, key: str, noted: dict[str, str]) -> None:
        value = json.dumps(noted).encode()
        while True:
            stored = await self._state.get(key)
            if await self._state.put(key, value, version=stored[1] if stored else None):
                return

    async def _own(self, installation: Installation, name: str) -> str | None:
        """The channel of this name that the bot itself made."""
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            told = await self._web.call(
                installation.token, "conversations.list", limit=200, exclude_archived=True, cursor=cursor
            )
            for channel in told.get("channels") or ():
                if channel.get("name") == name and channel.get("creator") == installation.bot_user:
                    return str(channel["id"])
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return None
        return None

    async def _furnish(self, installation: Installation, channel: str, request: ChannelRequest) -> None:
        purpose = cut(escaped(request.purpose), _MOST_PURPOSE)
        await self._try(installation, "conversations.setPurpose", channel=channel, purpose=purpose)
        await self._try(installation, "conversations.setTopic", channel=channel, topic=_topic(request))
        for member in request.members:
            if member.tenant == request.tenant:
                await self._try(installation, "conversations.invite", channel=channel, users=member.user)

    async def _try(self, installation: Installation, method: str, **arguments: Any) -> None:
        """What Slack refuses here (someone is in already, or left) is no reason to have no channel."""
        try:
            await self._web.call(installation.token, method, **arguments)
        except Refused as refused:
            if refused.code != "already_in_channel":
                log.warning("%s: %s", method, refused.code)


def _topic(request: ChannelRequest) -> str:
    return cut(escaped(request.topic), _MOST_PURPOSE)


def channel_name(words: str) -> str:
    """A name as Slack takes it: lower-case ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MOST_NAME].strip("-") or "koffie"
