"""Slack's harness: the emulator behind the strict proxy, and people in a workspace with one channel."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.slack import adapter as slack
from adapters.slack.pace import Pace, Rate
from adapters.slack.receive import PLATFORM, Place, actor_of, context_of, receive
from adapters.slack.settings import Settings
from bot.chat.address import Account, Conversation
from bot.chat.form import OPENS
from bot.chat.inbound import Inbound
from bot.chat.port import Adapter, Tools
from tests.slack import seen as slack_seen
from tests.slack import world
from tests.slack.strict import BOT, BOT_TOKEN, SECRET, hear
from tests.slack.world import TEAM, World
from tests.support.ports import free_port

_FAULTS = {"refused": "429", "lost": "cut-after"}
_MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Unpaced(Pace):
    """Hundreds of messages to one person would take minutes at Slack's pace; tests of its own keep it."""

    def reserve(self, key: tuple[str, ...], rate: Rate, most: float) -> float:
        return 0.0


@dataclass(frozen=True)
class Seen:
    """A message as it stands now."""

    room: str | None
    thread: str | None
    readers: Collection[str] | None
    text: str
    buttons: Sequence[str]
    alerts: Collection[str]
    files: Sequence[str]
    form: bool
    shown: slack_seen.Seen


class Harness:
    redelivers = True
    faults = ("refused", "lost", "gone")

    def __init__(self) -> None:
        self._open = AsyncExitStack()

    async def start(self, tools: Tools) -> Adapter:
        self._world: World = await self._open.enter_async_context(world.workspace())
        self._world.strict.paced = False
        anna = self._world.person("anna")
        made = await self._world.web("xoxp-anna", "conversations.create", name="stikstof")
        self._room = str(made["channel"]["id"])
        bram = self._world.person("bram")
        await self._world.web("xoxp-anna", "conversations.invite", channel=self._room, users=bram.user)
        await self._world.web(BOT_TOKEN, "conversations.join", channel=self._room)
        self._world.strict.marks[self._room] = {"bot_is_in": True}
        self._talks = {await person.talk(): person.user for person in (anna, bram)}
        port = free_port()
        settings = Settings.model_validate(
            {
                "bot_token": BOT_TOKEN,
                "signing_secret": SECRET,
                "port": port,
                "base_url": f"{self._world.slack}/api/",
            }
        )
        adapted = await slack.build(settings, tools)
        adapted.web.pace = Unpaced(tools.clock.monotonic)
        self._world.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
        self._port = port
        return adapted

    async def receive(self, payload: Any) -> Inbound | None:
        tenant, actor = context_of(payload), actor_of(payload)
        if tenant is None or actor is None:
            return None
        account = Account(platform=PLATFORM, tenant=str(tenant), user=actor[1])
        return receive(payload, Place(str(tenant), "U0BOT"), account, _MOMENT)

    def account(self, name: str) -> Account:
        person = self._world.people.get(name)
        return Account(platform=PLATFORM, tenant=TEAM, user=person.user if person else f"U-{name}")

    def room(self) -> Conversation | None:
        return Conversation(platform=PLATFORM, tenant=TEAM, id=self._room)

    async def says(self, name: str, words: str, *, in_room: bool = False) -> None:
        await self._world.listening(self._port)
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        person = self._world.person(name)
        if not in_room:
            await person.say(escaped)
            return
        event = {
            "type": "app_mention",
            "user": person.user,
            "text": f"<@{BOT}> {escaped}",
            "channel": self._room,
        }
        body = self._world.envelope({**event, "ts": "1700000000.000100"})
        await hear(self._world.session, self._world.strict, json.dumps(body))

    async def presses(self, name: str, seen: Any, button: int) -> None:
        await self._world.listening(self._port)
        await self._world.person(name).press(seen.shown, seen.buttons[button])

    async def seen(self) -> Sequence[Seen]:
        """What Slack took, as it said that it stands, in order, with edits applied."""
        posts: dict[str, Seen] = {}
        files: dict[str, list[str]] = {}
        taken = self._world.strict.of(
            "chat.postMessage", "chat.postEphemeral", "chat.update", "files.completeUploadExternal"
        )
        for call in taken:
            place = str(call.arguments.get("channel") or call.arguments["channel_id"])
            if call.method == "files.completeUploadExternal":
                files.setdefault(place, []).extend(one["title"] for one in call.arguments["files"])
                continue
            moment = str(call.answer.get("ts") or call.answer["message_ts"])
            reader = self._talks.get(place) or call.arguments.get("user")
            stands = call.answer.get("message") or {**call.arguments, "ts": moment}
            posts[moment] = self._seen(place, stands, reader, files.pop(place, []))
        return list(posts.values())

    def _seen(self, place: str, post: dict[str, Any], reader: str | None, files: list[str]) -> Seen:
        blocks = post.get("blocks") or []
        buttons = [node for node in _nodes(blocks) if node.get("type") == "button"]
        called = {node["user_id"] for node in _nodes(blocks) if node.get("type") == "user"}
        thread = post.get("thread_ts")
        text = [line for one in blocks if one["type"] != "actions" for line in slack_seen.lines(one)]
        return Seen(
            room=None if place in self._talks else place,
            thread=f"{place}:{thread}" if thread else None,
            readers=[reader] if reader else None,
            text="\n".join(text),
            buttons=[button["text"]["text"] for button in buttons],
            alerts=called | ({"everyone"} if "<!" in post.get("text", "") else set()),
            files=files,
            form=any(button["value"].startswith(OPENS) for button in buttons),
            shown=slack_seen.Seen(blocks, post.get("text", ""), place, post.get("ts")),
        )

    async def fail(self, fault: str) -> None:
        if fault != "gone":
            self._world.strict.faults["chat.postMessage"].append(_FAULTS[fault])

    async def types(self, name: str, form: str, field: str, letters: str) -> Sequence[str]:
        await self._world.listening(self._port)
        options = await self._world.person(name).suggest({"private_metadata": form}, field, letters)
        return [option["text"]["text"] for option in options]

    async def stop(self) -> None:
        await self._open.aclose()
        assert self._world.strict.violations == []  # noqa: S101 - what Slack would refuse is a failure


def _nodes(tree: Any) -> list[dict[str, Any]]:
    if isinstance(tree, list):
        return [node for item in tree for node in _nodes(item)]
    if isinstance(tree, dict):
        return [tree, *(node for item in tree.values() for node in _nodes(item))]
    return []
