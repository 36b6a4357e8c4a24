"""What Slack was told to have arrived is answered once, whatever becomes of the process."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.slack.world import World, environment
from tests.support.ports import free_port
from tests.support.starter import Running, starter


@asynccontextmanager
async def process(world: World, database_url: str, folder: Path) -> AsyncIterator[Running]:
    """The program in a process of its own, once it listens.

    It has little patience: what is in doubt after a kill is looked up after seconds rather than a minute.
    """
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KOFFIE_")}
    env = clean | environment(world, database_url, port)
    world.strict.forgives_the_pace()
    running = await starter().start(world.clock.now(), folder, env)
    try:
        await world.listening(port)
        world.strict.koffie = f"http://127.0.0.1:{port}/slack/events"
        yield running
    finally:
        world.strict.koffie = ""
        if running.returncode is None:
            running.kill()
        await running.wait()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM], ids=lambda by: by.name)
async def test_what_was_acknowledged_is_answered_once(
    slack: World, database_url: str, tmp_path: Path, by: signal.Signals
) -> None:
    anna, bram = slack.person("anna"), slack.person("bram")
    async with process(slack, database_url, tmp_path) as first:
        for number, person in enumerate((anna, bram)):
            event = {
                "type": "message",
                "channel_type": "im",
                "channel": "D1",
                "user": person.user,
                "text": "hulp",
            }
            status, _ = await slack.event(event, key=f"Ev-killed-{number}")
            assert status == 200
        first.send_signal(by)
        assert await first.wait() == (0 if by is signal.SIGTERM else -by)
    async with process(slack, database_url, tmp_path):
        for number, person in enumerate((anna, bram)):
            await person.reads("Dit kan ik voor je doen")
            # Slack sends again what it is not sure of.
            event = {
                "type": "message",
                "channel_type": "im",
                "channel": "D1",
                "user": person.user,
                "text": "hulp",
            }
            assert (await slack.event(event, key=f"Ev-killed-{number}"))[0] == 200
            await person.say("en nu?")
            await person.reads("Ik ben een computerprogramma")
    for person in (anna, bram):
        told = [seen.words for seen in await person.messages()]
        assert sum("Dit kan ik voor je doen" in words for words in told) == 1
