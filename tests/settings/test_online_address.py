"""Where people meet online: a template that makes a web address, or a plain refusal that repeats nothing."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError, load


@pytest.mark.parametrize(
    "template", ["", "https://meet.example.nl/{code}", "https://m.example.nl/?room=k-{code}"]
)
def test_an_address_with_one_code(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_ONLINE_ADDRESS", template)
    assert load(Settings, None).online_address == template


@pytest.mark.parametrize(
    "template",
    [
        "https://meet.example.nl/canary",
        "https://meet.example.nl/canary/{code}/{code}",
        "https://meet.example.nl/canary/{code}{name}",
        "http://meet.example.nl/canary/{code}",
        "javascript:canary('{code}')",
        "canary/{code}",
        "https:///canary/{code}",
        "https://meet.example.nl/canary {code}",
        "https://meet.example.nl/canary/{code}\n",
        "https://meet.éxample.nl/canary/{code}",
    ],
)
def test_all_else_is_refused_in_one_line(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_ONLINE_ADDRESS", template)
    with pytest.raises(SettingsError) as refused:
        load(Settings, None)
    assert str(refused.value).startswith("KOFFIE_ONLINE_ADDRESS")
    assert "\n" not in str(refused.value)
    assert "canary" not in str(refused.value)
