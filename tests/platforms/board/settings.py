"""Settings of the board: where its server listens."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The board runs when its server is set."""

    model_config = SettingsConfigDict(env_prefix="KOFFIE_BOARD_", extra="ignore", frozen=True)
    fallback: ClassVar[bool] = False

    server: str = Field("", description="Host and port of the server, like `127.0.0.1:4000`.")
    request_seconds: float = Field(10, gt=0, description="How long a request to the server may take.")

    @property
    def configured(self) -> bool:
        return bool(self.server)
