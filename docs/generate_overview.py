"""Write docs/overview/: the page of an invented network after a year, on a screen and on a phone.

usage: python -m docs.generate_overview

It needs Chromium.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from random import Random

from PIL import Image, ImageChops

from bot.compose.clocks import DemoClock
from bot.compose.overview import written
from bot.compose.program import TEXTS
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.services import overview, pictures
from bot.store import schema
from bot.store.database import Database
from tests.support.workshop import make_workshop
from tests.support.year import live

FOLDER = Path(__file__).parent / "overview"
FIRST = date(2025, 11, 1)
_WIDTHS = {"screen": 900, "phone": 390}
_TALLEST = 9000
_DRAWN = ("ties", "map")


async def made(database: Database) -> tuple[str, dict[str, bytes]]:
    """The page, and the pictures that the chat sends."""
    clock = DemoClock(datetime(2025, 11, 1, 9, tzinfo=UTC))
    workshop = make_workshop(database, clock)
    await live(workshop, clock, first=FIRST, months=12, newcomers=45, dice=Random(4))
    catalogue = Catalogue(TEXTS, workshop.hours.zone)
    async with workshop.write() as work:

        def words(item: Text) -> str:
            return catalogue.words(item, "nl", nothing_about, today=date.min)

        report = await overview.report(work, "nl")
        drawn = {
            subject.name: await pictures.draw(subject, "png", words)
            for subject in report.subjects()
            if subject.name in _DRAWN
        }
        return await written(work, report, "nl", words), drawn


async def _made() -> tuple[str, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/koffie.db")
        try:
            await schema.upgrade(database)
            return await made(database)
        finally:
            await database.close()


def _shot(chromium: str, page: str, target: Path, width: int) -> None:
    """A picture of the page, in a frame: a window is never as narrow as a phone."""
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.html"
        frame.write_text(
            f"<!doctype html><body style='margin:0'><iframe srcdoc=\"{escape(page)}\" "
            f"style='border:0;width:{width}px;height:{_TALLEST}px'></iframe>",
            encoding="utf-8",
        )
        subprocess.run(  # noqa: S603 - our own page
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--window-size={max(width, 500)},{_TALLEST}", f"--screenshot={target}", frame.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    with Image.open(target) as picture:
        whole = picture.convert("RGB")
    drawn = ImageChops.invert(whole).getbbox()
    bottom = whole.height if drawn is None else drawn[3] + 20
    whole.crop((0, 0, width, bottom)).quantize(64).save(target, optimize=True)


def main() -> None:
    """Live a year and draw it."""
    page, drawn = asyncio.run(_made())
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "page.html").write_text(page, encoding="utf-8")
    for name, content in drawn.items():
        (FOLDER / f"{name}.png").write_bytes(content)
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed to draw the pictures.")
    for name, width in _WIDTHS.items():
        _shot(chromium, page, FOLDER / f"page-{name}.png", width)


if __name__ == "__main__":
    main()
