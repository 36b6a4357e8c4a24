"""What the README tells to paste works, and what it and the pages point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.support.line import ROOT, Line

README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot" / "data").glob("*.md")])


def test_the_story_ends_with_a_koffie(line: Line) -> None:
    story = re.search(r"<<'END'\n(.*?)\nEND", README, re.DOTALL)
    assert story
    told = line.process("run", stdin=story[1] + "\n")
    assert told.returncode == 0, told.stderr
    assert "koffie → Anna: Leuk, jullie zeggen allebei ja." in told.stdout
    assert "koffie → Marloes Kramer: Leuk, jullie zeggen allebei ja." in told.stdout


def test_each_command_that_it_names_is_there() -> None:
    named = set(re.findall(r"`koffie (\w+)", README))
    assert named
    assert named - {"COMMAND"} <= set(main.commands)


def test_each_make_target_that_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = " ".join(page.read_text("utf-8") for page in PAGES)
    assert set(re.findall(r"`make ([a-z-]+)`", pages)) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_points_at_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []
