"""For stories in which the program's process is killed in the middle of every step."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.starter import Running


async def kill(bot: Running) -> None:
    """End it as ``kill -9`` does, and wait until it is gone."""
    bot.kill()
    await bot.wait()


def assert_each_once(told: Sequence[str], beginnings: Sequence[str]) -> None:
    """Of what somebody was told each message begins in one of these ways, and each way occurs once."""
    often = {start: sum(words.startswith(start) for words in told) for start in beginnings}
    assert len(told) == len(often), [words[:40] for words in told]
    assert set(often.values()) == {1}, often
