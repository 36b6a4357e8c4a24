"""Write docs/matrix/story.md: told by strict clients on a real homeserver; a test fails when it is stale."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.store import schema
from bot.store.database import Database
from tests.matrix.journey import Story, story
from tests.matrix.synapse import homeserver
from tests.matrix.world import serving, world

PAGE = Path(__file__).parent / "matrix" / "story.md"

_INTRODUCTION = """\
# A story on Matrix

*This page is made by telling the story to the program on a real homeserver: `make docs`.*

Anna and Bram use matrix-js-sdk with its Rust crypto, in the mode that shares keys with signed devices only
and shows a shield beside what comes from any other. *none* means that it shows none: the bot's is signed.
"""


def page(told: Story) -> str:
    return f"{_INTRODUCTION}\n{told.transcript.page}"


async def tell() -> str:
    """The whole page, with what the program says now."""

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/koffie.db"
        database = Database(url)
        await schema.upgrade(database)
        await database.close()
        async with world(homeserver(), Path(folder)) as made, serving(made, url):
            return page(await story(made))


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(tell()), encoding="utf-8")
