"""Write pictures of Matrix: the HTML of real messages, as a strict client decrypted them.

It needs Chromium. The page is our own; each client's looks differ in details.
"""

from __future__ import annotations

import asyncio
import html
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.store import schema
from bot.store.database import Database
from docs.generate_slack_pictures import shot
from tests.matrix.client import Event
from tests.matrix.journey import agree, channel_story, registered
from tests.matrix.synapse import homeserver
from tests.matrix.world import World, serving, world

FOLDER = Path(__file__).parent / "matrix"
_STYLE = """
body{margin:0;padding:20px;background:#fff;color:#1b1d22;font:15px/22px Inter,"Noto Sans",Arial,sans-serif}
.message{display:flex;gap:12px;margin:0 0 20px}
.face{flex:none;width:36px;height:36px;border-radius:9px;background:#0d8a6a;color:#fff;font-size:19px;
  text-align:center;line-height:36px}
.who{color:#0d8a6a;font-weight:600}
p{margin:0 0 8px}
.file{display:inline-block;border:1px solid #d8dade;border-radius:8px;padding:5px 12px}
"""


def page(events: list[Event]) -> str:
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{''.join(map(_message, events))}"


def _message(event: Event) -> str:
    words = html.escape(event.words)
    body = event.content.get("formatted_body") or f"<p>{words}</p>"
    if event.content.get("msgtype") == "m.file":
        body = f"<div class=file>{words}</div>"
    return f"<div class=message><div class=face>☕</div><div><div class=who>Koffie</div>{body}</div></div>"


async def _told(tell: Callable[[World], Awaitable[list[Event]]]) -> list[Event]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/koffie.db"
        database = Database(url)
        await schema.upgrade(database)
        await database.close()
        async with world(homeserver(), Path(folder)) as made, serving(made, url):
            return await tell(made)


async def moment(made: World) -> list[Event]:
    """What Anna reads of choosing a time: the question, and what came of it."""
    anna, bram = await made.person("anna"), await made.person("bram")
    await registered(anna, bram)
    await agree(anna, bram)
    asked = await anna.reads("Welke passen jou?")
    await anna.answer_to("2", "Genoteerd")
    await bram.reads("Welke passen jou?")
    await bram.say("maandag 30 november 14:00")
    fixed = await anna.reads("Het staat")
    await anna.calendars(1)
    return [asked, fixed, *(one for one in anna.messages() if one.words == "koffie.ics")]


async def room(made: World) -> list[Event]:
    """A topic's room: what Anna reads who asked for it, its welcome, and what Bram reads who joined."""
    told = await channel_story(made)
    return [told.made, told.welcome, told.joined]


def main() -> None:
    """Live them and draw them."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed to draw the picture.")
    with tempfile.TemporaryDirectory() as folder:
        for name, tell in (("moment", moment), ("kanaal", room)):
            source = Path(folder) / f"{name}.html"
            source.write_text(page(asyncio.run(_told(tell))), encoding="utf-8")
            shot(chromium, source, FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
