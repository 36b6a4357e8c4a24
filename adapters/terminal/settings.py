"""Settings of the terminal: there is nothing to set."""

from typing import ClassVar

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The terminal runs when nothing else is set up."""

    model_config = SettingsConfigDict(env_prefix="KOFFIE_TERMINAL_", extra="ignore", frozen=True)
    fallback: ClassVar[bool] = True
    configured: ClassVar[bool] = False
