"""A text that is not yet words: a key with its parameters, worded only when it is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A frozen value that goes to and from JSON without loss; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class Day(Value):
    """A calendar day, worded as the reader's language does."""

    type: Literal["day"] = "day"
    day: date


class Month(Value):
    """The month of a day, worded as the reader's language does."""

    type: Literal["month"] = "month"
    day: date


class Moment(Value):
    """A moment, worded in the network's time zone."""

    type: Literal["moment"] = "moment"
    at: AwareDatetime


class Words(Value):
    """Literal words: what a person wrote, or a text that was resolved. Never markup."""

    type: Literal["words"] = "words"
    text: str


class About(Value):
    """A fact about an official, read when the message is sent and with consent checked again then.

    ``name``, ``organisation``, ``card`` (name at organisation), ``role``, ``position`` (role, organisation),
    ``not-about`` and ``human-line`` show to whoever may find the official;
    ``route`` (in words) and ``link`` (the address, number or link alone) only to who shares an agreed koffie.
    ``win`` is the small win that this official wrote after ``koffie``, ``meeting-place`` where ``koffie`` is,
    by this official's own words; both show to who sits there.
    """

    type: Literal["about"] = "about"
    official: int
    fact: Literal[
        "name",
        "organisation",
        "card",
        "role",
        "position",
        "not-about",
        "human-line",
        "route",
        "link",
        "win",
        "meeting-place",
    ]
    koffie: int | None = None


class Text(Value):
    """A catalogue key with its parameters; a string parameter is shown as it is and never as markup."""

    type: Literal["text"] = "text"
    key: str
    params: dict[str, Param] = Field(default_factory=dict)


Param = str | int | Annotated[Day | Month | Moment | About | Text, Field(discriminator="type")]
Text.model_rebuild()


def text(key: str, /, **params: Param | date | datetime) -> Text:
    """Make a :class:`Text`; days and moments may be given as plain ``date`` and ``datetime``."""
    return Text(key=key, params={name: _param(value) for name, value in params.items()})


def _param(value: Param | date | datetime) -> Param:
    if isinstance(value, datetime):
        return Moment(at=value)
    if isinstance(value, date):
        return Day(day=value)
    return value
