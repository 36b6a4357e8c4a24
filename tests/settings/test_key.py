"""The key that encrypts: made once, kept to ourselves, never made anew over a database in use."""

from __future__ import annotations

import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from pydantic import SecretStr

from bot.settings import KEY_FILE, Settings, SettingsError, secret_key


def settings_of(url: str, key: str | None = None) -> Settings:
    return Settings(
        _env_file=None, database_url=SecretStr(url), secret_key=None if key is None else SecretStr(key)
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(f"sqlite:///{tmp_path}/koffie.db")


def test_the_first_run_makes_a_key_and_says_so_once(settings: Settings, tmp_path: Path) -> None:
    made = secret_key(settings)
    file = tmp_path / KEY_FILE
    assert len(made.value) == 32
    assert made.notice is not None
    assert str(file) in made.notice
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    again = secret_key(settings)
    assert (again.value, again.notice) == (made.value, None)


def test_a_key_that_is_set_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    value = secrets.token_bytes(32)
    for text in (
        base64.urlsafe_b64encode(value).decode(),
        base64.urlsafe_b64encode(value).decode().rstrip("="),
    ):
        assert secret_key(settings_of(f"sqlite:///{tmp_path}/koffie.db", text)).value == value
    assert list(tmp_path.iterdir()) == []


def test_the_key_does_not_show(settings: Settings) -> None:
    made = secret_key(settings)
    assert repr(made.value) not in repr(made)


def test_two_that_start_at_once_get_one_key(settings: Settings, tmp_path: Path) -> None:
    starters = 8
    barrier = Barrier(starters)

    def start() -> bytes:
        barrier.wait()
        return secret_key(settings).value

    with ThreadPoolExecutor(starters) as pool:
        keys = [future.result() for future in [pool.submit(start) for _ in range(starters)]]
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_no_new_key_for_a_database_that_has_one_already(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "koffie.db").write_bytes(b"SQLite format 3\0")
    with pytest.raises(SettingsError, match="put it back"):
        secret_key(settings)
    assert not (tmp_path / KEY_FILE).exists()


def test_a_key_that_others_can_read_is_refused(settings: Settings, tmp_path: Path) -> None:
    secret_key(settings)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        secret_key(settings)


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe", b"!" * 43])
def test_a_spoilt_key_is_refused_and_left_alone(settings: Settings, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / KEY_FILE
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(SettingsError, match="backup"):
        secret_key(settings)
    assert file.read_bytes() == content


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="KOFFIE_SECRET_KEY"):
        secret_key(settings_of(f"sqlite:///{tmp_path}/missing/koffie.db"))


def test_postgresql_needs_a_key_that_all_processes_share() -> None:
    with pytest.raises(SettingsError, match="KOFFIE_SECRET_KEY is missing"):
        secret_key(settings_of("postgresql://k@db/koffie"))
