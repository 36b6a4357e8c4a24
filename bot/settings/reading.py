"""Read settings, the core's and each adapter's, and say in one plain line what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

import pydantic_settings
from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings
from rapidfuzz import fuzz, process

from bot.settings.model import NESTED, PREFIX

ENV_FILE = Path(".env")
"""Read from the folder in which the bot is started; the environment goes first."""

_LIKENESS_TO_SUGGEST = 60  # of 100; below that a suggestion is a guess

SettingsT = TypeVar("SettingsT", bound=BaseSettings)


class SettingsError(Exception):
    """A setting is missing or wrong. The text is one plain line for each, without any value."""


def load(model: type[SettingsT], env_file: Path | None = ENV_FILE) -> SettingsT:
    """Read ``model`` (the core's or an adapter's) from the environment and ``env_file``, if that exists.

    :raises SettingsError: with one line for each setting that is missing or wrong.
    """
    _dotenv(env_file)
    try:
        return model(_env_file=env_file)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        lines = [_line(_prefix(model), fault["loc"], fault["type"], fault["msg"]) for fault in faults]
        raise SettingsError("\n".join(lines)) from None
    except pydantic_settings.SettingsError as error:
        # A group set as a whole; the error names the field in its sentence only.
        name = re.search(r'field "(\w+)"', str(error))
        key = _prefix(model) + (name[1].upper() if name else "*")
        raise SettingsError(f"{key}: it is not valid JSON; set each of its parts apart.") from None


def declared_keys(model: type[BaseSettings]) -> frozenset[str]:
    """The environment keys that ``model`` reads, in capitals."""
    return frozenset(key for key, _ in declared_fields(model))


def declared_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Each environment key of ``model`` with its field, in order; a group is named by its members only."""
    return _fields(model, _prefix(model))


class UnknownKey(NamedTuple):
    """A key that nobody declares, and the declared one that it resembles most."""

    key: str
    nearest: str | None


def unknown_keys(
    known: AbstractSet[str], environ: Mapping[str, str], env_file: Path | None = ENV_FILE
) -> list[UnknownKey]:
    """The ``KOFFIE_`` keys in the environment and ``env_file`` that are not among ``known``, in order.

    :raises SettingsError: when ``env_file`` cannot be read.
    """
    present = {key.upper() for key in (*environ, *_dotenv(env_file))}
    strangers = sorted(key for key in present if key.startswith(PREFIX) and key not in known)
    return [UnknownKey(key, _nearest(key, known)) for key in strangers]


def refuse_unknown_keys(
    known: AbstractSet[str], environ: Mapping[str, str], env_file: Path | None = ENV_FILE
) -> None:
    """Refuse what ``unknown_keys`` finds: a misspelt setting must not be passed over in silence.

    :raises SettingsError: with one line for each key.
    """
    strangers = unknown_keys(known, environ, env_file)
    if strangers:
        raise SettingsError(
            "\n".join(
                f"{key} is no setting." + (f" Do you mean {nearest}?" if nearest else "")
                for key, nearest in strangers
            )
        )


def _prefix(model: type[BaseModel]) -> str:
    return str(model.model_config.get("env_prefix", PREFIX)).upper()


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, info in model.model_fields.items():
        key = f"{prefix}{name.upper()}"
        if group := _group(info):
            yield from _fields(group, f"{key}{NESTED}")
        else:
            yield key, info


def _group(field: FieldInfo) -> type[BaseModel] | None:
    for kind in (field.annotation, *get_args(field.annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _nearest(key: str, known: AbstractSet[str]) -> str | None:
    # The shared prefix would make everything look alike.
    bare = {name: name.removeprefix(PREFIX) for name in sorted(known)}
    best = process.extractOne(
        key.removeprefix(PREFIX), bare, scorer=fuzz.WRatio, score_cutoff=_LIKENESS_TO_SUGGEST
    )
    return best[2] if best else None


def _line(prefix: str, loc: tuple[int | str, ...], kind: str, message: str) -> str:
    key = prefix + NESTED.join(str(part).upper() for part in loc)
    sentence = message.removeprefix("Value error, ")
    if sentence.startswith(PREFIX):  # It is about several settings and names them itself.
        return f"{sentence}."
    return f"{key} is missing." if kind == "missing" else f"{key}: {sentence}."


def _dotenv(env_file: Path | None) -> dict[str, str | None]:
    if env_file is None or not env_file.exists():
        return {}
    try:
        return dotenv_values(env_file, encoding="utf-8")
    except (OSError, UnicodeError):
        raise SettingsError(f"{env_file} cannot be read; it must be a text file in UTF-8.") from None
