"""Search as you type in the window of joining: letter by letter, signed, over HTTP, at the full register.

usage: python -m tests.performance.slack_search

The program is a process of its own; this one plays Slack and who types. It writes docs/slack/search.md;
nothing here is asserted but that each letter is answered with something to choose.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from aiohttp import web

from bot.compose.clocks import SystemClock
from bot.services.register import indexes
from bot.store.database import Database
from tests.performance.measuring import Timing, machine
from tests.performance.slack_bench import environment, fill, send, served, slack, table, web_api
from tests.postgres import Databases, databases
from tests.support.workshop import make_workshop

PAGE = Path(__file__).parents[2] / "docs" / "slack" / "search.md"
OFFICIALS = 1_000
TYPISTS = (1, 16)
TYPED = {
    "organisation": (
        "minbzk",
        "gemeente 's-hertogenbosch",
        "waterschap rivierenland",
        "provincie noord brabant",
        "hoogheemraadscap delfland",
        "omgevingsdienst midden",
        "amersvoort",
    ),
    "topics": (
        "stikstof",
        "leid woningbouw",
        "energietransitie",
        "volg jeugdzorg",
        "klimaatadaptatie",
        "opvang asielzoekers",
        "bodemdaling veenweide",
    ),
}
"""Short names, whole ones, misspelt ones, and topics with the part that one has in them."""
_HEAD = """\
# Search as you type

*Made by `python -m tests.performance.slack_search` on {day}: {where}; {organisations} organisations and
{topics} opgaven, all that the register holds.*

In the window of joining somebody types organisations and opgaven, {letters} letters in all. Each letter is a
signed request, in which the bot finds who asks, the form that they fill in, and what fits so far. Slack waits
three seconds for it. Times are in milliseconds.
"""


class Windows:
    """The windows that the bot opened, by trigger."""

    def __init__(self) -> None:
        self._views: dict[str, dict[str, Any]] = {}
        self._opened = asyncio.Condition()

    async def web_api(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "views.open":
            form = await request.post()
            async with self._opened:
                self._views[str(form["trigger_id"])] = json.loads(str(form["view"]))
                self._opened.notify_all()
        return await web_api(request)

    async def opened(self, trigger: str) -> dict[str, Any]:
        async with asyncio.timeout(30), self._opened:
            await self._opened.wait_for(lambda: trigger in self._views)
        return self._views[trigger]


async def types(session: aiohttp.ClientSession, url: str, windows: Windows, user: str) -> list[float]:
    """Somebody who joins types all of it; how long each letter took, in seconds."""
    command = {"command": "/aanmelden", "text": "", "team_id": "T1", "channel_id": "C1", "user_id": user}
    await send(session, url, {**command, "trigger_id": user})
    view = await windows.opened(user)
    taken: list[float] = []
    for field, whole in ((field, words) for field, many in TYPED.items() for words in many):
        for letters in range(1, len(whole) + 1):
            payload = {
                "type": "block_suggestion", "user": {"id": user, "team_id": "T1"}, "team": {"id": "T1"},
                "block_id": field, "action_id": "search", "value": whole[:letters], "view": view,
            }  # fmt: skip
            start = time.perf_counter()
            answer = await send(session, url, {"payload": json.dumps(payload)})
            taken.append(time.perf_counter() - start)
            if not json.loads(answer)["options"]:
                raise RuntimeError(f"nothing to choose for {whole[:letters]!r}")
    return taken


async def bench(server: Databases) -> tuple[list[dict[str, Any]], int, int]:
    """A row a database and number of people who type at once; how many organisations and topics there are."""
    rows: list[dict[str, Any]] = []
    windows = Windows()
    with TemporaryDirectory() as folder:
        urls = {
            "SQLite": f"sqlite:///{Path(folder) / 'koffie.db'}",
            "PostgreSQL": await asyncio.to_thread(server.create_empty),
        }
        async with slack(windows.web_api) as base:
            for name, url in urls.items():
                await fill(url, OFFICIALS)
                async with (
                    served("koffie", environment(url, base)) as (address, _),
                    aiohttp.ClientSession() as session,
                ):
                    for many in TYPISTS:
                        people = [f"U{name}{many}N{number}".upper() for number in range(many)]
                        typing = (types(session, address, windows, user) for user in people)
                        taken = [letter for own in await asyncio.gather(*typing) for letter in own]
                        rows.append({"database": name, "typing at once": many, **_figures(taken)})
        database = Database(urls["SQLite"])
        async with make_workshop(database, SystemClock()).read() as work:
            known = await indexes(work)
        await database.close()
    return rows, len(known.organisations.organisations), len(known.topics.topics)


def _figures(taken: Sequence[float]) -> dict[str, float]:
    timing = Timing.of(taken)
    slowest = round(max(taken) * 1000, 1)
    return {"letters": timing.samples, "p50": timing.p50, "p99": timing.p99, "slowest": slowest}


def page(rows: Sequence[Mapping[str, Any]], where: str, organisations: int, topics: int) -> str:
    letters = sum(len(words) for many in TYPED.values() for words in many)
    day = datetime.now(UTC).date()
    head = _HEAD.format(day=day, where=where, organisations=organisations, topics=topics, letters=letters)
    return f"{head}\n{table(rows)}"


def main() -> None:
    """Measure, and publish."""
    where = machine()

    def nothing(url: str) -> None:
        """Each bench migrates a database of its own."""

    with databases(nothing, "slack-search", durable=True) as server:
        rows, organisations, topics = asyncio.run(bench(server))
    PAGE.write_text(page(rows, where, organisations, topics), encoding="utf-8")


if __name__ == "__main__":
    main()
