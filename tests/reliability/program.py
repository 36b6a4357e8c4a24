"""The real program with the board, in processes that are killed: a zygote that forks one for each line.

``start`` forks a program and prints its process id, ``kill ID`` ends it at once. Everything is imported
once, so that a start is quick.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot import commands, jobs
from bot.chat.address import Direct
from bot.chat.message import say
from bot.commands import Ask, Command, Registry, Reply, free_words, reply
from bot.compose import compose
from bot.compose.program import TEXTS
from bot.delivery import Patience
from bot.i18n.catalogue import Catalogue
from bot.i18n.text import Words
from bot.jobs import Job
from bot.store import claims, due, inbox, outbox
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work
from tests.support.bench import person
from tests.support.commands import COMMANDS, said

USERS = 5
PATIENCE = Patience(
    request=timedelta(seconds=1), look_back=timedelta(seconds=1), grace=timedelta(seconds=2.8)
)


async def _soon(ask: Ask) -> Reply:
    """An answer now, and a nudge by a due row a little later."""
    number = int(ask.words)
    at = ask.work.now + timedelta(milliseconds=ask.work.random.randrange(1500))
    await due.schedule(ask.work, f"nudge:{number}", "nudge", at, number)
    return reply(say(Words(text=f"straks {number}")))


async def _nudge(work: Work, thing: DueThing) -> None:
    """To a fixed person, under a business key."""
    to = Direct(account=person(f"u{thing.subject % USERS}"))
    words = say(Words(text=f"nudge {thing.subject}"))
    await outbox.post(work, to, words, Lane.FOLLOWS, business_key=f"nudge:{thing.subject}")


async def _long(ask: Ask) -> Reply:
    """An answer in three parts."""
    parts = [Words(text=f"deel {n} van {ask.words} " + "woord " * 38) for n in range(1, 4)]
    return reply(say(*parts))


_EXTRA = (
    *COMMANDS,
    Command("straks", (), said("later"), _soon, takes=free_words, anyone=True),
    Command("lang", (), said("veel"), _long, takes=free_words, anyone=True),
)


def _add_test_commands() -> None:
    walk_commands, walk_jobs = commands.walk, jobs.walk
    commands.walk = lambda: Registry([*walk_commands().commands, *_EXTRA])
    jobs.walk = lambda: [*walk_jobs(), Job("nudge", _nudge)]


def weaken(mutant: str) -> None:
    """Switch one safeguard off, to see that somebody notices."""
    match mutant:
        case "inbox-key":
            real = inbox.key_of
            inbox.key_of = lambda event: f"{real(event)}:{random.getrandbits(64)}"
        case "look-back":
            claim = claims.claim

            async def blind(work: Work, platforms: Sequence[str], grace: timedelta) -> claims.Claim | None:
                claimed = await claim(work, platforms, grace)
                return None if claimed is None else replace(claimed, look_back=False)

            claims.claim = blind
        case "":
            return
        case _:
            raise ValueError(f"no such mutant: {mutant}")


async def _serve() -> None:
    async with compose(("adapters", "tests.platforms"), env_file=None, patience=PATIENCE) as program:
        await program.run()


def main() -> None:
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    _add_test_commands()
    Catalogue(TEXTS, ZoneInfo("Europe/Amsterdam"))  # Parsed once for all programs.
    weaken(os.environ.pop("MUTANT", ""))
    for line in sys.stdin:
        match line.split():
            case ["start"]:
                program = os.fork()
                if program == 0:
                    os.close(0)
                    asyncio.run(_serve())
                    os._exit(0)
            case ["kill", number]:
                program = int(number)
                os.kill(program, signal.SIGKILL)
                # Only then its locks are free.
                os.waitpid(program, 0)
            case _:
                raise ValueError(line)
        sys.stdout.write(f"{program}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
