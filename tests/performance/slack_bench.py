"""A signed ``/wie-ken-ik`` over HTTP: the whole bot beside an empty Bolt and bare aiohttp.

usage: python -m tests.performance.slack_bench [--quick]

All ways run in turns in one run, each server a process of its own; this process plays Slack and its users. It
writes docs/slack/bench.md; nothing here is asserted but that each answer is the one that was asked for.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text

from bot.chat.address import Account
from bot.compose.clocks import SystemClock
from bot.domain.topic import Part
from bot.services.register import indexes
from bot.services.registration import register
from bot.services.seed import seed
from bot.store import schema
from bot.store.database import Database
from tests.performance.measuring import SEED, Timing, machine
from tests.performance.slack_servers import SECRET
from tests.postgres import Databases, databases
from tests.support.ports import free_port
from tests.support.story import KEY
from tests.support.workshop import make_workshop

PAGE = Path(__file__).parents[2] / "docs" / "slack" / "bench.md"
ASKERS = 64
OFFICIALS = 100_000
REQUESTS = {1: 96, 16: 320}
ROUNDS = 2
_counter = itertools.count(1)
_HEAD = """\
# A slash command, signed, answered in the exchange

*Made by `python -m tests.performance.slack_bench` on {day}: {where}; {officials} officials, the median of
{rounds} rounds in which all ways took turns.*

`/wie-ken-ik stikstof provincie` over HTTP: signature, inbox committed, the look-up, the answer through the
outbox, all before the response. *Empty Bolt*: its own command handler that says one word and keeps nothing;
*bare aiohttp*: the same with the signature checked and nothing else. *CPU* is of the server's process, a
request; PostgreSQL's own is not in it. What is *not in the exchange* within two seconds comes through the
response address.

The aim is the pace of an empty Bolt. What stands between the two are thirteen round trips to the database for
a look-up, two commits among them, where an empty Bolt makes none: they take about two thirds of the time of
the server's process, half of that in handing them to the system. The rest goes to understanding, wording and
rendering. See [decision 0006](../decisions/0006-answers-from-memory.md). The inbox row is committed before
the answer all the same.
"""


async def fill(url: str, officials: int) -> None:
    """Invented officials, and real askers beside them: then it is no demo any more."""
    database = Database(url)
    await schema.upgrade(database)
    workshop = make_workshop(database, SystemClock())
    await seed(workshop, officials, SEED, platform="board")
    async with workshop.write() as work:
        known = await indexes(work)
        place = known.organisations.find("gemeente Amsterdam")[0].value
        topic = known.topics.find("stikstof")[0].value
        for number in range(ASKERS):
            account = Account(platform="slack", tenant="T1", user=f"U{number}")
            await register(
                work, account, name=f"Vrager {number}", language="nl", organisation=place.id,
                involved=[(topic.id, Part.WORKS_ON)],
            )  # fmt: skip
        await work.session.execute(text("DELETE FROM meta WHERE key = 'demo'"))
    await database.close()


async def web_api(request: web.Request) -> web.Response:
    """As much of Slack as the bot asks before it answers."""
    method, form = request.match_info["method"], await request.post()
    answer: dict[str, Any] = {
        "ok": True,
        "team_id": "T1",
        "user_id": "UBOT",
        "url": "https://rijk.slack.com/",
    }
    if method == "users.info":
        answer["user"] = {"id": form["user"], "profile": {"real_name": "Vrager"}}
    if method == "conversations.open":
        answer["channel"] = {"id": "D1"}
    return web.json_response({**answer, "channel": "D1", "ts": "1.1", **answer})


async def respond(request: web.Request) -> web.Response:
    """A response address: what came too late for the exchange."""
    return web.Response(text="ok")


@asynccontextmanager
async def slack(handler: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """Slack, played here; its address."""
    app = web.Application()
    app.router.add_post("/api/{method}", handler)
    app.router.add_post("/respond", respond)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def environment(url: str, base: str) -> dict[str, str]:
    """The program's settings on this database, with Slack at that address."""
    return {
        "KOFFIE_DATABASE_URL": url, "KOFFIE_SECRET_KEY": KEY, "KOFFIE_SLACK_BOT_TOKEN": "xoxb-1",
        "KOFFIE_SLACK_SIGNING_SECRET": SECRET, "KOFFIE_SLACK_BASE_URL": f"{base}/api/",
        "KOFFIE_SLACK_PORT": "1", "KOFFIE_RULES__LOOKUPS_A_DAY": "1000", "KOFFIE_LOG_LEVEL": "error",
    }  # fmt: skip


@asynccontextmanager
async def served(way: str, env: Mapping[str, str]) -> AsyncIterator[tuple[str, int]]:
    """A server in a process; its address and process id."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.performance.slack_servers", way, str(port), env={**os.environ, **env}
    )
    try:
        async with asyncio.timeout(120):
            while process.returncode is None:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                    continue
                writer.close()
                break
        yield f"http://127.0.0.1:{port}/slack/events", process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def ask(session: aiohttp.ClientSession, url: str, late: str) -> str:
    number = next(_counter)
    return await send(
        session,
        url,
        {
            "command": "/wie-ken-ik", "text": "stikstof provincie", "team_id": "T1", "channel_id": "C1",
            "user_id": f"U{number % ASKERS}", "trigger_id": f"{os.getpid()}.{number}", "response_url": late,
        },
    )  # fmt: skip


async def send(session: aiohttp.ClientSession, url: str, fields: Mapping[str, str]) -> str:
    """A request signed as Slack signs; its answer."""
    body = urlencode(fields)
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }
    async with session.post(url, data=body, headers=headers) as answer:
        answer.raise_for_status()
        return await answer.text()


async def load(
    url: str, pid: int, connections: int, requests: int, expected: str, late: str
) -> dict[str, float]:
    """So many connections, each asking again once it has its answer."""
    taken: list[float] = []
    missed = 0
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def person(number: int) -> None:
            nonlocal missed
            for _ in range(number):
                start = time.perf_counter()
                answer = await ask(session, url, late)
                taken.append(time.perf_counter() - start)
                missed += expected not in answer

        # Everybody is looked up once at Slack, at its pace; then the connections are warm.
        for _ in range(ASKERS):
            await ask(session, url, late)
        await asyncio.gather(*(person(2) for _ in range(connections)))
        taken.clear()
        missed = 0
        cpu, start = cpu_seconds(pid), time.perf_counter()
        await asyncio.gather(*(person(requests // connections) for _ in range(connections)))
        seconds = time.perf_counter() - start
        used = cpu_seconds(pid) - cpu
    timing = Timing.of(taken)
    return {
        "a second": round(len(taken) / seconds, 1),
        "p50 ms": timing.p50,
        "p99 ms": timing.p99,
        "CPU ms": round(used / len(taken) * 1000, 2),
        "not in the exchange": missed,
    }


async def bench(server: Databases, officials: int, rounds: int) -> list[dict[str, Any]]:
    found: dict[tuple[str, int], list[dict[str, float]]] = {}
    with TemporaryDirectory() as folder:
        urls = {
            "koffie, SQLite": f"sqlite:///{Path(folder) / 'koffie.db'}",
            "koffie, PostgreSQL": await asyncio.to_thread(server.create_empty),
        }
        for url in urls.values():
            await fill(url, officials)
        async with slack(web_api) as base:
            ways: dict[str, tuple[str, dict[str, str], str]] = {
                "bare aiohttp": ("bare", {}, "dag"),
                "empty Bolt": ("bolt", {}, "dag"),
                **{name: ("koffie", environment(url, base), "Stikstof") for name, url in urls.items()},
            }
            for _ in range(rounds):
                for name, (way, env, expected) in ways.items():
                    async with served(way, env) as (url, pid):
                        for connections, requests in REQUESTS.items():
                            figures = await load(url, pid, connections, requests, expected, f"{base}/respond")
                            found.setdefault((name, connections), []).append(figures)
    return [
        {
            "way": name,
            "connections": connections,
            **{key: round(median(one[key] for one in many), 2) for key in many[0]},
        }
        for (name, connections), many in found.items()
    ]


def page(rows: Sequence[Mapping[str, Any]], where: str, officials: int, rounds: int) -> str:
    day = datetime.now(UTC).date()
    return f"{_HEAD.format(day=day, where=where, officials=officials, rounds=rounds)}\n{table(rows)}"


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the same figures, in Markdown."""
    heads = list(rows[0])
    lines = [
        f"| {' | '.join(heads)} |",
        f"| {' | '.join('---' if isinstance(rows[0][head], str) else '---:' for head in heads)} |",
        *(f"| {' | '.join(str(row[head]) for head in heads)} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measure, show, and unless ``--quick`` publish."""
    quick = "--quick" in arguments
    officials, rounds = (2_000, 1) if quick else (OFFICIALS, ROUNDS)
    where = machine()

    def nothing(url: str) -> None:
        """Each bench migrates a database of its own."""

    with databases(nothing, "slack-bench", durable=True) as server:
        rows = asyncio.run(bench(server, officials, rounds))
    print(json.dumps(rows, indent=1))  # noqa: T201
    if not quick:
        PAGE.write_text(page(rows, where, officials, rounds), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
