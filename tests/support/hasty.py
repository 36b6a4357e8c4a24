"""``koffie run`` in a hurry, from a given moment on: what a killed one left in doubt is looked up soon."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import datetime, timedelta
from unittest.mock import patch

from bot.compose import compose
from bot.delivery import Patience
from tests.support.clock import MovingClock

SHORT = Patience(
    request=timedelta(seconds=2), look_back=timedelta(milliseconds=500), grace=timedelta(seconds=5)
)


async def main(start: datetime) -> None:
    clock = MovingClock(start)
    with patch("bot.compose.program.SystemClock", lambda: clock):
        async with compose(patience=SHORT) as program:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, program.stop)
            await program.run()


if __name__ == "__main__":
    asyncio.run(main(datetime.fromisoformat(sys.argv[1])))
