"""``koffie run`` in a hurry: what a killed process left in doubt is looked up after seconds."""

from __future__ import annotations

import asyncio
import signal
from datetime import timedelta

from bot.compose import compose
from bot.delivery import Patience

PATIENCE = Patience(request=timedelta(seconds=5), look_back=timedelta(seconds=2), grace=timedelta(seconds=12))


async def main() -> None:
    async with compose(patience=PATIENCE) as program:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, program.stop)
        await program.run()


if __name__ == "__main__":
    asyncio.run(main())
