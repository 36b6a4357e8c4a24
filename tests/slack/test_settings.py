"""Settings that would not work, or would let anyone in, are refused in one line."""

from __future__ import annotations

import pytest

from adapters.slack.settings import Settings
from bot.settings import SettingsError, load

HTTP = {"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": "s", "PORT": "4000"}
SOCKET = {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1"}
OAUTH = {"CLIENT_ID": "1.2", "CLIENT_SECRET": "c", "SIGNING_SECRET": "s", "PORT": "4000"}


def read(monkeypatch: pytest.MonkeyPatch, keys: dict[str, str]) -> Settings:
    for key, value in keys.items():
        monkeypatch.setenv(f"KOFFIE_SLACK_{key}", value)
    return load(Settings, None)


@pytest.mark.parametrize("keys", [HTTP, SOCKET, OAUTH, {**HTTP, "APP_TOKEN": "xapp-1"}])
def test_ways_that_work(monkeypatch: pytest.MonkeyPatch, keys: dict[str, str]) -> None:
    assert read(monkeypatch, keys).configured


def test_without_settings_slack_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read(monkeypatch, {}).configured


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"BOT_TOKEN": "xoxb-1"}, "KOFFIE_SLACK_APP_TOKEN"),
        ({"BOT_TOKEN": "xoxb-1", "PORT": "4000"}, "KOFFIE_SLACK_SIGNING_SECRET"),
        ({"BOT_TOKEN": "xoxb-1", "PORT": "4000", "SIGNING_SECRET": ""}, "KOFFIE_SLACK_SIGNING_SECRET"),
        ({"BOT_TOKEN": "xoxb-1", "PORT": "4000", "SIGNING_SECRET": "  "}, "KOFFIE_SLACK_SIGNING_SECRET"),
        ({"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": "s"}, "KOFFIE_SLACK_PORT"),
        ({"SIGNING_SECRET": "s", "PORT": "4000"}, "KOFFIE_SLACK_BOT_TOKEN"),
        ({**HTTP, "CLIENT_ID": "1.2"}, "KOFFIE_SLACK_CLIENT_ID"),
        ({"CLIENT_ID": "1.2", "APP_TOKEN": "xapp-1"}, "KOFFIE_SLACK_CLIENT_SECRET"),
        ({**HTTP, "PORT": "0"}, "KOFFIE_SLACK_PORT"),
        ({**HTTP, "BASE_URL": "slack.com"}, "KOFFIE_SLACK_BASE_URL"),
    ],
)
def test_ways_that_do_not(monkeypatch: pytest.MonkeyPatch, keys: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as refused:
        read(monkeypatch, keys)
    assert "xoxb-1" not in str(refused.value)
