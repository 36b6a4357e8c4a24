"""The settings of the core, with their defaults and what each is for."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.values import accounts, async_url, checked_template, decoded_key, recesses

PREFIX = "KOFFIE_"
NESTED = "__"

Count = Annotated[int, Field(ge=1, le=1_000)]


class Rules(BaseModel):
    """The numbers of the product. They are choices, so an operator may choose otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_working_days: Count = Field(3, description="Working days in which both may answer a koffie.")
    remind_after_working_days: Count = Field(2, description="Working days after which it is asked once more.")
    open_requests: Count = Field(3, description="Requests that one official may have open at once.")
    lookups_a_day: Count = Field(10, description="Look-ups that one official may do a day.")
    results_a_lookup: Count = Field(3, description="Persons that a look-up shows at most.")
    topics_an_official: Count = Field(5, description="Topics that one official may name.")
    proposals_a_day: Count = Field(3, description="Topics that one official may propose a day.")
    declarations_a_day: Count = Field(10, description="Names that one official may say to know, a day.")
    list_stays_days: Count = Field(7, description="Days for which one asker keeps seeing the same persons.")
    leave_lists_days: Count = Field(90, description="Days that two leave each other's lists after a lapse.")
    pace_a_month: Count = Field(2, description="Koffies a month that an official is asked for at first.")
    requests_a_week: Count = Field(1, description="Requests that reach one a week; more wait for Monday.")
    go_betweens: Count = Field(3, description="Possible go-betweens from which the network says 'yes'.")
    choose_time_working_days: Count = Field(2, description="Working days in which to choose a time.")
    arrange_after_days: Count = Field(7, description="Days without a time before it is asked about once.")
    look_back_after_days: Count = Field(14, description="Days after both said yes before asking how it was.")
    confirm_profile_months: Count = Field(6, description="Months after which 'still right?' is asked.")
    idle_months: Count = Field(12, description="Months without a sign after which one is asked to stay.")
    idle_topic_months: Count = Field(
        6, description="Months without anything on a topic after which its closing is proposed."
    )
    idle_answer_days: Count = Field(30, description="Days to answer that; without an answer all is erased.")
    form_stays_days: Count = Field(7, description="Days that a half-filled form is kept.")
    koffie_gap_days: Count = Field(7, description="Days between two koffies of one official, for rounds.")
    introduced_again_days: Count = Field(
        365, description="Days for which a round rather introduces somebody else than the same two again."
    )
    recesses: str = Field(
        "",
        description="When no rounds are held, besides weekends and holidays: days as "
        "`2026-12-21/2027-01-03`, divided by commas.",
    )

    channels_opened_by: Literal["everyone", "admins"] = Field(
        "everyone", description="Who may open a channel for an opgave: everyone who is registered, or admins."
    )

    @field_validator("recesses")
    @classmethod
    def _known_days(cls, value: str) -> str:
        recesses(value)
        return value

    @property
    def recess_days(self) -> tuple[tuple[date, date], ...]:
        """The first and the last day of each recess."""
        return recesses(self.recesses)

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
        env_nested_delimiter=NESTED,
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
    admins: str = Field(
        "",
        description="Who may set up channels, besides those of `koffie admin add`: accounts as "
        "`PLATFORM:TENANT:USER`, divided by commas.",
    )
    legal_basis: Literal["toestemming", "taak van algemeen belang"] = Field(
        "toestemming", description="The legal basis that the consent text names."
    )
    office_opens: time = Field(time(8, 30), description="From then on a working day counts as office hours.")
    office_closes: time = Field(time(17, 30), description="From then on what nobody asked for waits.")
    online_address: str = Field(
        "",
        description="Where people meet online, with `{code}` in it, as `https://meet.example.nl/{code}`: "
        "each koffie gets its own code. Without it nobody is asked to meet online.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="From which weight on the bot writes to its log, standard error."
    )
    rules: Rules = Rules()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        async_url(value.get_secret_value())
        return value

    @field_validator("secret_key")
    @classmethod
    def _whole_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            decoded_key(value.get_secret_value())
        return value

    @field_validator("online_address")
    @classmethod
    def _address_with_code(cls, value: str) -> str:
        if value:
            checked_template(value)
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

    @field_validator("admins")
    @classmethod
    def _whole_accounts(cls, value: str) -> str:
        accounts(value)
        return value

    @property
    def admin_accounts(self) -> frozenset[str]:
        """Who may set up channels from the start, each as ``PLATFORM:TENANT:USER``."""
        return accounts(self.admins)

    @property
    def async_database_url(self) -> str:
        """The address with its asynchronous driver, as SQLAlchemy takes it. It may hold a password."""
        return async_url(self.database_url.get_secret_value())

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; ``None`` with PostgreSQL."""
        scheme, _, path = self.database_url.get_secret_value().partition(":///")
        return Path(path) if scheme == "sqlite" else None
