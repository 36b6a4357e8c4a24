"""The app's manifest, made from the commands there are and the scopes that are used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack.scopes import EVENTS, SCOPES
from bot.chat import Text, text
from bot.chat.port import CommandInfo, Desk, VerbError

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
_NAME = re.compile(r"^/[a-z0-9][a-z0-9-]{0,30}$")
_URL = re.compile(r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")
_MOST_DESCRIPTION = 100


def manifest(
    commands: Sequence[CommandInfo], words: Callable[[Text, str], str], language: str, url: str | None
) -> dict[str, Any]:
    """The manifest of an app that Slack reaches at ``url``, or by Socket Mode without one.

    ``words`` are of the core's texts for the summaries, and of this adapter's own.
    """
    endpoint = {} if url is None else {"url": url + EVENTS_PATH}
    request = {} if url is None else {"request_url": url + EVENTS_PATH}
    slashes = []
    for command in sorted(commands, key=lambda one: one.name):
        if command.top_level:
            if _NAME.match(f"/{command.name}") is None:
                raise ValueError(f"Slack takes no command /{command.name}")
            slashes.append(
                {
                    "command": f"/{command.name}",
                    **endpoint,
                    "description": words(command.summary, language)[:_MOST_DESCRIPTION],
                    "should_escape": False,
                }
            )
    interactivity: dict[str, Any] = {"is_enabled": True, **request}
    if url is not None:
        interactivity["message_menu_options_url"] = url + EVENTS_PATH
    oauth: dict[str, Any] = {} if url is None else {"redirect_urls": [url + REDIRECT_PATH]}
    return {
        "display_information": {
            "name": "Koffie",
            "description": words(text("slack-manifest-description"), language),
            "background_color": "#4a2c2a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "koffie", "always_online": True},
            "slash_commands": slashes,
        },
        "oauth_config": {**oauth, "scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(value: Mapping[str, Any]) -> list[str]:
    """Plain YAML, a line each; every scalar as JSON writes it, which YAML reads the same."""
    return list(_lines(value, ""))


def _lines(value: Any, indent: str) -> list[str]:
    lines: list[str] = []
    pairs = value.items() if isinstance(value, Mapping) else (("-", item) for item in value)
    for name, item in pairs:
        head = f"{indent}-" if name == "-" else f"{indent}{name}:"
        if isinstance(item, Mapping) and name == "-":
            inner = _lines(item, indent + "  ")
            lines += [f"{indent}- {inner[0].lstrip()}", *inner[1:]]
        elif isinstance(item, Mapping | list):
            lines += [head, *_lines(item, indent + "  ")]
        else:
            lines.append(f"{head} {json.dumps(item, ensure_ascii=False)}")
    return lines


async def show(settings: object, desk: Desk, arguments: Sequence[str]) -> Sequence[str]:
    """``platform slack manifest [https://HOST]``: with an address for HTTP, without one for Socket Mode."""
    url = arguments[0].rstrip("/") if arguments else None
    if len(arguments) > 1 or (url is not None and not _URL.match(url)):
        raise VerbError(
            "Write nothing behind it, or the address that Slack reaches: https://koffie.example.nl"
        )
    return as_yaml(manifest(desk.commands, desk.words, desk.language, url))
