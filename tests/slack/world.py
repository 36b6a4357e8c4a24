"""Slack as its users see it: people who type, press and fill in, against the real program."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.compose import Program, compose
from tests.slack.emulator import emulator
from tests.slack.seen import Seen
from tests.slack.strict import BOT, BOT_TOKEN, SECRET, Strict, application, send
from tests.support.clock import MovingClock
from tests.support.ports import free_port
from tests.support.servers import end
from tests.support.story import KEY
from tests.support.workshop import START

TEAM = "T000000001"
PATIENCE_SECONDS = 20
HOME = "home"
_counter = itertools.count(1)


@dataclass
class Person:
    """Somebody in the workspace."""

    world: World
    name: str
    user: str
    own: list[Seen] = field(default_factory=list)
    """What only this person saw, in the answers to what they did."""

    async def command(
        self, command: str, words: str = "", channel: str | None = None, **more: str
    ) -> Seen | None:
        """Give a slash command; what came back in the exchange itself."""
        name, trigger = self._address(), await self.world.trigger(self.user)
        body = {
            "command": command, "text": words, "user_id": self.user, "user_name": self.name,
            "team_id": TEAM, "channel_id": channel or await self.talk(), "trigger_id": trigger,
            "response_url": f"{self.world.slack}/respond/{name}", **more,
        }  # fmt: skip
        status, answer = await self.world.send(urlencode(body), "application/x-www-form-urlencoded")
        assert status == 200, (status, answer)
        if not answer:
            return None
        payload = json.loads(answer)
        assert payload["response_type"] == "ephemeral"
        seen = Seen(payload.get("blocks") or [], payload.get("text", ""), name)
        self.own.append(seen)
        return seen

    async def say(self, words: str) -> None:
        """Write to the bot, through the emulator, which sends the event."""
        answer = await self.world.web(f"xoxp-{self.name}", "chat.postMessage", channel=BOT, text=words)
        assert answer["ok"], answer

    async def mention(self, words: str, channel: str, thread: str | None = None) -> None:
        event = {
            "type": "app_mention", "user": self.user, "text": f"<@{BOT}> {words}",
            "ts": f"17000.{next(_counter)}", "channel": channel, "team": TEAM,
            **({"thread_ts": thread} if thread else {}),
        }  # fmt: skip
        await self.world.event(event)

    async def press(self, seen: Seen, label: str, *, trigger: str | None = None) -> None:
        """Press a button of what was seen."""
        block, button = seen.button(label)
        where: dict[str, Any] = {"view": {"type": "home"}, "container": {"type": "view"}}
        if seen.place != HOME:
            where = {
                "container": {"type": "message", "message_ts": seen.ts, "channel_id": seen.place},
                "channel": {"id": seen.place if seen.ts else await self.talk()},
            }
        await self.interact(
            {
                "type": "block_actions",
                "trigger_id": trigger or await self.world.trigger(self.user),
                **where,
                "actions": [{**button, "block_id": block["block_id"]}],
                "response_url": f"{self.world.slack}/respond/{self._address()}",
            }
        )

    async def interact(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """An interaction, signed; what was answered in the exchange."""
        whole = {
            "user": {"id": self.user, "team_id": TEAM},
            "team": {"id": TEAM},
            "enterprise": None,
            **payload,
        }
        status, answer = await self.world.send(
            urlencode({"payload": json.dumps(whole)}), "application/x-www-form-urlencoded"
        )
        assert status == 200, (status, answer)
        parsed: dict[str, Any] = json.loads(answer) if answer else {}
        return parsed

    async def window(self, words: str = "") -> dict[str, Any]:
        """The modal with these words that opened last for this person.

        On a machine that is very busy its trigger is over before it opens: then it is behind a button.
        """
        pressed: set[tuple[str, str | None, str]] = set()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (view := self._opened(words)) is None:
                for seen in [*await self.messages(), *self.answers(), *self.own]:
                    for label, token in seen.form_buttons():
                        button = (seen.place, seen.ts, token)
                        if button not in pressed:
                            pressed.add(button)
                            await self.press(seen, label)
                await self.world.changes()
        return view

    def _opened(self, words: str) -> dict[str, Any] | None:
        views: list[dict[str, Any]] = [
            call.arguments["view"]
            for call in self.world.strict.of("views.open")
            if self._mine(call.arguments) and words in str(call.arguments["view"])
        ]
        return views[-1] if views else None

    def _mine(self, arguments: Mapping[str, Any]) -> bool:
        return self.world.triggers.get(str(arguments.get("trigger_id"))) == self.user

    async def suggest(self, view: Mapping[str, Any], name: str, typed: str) -> list[dict[str, Any]]:
        """Type in a field that searches; the options shown."""
        answer = await self.interact(
            {
                "type": "block_suggestion",
                "block_id": name,
                "action_id": "search",
                "value": typed,
                "view": dict(view),
            }
        )
        options: list[dict[str, Any]] = answer.get("options", [])
        return options

    async def hand_in(self, view: Mapping[str, Any], **filled: Any) -> dict[str, Any]:
        """Fill a modal in and submit it: words, an option, or a list of options, by field."""
        values = {
            block["block_id"]: {
                block["element"]["action_id"]: _filled(block["element"], filled.get(block["block_id"]))
            }
            for block in view["blocks"]
            if block["type"] == "input"
        }
        return await self.interact(
            {
                "type": "view_submission",
                "trigger_id": await self.world.trigger(self.user),
                "view": {**view, "state": {"values": values}},
            }
        )

    async def opens_home(self) -> None:
        await self.world.event({"type": "app_home_opened", "user": self.user, "tab": "home", "channel": "D1"})

    async def home(self, words: str) -> Seen:
        """Wait until this person's home tab says these words."""

        def page() -> Seen | None:
            calls = [
                one for one in self.world.strict.of("views.publish") if one.arguments["user_id"] == self.user
            ]
            seen = Seen(calls[-1].arguments["view"]["blocks"], "", HOME) if calls else None
            return seen if seen is not None and words in seen.words else None

        found: Seen = await self.world.until(page)
        return found

    async def talk(self, *others: Person) -> str:
        """The channel of this person, others and the bot."""
        users = ",".join(sorted(one.user for one in (self, *others)))
        opened = await self.world.web(BOT_TOKEN, "conversations.open", users=users)
        return str(opened["channel"]["id"])

    async def messages(self, *others: Person) -> list[Seen]:
        """What the bot said in the talk with this person, and others, oldest first."""
        talk = await self.talk(*others)
        told = await self.world.web(
            BOT_TOKEN, "conversations.history", channel=talk, limit="200", include_all_metadata="true"
        )
        return [
            Seen(one.get("blocks") or [], one["text"], talk, one["ts"], one.get("metadata"))
            for one in reversed(told["messages"])
            if one["user"] == BOT and not one.get("files")
        ]

    async def calendars(self) -> list[bytes]:
        """The calendar files that the bot sent to the talk with this person, oldest first."""
        return await self.files("koffie.ics")

    async def files(self, name: str) -> list[bytes]:
        """The files of this name that the bot sent to the talk with this person, oldest first."""
        told = await self.world.web(
            BOT_TOKEN, "conversations.history", channel=await self.talk(), limit="200"
        )
        sent = [file for one in reversed(told["messages"]) for file in one.get("files") or ()]
        return [
            await self.world.download(file["url_private_download"]) for file in sent if file["name"] == name
        ]

    def answers(self) -> list[Seen]:
        """What came through this person's response addresses."""
        return [
            Seen(payload.get("blocks") or [], payload.get("text", ""), name)
            for name, said in self.world.strict.responses.items()
            if name.startswith(f"{self.name}-")
            for payload in said
        ]

    async def reads(self, words: str, *others: Person) -> Seen:
        """Wait until a message in the talk, or an answer for this person alone, holds these words.

        With ``others``: in the talk of all of them together.
        """
        found: list[Seen] = []

        async def look() -> bool:
            seen = await self.messages(*others)
            if not others:
                seen += [*self.answers(), *self.own]
            found[:] = [one for one in seen if words in one.words]
            return bool(found)

        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await look():
                await self.world.changes()
        return found[-1]

    def _address(self) -> str:
        return f"{self.name}-{next(_counter)}"


def _filled(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """What a field hands in: as it was shown, where it was left alone."""
    kind = str(element["type"])
    match value:
        case list():
            return {"type": kind, "selected_options": value}
        case dict():
            return {"type": kind, "selected_option": value}
        case str():
            return {"type": kind, "value": value}
        case _ if kind in {"checkboxes", "multi_external_select", "multi_static_select"}:
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        case _ if kind == "plain_text_input":
            return {"type": kind, "value": element.get("initial_value")}
        case _:
            return {"type": kind, "selected_option": element.get("initial_option")}


@dataclass
class World:
    """A workspace, and the program that serves it."""

    strict: Strict
    slack: str
    session: aiohttp.ClientSession
    people: dict[str, Person] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    program: Program | None = None
    clock: MovingClock = field(default_factory=lambda: MovingClock(START))

    def person(self, name: str) -> Person:
        return self.people[name]

    async def web(self, token: str, method: str, **arguments: str) -> dict[str, Any]:
        """A request of the test's own, straight to the emulator."""
        url = f"{self.strict.emulator}/api/{method}"
        async with self.session.post(
            url, data=arguments, headers={"Authorization": f"Bearer {token}"}
        ) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def download(self, url: str) -> bytes:
        async with self.session.get(url, headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def trigger(self, user: str) -> str:
        made = await self.web(BOT_TOKEN, "views.generateTriggerId", user_id=user)
        self.triggers[made["trigger_id"]] = user
        return str(made["trigger_id"])

    async def send(self, body: str, kind: str) -> tuple[int, str]:
        return await send(self.session, self.strict.koffie, body, kind)

    async def event(self, event: Mapping[str, Any], key: str | None = None) -> tuple[int, str]:
        """An event that the emulator does not make."""
        return await self.send(json.dumps(self.envelope(event, key)), "application/json")

    def envelope(self, event: Mapping[str, Any], key: str | None = None) -> dict[str, Any]:
        return {
            "type": "event_callback", "team_id": TEAM, "event_id": key or f"Ev{next(_counter)}",
            "event_time": 1_700_000_000, "event": dict(event),
        }  # fmt: skip

    async def listening(self, port: int, running: asyncio.Task[None] | None = None) -> None:
        """Wait until the program listens, or ends."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while running is None or not running.done():
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.01)
                    continue
                writer.close()
                await writer.wait_closed()
                return
        await running

    @asynccontextmanager
    async def in_doubt(self) -> AsyncIterator[None]:
        """What is done in here has Slack take a message, and the bot not hear of it."""
        before = self.strict.loses_an_answer()
        yield
        await self.until(lambda: self.strict.taken > before)

    async def changes(self) -> None:
        """Wait for the next thing on Slack; a look now and then covers what came just before."""
        async with self.strict.changed:
            try:
                await asyncio.wait_for(self.strict.changed.wait(), 0.2)
            except TimeoutError:
                return

    async def until(self, found: Any) -> Any:
        """Wait until ``found()`` gives something."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (value := found()) in (None, False, []):
                await self.changes()
        return value


@asynccontextmanager
async def workspace() -> AsyncIterator[World]:
    """The emulator, put back to its seed, behind a strict proxy of this test."""
    emulated = emulator()
    strict = Strict(emulator=emulated.url)
    runner = web.AppRunner(application(strict), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", emulated.events_port, reuse_address=True)
    await site.start()
    emulated.reset()
    try:
        async with aiohttp.ClientSession() as session:
            world = World(strict, f"http://127.0.0.1:{emulated.events_port}", session)
            names = ("anna", "bram", "chantal", "gast")
            told = await asyncio.gather(*(world.web(f"xoxp-{name}", "auth.test") for name in names))
            for name, one in zip(names, told, strict=True):
                world.people[name] = Person(world, name, one["user_id"])
            strict.marks[world.person("gast").user] = {"is_restricted": True}
            yield world
    finally:
        await end(runner)


def environment(world: World, database_url: str, port: int) -> dict[str, str]:
    return {
        "KOFFIE_DATABASE_URL": database_url,
        "KOFFIE_SECRET_KEY": KEY,
        "KOFFIE_SLACK_BOT_TOKEN": BOT_TOKEN,
        "KOFFIE_SLACK_SIGNING_SECRET": SECRET,
        "KOFFIE_SLACK_PORT": str(port),
        "KOFFIE_SLACK_BASE_URL": f"{world.slack}/api/",
    }


@asynccontextmanager
async def serving(world: World, database_url: str, **more: str) -> AsyncIterator[Program]:
    """The real program, on this workspace, listening."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
    env = clean | environment(world, database_url, port) | more
    clock = patch("bot.compose.program.SystemClock", lambda: world.clock)
    with patch.dict(os.environ, env, clear=True), clock:
        async with compose(random=Random(1)) as program:
            running = asyncio.create_task(program.run())
            world.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
            try:
                await world.listening(port, running)
                world.program = program
                yield program
            finally:
                world.strict.koffie = ""
                program.stop()
                await running
