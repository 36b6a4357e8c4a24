"""Many messages due at once on a homeserver with limits, and one question in the middle of them.

usage: python -m tests.matrix.limits PEOPLE: on Synapse's own default limits; writes docs/matrix/limits.json.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.chat.address import Account
from bot.chat.message import say
from bot.compose import Program
from bot.domain.ids import OfficialId
from bot.domain.topic import Part
from bot.i18n.text import Words
from bot.services.register import indexes
from bot.services.registration import register
from bot.store import outbox, schema
from bot.store.database import Database
from bot.store.outbox import Lane
from tests.matrix.proxy import Call
from tests.matrix.synapse import ROOT, UNLIMITED, Homeserver, Login
from tests.matrix.world import HELLO, HELP, RULES, SEND, World, serving, world

FIGURES = ROOT / "docs" / "matrix" / "limits.json"
IMPORTANT, ORDINARY = "belangrijk", "gewoon"


@dataclass(frozen=True)
class Figures:
    """What the homeserver saw. ``order`` tells of each message that arrived whether it was important."""

    people: int
    seconds: float
    arrived: int
    twice: int
    refused: int
    """Requests that the server answered with 429."""
    longest_run_of_refusals: int
    first_answer_seconds: float
    """From a question at the first refusal, when not one turn is left, until its answer was taken."""
    sent_before_the_first_answer: int
    """Other messages that were taken since the homeserver gave that question to the bot."""
    answer_seconds: float
    """The same in the middle of it all."""
    sent_before_the_answer: int
    refused_answers: int
    """So often the server answered one of these two with 429."""
    order: str
    """A letter a message, as they arrived: b is important, g is not."""

    @property
    def displaced(self) -> int:
        """So many stand outside the order of importance."""
        important = self.order.count("b")
        return self.order[:important].count("g")


async def rush(people: int, limits: Mapping[str, Any], folder: Path) -> Figures:
    """Rooms are made without limits; then the server restarts with these, and all becomes due at once."""
    server = Homeserver(folder / "server", **UNLIMITED)
    await asyncio.to_thread(server.start)
    url = f"sqlite:///{folder}/koffie.db"
    database = Database(url)
    await schema.upgrade(database)
    await database.close()
    try:
        async with world(server, folder) as made:
            async with serving(made, url):
                logins = [await server.register(f"p{number}-{made.mark}") for number in range(people)]
                body = {"is_direct": True, "invite": [made.bot.user]}
                for login in logins:
                    await login("POST", "createRoom", body)
                anna = await made.person("anna")
                await anna.answer_to("hallo", HELLO)
                await made.proxy.until(
                    lambda: (
                        len([1 for call in made.proxy.of("POST", "/join") if call.status == 200]) > people
                        or None
                    ),
                    patience=60 + people,
                )
            server.configuration = dict(limits)
            await asyncio.to_thread(server.restart)
            async with serving(made, url, seed=2) as program:
                return await _measured(made, program, logins)
    finally:
        server.close()


async def _measured(made: World, program: Program, logins: list[Login]) -> Figures:
    people, anna = len(logins), await made.person("anna")
    officials = [await _official(program, login, number) for number, login in enumerate(logins)]
    passed = len(made.proxy.of("PUT", SEND))
    patience = 120 + people * 12.0

    def sends() -> list[Call]:
        return made.proxy.of("PUT", SEND)[passed:]

    def taken() -> list[Call]:
        return [call for call in sends() if call.status == 200]

    begin = time.monotonic()
    async with program.workshop.write() as work:
        for number, official in enumerate(officials):
            important = number % 2 == 1
            words = f"{IMPORTANT if important else ORDINARY} {number}"
            await outbox.post(
                work, official, say(Words(text=words)), Lane.FOLLOWS if important else Lane.UNASKED
            )
    program.deliverer.posted(work.outgoing)

    async def asks(question: str, expected: str) -> tuple[float, int]:
        answers, asked = len(to_anna()), time.monotonic()
        await made.gave(await anna.say(question))
        before = len(taken())
        await made.proxy.until(lambda: len(to_anna()) > answers or None, patience)
        seconds, between = time.monotonic() - asked, max(0, taken().index(to_anna()[-1]) - before)
        await anna.reads(expected)
        return round(seconds, 2), between

    def to_anna() -> list[Call]:
        return [call for call in taken() if anna.talk in call.path]

    await made.proxy.until(lambda: any(call.status == 429 for call in sends()) or None, patience)
    first, before_the_first = await asks("hulp", HELP)
    await made.proxy.until(lambda: len(taken()) > people * 3 // 4 or None, patience)
    answer_seconds, between = await asks("spelregels", RULES)
    await made.proxy.until(lambda: len(taken()) > people + 1 or None, patience)
    arrived = [call for call in taken() if anna.talk not in call.path]
    bodies = [str(call.content["body"]) for call in arrived]
    runs = "".join("x" if call.status == 429 else "." for call in sends())
    return Figures(
        people=people,
        seconds=round(time.monotonic() - begin, 1),
        arrived=len(set(bodies)),
        twice=len(bodies) - len(set(bodies)),
        refused=runs.count("x"),
        longest_run_of_refusals=max(map(len, runs.split("."))),
        first_answer_seconds=first,
        sent_before_the_first_answer=before_the_first,
        answer_seconds=answer_seconds,
        sent_before_the_answer=between,
        refused_answers=len([1 for call in sends() if anna.talk in call.path and call.status == 429]),
        order="".join(body[0] for body in bodies),
    )


async def _official(program: Program, login: Login, number: int) -> OfficialId:
    async with program.workshop.write() as work:
        known = await indexes(work)
        place = known.organisations.find("gemeente Amsterdam")[0].value
        topic = known.topics.find("stikstof")[0].value
        account = Account(platform="matrix", tenant="", user=login.user)
        return await register(
            work, account, name=f"Collega {number}", language="nl", organisation=place.id,
            involved=[(topic.id, Part.WORKS_ON)],
        )  # fmt: skip


def main() -> None:
    """Measure on the real default limits, and publish."""
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(rush(int(sys.argv[1]), {}, Path(folder)))
    told = {"day": str(datetime.now(UTC).date()), **asdict(figures)}
    FIGURES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
