"""Settings of the terminal."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The terminal runs when nothing else is set up."""

    model_config = SettingsConfigDict(env_prefix="KOFFIE_TERMINAL_", extra="ignore", frozen=True)
    fallback: ClassVar[bool] = True
    configured: ClassVar[bool] = False

    shown: Path = Field(
        Path("koffie.shown"),
        description="Where the terminal notes which messages were shown, so that none is shown twice.",
    )
