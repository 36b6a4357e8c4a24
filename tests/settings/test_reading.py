"""Settings from the environment and a `.env` file: read, refused, and never repeated."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import (
    PREFIX,
    Rules,
    Settings,
    SettingsError,
    UnknownKey,
    declared_fields,
    declared_keys,
    load,
    refuse_unknown_keys,
    unknown_keys,
)
from docs import generate_settings

CANARY = "kanarie-4711"


class Elsewhere(BaseSettings):
    """As an adapter declares its own."""

    model_config = SettingsConfigDict(env_prefix="KOFFIE_ELSEWHERE_", extra="ignore", frozen=True)

    token: SecretStr
    mode: Literal["push", "pull"] = "pull"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in list(os.environ):
        if key.upper().startswith(PREFIX):
            monkeypatch.delenv(key)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def refusal(model: type[BaseSettings] = Settings, env_file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as refused:
        load(model, env_file)
    return str(refused.value)


def test_everything_has_a_default(env_file: Path) -> None:
    settings = load(Settings, env_file)
    assert settings.database_file == Path("koffie.db")
    assert settings.rules == Rules()
    assert settings.time_zone.key == "Europe/Amsterdam"


def test_the_environment_goes_before_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text(
        "KOFFIE_LANGUAGE=en\nKOFFIE_OPERATOR='Wetterskip Fryslân'\nKOFFIE_RULES__GO_BETWEENS=5\n"
    )
    monkeypatch.setenv("KOFFIE_LANGUAGE", "nl")
    monkeypatch.setenv("KOFFIE_OFFICE_OPENS", "07:45")
    settings = load(Settings, env_file)
    assert (settings.language, settings.operator, settings.rules.go_betweens) == (
        "nl",
        "Wetterskip Fryslân",
        5,
    )
    assert settings.office_opens == time(7, 45)


@pytest.mark.parametrize(
    ("url", "asynchronous"),
    [
        ("sqlite:///koffie.db", "sqlite+aiosqlite:///koffie.db"),
        ("sqlite:////srv/koffie/koffie.db", "sqlite+aiosqlite:////srv/koffie/koffie.db"),
        ("postgresql://k:p%2Fw@db:5433/koffie", "postgresql+asyncpg://k:p%2Fw@db:5433/koffie"),
        ("postgres://k@db/koffie?sslmode=require", "postgresql+asyncpg://k@db/koffie?ssl=require"),
        ("postgresql://k@/koffie?host=/run/pg", "postgresql+asyncpg://k@/koffie?host=%2Frun%2Fpg"),
    ],
)
def test_the_driver_is_our_business(url: str, asynchronous: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_DATABASE_URL", url)
    assert load(Settings, None).async_database_url == asynchronous


def test_only_sqlite_has_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_DATABASE_URL", "sqlite:////srv/koffie/koffie.db")
    assert load(Settings, None).database_file == Path("/srv/koffie/koffie.db")
    monkeypatch.setenv("KOFFIE_DATABASE_URL", "postgresql://k@db/koffie")
    assert load(Settings, None).database_file is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("KOFFIE_DATABASE_URL", f"mysql://koffie:{CANARY}@db/koffie"),
        ("KOFFIE_DATABASE_URL", f"postgresql://koffie:{CANARY}@db"),
        ("KOFFIE_DATABASE_URL", f"postgresql://koffie:1/{CANARY}@db:x/koffie"),
        ("KOFFIE_DATABASE_URL", f"postgresql://koffie:[{CANARY}@db/koffie"),
        ("KOFFIE_DATABASE_URL", f"postgresql://koffie:{CANARY}@db/koffie?passfile={CANARY}"),
        ("KOFFIE_DATABASE_URL", f"postgresql://koffie:{CANARY}@db/koffie?{CANARY}"),
        ("KOFFIE_DATABASE_URL", f"sqlite://{CANARY}"),
        ("KOFFIE_DATABASE_URL", "sqlite:///:memory:"),
        ("KOFFIE_DATABASE_URL", ""),
        ("KOFFIE_SECRET_KEY", CANARY),
        ("KOFFIE_SECRET_KEY", ""),
        ("KOFFIE_SECRET_KEY", f"{CANARY}é"),
        ("KOFFIE_LANGUAGE", CANARY),
        ("KOFFIE_TIME_ZONE", CANARY),
        ("KOFFIE_TIME_ZONE", "../../etc/passwd"),
        ("KOFFIE_OPERATOR", ""),
        ("KOFFIE_LEGAL_BASIS", CANARY),
        ("KOFFIE_OFFICE_OPENS", CANARY),
        ("KOFFIE_OFFICE_OPENS", "18:00"),
        ("KOFFIE_OFFICE_CLOSES", "17:30+02:00"),
        ("KOFFIE_RULES__GO_BETWEENS", "0"),
        ("KOFFIE_RULES__GO_BETWEENS", CANARY),
        ("KOFFIE_RULES__REMIND_AFTER_WORKING_DAYS", "3"),
        ("KOFFIE_RULES", CANARY),
    ],
)
def test_a_wrong_value_is_one_line_without_the_value(
    key: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, value)
    line = refusal()
    assert "\n" not in line
    assert key in line
    assert line.endswith(".")
    assert CANARY not in line


def test_each_fault_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_LANGUAGE", "fr")
    monkeypatch.setenv("KOFFIE_TIME_ZONE", "Mars")
    assert len(refusal().splitlines()) == 2


def test_an_adapter_reads_its_own_keys_the_same_way(env_file: Path) -> None:
    assert refusal(Elsewhere) == "KOFFIE_ELSEWHERE_TOKEN is missing."
    env_file.write_text(f"KOFFIE_ELSEWHERE_TOKEN={CANARY}\nKOFFIE_LANGUAGE=nl\n")
    assert load(Elsewhere, env_file).token.get_secret_value() == CANARY
    assert declared_keys(Elsewhere) == {"KOFFIE_ELSEWHERE_TOKEN", "KOFFIE_ELSEWHERE_MODE"}


def test_a_file_that_is_no_text_is_refused(env_file: Path) -> None:
    env_file.write_bytes(b"KOFFIE_OPERATOR=\xff\xfe")
    assert str(env_file) in refusal(Settings, env_file)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOFFIE_DATABASE_URL", f"postgresql://koffie:{CANARY}@db/koffie")
    settings = load(Settings, None)
    assert CANARY not in f"{settings!r} {settings!s} {settings.model_dump_json()}"


def test_a_misspelt_key_is_refused_with_the_nearest(env_file: Path) -> None:
    env_file.write_text("KOFFIE_LANGAUGE=nl\nOTHER_PROGRAM=1\n")
    environ = {
        "koffie_rules__go_betweeen": "3",
        "KOFFIE_ZZZZ": CANARY,
        "KOFFIE_OPERATOR": "x",
        "PATH": "/bin",
    }
    known = declared_keys(Settings)
    assert unknown_keys(known, environ, env_file) == [
        UnknownKey("KOFFIE_LANGAUGE", "KOFFIE_LANGUAGE"),
        UnknownKey("KOFFIE_RULES__GO_BETWEEEN", "KOFFIE_RULES__GO_BETWEENS"),
        UnknownKey("KOFFIE_ZZZZ", None),
    ]
    with pytest.raises(SettingsError) as refused:
        refuse_unknown_keys(known, environ, env_file)
    assert str(refused.value).splitlines() == [
        "KOFFIE_LANGAUGE is no setting. Do you mean KOFFIE_LANGUAGE?",
        "KOFFIE_RULES__GO_BETWEEEN is no setting. Do you mean KOFFIE_RULES__GO_BETWEENS?",
        "KOFFIE_ZZZZ is no setting.",
    ]


def test_known_keys_pass(env_file: Path) -> None:
    refuse_unknown_keys(declared_keys(Settings), {"KOFFIE_LANGUAGE": "nl", "koffie_operator": "x"}, env_file)


def test_every_setting_says_what_it_is_for() -> None:
    models: list[type[BaseModel]] = [Settings, *(model for _, model in generate_settings.adapter_settings())]
    unsaid = [
        key
        for model in models
        for key, field in declared_fields(model)
        if not (field.description or "").endswith(".")
    ]
    assert unsaid == []


def test_the_page_of_settings_is_current() -> None:
    assert generate_settings.PAGE.read_text("utf-8") == generate_settings.page(), "say 'make docs'"
