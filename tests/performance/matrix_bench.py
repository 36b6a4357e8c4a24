"""From a question to its answer on a real homeserver: the whole bot beside a bare nio bot that echoes.

usage: python -m tests.performance.matrix_bench [--quick]

Both run in turns in one run, each a process of its own, on one Synapse; people use matrix-js-sdk. It writes
docs/matrix/bench.md; nothing here is asserted but that each answer is the one that was asked for.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.store import schema
from bot.store.database import Database
from tests.matrix.client import Client
from tests.matrix.echo import MARK, echoing
from tests.matrix.synapse import ROOT, Homeserver, Login, homeserver
from tests.matrix.world import HELP, Person, World, environment, process, world
from tests.performance.measuring import Timing, machine

PAGE = ROOT / "docs" / "matrix" / "bench.md"
QUESTIONS = {1: 30, 8: 80}
"""By how many people at a time, so many questions in all."""
ROUNDS = 2
_HEAD = """\
# From a question to its answer

*Made by `python -m tests.performance.matrix_bench` on {day}: {where}; the median of {rounds} rounds in which
both took turns.*

People with matrix-js-sdk say `hulp` in their direct room and wait for the answer, on one Synapse with SQLite
on the same machine, limits lifted. The time is the homeserver's own: from the moment that it took the
question to the moment that it took the answer. *Bare nio* is matrix-nio as its manual has it, which says the
words again and keeps nothing. *Koffie* commits the question to its inbox before it moves on, handles it,
commits the answer to its outbox, and sends it under a transaction id that makes it one event whatever dies.
*CPU* is of the bot's process, an answer; the cores are shared with Synapse and with the people's clients.
"""


@dataclass(frozen=True)
class Figures:
    """What one way did under one load."""

    way: str
    talk: str
    people: int
    a_second: float
    p50: float
    p99: float
    cpu: float


@asynccontextmanager
async def koffie(made: World, url: str) -> AsyncIterator[int]:
    """The bot in a process of its own, straight on the homeserver; its process id."""
    env = environment(made, url, {"KOFFIE_MATRIX_HOMESERVER": made.server.url, "KOFFIE_LOG_LEVEL": "error"})
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=made.folder, env=env | {"PYTHONPATH": str(ROOT)}
    )
    try:
        yield running.pid
    finally:
        running.terminate()
        await running.wait()


@asynccontextmanager
async def bare(server: Homeserver, bot: Login, folder: Path) -> AsyncIterator[int]:
    async with echoing(bot, folder) as running:
        yield running.pid


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def people_of(server: Homeserver, bot: Login, number: int, *, encrypted: bool) -> list[Person]:
    """In talk with the bot, which answered each of them before."""
    mark = secrets.token_hex(4)
    people = []
    for one in range(number):
        client = await Client.open(server, f"p{one}-{mark}", strict=False)
        talk = await client.direct(bot.user, encrypted=encrypted)
        people.append(Person(f"p{one}", client, talk, bot.user))
        await client.until(partial(_joined, client, talk, bot.user), "the bot")
    return people


async def load(
    people: Sequence[Person], questions: int, expected: str, pid: int
) -> tuple[float, Timing, float]:
    """Each asks again once they have their answer: answers a second, times, CPU milliseconds an answer."""
    taken: list[float] = []

    async def ask(person: Person, times: int) -> None:
        for _ in range(times):
            asked = await person.client.say(person.talk, "hulp")
            answer = await person.client.until(partial(_answer_to, person, asked, expected), expected)
            taken.append((answer - person.client.events[asked].at) / 1000)

    await asyncio.gather(*(ask(person, 3) for person in people))
    taken.clear()
    cpu, start = cpu_seconds(pid), time.perf_counter()
    await asyncio.gather(*(ask(person, questions // len(people)) for person in people))
    seconds = time.perf_counter() - start
    used = cpu_seconds(pid) - cpu
    return len(taken) / seconds, Timing.of(taken), used / len(taken) * 1000


def _joined(client: Client, room: str, user: str) -> bool | None:
    return client.members.get((room, user)) == "join" or None


def _answer_to(person: Person, asked: str, expected: str) -> int | None:
    """When the homeserver took the answer to this question: the bot's first words behind it."""
    events = list(person.client.events.values())
    place = next((number for number, one in enumerate(events) if one.id == asked), None)
    behind = [] if place is None else events[place:]
    return next((one.at for one in behind if one.sender == person.bot and expected in one.words), None)


async def bench(rounds: int, share: int) -> list[Figures]:
    server = homeserver()
    found: list[Figures] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'koffie.db'}"
        database = Database(url)
        await schema.upgrade(database)
        await database.close()
        echo = await server.register(f"echo-{secrets.token_hex(4)}")
        async with world(server, folder) as made:
            async with process(made, url):
                pass  # Its device is there from now on.
            for number in range(rounds):
                for way in ("bare nio", "koffie"):
                    bot, expected = (echo, MARK) if way == "bare nio" else (made.bot, HELP)
                    running = (
                        bare(server, echo, folder / f"echo{number}") if bot is echo else koffie(made, url)
                    )
                    async with running as pid:
                        for encrypted in (False, True):
                            for many, questions in QUESTIONS.items():
                                people = await people_of(server, bot, many, encrypted=encrypted)
                                rate, timing, cpu = await load(people, questions // share, expected, pid)
                                talk = "encrypted" if encrypted else "plain"
                                found.append(Figures(way, talk, many, rate, timing.p50, timing.p99, cpu))
                                await asyncio.gather(*(person.client.close() for person in people))
    return medians(found)


def medians(found: Sequence[Figures]) -> list[Figures]:
    """One line for each way, talk and load."""
    groups: dict[tuple[str, int, str], list[Figures]] = {}
    for one in found:
        groups.setdefault((one.talk, one.people, one.way), []).append(one)
    return [
        replace(
            many[0],
            a_second=round(median(one.a_second for one in many), 1),
            p50=round(median(one.p50 for one in many), 1),
            p99=round(median(one.p99 for one in many), 1),
            cpu=round(median(one.cpu for one in many), 1),
        )
        for _, many in sorted(groups.items())
    ]


def page(rows: Sequence[Figures], where: str, rounds: int) -> str:
    lines = [
        _HEAD.format(day=datetime.now(UTC).date(), where=where, rounds=rounds),
        "| talk | people at a time | | answers a second | p50 ms | p99 ms | CPU ms |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.talk} | {one.people} | {one.way} | {one.a_second} | {one.p50} | {one.p99} | {one.cpu} |"
        for one in rows
    ]
    lines.append(
        "\nThe ratio, Koffie to bare nio:\n\n| talk | people at a time | answers a second | p50 | p99 |"
    )
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for nio, ours in zip(rows[::2], rows[1::2], strict=True):
        ratios = (ours.a_second / nio.a_second, ours.p50 / nio.p50, ours.p99 / nio.p99)
        told = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"| {nio.talk} | {nio.people} | {told} |")
    return "\n".join([*lines, ""])


def main(arguments: Sequence[str]) -> None:
    """Measure, show, and unless ``--quick`` publish."""
    quick = "--quick" in arguments
    rounds, share = (1, 8) if quick else (ROUNDS, 1)
    where = machine()
    rows = asyncio.run(bench(rounds, share))
    print(json.dumps([vars(one) for one in rows], indent=1))  # noqa: T201
    if not quick:
        PAGE.write_text(page(rows, where, rounds), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
