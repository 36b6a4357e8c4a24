"""Nothing is taken in that Slack did not sign, and nothing acknowledged that is not kept."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack.adapter import Slack
from bot.chat.form import Field, FieldError, FormView, Next, Refused, Suggestion
from bot.chat.inbound import Away, Gone, Opened, Pressed, Said, Submitted
from bot.i18n.text import Words
from tests.slack.parts import MemoryState, NotingBot, adapter
from tests.slack.strict import BOT, signed
from tests.slack.world import TEAM, World
from tests.support.ports import free_port

FORM = "application/x-www-form-urlencoded"


class Door:
    """The adapter, listening, in front of a bot that notes."""

    def __init__(self, world: World, made: Slack, bot: NotingBot, state: MemoryState, url: str) -> None:
        self.world, self.made, self.bot, self.state, self.url = world, made, bot, state, url

    async def post(self, body: str, headers: dict[str, str], kind: str = "application/json") -> int:
        async with self.world.session.post(
            self.url, data=body.encode(), headers={"Content-Type": kind, **headers}
        ) as answer:
            return answer.status


@pytest.fixture
async def door(slack: World) -> AsyncIterator[Door]:
    bot, state, port = NotingBot(), MemoryState(), free_port()
    async with adapter(slack, bot, state, port=port) as made:
        running = asyncio.create_task(made.run())
        url = f"http://127.0.0.1:{port}/slack/events"
        slack.strict.koffie = url
        while True:
            try:
                async with slack.session.get(url):
                    break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.01)
        yield Door(slack, made, bot, state, url)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def message(world: World, words: str = "dag", key: str = "Ev1") -> str:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": world.person("anna").user,
        "text": words,
    }
    return json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": key, "event": event})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": str(int(time.time()))},
        {"X-Slack-Signature": "", "X-Slack-Request-Timestamp": "x"},
    ],
)
async def test_without_slacks_signature_nothing_gets_in(door: Door, headers: dict[str, str]) -> None:
    assert await door.post(message(door.world), headers) == 401
    assert door.bot.events == []


async def test_a_signature_is_for_one_body_one_secret_and_five_minutes(door: Door) -> None:
    body = message(door.world)
    assert await door.post(body.replace("dag", "nee"), signed(body)) == 401
    assert await door.post(body, signed(body, secret="another")) == 401
    assert await door.post(body, signed(body, secret="x", at=int(time.time()))) == 401
    assert await door.post(body, signed(body, at=int(time.time()) - 301)) == 401
    assert await door.post(body, signed(body, at=int(time.time()) + 301)) == 401
    assert await door.post(body, signed(body)) == 200
    assert len(door.bot.events) == 1


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "payload=%7B", "[" * 100_000, "\ud83d"])
async def test_a_body_that_is_no_payload_harms_nothing(door: Door, body: str) -> None:
    raw = body.encode("utf-8", "surrogatepass")
    for kind in ("application/json", FORM):
        headers = {"Content-Type": kind, **signed(body if body.isascii() else "x")}
        async with door.world.session.post(door.url, data=raw, headers=headers) as answer:
            assert answer.status in {200, 400, 401, 404}
    assert door.bot.events == []
    good = message(door.world)
    assert await door.post(good, signed(good)) == 200


async def test_slack_may_ask_whether_the_address_is_ours(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1"})
    async with door.world.session.post(
        door.url, data=body, headers={"Content-Type": "application/json", **signed(body)}
    ) as answer:
        assert json.loads(await answer.text()) == {"challenge": "c1"}


async def test_what_could_not_be_kept_is_not_acknowledged(door: Door) -> None:
    door.bot.fails = True
    body = message(door.world)
    assert await door.post(body, signed(body)) == 503
    door.bot.fails = False
    assert await door.post(body, signed(body)) == 200
    assert [event.key for event in door.bot.events] == ["event:Ev1"]


async def test_who_cannot_be_looked_up_is_not_let_in_unseen(door: Door) -> None:
    door.world.strict.faults["users.info"].append("500")
    body = message(door.world)
    assert await door.post(body, signed(body)) == 503
    assert door.bot.events == []


async def test_a_message_comes_with_the_profile_of_who_wrote_it(door: Door) -> None:
    await door.world.person("anna").say("wie ken ik?")
    (event,) = door.bot.events
    assert (event.content, event.profile and event.profile.name) == (
        Said(text="wie ken ik?"),
        "Anna de Vries",
    )


async def test_bots_guests_strangers_and_who_left_are_left_out(door: Door) -> None:
    anna = door.world.person("anna")
    for mark in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_app_user"):
        door.world.strict.marks[anna.user] = {mark: True}
        change = {"type": "user_change", "user": {"id": anna.user, "profile": {}}}
        await door.world.event(change)
        await door.world.event(
            {"type": "message", "channel_type": "im", "user": anna.user, "text": mark, "channel": "D1"}
        )
    stranger = {
        "type": "app_mention",
        "user": "U9",
        "user_team": "T9",
        "text": f"<@{BOT}> hulp",
        "channel": "C1",
    }
    await door.world.event(stranger)
    assert {type(event.content) for event in door.bot.events} == {Away}


async def test_who_is_left_out_is_told_once_and_a_word_that_fails_is_no_trouble(door: Door) -> None:
    anna, strict = door.world.person("anna"), door.world.strict
    strict.marks[anna.user] = {"is_restricted": True, "locale": "en-GB"}
    said = {"type": "message", "channel_type": "im", "user": anna.user, "text": "dag"}
    for _ in range(2):
        await door.world.event({**said, "channel": await anna.talk()}, key="Ev1")
    assert len(strict.of("chat.postEphemeral")) == 1
    strict.faults["views.publish"].append("500")
    opened = {"type": "app_home_opened", "user": anna.user, "tab": "home", "channel": "D1"}
    assert (await door.world.event(opened))[0] == 200
    await door.world.event(opened)
    await anna.home("regular colleagues")
    assert door.bot.events == []


async def test_who_is_deactivated_or_becomes_a_guest_is_gone(door: Door) -> None:
    anna = door.world.person("anna")
    for number, mark in enumerate(("deleted", "is_restricted")):
        change = {"type": "user_change", "user": {"id": anna.user, "profile": {}, mark: True}}
        await door.world.event(change, key=f"Ev{number}gone")
    assert [event.content for event in door.bot.events] == [Gone(), Gone()]
    assert {event.actor.user for event in door.bot.events} == {anna.user}


async def test_who_sets_a_holiday_with_an_end_is_away_until_then(door: Door) -> None:
    """Through the emulator, which sends the event; then other changes of the same profile, and back early."""
    ends = datetime(2026, 12, 7, 22, 59, tzinfo=UTC)
    holiday = {"status_emoji": ":palm_tree:", "status_text": "", "status_expiration": int(ends.timestamp())}
    ill = holiday | {"status_emoji": ":face_with_thermometer:", "status_text": "Ziek"}
    said = [
        (holiday, ends),
        (holiday | {"status_emoji": "", "status_text": "Ouderschapsverlof :)"}, ends),
        (holiday | {"status_expiration": 0}, None),
        (ill, None),
        (holiday | {"status_emoji": ":spiral_calendar_pad:", "status_text": "In a meeting"}, None),
        ({"status_emoji": "", "status_text": "", "status_expiration": 0}, None),
    ]
    for profile, _ in said:
        answer = await door.world.web("xoxp-anna", "users.profile.set", profile=json.dumps(profile))
        assert answer["ok"], answer
    assert [event.content for event in door.bot.events] == [Away(until=until) for _, until in said]
    assert {event.actor.user for event in door.bot.events} == {door.world.person("anna").user}


async def test_another_workspace_is_told_that_it_has_no_koffie(door: Door) -> None:
    anna = door.world.person("anna")
    seen = await anna.command("/koffie", team_id="T9")
    assert seen is not None
    assert "niet geïnstalleerd" in seen.text
    assert door.bot.events == []


async def test_a_command_that_is_sent_again_waits_for_no_answer(door: Door) -> None:
    anna = door.world.person("anna")
    body = urlencode(
        {
            "command": "/koffie",
            "text": "",
            "user_id": anna.user,
            "team_id": TEAM,
            "channel_id": "D1",
            "trigger_id": "t1",
        }
    )
    assert await door.post(body, signed(body), FORM) == 200
    began = time.monotonic()
    assert await door.post(body, signed(body), FORM) == 200
    assert time.monotonic() - began < 1
    assert [event.key for event in door.bot.events] == ["command:t1"] * 2


async def test_home_and_presses(door: Door) -> None:
    anna = door.world.person("anna")
    await door.world.event({"type": "app_home_opened", "user": anna.user, "tab": "home", "channel": "D1"})
    await anna.interact(press(anna.user, "k1.2"))
    assert [event.content for event in door.bot.events] == [Opened(), Pressed(token="k1.2")]


def press(user: str, token: str, **more: Any) -> dict[str, Any]:
    action = {"type": "button", "block_id": "k1:1", "action_id": "choose-1", "value": token}
    return {"type": "block_actions", "trigger_id": "t9", "channel": {"id": "D1"}, "actions": [action], **more}


async def test_only_slacks_own_response_addresses_are_taken(door: Door) -> None:
    anna = door.world.person("anna")
    await anna.interact(press(anna.user, "k1.1", response_url="https://evil.example/hook"))
    (hint,) = door.bot.hints.values()
    assert getattr(hint, "response_url", "") is None


def a_form(name: str = "f1") -> FormView:
    field = Field(name="organisation", kind="search", prompt=Words(text="Waar werk je?"))
    return FormView(id=name, title=Words(text="Aanmelden"), submit=Words(text="Verder"), fields=(field,))


VIEW = {
    "private_metadata": "f1",
    "blocks": [
        {
            "type": "input",
            "block_id": "organisation",
            "element": {"type": "external_select", "action_id": "search"},
        }
    ],
}


async def test_a_form_is_answered_in_the_exchange(door: Door) -> None:
    anna = door.world.person("anna")
    chosen = {"value": "7", "text": {"type": "plain_text", "text": "provincie"}}
    assert await anna.hand_in(VIEW, organisation=chosen) == {"response_action": "clear"}
    (event,) = door.bot.submitted
    assert event.content == Submitted(form="f1", values={"organisation": "7"})
    assert event.profile is not None
    error = FieldError(
        field="organisation",
        reason=Words(text="Welke?"),
        choices=(Suggestion(value="1", label=Words(text="gemeente")),),
    )
    door.bot.answer = Refused(errors=(error,))
    assert await anna.hand_in(VIEW) == {
        "response_action": "errors",
        "errors": {"organisation": "Welke? gemeente"},
    }
    door.bot.answer = Next(form=a_form("f2"))
    answer = await anna.hand_in(VIEW)
    assert (answer["response_action"], answer["view"]["private_metadata"]) == ("update", "f2")
    door.bot.fails = True
    assert "ligt aan mij" in (await anna.hand_in(VIEW))["errors"]["organisation"]


async def test_suggestions_come_while_one_types(door: Door) -> None:
    anna = door.world.person("anna")
    door.bot.found = tuple(Suggestion(value=str(n), label=Words(text=f"gemeente {n}")) for n in range(120))
    options = await anna.suggest(VIEW, "organisation", "gem")
    assert len(options) == 100
    assert options[0] == {"text": {"type": "plain_text", "text": "gemeente 0", "emoji": False}, "value": "0"}


async def test_too_much_at_once_is_sent_back(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.entrance._MOST_AT_ONCE", 0)
    body = message(door.world)
    assert await door.post(body, signed(body)) == 503
