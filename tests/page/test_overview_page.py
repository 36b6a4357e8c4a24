"""The page of the overview, in a real browser: for eyes, ears, thumbs and keyboards alike."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from random import Random

import pytest

from bot.compose.clocks import DemoClock
from bot.compose.overview import as_csv, written
from bot.compose.program import TEXTS
from bot.domain.overview import Figure, Kind, Month
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.services import overview, pictures
from bot.services.overview_report import Report
from bot.store.database import Database
from bot.store.work import Workshop
from tests.page.browser import Judged, judge
from tests.support.workshop import AMSTERDAM, make_workshop
from tests.support.year import live

PHONE, REFLOW, SCREEN = 390, 320, 1100
PNG = b"\x89PNG\r\n\x1a\n"
TEXTS_OF_THE_BOT = Catalogue(TEXTS, AMSTERDAM)
EVIL = '=1+1<script>alert("x")</script>$\\frac{1}{2}$'


def words(item: Text) -> str:
    return TEXTS_OF_THE_BOT.words(item, "nl", nothing_about, today=date.min)


@pytest.fixture(scope="session")
def page(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of an invented network after three months."""
    file = tmp_path_factory.mktemp("page") / "koffie.db"
    shutil.copyfile(sqlite_template, file)
    return asyncio.run(_page(f"sqlite:///{file}"))


async def _page(url: str) -> str:
    database = Database(url)
    try:
        clock = DemoClock(datetime(2026, 8, 1, 9, tzinfo=UTC))
        workshop = make_workshop(database, clock)
        await live(workshop, clock, first=date(2026, 8, 1), months=3, newcomers=120, dice=Random(4))
        async with workshop.write() as work:
            return await written(work, await overview.report(work, "nl"), "nl", words)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def judged(page: str, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Judged]:
    folder = tmp_path_factory.mktemp("browser")
    return {width: judge(page, width, folder) for width in (PHONE, SCREEN)}


@pytest.mark.parametrize("width", [PHONE, SCREEN])
def test_the_page_keeps_the_rules_of_accessibility(judged: dict[int, Judged], width: int) -> None:
    assert judged[width].violations == []
    assert {"color-contrast", "image-alt", "target-size", "html-has-lang"} <= set(judged[width].passes)


def test_the_same_judge_finds_what_is_wrong(page: str, tmp_path: Path) -> None:
    worse = re.sub(r'alt="[^"]*"', "", page).replace("--quiet:#4a4a4a", "--quiet:#bbbbbb")
    found = judge(worse, PHONE, tmp_path)
    assert {"image-alt", "color-contrast"} <= set(found.violations)


def test_nothing_sticks_out_at_a_phones_width_nor_narrower(
    judged: dict[int, Judged], page: str, tmp_path: Path
) -> None:
    assert judged[PHONE].width == PHONE
    assert judge(page, REFLOW, tmp_path).width == REFLOW


def test_the_keyboard_reaches_everything_in_the_order_of_reading(judged: dict[int, Judged]) -> None:
    stops = judged[PHONE].stops
    assert stops[0] == "Naar de cijfers"
    assert stops[-1] == "Download alle cijfers (CSV)"
    assert stops.count("Dezelfde cijfers als tabel") >= 8


def test_each_picture_is_drawn_and_nothing_is_fetched(judged: dict[int, Judged], page: str) -> None:
    assert len(judged[PHONE].pictures) >= 8
    assert min(judged[PHONE].pictures) > 100
    assert set(judged[PHONE].requests) <= {"data:"}
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)


def report(figures: dict[Figure, int], topics: dict[str, str] | None = None) -> Report:
    months: Sequence[Month] = [Month(date(2026, 11, 1), figures)]
    return Report(months, topics or {})


def test_the_file_runs_nothing_in_a_spreadsheet() -> None:
    found = report({(Kind.ON_TOPIC, "evil"): 9, (Kind.ON_TOPIC, "evil", "rijk"): 9}, {"evil": EVIL})
    lines = list(csv.reader(io.StringIO(as_csv(found, words))))
    cells = [cell for line in lines for cell in line]
    assert f"'{EVIL}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_file_calls_hidden_what_is_hidden() -> None:
    lines = list(csv.reader(io.StringIO(as_csv(report({(Kind.TIES, "rijk", "gemeente"): 12}), words))))
    ties = [line[1:] for line in lines if line[0] == "Wie kent wie, per laag"]
    assert ["rijk", "gemeente", "12"] in ties
    assert ["rijk", "provincie", "minder dan 5"] in ties


async def test_words_of_people_are_words_in_page_and_picture(workshop: Workshop) -> None:
    found = report({(Kind.ON_TOPIC, "evil"): 9, (Kind.ON_TOPIC, "evil", "rijk"): 9}, {"evil": EVIL})
    async with workshop.read() as work:
        page = await written(work, found, "nl", words)
    assert "<script" not in page
    assert escape(EVIL) in page
    assert (await pictures.draw(found.map(), "png", words)).startswith(PNG)


async def test_an_empty_network_has_a_page_too(workshop: Workshop) -> None:
    async with workshop.read() as work:
        page = await written(work, report({}), "nl", words)
    assert "<img" not in page
    assert "Dit overzicht groeit mee met het netwerk." in page


async def test_the_same_figures_make_the_same_picture() -> None:
    ties = report({(Kind.TIES, "rijk", "gemeente"): 12}).ties()
    assert await pictures.draw(ties, "svg", words) == await pictures.draw(ties, "svg", words)
