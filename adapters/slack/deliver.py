"""What goes out: each message once, by the way that fits it, and how that ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.slack import render
from adapters.slack.exchange import Handle, Pressed
from adapters.slack.installations import Installation, Installations
from adapters.slack.people import People
from adapters.slack.render import EVENT_TYPE, Known
from adapters.slack.tenants import Tenant
from adapters.slack.web import Limited, NotSent, Refused, SlackError, Web
from adapters.slack.windows import Windows
from bot.chat.address import Account, Address, Conversation, Direct, Home
from bot.chat.form import OPENS
from bot.chat.inbound import Profile
from bot.chat.message import Message, Whole
from bot.chat.port import Delivery

log = logging.getLogger(__name__)
EPHEMERAL = "ephemeral:"
"""Begins the ref of a message that only its reader saw: it has no place to find it back."""
_NO_SOONER = timedelta(seconds=5)
_MEND = timedelta(minutes=5)
_SETTINGS = {
    "account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked",
    "not_allowed_token_type", "accesslimited", "ekm_access_denied", "no_permission", "org_login_required",
}  # fmt: skip
"""Slack refuses the bot, not the message: once somebody mends that, the message can go."""
_UNREADABLE = {
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text",
    "invalid_arguments", "metadata_too_large", "invalid_metadata_format",
}  # fmt: skip
"""Slack does not take the form of a message: the same words go without it."""
_NOT_THERE = {"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"}
_PAGE = 200
_MOST_PAGES = 5

Json = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """One message on its way."""

    key: str
    message: Message
    installation: Installation
    handle: Handle | None


class Outgoing:
    """Posts, edits, answers, home tabs and files."""

    def __init__(
        self,
        web: Web,
        installations: Installations,
        people: People,
        windows: Windows,
        pressed: Pressed,
        now: Callable[[], datetime],
    ) -> None:
        self._web = web
        self._installations = installations
        self._people = people
        self._windows = windows
        self._pressed = pressed
        self._now = now
        self._talks: dict[tuple[str, str], str] = {}

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], handle: Handle | None
    ) -> Delivery:
        try:
            installation = await self._installations.of(_tenant(address))
            if installation is None:
                return Delivery(state="gone", reason="not_installed")
            post = Post(key, message, installation, handle)
            if isinstance(address, Home):
                return await self._home(post, address.account)
            if replaces:
                return await self._edit(post, replaces)
            whole = next((block for block in message.blocks if isinstance(block, Whole)), None)
            if whole is not None:
                return await self._form(post, address, whole)
            return await self._say(post, address)
        except SlackError as error:
            return self._failed(error)

    def _failed(self, error: SlackError) -> Delivery:
        now = self._now()
        match error:
            case Limited(seconds=seconds):
                return Delivery(state="retry", retry_at=now + timedelta(seconds=seconds), reason="429")
            case NotSent():
                return Delivery(state="retry", retry_at=now + _NO_SOONER, reason="no_connection")
            case Refused(code=code) if code in _SETTINGS:
                log.error("Slack refuses the bot: %s", code)
                return Delivery(state="retry", retry_at=now + _MEND, reason=code)
            case Refused(code=code):
                return Delivery(state="gone", reason=code)
            case _:
                return Delivery(state="in_doubt", reason=str(error) or type(error).__name__)

    async def _say(self, post: Post, address: Direct | Conversation) -> Delivery:
        """An answer goes where the question was, seen by who asked; what needs a file goes to the talk."""
        reader = address.account
        private = isinstance(address, Direct) or post.message.only_you
        if private and post.handle is not None and not render.files(post.message):
            answered = await self._answer(post, post.handle, in_talk=isinstance(address, Direct))
            if answered is not None:
                return answered
        if isinstance(address, Conversation) and post.message.only_you:
            if reader is None:
                return Delivery(state="gone", reason="for_nobody")
            if not render.files(post.message):
                answered = await self._whisper(post, address, reader.user)
                if answered is not None:
                    return answered
            address = Direct(account=reader)
        if isinstance(address, Conversation):
            return await self._post(post, address.id, _moment(address.thread))
        return await self._post(post, await self._talk(post.installation, address.account.user), None)

    async def _answer(self, post: Post, handle: Handle, *, in_talk: bool) -> Delivery | None:
        """Through the exchange or the response address; ``None`` when neither is left."""
        payload = await self._payload(post)
        seen = Delivery(state="sent", refs=(EPHEMERAL + post.key,))
        if handle.exchange is not None:
            if await handle.exchange.offer(_without_metadata(payload)):
                return seen
        elif in_talk:
            # Pressed or said in the talk itself: a message there stays, and can be found back.
            return None
        if (url := handle.address()) is None:
            return None
        answer = {"response_type": "ephemeral", "replace_original": False, **_without_metadata(payload)}
        try:
            await self._web.respond(url, answer)
        except Refused as refused:
            log.info("outbox key %s: a response address is not taken (%s)", post.key, refused.code)
            return None
        return seen

    async def _whisper(self, post: Post, address: Conversation, user: str) -> Delivery | None:
        """Only for one's eyes, in a channel; ``None`` where it cannot be shown there."""
        payload = _without_metadata(await self._payload(post))
        try:
            await self._web.call(
                post.installation.token,
                "chat.postEphemeral",
                place=address.id,
                channel=address.id,
                user=user,
                thread_ts=_moment(address.thread),
                **payload,
            )
        except Refused as refused:
            if refused.code in _NOT_THERE | _UNREADABLE:
                return None
            raise
        return Delivery(state="sent", refs=(EPHEMERAL + post.key,))

    async def _post(self, post: Post, channel: str, thread: str | None) -> Delivery:
        token = post.installation.token
        await self._send_files(post, channel, thread)
        arguments: Json = {
            "place": channel,
            "channel": channel,
            "thread_ts": thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "mrkdwn": False,
            "parse": "none",
            **await self._payload(post),
        }
        try:
            posted = await self._web.call(token, "chat.postMessage", **arguments)
        except Refused as refused:
            if refused.code not in _UNREADABLE:
                raise
            log.error("outbox key %s: Slack does not take its blocks (%s)", post.key, refused.code)
            arguments["blocks"] = None
            posted = await self._web.call(token, "chat.postMessage", **arguments)
            return Delivery(state="degraded", refs=(_ref(posted),), reason=refused.code)
        if post.message.pinned:
            await self._pin(token, posted)
        return Delivery(state="sent", refs=(_ref(posted),))

    async def _pin(self, token: str, posted: Mapping[str, Any]) -> None:
        """It stands, pinned or not."""
        try:
            await self._web.call(token, "pins.add", channel=posted["channel"], timestamp=posted["ts"])
        except SlackError as error:
            log.warning("a message is not pinned: %s", error)

    async def _edit(self, post: Post, replaces: tuple[str, ...]) -> Delivery:
        """Put the settled answer in the place of the question."""
        payload = await self._payload(post)
        ref = replaces[0]
        if ref.startswith(EPHEMERAL):
            handle = self._pressed.of(ref.removeprefix(EPHEMERAL))
            url = handle.address() if handle else None
            if url is None:
                # Only its reader saw it, and the address to change it by is gone: it stays as it was.
                return Delivery(state="degraded", reason="no_address")
            await self._web.respond(url, {"replace_original": True, **_without_metadata(payload)})
            return Delivery(state="sent", refs=(ref,))
        channel, _, moment = ref.partition(":")
        arguments: Json = {"channel": channel, "ts": moment, "parse": "none", **payload}
        try:
            await self._web.call(post.installation.token, "chat.update", **arguments)
        except Refused as refused:
            if refused.code not in _UNREADABLE:
                raise
            log.error("outbox key %s: Slack does not take its blocks (%s)", post.key, refused.code)
            await self._web.call(post.installation.token, "chat.update", **{**arguments, "blocks": []})
            return Delivery(state="degraded", refs=replaces, reason=refused.code)
        return Delivery(state="sent", refs=replaces)

    async def _form(self, post: Post, address: Direct | Conversation, whole: Whole) -> Delivery:
        if address.account is None:
            return Delivery(state="gone", reason="for_nobody")
        if await self._windows.show(post.installation, whole.form, post.handle):
            if post.handle is not None and post.handle.exchange is not None:
                post.handle.exchange.leave()
            return Delivery(state="sent")
        invitation = render.invitation(whole, OPENS + whole.form.id)
        invitation = invitation.model_copy(update={"only_you": post.message.only_you})
        return await self._say(Post(post.key, invitation, post.installation, post.handle), address)

    async def _home(self, post: Post, account: Account) -> Delivery:
        await self._web.call(
            post.installation.token,
            "views.publish",
            user_id=account.user,
            view=render.home(post.message, post.key),
        )
        return Delivery(state="sent")

    async def _payload(self, post: Post) -> Json:
        present = set()
        for user in render.mentioned(post.message):
            if (await self._people.of(post.installation, user)).member:
                present.add(user)
        return render.render(post.message, post.key, Known(present, _profiles(post.installation)))

    async def _talk(self, installation: Installation, user: str) -> str:
        """The bot's own talk with one person."""
        known = self._talks.get((installation.tenant, user))
        if known is None:
            opened = await self._web.call(installation.token, "conversations.open", users=user)
            known = self._talks[installation.tenant, user] = str(opened["channel"]["id"])
        return known

    async def _send_files(self, post: Post, channel: str, thread: str | None) -> None:
        """Files first: the message with its key stands for the whole.

        A file bears no key. What an attempt that was cut off left behind is newer than the newest message
        with one, and does not go out again.
        """
        files = render.files(post.message)
        if not files:
            return
        token = post.installation.token
        left_behind = await self._loose_files(token, channel)
        for file in files:
            if file.name in left_behind:
                continue
            given = await self._web.call(
                token, "files.getUploadURLExternal", filename=file.name, length=len(file.content)
            )
            await self._web.upload(str(given["upload_url"]), file.content)
            await self._web.call(
                token,
                "files.completeUploadExternal",
                files=[{"id": given["file_id"], "title": file.name}],
                channel_id=channel,
                thread_ts=thread,
            )

    async def _loose_files(self, token: str, channel: str) -> set[str]:
        if not channel.startswith("D"):
            return set()
        told = await self._web.call(
            token, "conversations.history", channel=channel, limit=20, include_all_metadata=True
        )
        names: set[str] = set()
        for message in told.get("messages") or ():
            if _key(message) is not None:
                break
            names.update(str(file.get("name")) for file in message.get("files") or ())
        return names

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        """Look back in the bot's own talk; nowhere else may it read. Raises :class:`SlackError`."""
        if not isinstance(address, Direct):
            return None
        installation = await self._installations.of(_tenant(address))
        if installation is None:
            return None
        channel = await self._talk(installation, address.account.user)
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            told = await self._web.call(
                installation.token,
                "conversations.history",
                channel=channel,
                limit=_PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in told.get("messages") or ():
                if _key(message) == key:
                    return (f"{channel}:{message['ts']}",)
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return ()
        return None

    async def profile(self, account: Account) -> Profile | None:
        installation = await self._installations.of(Tenant.of(account.tenant))
        if installation is None:
            return None
        person = await self._people.of(installation, account.user)
        return person.profile if person.member else None

    async def contact_link(self, account: Account) -> str | None:
        installation = await self._installations.of(Tenant.of(account.tenant))
        profiles = _profiles(installation) if installation else ""
        return f"{profiles}{account.user}" if profiles else None


def _profiles(installation: Installation) -> str:
    """How the address of a profile in this workspace begins, where the workspace's own is known."""
    return f"{installation.url.rstrip('/')}/team/" if installation.url else ""


def _tenant(address: Address) -> Tenant:
    return Tenant.of(address.tenant if isinstance(address, Conversation) else address.account.tenant)


def _moment(ref: str | None) -> str | None:
    """The moment by which Slack knows a message, out of its ref."""
    return ref.rpartition(":")[2] if ref else None


def _ref(posted: Mapping[str, Any]) -> str:
    return f"{posted['channel']}:{posted['ts']}"


def _key(message: Mapping[str, Any]) -> str | None:
    """The key that a message of ours bears."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None


def _without_metadata(payload: Json) -> Json:
    """What only its reader sees bears none."""
    return {name: value for name, value in payload.items() if name != "metadata"}
