"""The storm: programs that are killed, frozen and doubled, on a platform that fails; its log is the oracle.

``python -m tests.reliability.storm --kills 500 --seed 7`` runs a long one (``make soak``).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import asyncpg

from tests.platforms.board import wire
from tests.platforms.board.markup import display
from tests.reliability.program import PATIENCE, USERS
from tests.support.bench import TEAM

FAULTS = {
    "429": 0.05, "500-before": 0.03, "500-after": 0.03, "cut-before": 0.03, "cut-after": 0.05, "late": 0.04,
    "slow": 0.02,
}  # fmt: skip
KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"
ROOT = Path(__file__).parent.parent.parent
_QUIET_SECONDS = PATIENCE.grace.total_seconds() + 1
_PATIENCE_SECONDS = 60
"""Of silence."""


@dataclass(frozen=True)
class Plan:
    """How hard it blows: processes killed, frozen past the grace, and cut off from the database."""

    seed: int = 1
    kills: int = 10
    pauses: int = 0
    cuts: int = 0
    processes: int = 1
    faults: bool = True
    repeat: float = 0.2
    mutant: str = ""


@dataclass
class Tally:
    """What came of it."""

    plan: Plan
    events: int = 0
    kills: int = 0
    pauses: int = 0
    cuts: int = 0
    expected: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    injected: dict[str, int] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        return not (self.lost or self.doubled or self.strange)

    def __str__(self) -> str:
        faults = ", ".join(f"{name} {number}" for name, number in sorted(self.injected.items()))
        bound = 3 / max(self.expected, 1)
        return (
            f"seed {self.plan.seed}, {self.plan.processes} process(es): {self.kills} kills, "
            f"{self.pauses} pauses, {self.cuts} cuts, {self.events} events, {self.expected} messages: "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled "
            f"(none means under {bound:.4%} at 95 %); faults: {faults or 'none'}"
        )


class Zygote:
    """Starts programs, each in a process that can be killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.programs: list[int] = []

    async def start(self) -> None:
        self.programs.append(await self._tell("start"))

    async def kill(self, program: int) -> None:
        self.programs.remove(program)
        await self._tell(f"kill {program}")

    async def _tell(self, line: str) -> int:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the zygote has no pipes")
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()
        return int(await self._process.stdout.readline())

    async def close(self) -> None:
        for program in self.programs:
            os.kill(program, signal.SIGKILL)
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def running(plan: Plan, database_url: str) -> AsyncIterator[tuple[str, Zygote]]:
    """A board's server, and a zygote whose programs use it."""
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.platforms.board.server", cwd=ROOT, env=here, stdout=pipe
    )
    if server.stdout is None:
        raise RuntimeError("the server has no output")
    address = f"127.0.0.1:{int(await server.stdout.readline())}"
    settings = {
        "KOFFIE_DATABASE_URL": database_url, "KOFFIE_SECRET_KEY": KEY, "KOFFIE_BOARD_SERVER": address,
        "KOFFIE_BOARD_REQUEST_SECONDS": str(PATIENCE.request.total_seconds()), "MUTANT": plan.mutant,
    }  # fmt: skip
    zygote = Zygote(
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.reliability.program",
            cwd=tempfile.gettempdir(), env={**here, **settings}, stdin=pipe, stdout=pipe,
        )
    )  # fmt: skip
    try:
        yield address, zygote
    finally:
        await zygote.close()
        server.kill()
        await server.wait()


class Storm:
    """One storm over one database."""

    def __init__(self, plan: Plan, server: str, zygote: Zygote, database_url: str) -> None:
        self._plan, self._server, self._zygote = plan, server, zygote
        self._database_url = database_url
        self._chance = Random(plan.seed)
        self._expected: Counter[tuple[str, str]] = Counter()
        self._pressed: set[str] = set()
        self._read = 0
        self._fed = False
        self._posts: list[dict[str, Any]] = []
        self.tally = Tally(plan)

    async def blow(self) -> Tally:
        for _ in range(self._plan.processes):
            await self._zygote.start()
        await self._say("u0", "echo start", "echo start")
        await self._until(lambda: not self._missing())
        if self._plan.faults:
            await self._control("faults", rates=FAULTS, seed=self._plan.seed, repeat=self._plan.repeat)
        else:
            await self._control("faults", repeat=self._plan.repeat)
        feeding = asyncio.create_task(self._feed())
        blows = [self._kill] * self._plan.kills + [self._pause] * self._plan.pauses
        blows += [self._cut] * self._plan.cuts
        self._chance.shuffle(blows)
        for blow in blows:
            await asyncio.sleep(self._chance.uniform(0.2, 1.4))
            await blow()
        self._fed = True
        await feeding
        await self._press_all()
        await self._control("faults")
        await self._until(lambda: not self._missing())
        # What comes twice may come as late as a claim that counts as left behind.
        await asyncio.sleep(_QUIET_SECONDS)
        await self._look()
        return self._judge()

    # What happens on the board.

    async def _control(self, do: str, **message: Any) -> dict[str, Any]:
        return await wire.request(self._server, do=do, **message)

    async def _say(self, user: str, text: str, *expected: str) -> None:
        self._expected.update((user, words) for words in expected)
        self.tally.events += 1
        event = {"type": "said", "team": TEAM, "user": user, "text": text}
        await self._control("act", events=[event])

    async def _feed(self) -> None:
        """People talk all the time: commands, what falls due, long answers, questions with buttons."""
        number = 0
        while not self._fed:
            number += 1
            user = f"u{number % USERS}"
            match number % 4:
                case 0:
                    await self._say(user, f"straks {number}", f"straks {number}", f"nudge {number}")
                case 1:
                    parts = [f"deel {part} van n{number}" for part in range(1, 4)]
                    await self._say(user, f"lang n{number}", *parts)
                case 2:
                    await self._say(user, f"vraag n{number}", f"Vraag n{number}")
                    await self._press_all()
                case _:
                    await self._say(user, f"echo n{number}", f"echo n{number}")
            await asyncio.sleep(0.1)

    async def _press_all(self) -> None:
        """Every question that arrived is answered, with a double press."""
        await self._look()
        for post in self._posts:
            if post["buttons"] and post["key"] not in self._pressed:
                self._pressed.add(post["key"])
                user, token = post["place"]["user"], post["buttons"][0]["token"]
                slot = display(post["lines"][0]).text.removeprefix("Vraag ")
                self._expected[user, f"gekozen: {slot} ja"] += 1
                self._expected[user, "Die vraag is al beantwoord."] += 1
                press = {"type": "pressed", "team": TEAM, "user": user, "button": token}
                self.tally.events += 2
                await self._control("act", events=[press, press])

    # What befalls the programs.

    async def _kill(self) -> None:
        await self._zygote.kill(self._chance.choice(self._zygote.programs))
        self.tally.kills += 1
        await self._zygote.start()

    async def _pause(self) -> None:
        """Frozen for longer than the grace: another process takes over, and then this one wakes up."""
        program = self._chance.choice(self._zygote.programs)
        os.kill(program, signal.SIGSTOP)
        await asyncio.sleep(PATIENCE.grace.total_seconds() + self._chance.uniform(0.2, 1))
        os.kill(program, signal.SIGCONT)
        self.tally.pauses += 1

    async def _cut(self) -> None:
        """All connections to the database break at once, as when its server is restarted."""
        connection = await asyncpg.connect(self._database_url)
        try:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        finally:
            await connection.close()
        self.tally.cuts += 1

    # What the oracle says.

    async def _look(self) -> None:
        answer = await self._control("posts", after=self._read)
        self._posts.extend(answer["posts"])
        self._read = len(self._posts)
        self.tally.injected = answer["injected"]

    def _seen(self) -> Counter[Any]:
        """How often each message stands on the board; edits change one, they are none."""
        return Counter(
            (post["place"]["user"], _known(display(post["lines"][0]).text))
            for post in self._posts
            if post["do"] == "post"
        )

    def _missing(self) -> Counter[Any]:
        return self._expected - self._seen()

    async def _until(self, done: Callable[[], bool]) -> None:
        """Wait as long as it goes on: a backlog on a busy machine is no loss, a minute of silence is."""
        with contextlib.suppress(TimeoutError):
            while not done():
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    seen = self._read
                    while self._read == seen:
                        await asyncio.sleep(0.2)
                        await self._look()

    def _judge(self) -> Tally:
        seen = self._seen()
        tally = self.tally
        tally.expected = sum(self._expected.values())
        tally.lost = sorted(f"{user}: {words}" for user, words in self._missing())
        tally.doubled = sorted(
            f"{user}: {words}" for user, words in seen if seen[user, words] > self._expected[user, words] > 0
        )
        tally.strange = sorted(
            f"{user}: {words}" for user, words in seen if (user, words) not in self._expected
        )
        return tally


def _known(line: str) -> str:
    """The part of a first line that tells which message it is."""
    line = line.partition(" woord")[0]
    return line.partition(" Er is")[0] if line.startswith("Die vraag") else line.strip()


async def storm(plan: Plan, database_url: str) -> Tally:
    """Run one; the database has its schema already, or is an SQLite file to make."""
    async with running(plan, database_url) as (server, zygote):
        return await Storm(plan, server, zygote, database_url).blow()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--pauses", type=int, default=0)
    arguments.add_argument("--cuts", type=int, default=0)
    arguments.add_argument("--processes", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--mutant", default="")
    arguments.add_argument("--database-url", help="an empty migrated database; default: a new SQLite file")
    given = arguments.parse_args()
    plan = Plan(
        given.seed, given.kills, given.pauses, given.cuts, given.processes, mutant=given.mutant
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        url = given.database_url or f"sqlite:///{folder}/koffie.db"
        tally = asyncio.run(storm(plan, url))
    sys.stdout.write(f"{tally}\n")
    for kind in ("lost", "doubled", "strange"):
        for line in getattr(tally, kind)[:20]:
            sys.stdout.write(f"  {kind}: {line}\n")
    return 0 if tally.well else 1


if __name__ == "__main__":
    sys.exit(main())
