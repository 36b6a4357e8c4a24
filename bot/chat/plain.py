"""A resolved message as plain text: for platforms without markup, and as the last resort of all."""

import unicodedata
from collections.abc import Sequence

from bot.chat.message import (
    Attachment,
    Block,
    Card,
    Choices,
    Fields,
    FileOf,
    Heading,
    Items,
    Link,
    Mention,
    Message,
    Paragraph,
    Span,
    Whole,
)  # fmt: skip
from bot.i18n.text import About, Text, Words

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class Unresolved(TypeError):
    """A text key or reference reached a renderer: the message was not resolved."""


def visible(words: str) -> str:
    """Words without what acts unseen: controls, turned letters, zero-width and private characters."""
    if words.isprintable():
        return words
    return "".join(
        letter for letter in words if letter in "\n\t" or unicodedata.category(letter) not in _HIDDEN
    )


def plain_span(span: Span) -> str:
    """One span in words, all of them visible. Raises :class:`Unresolved` for a key or a reference."""
    match span:
        case Words():
            return visible(span.text)
        case Link():
            label = plain_span(span.label)
            return (
                label if span.url in {label, f"mailto:{label}", f"tel:{label}"} else f"{label} ({span.url})"
            )
        case Mention():
            if span.name is None:
                raise Unresolved("mention")
            return visible(span.name)
        case Text() | About():
            raise Unresolved(span.type)


def plain_spans(spans: Sequence[Span]) -> str:
    return "".join(plain_span(span) for span in spans)


def plain_block(block: Block) -> list[str]:
    """The lines of one block. Options stand without numbers: :mod:`bot.chat.degrade` numbers them."""
    match block:
        case Heading():
            return [plain_span(block.span)]
        case Paragraph():
            return [plain_spans(block.spans)]
        case Items():
            return [f"- {plain_spans(item)}" for item in block.items]
        case Fields():
            return [f"{plain_span(fact.label)}: {plain_spans(fact.value)}" for fact in block.facts]
        case Card():
            lines = [plain_span(block.title), *(plain_spans(line) for line in block.lines)]
            return [*lines, *(f"[{plain_span(option.label)}]" for option in block.options)]
        case Choices():
            return [" ".join(f"[{plain_span(option.label)}]" for option in block.options)]
        case Attachment():
            return [f"[{block.name}]"]
        case FileOf() | Whole():
            raise Unresolved(block.type)


def plain(message: Message) -> str:
    """The whole message, a line a block line."""
    return "\n".join(line for block in message.blocks for line in plain_block(block))
