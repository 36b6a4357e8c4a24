"""Settings of Matrix: whole or refused, in a sentence that says what is missing."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from adapters.matrix.settings import Settings

WHOLE = {"homeserver": "https://matrix.example.nl", "user": "@koffie:example.nl", "password": "geheim woord"}


def made(**changes: str | None) -> Settings:
    given = {name: value for name, value in {**WHOLE, **changes}.items() if value is not None}
    return Settings.model_validate(given)


def test_nothing_set_means_that_matrix_does_not_run() -> None:
    assert not Settings.model_validate({}).configured


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"homeserver": None}, "KOFFIE_MATRIX_HOMESERVER is missing"),
        ({"user": None}, "KOFFIE_MATRIX_USER is missing"),
        ({"password": None}, "KOFFIE_MATRIX_PASSWORD or"),
        ({"access_token": "syt_x"}, "belong together"),
        ({"password": None, "access_token": "syt_x"}, "belong together"),
        ({"device_id": "ABC"}, "belong together"),
        ({"user": "koffie"}, "a whole id"),
        ({"user": "@koffie"}, "a whole id"),
        ({"homeserver": "http://matrix.example.nl"}, "must start with https"),
        ({"homeserver": "https://a:b@matrix.example.nl"}, "no name and no password"),
        ({"homeserver": "matrix.example.nl"}, "an address like"),
        ({"homeserver": "https://matrix.example.nl/?x=1"}, "an address like"),
        ({"password": " "}, "it is empty"),
        ({"store_key": "kort"}, "at least 16"),
    ],
)
def test_half_settings_are_refused(changes: dict[str, str | None], told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(**changes)
    assert told in str(refused.value)
    assert "geheim woord" not in str(refused.value)


def test_without_tls_only_on_this_machine() -> None:
    assert made(homeserver="http://127.0.0.1:8008").configured


@pytest.mark.parametrize(
    ("allowed", "user", "may"),
    [
        (None, "@anna:example.nl", True),
        (None, "@anna:elders.nl", False),
        ("*.example.nl, elders.nl", "@anna:a.example.nl", True),
        ("*.example.nl, elders.nl", "@anna:ELDERS.nl", True),
        ("*.example.nl", "@anna:example.nl", False),
        ("*.example.nl", "@anna:kwaadexample.nl", False),
        ("localhost:*", "@anna:localhost:8441", True),
        ("localhost:8441", "@anna:localhost:8442", False),
        ("", "@anna:example.nl", False),
    ],
)
def test_who_may_speak_follows_from_the_server(allowed: str | None, user: str, *, may: bool) -> None:
    assert made(allowed_servers=allowed).allows(user) is may
