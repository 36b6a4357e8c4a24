"""A message: a tree of text and choices for one recipient, rendered by that recipient's platform.

A tree is stored with text keys and references; :mod:`bot.delivery` resolves it at sending, so that an
adapter meets ``Words`` only, and files as ``Attachment`` only.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from bot.chat.form import FormView
from bot.i18n.text import About, Text, Value, Words


class Link(Value):
    """A link with its label."""

    type: Literal["link"] = "link"
    url: str = Field(pattern=r"^(https?|mailto|tel):", max_length=2000)
    label: Text | Words


class Mention(Value):
    """A person called by name; a platform on which ``official`` has an account may notify."""

    type: Literal["mention"] = "mention"
    official: int
    name: str | None = Field(default=None, description="Filled at sending")
    user: str | None = Field(default=None, description="The user id on the platform, filled at sending")


Span = Annotated[Text | About | Words | Link | Mention, Field(discriminator="type")]


class Action(Value):
    """What pressing does: the name of an action of some command, with its arguments.

    It stays in the database; a platform sees an opaque token.
    """

    name: str = Field(pattern=r"^[a-z-]+/[a-z-]+$")
    args: dict[str, JsonValue] = Field(default_factory=dict)


class Option(Value):
    """One thing to choose."""

    label: Text | Words
    action: Action | None = None
    token: str | None = Field(default=None, description="Opaque reference, set when the message is posted")
    style: Literal["normal", "primary", "danger"] = "normal"


class Heading(Value):
    type: Literal["heading"] = "heading"
    span: Text | About | Words = Field(discriminator="type")


class Paragraph(Value):
    """A paragraph; a ``numbered`` one holds the options of a row, as numbers to say."""

    type: Literal["paragraph"] = "paragraph"
    spans: tuple[Span, ...]
    numbered: bool = False


class Items(Value):
    """A list; each item is a line of spans."""

    type: Literal["items"] = "items"
    items: tuple[tuple[Span, ...], ...]


class Fact(Value):
    label: Text | Words
    value: tuple[Span, ...]


class Fields(Value):
    """Labels with their values."""

    type: Literal["fields"] = "fields"
    facts: tuple[Fact, ...]


class Card(Value):
    """One person or thing, with what can be done with it."""

    type: Literal["card"] = "card"
    title: Text | About | Words = Field(discriminator="type")
    lines: tuple[tuple[Span, ...], ...] = ()
    options: tuple[Option, ...] = ()


class Choices(Value):
    """Things to choose from; pressing one settles the question unless ``lasting``.

    ``public``: pressing tells nothing of anybody, as in a menu, so that it may travel unencrypted.
    """

    type: Literal["choices"] = "choices"
    options: tuple[Option, ...] = Field(min_length=1)
    public: bool = False


class FileOf(Value):
    """A file that is made when the message is sent, from what is then known and allowed."""

    type: Literal["file-of"] = "file-of"
    kind: str
    of: int


class Attachment(Value):
    """A file's bytes, ready to go."""

    type: Literal["attachment"] = "attachment"
    name: str = Field(pattern=r"^[A-Za-z0-9._-]{1,80}$")
    media_type: str
    content: bytes


class Whole(Value):
    """A form shown whole; only for platforms with the capability ``forms``."""

    type: Literal["whole"] = "whole"
    form: FormView


Block = Annotated[
    Heading | Paragraph | Items | Fields | Card | Choices | FileOf | Attachment | Whole,
    Field(discriminator="type"),
]


class Message(Value):
    """What goes to one recipient.

    ``slot`` names the question that the choices put: a newer message in the same slot takes the older
    one's numbers over. ``lasting`` choices can be pressed again and again (a list), others settle once.
    ``about`` says in a few words what is asked, for when a number could mean two questions.
    ``replaces`` is the key of an earlier message, which is then edited where the platform can, and left
    alone where it cannot. A ``fleeting`` message is to somebody of whom nothing is kept: its row is
    emptied as soon as it is sent. ``pressable`` are the tokens of public choices by the numbers that they
    got where there are no buttons. A ``pinned`` one is what everybody in a place should find back.
    """

    version: Literal[1] = 1
    blocks: tuple[Block, ...]
    only_you: bool = False
    slot: str | None = None
    lasting: bool = False
    about: Text | None = None
    replaces: str | None = None
    fleeting: bool = False
    pinned: bool = False
    pressable: dict[int, str] = Field(default_factory=dict, exclude=True)

    @property
    def options(self) -> tuple[Option, ...]:
        """All options in reading order; their numbers count from one."""
        return tuple(
            option for block in self.blocks if isinstance(block, Card | Choices) for option in block.options
        )


def say(*content: Text | Span | Block | tuple[Span, ...], **attributes: object) -> Message:
    """A message from paragraphs and blocks: texts become paragraphs of their own."""
    blocks = tuple(_block(part) for part in content)
    return Message.model_validate({"blocks": blocks, **attributes})


def _block(part: Text | Span | Block | tuple[Span, ...]) -> Block:
    match part:
        case Text() | About() | Words() | Link() | Mention():
            return Paragraph(spans=(part,))
        case tuple():
            return Paragraph(spans=part)
        case _:
            return part


def choose(*options: Option, public: bool = False) -> Choices:
    return Choices(options=options, public=public)


def option(
    label: Text | str,
    action: str,
    /,
    style: Literal["normal", "primary", "danger"] = "normal",
    **args: JsonValue,
) -> Option:
    """An option that runs ``action`` (``command/verb``) with ``args`` when pressed."""
    words = Words(text=label) if isinstance(label, str) else label
    return Option(label=words, action=Action(name=action, args=args), style=style)
