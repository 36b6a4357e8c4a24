"""The command line in this process: in a folder of its own, without any setting but those of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.settings import PREFIX

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 60
SECRET = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"
OTHER_SECRET = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI"


@dataclass(frozen=True)
class Line:
    """``line('check')`` runs ``koffie check`` in ``folder``."""

    folder: Path
    patch: pytest.MonkeyPatch

    def __call__(self, *words: str, stdin: str = "", **env: str) -> Result:
        with self.patch.context() as patch:
            for key, value in env.items():
                patch.setenv(key, value)
            return CliRunner().invoke(main, list(words), input=stdin)

    def process(self, *words: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own: ``run`` reads a real standard input."""
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def started(self) -> subprocess.Popen[str]:
        """``koffie run`` in a process of its own, once it answers; standard input stays open."""
        running = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if running.stdin is None or running.stdout is None:
            raise OSError("no pipes")
        running.stdin.write("Anna: hulp\n")
        running.stdin.flush()
        running.stdout.readline()
        return running

    def set(self, **env: str) -> None:
        for key, value in env.items():
            self.patch.setenv(key, value)

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted(self.folder.iterdir()) if file.is_file()}


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """In an empty folder, without any setting: the demo on SQLite."""
    for key in list(os.environ):
        if key.upper().startswith(PREFIX):
            monkeypatch.delenv(key)
    folder = tmp_path / "there"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Line(folder, monkeypatch)
