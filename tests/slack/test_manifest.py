"""The manifest says what the code does: its commands, its scopes, its events, and no more."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.slack.manifest import as_yaml, manifest, show
from adapters.slack.scopes import EVENTS, FREE_METHODS, SCOPES
from bot.chat.port import CommandInfo, Desk, VerbError
from bot.commands import walk
from bot.i18n.text import text
from docs.generate_slack import PAGES, desk, pages

ADAPTER = Path(__file__).parents[2] / "adapters" / "slack"
METHOD = re.compile(r"[a-z]+(\.[a-zA-Z0-9]+){1,2}")


def called() -> Iterator[str]:
    """Every method of Slack's that the code names in a call."""
    for file in ADAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="call" | "_try"), args=arguments):
                    words = [one.value for one in arguments if isinstance(one, ast.Constant)]
                    yield from (word for word in words if isinstance(word, str) and METHOD.fullmatch(word))


def test_each_method_called_has_its_scope_and_each_scope_its_use() -> None:
    used = set(called())
    declared = {method for scope in SCOPES.values() for method in scope.methods} | set(FREE_METHODS)
    assert used == declared


def test_no_scope_reads_other_peoples_talk() -> None:
    reading = {"channels:history", "groups:history", "mpim:history", "search:read", "users:read.all"}
    assert not reading & set(SCOPES)
    assert not {"message.channels", "message.groups", "message.mpim"} & set(EVENTS)


def test_each_scope_says_why() -> None:
    assert all(scope.reason for scope in SCOPES.values())


def test_the_pages_are_those_of_the_code() -> None:
    assert {page: page.read_text("utf-8") for page in PAGES} == pages()


@pytest.mark.parametrize("url", [None, "https://koffie.example.nl"])
def test_what_a_manifest_holds(url: str | None) -> None:
    made = manifest(desk().commands, desk().words, "nl", url)
    slashes = made["features"]["slash_commands"]
    top = sorted(f"/{command.name}" for command in walk().commands if command.top_level)
    assert [one["command"] for one in slashes] == top
    assert (
        {"/aanmelden", "/koffie", "/wie-ken-ik"}
        <= set(top)
        <= {"/aanmelden", "/koffie", "/koffie-beheer", "/wie-ken-ik"}
    )
    assert all(re.fullmatch(r"/[a-z0-9-]{1,31}", one["command"]) for one in slashes)
    assert all(0 < len(one["description"]) <= 100 for one in slashes)
    assert made["settings"]["socket_mode_enabled"] == (url is None)
    assert ("url" in slashes[0]) == (url is not None)
    assert made["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_yaml_reads_back() -> None:
    value = {"a": {"b": [1, "x: y # z", True], "c": None}, "d": [{"e": "é", "f": ["g"]}, {"h": 2}]}
    assert as_yaml(value) == [
        "a:", "  b:", "    - 1", '    - "x: y # z"', "    - true", "  c: null", "d:",
        '  - e: "é"', "    f:", '      - "g"', "  - h: 2",
    ]  # fmt: skip


def test_a_command_that_slack_would_refuse_stops_the_manifest() -> None:
    bad = CommandInfo("wie ken ik", (), text("help-summary"), top_level=True)
    with pytest.raises(ValueError, match="wie ken ik"):
        manifest([bad], desk().words, "nl", None)


async def test_the_verb() -> None:
    at: Desk = desk()
    assert "socket_mode_enabled: true" in "\n".join(await show(None, at, ()))
    assert "socket_mode_enabled: false" in "\n".join(await show(None, at, ("https://koffie.example.nl/",)))
    with pytest.raises(VerbError):
        await show(None, at, ("http://onveilig.nl",))
