"""The import contracts can fail: each is broken on purpose in a small copy of the house."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LAYERS = (
    "__main__",
    "compose",
    "dispatch",
    "delivery",
    "jobs",
    "commands",
    "services",
    "store",
    "chat",
    "domain",
    "i18n",
    "settings",
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with all floors, two adapters and the project's own contracts."""
    configured = (ROOT / "pyproject.toml").read_text("utf-8")
    start = configured.index("[tool.importlinter]")
    (tmp_path / "pyproject.toml").write_text(configured[start:], encoding="utf-8")
    for package in ("bot", "adapters", "adapters/one", "adapters/two"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for layer in LAYERS:
        (tmp_path / "bot" / f"{layer}.py").touch()
    for adapter in ("one", "two"):
        (tmp_path / "adapters" / adapter / "adapter.py").write_text("import bot.chat\n", encoding="utf-8")
    write(tmp_path, "bot/store.py", "import sqlalchemy, bot.chat, bot.domain, bot.settings")
    write(tmp_path, "bot/compose.py", "import sqlalchemy, bot.store, bot.jobs")
    write(tmp_path, "bot/chat.py", "import bot.domain, bot.i18n")
    return tmp_path


def write(house: Path, file: str, code: str) -> None:
    (house / file).write_text(f"{code}\n", encoding="utf-8")


def check(house: Path) -> tuple[int, str]:
    run = subprocess.run(  # noqa: S603 - our own linter, without arguments from elsewhere
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return run.returncode, run.stdout + run.stderr


def test_a_sound_house_passes(house: Path) -> None:
    code, said = check(house)
    assert code == 0, said


@pytest.mark.parametrize(
    ("file", "code", "contract"),
    [
        ("bot/services.py", "import bot.commands", "floors"),
        ("bot/domain.py", "import bot.store", "floors"),
        ("bot/dispatch.py", "import bot.delivery", "floors"),
        ("bot/settings.py", "import bot.i18n", "floors"),
        ("bot/extra.py", "", "floors"),
        ("bot/jobs.py", "import adapters.one.adapter", "knows no platform"),
        ("bot/delivery.py", "import slack_sdk", "knows no platform"),
        ("bot/services.py", "from sqlalchemy import select", "SQL lives in the store"),
        ("bot/commands.py", "import sqlalchemy.orm", "SQL lives in the store"),
        ("bot/domain.py", "from sqlalchemy import func", "neither a database nor a scheduler"),
        ("bot/chat.py", "import apscheduler", "neither a database nor a scheduler"),
        ("adapters/one/adapter.py", "import bot.store", "An adapter knows the port"),
        ("adapters/one/adapter.py", "from bot.services import x", "An adapter knows the port"),
        ("adapters/one/adapter.py", "import bot.settings", "An adapter knows the port"),
        ("adapters/one/adapter.py", "import adapters.two.adapter", "do not see each other"),
    ],
)
def test_each_breach_is_seen(house: Path, file: str, code: str, contract: str) -> None:
    write(house, file, code)
    failed, said = check(house)
    assert failed == 1, said
    broken = [line for line in said.splitlines() if " BROKEN" in line]
    assert any(contract in line for line in broken), said


def test_the_real_house_is_judged_by_these_contracts() -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert configured["root_packages"] == ["bot", "adapters"]
    assert len(configured["contracts"]) == 6
