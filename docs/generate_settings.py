"""Write docs/settings.md from the settings themselves, by `make docs`; a test fails when it is stale."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Literal, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from bot.settings import Settings, declared_fields

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "settings.md"

_INTRODUCTION = """\
# Settings

*This page is made from the code by `make docs`.*

Every setting is an environment variable, or a line `KEY=value` in a file `.env` in the folder where Koffie is
started; the environment goes first. Without any setting Koffie runs in the terminal, on an SQLite file. A key
that starts with `KOFFIE_` and does not stand on this page is refused, with the nearest one that does.
`koffie check` tells what is wrong and how to mend it.
"""


def page() -> str:
    """The whole page: the core's settings, then each adapter's."""
    return "\n".join([_INTRODUCTION, *_section("The core", Settings), *_adapters()])


def adapter_settings() -> Iterator[tuple[str, type[BaseSettings]]]:
    """The name and the settings of each adapter."""
    for file in sorted(ROOT.glob("adapters/*/settings.py")):
        name = file.parent.name
        yield name, importlib.import_module(f"adapters.{name}.settings").Settings


def _adapters() -> Iterator[str]:
    for name, model in adapter_settings():
        yield from _section(name.capitalize(), model)


def _section(title: str, model: type[BaseSettings]) -> Iterator[str]:
    fields = list(declared_fields(model))
    if not fields:
        return
    yield f"## {title}\n"
    yield "| key | value | default | what it does |"
    yield "| --- | --- | --- | --- |"
    for key, field in fields:
        yield f"| `{key}` | {_kind(field)} | {_default(field)} | {field.description or ''} |"
    yield ""


def _kind(field: FieldInfo) -> str:
    types = [kind for kind in get_args(field.annotation) or (field.annotation,) if kind is not type(None)]
    if get_origin(field.annotation) is Literal:
        return " or ".join(f"`{value}`" for value in types)
    names = {int: "number", str: "text", bool: "`true` or `false`", time: "time", SecretStr: "secret text"}
    names |= {ZoneInfo: "time zone"}
    return ", ".join(names.get(kind, getattr(kind, "__name__", str(kind))) for kind in types)


def _default(field: FieldInfo) -> str:
    match field.get_default(call_default_factory=True):
        case _ if field.is_required():
            return "*required*"
        case None:
            return "–"
        case SecretStr() as secret:
            return f"`{secret.get_secret_value()}`"
        case time() as moment:
            return f"`{moment:%H:%M}`"
        case value:
            return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
