"""Recorded payloads become the expected events; what is not ours is left alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.receive import (
    PLATFORM,
    Place,
    actor_of,
    context_of,
    mentioned,
    pressed_in,
    receive,
)
from adapters.slack.tenants import Tenant
from bot.chat.address import Account
from bot.chat.inbound import Inbound, Said

PAYLOADS = sorted((Path(__file__).parents[2] / "adapters/slack/testing/payloads").glob("*.json"))
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def understood(body: dict[str, Any], names: dict[str, str] | None = None) -> Inbound | None:
    tenant, actor = context_of(body), actor_of(body)
    if tenant is None or actor is None:
        return None
    account = Account(platform=PLATFORM, tenant=str(tenant), user=actor[1])
    return receive(body, Place(str(tenant), "U0BOT"), account, AT, names)


def test_people_named_are_read_by_their_names() -> None:
    body = json.loads(
        next(file for file in PAYLOADS if file.stem == "direct_message_with_marks").read_text("utf-8")
    )["payload"]
    assert mentioned(body) == ("U0BRAM",)
    event = understood(body, {"U0BRAM": "Bram Jansen"})
    assert event is not None
    assert isinstance(event.content, Said)
    assert event.content.text.startswith("ken ik Bram Jansen?")


def test_a_press_names_its_message() -> None:
    body = json.loads(next(file for file in PAYLOADS if file.stem == "press").read_text("utf-8"))["payload"]
    assert pressed_in(body) == "k1"


@pytest.mark.parametrize("words", ["T0001", "E0001/T0001"])
def test_tenants_go_round(words: str) -> None:
    assert str(Tenant.of(words)) == words


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
hostile = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["event_callback", "block_actions", "view_submission"]) | json_values,
        "team_id": st.just("T1") | json_values,
        "event_id": st.just("Ev1") | json_values,
        "event_time": json_values,
        "command": st.just("/koffie") | json_values,
        "text": json_values,
        "user_id": st.just("U1") | json_values,
        "user": st.fixed_dictionaries({"id": st.just("U1") | json_values}) | json_values,
        "team": st.fixed_dictionaries({"id": st.just("T1")}) | json_values,
        "enterprise": json_values,
        "container": st.fixed_dictionaries({"channel_id": json_values, "thread_ts": json_values})
        | json_values,
        "view": json_values,
        "event": st.fixed_dictionaries(
            {"type": st.sampled_from(["message", "app_mention", "app_home_opened"]), "user": st.just("U1")},
            optional={"text": json_values, "channel": json_values, "channel_type": st.just("im")},
        )
        | json_values,
        "actions": st.lists(
            st.fixed_dictionaries({"type": st.just("button"), "value": json_values}) | json_values
        ),
    },
)


@given(hostile)
def test_a_strange_payload_is_an_event_or_nothing(body: dict[str, Any]) -> None:
    event = understood(body)
    assert event is None or Inbound.model_validate_json(event.model_dump_json()) == event
