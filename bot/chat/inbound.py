"""What came from a platform, without that platform's words in it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from bot.chat.address import Account, Address
from bot.i18n.text import Value


class Said(Value):
    """Words to the bot; mention, prefix or slash already taken off.

    ``command`` is true where the platform itself made clear that this is a command (a slash, a prefix):
    it then is one even while a form is open. ``reply_to`` is the ref of the message that they answer, where a
    platform tells.
    """

    type: Literal["said"] = "said"
    text: str = Field(max_length=4000)
    command: bool = False
    reply_to: str = Field(default="", max_length=600)


class Pressed(Value):
    """A button pressed: its opaque token."""

    type: Literal["pressed"] = "pressed"
    token: str = Field(max_length=200)


class Submitted(Value):
    """A form handed in whole, where the platform shows forms whole; values by field name."""

    type: Literal["submitted"] = "submitted"
    form: str = Field(max_length=200)
    values: dict[str, JsonValue]


class Opened(Value):
    """The person opened the bot's home screen or talk; what is due there may be shown."""

    type: Literal["opened"] = "opened"


class Gone(Value):
    """The account was deactivated, became a guest, or left."""

    type: Literal["gone"] = "gone"


class Away(Value):
    """The person's own status tells that they are away until a moment; ``None``: that they are not."""

    type: Literal["away"] = "away"
    until: AwareDatetime | None = None


class Left(Value):
    """The person left the conversation ``where``, or was taken out of it."""

    type: Literal["left"] = "left"


class Profile(Value):
    """What the platform knows of a person: a proposal for the form, never taken over unasked."""

    name: str | None = None
    email: str | None = None
    language: str | None = None
    time_zone: str | None = None


Content = Annotated[Said | Pressed | Submitted | Opened | Gone | Away | Left, Field(discriminator="type")]


class Inbound(Value):
    """One event. ``key`` is the same for a redelivery; ``actor`` is who did it; ``where`` gets the answer.

    In a shared place an adapter passes on only what is addressed to the bot.
    """

    key: str = Field(min_length=1, max_length=255)
    actor: Account
    where: Address
    content: Content
    at: AwareDatetime
    profile: Profile | None = None
