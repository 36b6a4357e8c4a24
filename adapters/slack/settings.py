"""Settings of Slack: which app this is, and how Slack reaches it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Slack runs when a bot token is set, or the client id of an app that several workspaces install."""

    model_config = SettingsConfigDict(
        env_prefix="KOFFIE_SLACK_", extra="ignore", frozen=True, hide_input_in_errors=True
    )
    fallback: ClassVar[bool] = False

    bot_token: SecretStr | None = Field(None, description="The bot token (`xoxb-…`) of one workspace.")
    signing_secret: SecretStr | None = Field(
        None, description="The app's signing secret; with it Slack sends over HTTP to `KOFFIE_SLACK_PORT`."
    )
    port: int | None = Field(
        None,
        ge=1,
        le=65_535,
        description="The port to listen on for Slack, in plain HTTP behind a TLS proxy.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address to listen on.")
    app_token: SecretStr | None = Field(
        None, description="The app-level token (`xapp-…`) for Socket Mode, where no inbound route exists."
    )
    base_url: str = Field(
        "https://slack.com/api/", pattern=r"^https?://[^\s?#]+/$", description="Where Slack's web API is."
    )
    client_id: str | None = Field(
        None, min_length=1, description="The app's client id, where several workspaces install it by OAuth."
    )
    client_secret: SecretStr | None = Field(None, description="The app's client secret, for OAuth.")

    @field_validator("bot_token", "signing_secret", "app_token", "client_secret")
    @classmethod
    def _not_blank(cls, value: SecretStr | None) -> SecretStr | None:
        # With an empty signing secret everybody could sign.
        if value is not None and not value.get_secret_value().strip():
            raise ValueError("it is empty; leave it out or fill it in")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if not self.configured:
            if self.signing_secret or self.port or self.app_token or self.client_secret:
                raise ValueError("KOFFIE_SLACK_BOT_TOKEN or KOFFIE_SLACK_CLIENT_ID is missing")
            return self
        if self.bot_token and self.client_id:
            raise ValueError("KOFFIE_SLACK_BOT_TOKEN and KOFFIE_SLACK_CLIENT_ID exclude each other")
        if (self.signing_secret is None) != (self.port is None):
            raise ValueError("KOFFIE_SLACK_SIGNING_SECRET and KOFFIE_SLACK_PORT belong together")
        if self.port is None and self.app_token is None:
            raise ValueError(
                "KOFFIE_SLACK_SIGNING_SECRET with KOFFIE_SLACK_PORT, or KOFFIE_SLACK_APP_TOKEN is missing"
            )
        if self.client_id and (self.client_secret is None or self.port is None):
            raise ValueError("KOFFIE_SLACK_CLIENT_ID needs KOFFIE_SLACK_CLIENT_SECRET and KOFFIE_SLACK_PORT")
        return self

    @property
    def configured(self) -> bool:
        return bool(self.bot_token or self.client_id)
