"""The program with little patience: what a killed one left in doubt is looked up at once, not in a minute."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.compose import compose
from bot.delivery import Patience

SHORT = Patience(
    request=timedelta(seconds=2), look_back=timedelta(milliseconds=500), grace=timedelta(seconds=5)
)


async def run() -> None:
    async with compose(patience=SHORT) as program:
        await program.run()


if __name__ == "__main__":
    asyncio.run(run())
