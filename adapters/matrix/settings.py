"""Settings of Matrix: which homeserver, who the bot is there, and who may speak to it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.matrix.names import is_user, server_of

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_SHORTEST_STORE_KEY = 16


class Settings(BaseSettings):
    """Matrix runs when a homeserver is set."""

    model_config = SettingsConfigDict(
        env_prefix="KOFFIE_MATRIX_", extra="ignore", frozen=True, hide_input_in_errors=True
    )
    fallback: ClassVar[bool] = False

    homeserver: str | None = Field(
        None, description="Where the homeserver's client API is: `https://matrix.example.nl`."
    )
    user: str | None = Field(None, description="The bot's own id there: `@koffie:example.nl`.")
    password: SecretStr | None = Field(
        None, description="The bot's password; used once, the login is then kept."
    )
    access_token: SecretStr | None = Field(
        None, description="An access token instead, where passwords are off; with `KOFFIE_MATRIX_DEVICE_ID`."
    )
    device_id: str | None = Field(
        None, min_length=1, max_length=255, description="The device that the access token belongs to."
    )
    store: Path = Field(
        Path("koffie-matrix"),
        description="Folder with the keys of end-to-end encryption. Keep it and back it up.",
    )
    store_key: SecretStr | None = Field(
        None, description="Seals the keys in that folder; left out, one is made and kept in the database."
    )
    allowed_servers: str | None = Field(
        None,
        max_length=4000,
        description="Servers whose people may speak to the bot, by comma, with `*` for any letters: "
        "`example.nl,*.example.nl`. Left out: the bot's own server only.",
    )

    @field_validator("password", "access_token", "store_key")
    @classmethod
    def _not_blank(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().strip():
            raise ValueError("it is empty; leave it out or fill it in")
        return value

    @field_validator("store_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < _SHORTEST_STORE_KEY:
            raise ValueError(f"it must have at least {_SHORTEST_STORE_KEY} characters")
        return value

    @field_validator("homeserver")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it must be an address like https://matrix.example.nl")
        if parts.username or parts.password:
            raise ValueError("it must hold no name and no password")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("it must start with https://; http:// is for this same machine only")
        return value

    @field_validator("user")
    @classmethod
    def _whole_id(cls, value: str | None) -> str | None:
        if value is not None and not is_user(value):
            raise ValueError("it must be a whole id like @koffie:example.nl")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if not self.configured:
            if self.user or self.password or self.access_token or self.device_id or self.allowed_servers:
                raise ValueError("KOFFIE_MATRIX_HOMESERVER is missing")
            return self
        if self.user is None:
            raise ValueError("KOFFIE_MATRIX_USER is missing")
        if self.password is None and self.access_token is None:
            raise ValueError(
                "KOFFIE_MATRIX_PASSWORD or KOFFIE_MATRIX_ACCESS_TOKEN with KOFFIE_MATRIX_DEVICE_ID is missing"
            )
        if (self.access_token is None) != (self.device_id is None):
            raise ValueError("KOFFIE_MATRIX_ACCESS_TOKEN and KOFFIE_MATRIX_DEVICE_ID belong together")
        return self

    @property
    def configured(self) -> bool:
        return self.homeserver is not None

    @property
    def servers(self) -> tuple[str, ...]:
        """The patterns of the servers that may speak to the bot."""
        if self.allowed_servers is None:
            return (server_of(self.user or ""),)
        return tuple(filter(None, (one.strip().lower() for one in self.allowed_servers.split(","))))

    def allows(self, user: str) -> bool:
        """Whether somebody's server is one of those."""
        server = server_of(user).lower()
        return any(fnmatchcase(server, pattern) for pattern in self.servers)
