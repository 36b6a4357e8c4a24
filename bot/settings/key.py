"""The key that encrypts: set by the operator, or made once and kept beside the SQLite file."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.model import Settings
from bot.settings.reading import SettingsError
from bot.settings.values import KEY_BYTES, decoded_key

KEY_FILE = "koffie.key"


@dataclass(frozen=True)
class SecretKey:
    """The 32 bytes that encrypt, and what to tell the operator if they were made just now."""

    value: bytes = field(repr=False)
    notice: str | None = None


def secret_key(settings: Settings) -> SecretKey:
    """The key that encrypts: set, else read from ``koffie.key`` beside the SQLite file, else made there.

    Call it before the database is made: a database without its key means that the key was lost, and a new
    one would make everything encrypted unreadable.

    :raises SettingsError: when there is no key and none may be made, or when its file is not as it should be.
    """
    if kept := kept_key(settings):
        return kept
    file = _key_file(settings)
    if made := _create_key(file):
        notice = f"A new key is in {file}: keep a copy apart from the database's backups, both are needed."
        return SecretKey(made, notice)
    return secret_key(settings)  # Another process was first: its key is there now.


def kept_key(settings: Settings) -> SecretKey | None:
    """The key that is set or kept; ``None`` where the first run will make one. It never makes one itself.

    :raises SettingsError: as :func:`secret_key` does.
    """
    if settings.secret_key is not None:
        return SecretKey(decoded_key(settings.secret_key.get_secret_value()))
    file = _key_file(settings)
    if kept := _read_key(file):
        return SecretKey(kept)
    database = settings.database_file
    if database is not None and database.exists() and database.stat().st_size:
        raise SettingsError(f"{file} is missing, and {database} cannot be read without it: put it back.")
    return None


def _key_file(settings: Settings) -> Path:
    database = settings.database_file
    if database is None:
        raise SettingsError("KOFFIE_SECRET_KEY is missing: with PostgreSQL all processes share one key.")
    return database.with_name(KEY_FILE)


def _read_key(file: Path) -> bytes | None:
    try:
        if file.stat().st_mode & 0o077:
            raise SettingsError(f"{file} can be read by others: say 'chmod 600 {file}'.")
        return decoded_key(file.read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise SettingsError(f"{file} holds no readable key: put it back from a backup.") from None


def _create_key(file: Path) -> bytes | None:
    """Create ``file`` with a new key; ``None`` when it was there already.

    The key is written under another name first and then linked: whoever sees the file sees a whole key.
    """
    text = secrets.token_urlsafe(KEY_BYTES)
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
    return decoded_key(text)
