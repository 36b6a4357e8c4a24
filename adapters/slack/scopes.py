"""What the app asks of a workspace: each scope with the methods and events that need it, and nothing more."""

from __future__ import annotations

from typing import NamedTuple


class Scope(NamedTuple):
    """Why a scope is asked. ``methods`` are called by this adapter, ``events`` received."""

    reason: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


SCOPES = {
    "app_mentions:read": Scope("hear who calls the bot by name in a channel", events=("app_mention",)),
    "channels:manage": Scope(
        "make a channel for a topic, when an administrator asks for one",
        methods=(
            "conversations.create",
            "conversations.invite",
            "conversations.list",
            "conversations.setPurpose",
            "conversations.setTopic",
        ),
    ),
    "channels:join": Scope(
        "move into a channel where an administrator says that a topic belongs",
        methods=("conversations.join",),
    ),
    "channels:read": Scope(
        "find back the channel that it made itself, see whether it is in it still, and hear who leaves a"
        " channel, and so its rounds",
        methods=("conversations.list", "conversations.info"),
        events=("member_left_channel",),
    ),
    "chat:write": Scope(
        "answer and ask, and put the settled answer in place of a question",
        methods=("chat.postMessage", "chat.postEphemeral", "chat.update"),
    ),
    "commands": Scope("the slash commands"),
    "files:write": Scope(
        "send a contact card and a calendar file",
        methods=("files.getUploadURLExternal", "files.completeUploadExternal"),
    ),
    "im:history": Scope(
        "read what people write to the bot itself, and look back whether a message arrived",
        methods=("conversations.history",),
        events=("message.im",),
    ),
    "im:write": Scope("start the talk with one person", methods=("conversations.open",)),
    "mpim:write": Scope("bring two people and the bot together in one talk", methods=("conversations.open",)),
    "pins:write": Scope(
        "pin the welcome in a topic's channel, so that everybody finds it", methods=("pins.add",)
    ),
    "users:read": Scope(
        "propose somebody's own name and language, leave out guests, bots and who left, and hold no rounds"
        " for who is away by their own status",
        methods=("users.info",),
        events=("user_change",),
    ),
    "users:read.email": Scope("propose the organisation by the address at work", methods=("users.info",)),
}
"""No scope here reads other people's talk."""

FREE_METHODS = (
    "auth.test",
    "chat.getPermalink",
    "oauth.v2.access",
    "views.open",
    "views.publish",
    "apps.connections.open",
)
"""Methods that need no scope of a bot."""

FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that need none."""

EVENTS = tuple(sorted({*FREE_EVENTS, *(event for scope in SCOPES.values() for event in scope.events)}))
