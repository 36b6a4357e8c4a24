"""Where a message goes: typed addresses, never clever strings."""

from typing import Annotated, Literal

from pydantic import Field

from bot.i18n.text import Value


class Account(Value):
    """One person on one platform: (platform, tenant, user), each opaque to the bot."""

    platform: str = Field(min_length=1, max_length=32)
    tenant: str = Field(max_length=255)
    user: str = Field(min_length=1, max_length=255)


class Direct(Value):
    """The private talk of the bot with one person."""

    type: Literal["direct"] = "direct"
    account: Account

    @property
    def platform(self) -> str:
        return self.account.platform


class Conversation(Value):
    """A room or channel with others in it; ``thread`` narrows it to one thread."""

    type: Literal["conversation"] = "conversation"
    platform: str
    tenant: str
    id: str = Field(max_length=255)
    thread: str | None = None
    account: Account | None = Field(default=None, description="Whom an only-you message is for")


class Home(Value):
    """The home screen of one person, where the platform has one."""

    type: Literal["home"] = "home"
    account: Account

    @property
    def platform(self) -> str:
        return self.account.platform


Address = Annotated[Direct | Conversation | Home, Field(discriminator="type")]
"""A place on a platform."""


class Together(Value):
    """A private place of these officials and the bot, on a chat where all of them are.

    It is made when the message is sent, the same one each time for the same ``koffie``: no adapter meets this
    address, it gets the place that it opened.
    """

    type: Literal["together"] = "together"
    platform: str
    tenant: str
    officials: tuple[int, ...] = Field(min_length=2)
    koffie: int

    @property
    def account(self) -> None:
        """It is nobody's own."""


class TopicPlace(Value):
    """The ``place`` of a topic channel on a platform, which is made, moved into or looked after.

    That is all that sending its row does: the row's message holds the words to make it with. ``asker`` is the
    official who hears what came of it. No adapter meets this address.
    """

    type: Literal["topic-place"] = "topic-place"
    platform: str
    tenant: str
    place: int
    asker: int | None = None

    @property
    def account(self) -> None:
        """It is nobody's own."""


Destination = Annotated[Direct | Conversation | Home | Together | TopicPlace, Field(discriminator="type")]
"""Where a row of the outbox goes: a place, or one that is yet to be made."""
