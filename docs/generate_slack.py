"""Write the app's manifests and the table of its scopes, by `make docs`; a test fails when they are stale."""

from __future__ import annotations

from pathlib import Path

from adapters.slack.manifest import as_yaml, manifest
from adapters.slack.scopes import FREE_EVENTS, SCOPES
from bot.chat.port import Desk
from bot.commands import walk
from bot.compose import platforms
from bot.compose.clocks import SystemClock
from bot.compose.program import words_of
from bot.settings import Settings

FOLDER = Path(__file__).parent / "slack"
PAGES = (FOLDER / "manifest-http.yaml", FOLDER / "manifest-socket-mode.yaml", FOLDER / "scopes.md")
ADDRESS = "https://koffie.example.nl"


def desk() -> Desk:
    """What the verb `koffie platform slack manifest` gets."""
    (slack,) = (platform for platform in platforms.find(("adapters",)) if platform.name == "slack")
    settings = Settings(_env_file=None)
    commands = tuple(command.info for command in walk().commands)
    return Desk(commands, words_of(slack, settings, SystemClock()), "nl")


def pages() -> dict[Path, str]:
    """Every page with its text."""
    at = desk()
    head = "# Made from the code by `make docs`; for another address: koffie platform slack manifest URL\n"
    made = [
        head + "\n".join(as_yaml(manifest(at.commands, at.words, at.language, url))) + "\n"
        for url in (ADDRESS, None)
    ]
    return dict(zip(PAGES, [*made, _scopes()], strict=True))


def _scopes() -> str:
    rows = [
        f"| `{name}` | {scope.reason} | {_code((*scope.methods, *scope.events))} |"
        for name, scope in sorted(SCOPES.items())
    ]
    return "\n".join(
        [
            "# What Koffie asks of a workspace\n",
            "*This page is made from the code by `make docs`.*\n",
            "No scope reads other people's talk: of channels the bot hears only who calls it by name.\n",
            "| scope | to | by |",
            "| --- | --- | --- |",
            *rows,
            f"\nEvents that need no scope: {_code(FREE_EVENTS)}.\n",
        ]
    )


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for page, words in pages().items():
        page.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
