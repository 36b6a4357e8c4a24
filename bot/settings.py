"""The settings: what an operator may choose, read once at the start from the environment and a ``.env`` file.

Each adapter owns its keys in the same way (``KOFFIE_<ADAPTER>_…``); ``load``, ``declared_keys`` and
``unknown_keys`` serve them all. No message made here ever holds a value, since a value may be a secret.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeVar, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pydantic_settings
from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict
from rapidfuzz import fuzz, process

PREFIX = "KOFFIE_"
ENV_FILE = Path(".env")
"""Read from the folder in which the bot is started; the environment goes first."""

KEY_FILE = "koffie.key"

_KEY_BYTES = 32
_NESTED = "__"
_LIKENESS_TO_SUGGEST = 60  # of 100; below that a suggestion is a guess

SettingsT = TypeVar("SettingsT", bound=BaseSettings)
Count = Annotated[int, Field(ge=1, le=1_000)]


class SettingsError(Exception):
    """A setting is missing or wrong. The text is one plain line for each, without any value."""


class Rules(BaseModel):
    """The numbers of the product. They are choices, so an operator may choose otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_working_days: Count = Field(3, description="Working days in which both may answer a koffie.")
    remind_after_working_days: Count = Field(2, description="Working days after which it is asked once more.")
    open_requests: Count = Field(3, description="Requests that one official may have open at once.")
    lookups_a_day: Count = Field(10, description="Look-ups that one official may do a day.")
    results_a_lookup: Count = Field(3, description="Persons that a look-up shows at most.")
    topics_an_official: Count = Field(5, description="Topics that one official may name.")
    list_stays_days: Count = Field(7, description="Days for which one asker keeps seeing the same persons.")
    leave_lists_days: Count = Field(90, description="Days that two leave each other's lists after a lapse.")
    pace_a_month: Count = Field(2, description="Koffies a month that an official is asked for at first.")
    requests_a_week: Count = Field(1, description="Requests that reach one a week; more wait for Monday.")
    go_betweens: Count = Field(3, description="Possible go-betweens from which the network says 'yes'.")
    equal_shown_from: Count = Field(5, description="Answers from which 'did it feel equal' is shown.")
    look_back_after_days: Count = Field(14, description="Days after both said yes before asking how it was.")
    confirm_profile_months: Count = Field(
        6, description="Months after which 'is this still right?' is asked."
    )
    idle_months: Count = Field(12, description="Months without a sign after which one is asked to stay.")
    idle_answer_days: Count = Field(30, description="Days to answer that; without an answer all is erased.")
    form_stays_days: Count = Field(7, description="Days that a half-filled form is kept.")

    @model_validator(mode="after")
    def _remind_in_time(self) -> Rules:
        if self.remind_after_working_days >= self.answer_working_days:
            raise ValueError(
                "KOFFIE_RULES__REMIND_AFTER_WORKING_DAYS must be less than KOFFIE_RULES__ANSWER_WORKING_DAYS"
            )
        return self


class Settings(BaseSettings):
    """The settings of the core."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=_NESTED,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: SecretStr = Field(
        SecretStr("sqlite:///koffie.db"),
        description="Where everything is kept: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="32 random bytes as base64url; encrypts contact routes. With SQLite it may be left out: "
        "it is then made once and kept in `koffie.key` beside the database.",
    )
    language: Literal["nl", "en"] = Field("nl", description="The language of who has not chosen one.")
    time_zone: ZoneInfo = Field(ZoneInfo("Europe/Amsterdam"), description="The zone that all rules go by.")
    operator: str = Field(
        "Koffie (demo)", min_length=1, max_length=200, description="Who runs this bot; `over` tells it."
    )
    legal_basis: Literal["toestemming", "taak van algemeen belang"] = Field(
        "toestemming", description="The legal basis that the consent text names."
    )
    office_opens: time = Field(time(8, 30), description="From then on a working day counts as office hours.")
    office_closes: time = Field(time(17, 30), description="From then on what nobody asked for waits.")
    rules: Rules = Rules()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        _async_url(value.get_secret_value())
        return value

    @field_validator("secret_key")
    @classmethod
    def _whole_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            _decoded_key(value.get_secret_value())
        return value

    @field_validator("time_zone", mode="before")
    @classmethod
    def _known_zone(cls, value: object) -> object:
        if isinstance(value, str):
            try:
                return ZoneInfo(value)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ValueError("no such time zone; write it like Europe/Amsterdam") from None
        return value

    @field_validator("office_opens", "office_closes")
    @classmethod
    def _local_time(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("write a local time like 08:30")
        return value

    @model_validator(mode="after")
    def _office_opens_first(self) -> Settings:
        if self.office_opens >= self.office_closes:
            raise ValueError("KOFFIE_OFFICE_OPENS must be earlier than KOFFIE_OFFICE_CLOSES")
        return self

    @property
    def async_database_url(self) -> str:
        """The address with its asynchronous driver, as SQLAlchemy takes it. It may hold a password."""
        return _async_url(self.database_url.get_secret_value())

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; ``None`` with PostgreSQL."""
        scheme, _, path = self.database_url.get_secret_value().partition(":///")
        return Path(path) if scheme == "sqlite" else None


@dataclass(frozen=True)
class SecretKey:
    """The 32 bytes that encrypt, and what to tell the operator if they were made just now."""

    value: bytes = field(repr=False)
    notice: str | None = None


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
    except pydantic_settings.SettingsError:
        raise SettingsError(f"A {_prefix(model)} setting with several parts is not valid JSON.") from None


def secret_key(settings: Settings) -> SecretKey:
    """The key that encrypts: set, else read from ``koffie.key`` beside the SQLite file, else made there.

    Call it before the database is made: a database without its key means that the key was lost, and a new
    one would make everything encrypted unreadable.

    :raises SettingsError: when there is no key and none may be made, or when its file is not as it should be.
    """
    if settings.secret_key is not None:
        return SecretKey(_decoded_key(settings.secret_key.get_secret_value()))
    database = settings.database_file
    if database is None:
        raise SettingsError("KOFFIE_SECRET_KEY is missing: with PostgreSQL all processes share one key.")
    file = database.with_name(KEY_FILE)
    if kept := _read_key(file):
        return SecretKey(kept)
    if database.exists() and database.stat().st_size:
        raise SettingsError(f"{file} is missing, and {database} cannot be read without it: put it back.")
    if made := _create_key(file):
        notice = f"A new key is in {file}: keep a copy apart from the database's backups, both are needed."
        return SecretKey(made, notice)
    return secret_key(settings)  # Another process was first: its key is there now.


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
    for name, field in model.model_fields.items():
        key = f"{prefix}{name.upper()}"
        if group := _group(field):
            yield from _fields(group, f"{key}{_NESTED}")
        else:
            yield key, field


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
    key = prefix + _NESTED.join(str(part).upper() for part in loc)
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


def _async_url(url: str) -> str:
    """Name the asynchronous driver, and translate ``sslmode`` (libpq's word) for asyncpg.

    :raises ValueError: with a sentence that does not repeat the address.
    """
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return f"sqlite+aiosqlite:///{_sqlite_file(url)}"
    if scheme not in {"postgresql", "postgres"}:
        raise ValueError("it must start with sqlite:/// or postgresql://")
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        _ = parts.port  # Reading it checks it.
    except ValueError:  # Its own words repeat the address.
        raise ValueError(
            "it is no valid address; a special character in a password is written like %2F"
        ) from None
    if not parts.path.strip("/"):
        raise ValueError("it names no database")
    if query.keys() - {"host", "sslmode"}:
        raise ValueError("after the question mark only host and sslmode are understood")
    if sslmode := query.pop("sslmode", None):
        query["ssl"] = sslmode
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, urlencode(query), ""))


def _sqlite_file(url: str) -> str:
    path = url.partition(":///")[2]
    if not path or path == ":memory:" or "?" in path:
        raise ValueError("it must name a file, like sqlite:///koffie.db")
    return path


def _decoded_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):  # Its own words may repeat the key.
        key = b""
    if len(key) != _KEY_BYTES:
        raise ValueError(f"it must be {_KEY_BYTES} bytes written as base64url (43 characters)")
    return key


def _read_key(file: Path) -> bytes | None:
    try:
        if file.stat().st_mode & 0o077:
            raise SettingsError(f"{file} can be read by others: say 'chmod 600 {file}'.")
        return _decoded_key(file.read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise SettingsError(f"{file} holds no readable key: put it back from a backup.") from None


def _create_key(file: Path) -> bytes | None:
    """Create ``file`` with a new key; ``None`` when it was there already.

    The key is written under another name first and then linked: whoever sees the file sees a whole key.
    """
    text = secrets.token_urlsafe(_KEY_BYTES)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(f"{text}\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, file)
    except FileExistsError:
        return None
    except OSError:
        raise SettingsError(f"{file} cannot be made: mend that, or set KOFFIE_SECRET_KEY.") from None
    finally:
        draft.unlink(missing_ok=True)
    return _decoded_key(text)
