"""The rules of the house that no linter knows. The floors themselves are import-linter's business."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONGEST = 450

# Folders that hold Python of ours; whatever else lies beside them (an environment, a build) is not.
OURS = ("bot", "adapters", "migrations", "docs", "tests")
# The only places that may look for modules by name: the wiring, and the walks over commands and jobs.
WALKERS = {"bot/compose/platforms.py", "bot/commands/__init__.py", "bot/jobs/__init__.py"}
PLATFORMS = re.compile(r"slack|matrix|terminal|discord|teams|mattermost|telegram", re.IGNORECASE)
ADAPTER_SHAPE = ("settings.py", "adapter.py", "render.py", "testing")


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def names(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name and every string in the code, with its line; docstrings and comments are prose."""
    # A string that stands alone as a statement.
    docstrings = {id(child.value) for child in ast.walk(node) if isinstance(child, ast.Expr)}
    for child in ast.walk(node):
        match child:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield child.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield child.lineno, name
            case ast.Constant(value=str() as words) if id(child) not in docstrings:
                yield child.lineno, words
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    yield child.lineno, alias.name


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


def called(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The bare names of the functions that are called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id


def test_there_is_code_to_judge() -> None:
    assert len(files("bot")) > 20


def test_no_file_is_too_long() -> None:
    # What a migration says is written by Alembic, and grows with the schema.
    written = [path for path in files(*OURS) if path.parent != ROOT / "migrations" / "versions"]
    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in written}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_the_bot_names_no_platform() -> None:
    found = [
        f"{relative(path)}:{line}: {words[:60]!r}"
        for path in files("bot")
        for line, words in names(tree(path))
        if PLATFORMS.search(words)
    ]
    found += [relative(path) for path in files("bot") if PLATFORMS.search(relative(path))]
    assert found == []


def test_modules_are_looked_up_by_name_in_the_wiring_alone() -> None:
    found = [
        f"{relative(path)}:{line}: {name}"
        for path in files("bot", "adapters")
        if relative(path) not in WALKERS
        for line, name in (*imported(tree(path)), *called(tree(path)))
        if name in {"importlib", "pkgutil", "runpy", "__import__", "eval", "exec"}
        # Reading a data file that comes with a package is no import.
        and "importlib.resources" not in path.read_text("utf-8").splitlines()[line - 1]
    ]
    assert found == []


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "dill", "jsonpickle"])
def test_stored_bytes_never_become_code(module: str) -> None:
    found = [
        f"{relative(path)}:{line}"
        for path in files("bot", "adapters", "migrations")
        for line, name in imported(tree(path))
        if name == module
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        f"{relative(path)}:{line}"
        for path in files("bot", "adapters")
        if path.name != "__main__.py" and not relative(path).startswith("adapters/terminal/")
        for line, name in called(tree(path))
        if name == "print"
    ]
    assert found == []


def test_rules_read_neither_the_clock_nor_chance() -> None:
    """``bot/domain`` and ``bot/services`` get the moment and the source of chance handed to them."""
    forbidden = re.compile(
        r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|monotonic|sleep)"
        r"|random\.(?:random|choice|choices|shuffle|sample|randint|randrange)"
        r"|secrets\.|uuid\.uuid|os\.urandom)"
    )
    found = [
        f"{relative(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in files("bot/domain", "bot/services", "bot/commands", "bot/chat", "bot/i18n")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and forbidden.match(ast.unparse(node.func))
        # A source of chance that was handed in is an attribute of something, not the module.
        and not ast.unparse(node.func).startswith("self.")
    ]
    assert found == []


def test_the_domain_is_synchronous_and_does_no_io() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in files("bot/domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open")
    ]
    io = {
        "asyncio",
        "os",
        "pathlib",
        "socket",
        "subprocess",
        "urllib",
        "http",
        "shutil",
        "tempfile",
    }
    found += [
        f"{relative(path)}:{line}: {name}"
        for path in files("bot/domain")
        for line, name in imported(tree(path))
        if name in io
    ]
    assert found == []


def adapter_folders() -> list[Path]:
    return sorted(
        path for path in (ROOT / "adapters").iterdir() if path.is_dir() and path.name[0] not in "_."
    )


def test_there_is_an_adapter() -> None:
    assert adapter_folders()


@pytest.mark.parametrize("folder", adapter_folders(), ids=lambda path: path.name)
def test_each_adapter_has_the_same_shape(folder: Path) -> None:
    assert [part for part in ADAPTER_SHAPE if not (folder / part).exists()] == []


@pytest.mark.parametrize("folder", adapter_folders(), ids=lambda path: path.name)
def test_each_adapter_owns_its_settings(folder: Path) -> None:
    """``class Settings(BaseSettings)`` with a prefix of its own, that leaves the keys of others alone."""
    classes = [node for node in tree(folder / "settings.py").body if isinstance(node, ast.ClassDef)]
    settings = next((node for node in classes if node.name == "Settings"), None)
    assert settings is not None
    config = ast.unparse(settings)
    assert f"env_prefix='KOFFIE_{folder.name.upper()}_'" in config
    assert "extra='ignore'" in config
    assert "frozen=True" in config


def test_committed_files_name_no_machine() -> None:
    """No path of somebody's machine, and no address to download from, in what is committed."""
    mine = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|--(?:extra-)?index-url|--find-links")
    texts = [
        path
        for pattern in ("*.md", "*.toml", "*.txt", "*.in", "Makefile", "docs/**/*.md")
        for path in ROOT.glob(pattern)
    ]
    found = [relative(path) for path in (*files(*OURS), *texts) if mine.search(path.read_text("utf-8"))]
    assert [name for name in found if name != relative(Path(__file__))] == []
