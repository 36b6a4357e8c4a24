"""A message as Slack's blocks: rich text is a tree there too, so that no words are ever read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from adapters.slack.words import cut, escaped, inert, plain_text
from bot.chat import Words
from bot.chat.message import (
    Attachment,
    Block,
    Card,
    Choices,
    Fields,
    Heading,
    Items,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Span,
    Whole,
)  # fmt: skip
from bot.chat.plain import plain, plain_span

MOST_BLOCKS = 50
_MOST_HEADING = 150
_MOST_LABEL = 75
_MOST_FALLBACK = 2000
EVENT_TYPE = "koffie"
"""The type of the metadata that a message bears; its payload holds the key of the outbox."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What is more than words where a message goes.

    ``present`` are the users that may be called by their id; others are named. ``profiles`` begins the
    address of a profile in the reader's own workspace: such an address, and no other in words, is a link.
    """

    present: AbstractSet[str] = frozenset()
    profiles: str = ""


_NOTHING_KNOWN = Known()


def render(message: Message, key: str, known: Known = _NOTHING_KNOWN) -> Json:
    """The arguments of a post: blocks, the words of its notification, and the key to know it by.

    Raises :class:`bot.chat.plain.Unresolved` for a message that was not resolved.
    """
    return {
        "text": cut(escaped(plain(_shown(message, Attachment, Whole, Choices))), _MOST_FALLBACK) or "…",
        "blocks": blocks(message, key, known),
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
    }


def home(message: Message, key: str) -> Json:
    """The home tab of one person."""
    return {"type": "home", "blocks": blocks(message, key)}


def blocks(message: Message, key: str, known: Known = _NOTHING_KNOWN) -> list[Json]:
    """The blocks of a message, at most fifty: with more, neighbours are put together."""
    pieces = [piece for block in _shown(message, Attachment, Whole).blocks for piece in _pieces(block, known)]
    if len(pieces) > MOST_BLOCKS:
        pieces = list(_together(pieces))
    if not pieces:
        names = ", ".join(file.name for file in files(message))
        pieces = [_rich([_section([_text(names or "…")])])]
    # The id of a block comes back with a press, and tells which message was pressed.
    return [{**piece, "block_id": f"{key}:{number}"} for number, piece in enumerate(pieces)]


def pressed_message(block_id: str) -> str:
    """The key of the message that holds this block."""
    return block_id.rpartition(":")[0]


def files(message: Message) -> list[Attachment]:
    return [block for block in message.blocks if isinstance(block, Attachment)]


def mentioned(message: Message) -> list[str]:
    """The user ids that a message calls."""
    spans = (span for block in message.blocks for line in _lines(block) for span in line)
    return [span.user for span in spans if isinstance(span, Mention) and span.user]


def invitation(whole: Whole, token: str) -> Message:
    """A message with a button that opens a form: for when there is no trigger to open it by at once."""
    title = Words(text=plain_span(whole.form.title))
    opening = Option(label=title, token=token, style="primary")
    return Message(blocks=(Paragraph(spans=(title,)), Choices(options=(opening,))))


def _shown(message: Message, *hidden: type[Block]) -> Message:
    """The message without some blocks: files go by themselves, a notification has no buttons."""
    kept = tuple(block for block in message.blocks if not isinstance(block, hidden))
    return message.model_copy(update={"blocks": kept})


def _lines(block: Block) -> Sequence[Sequence[Span]]:
    match block:
        case Paragraph():
            return [block.spans]
        case Items():
            return block.items
        case Card():
            return block.lines
        case Fields():
            return [fact.value for fact in block.facts]
        case _:
            return []


def _pieces(block: Block, known: Known) -> Iterator[Json]:
    match block:
        case Heading():
            yield {"type": "header", "text": plain_text(plain_span(block.span), _MOST_HEADING)}
        case Items():
            items = [_section(spans) for item in block.items if (spans := _spans(item, known))]
            if items:
                yield _rich([{"type": "rich_text_list", "style": "bullet", "elements": items}])
        case Choices():
            yield _actions(block.options)
        case Card():
            lines = [part for line in block.lines for part in (_text("\n"), *_spans(line, known))]
            yield from _prose([_text(plain_span(block.title), bold=True), *lines])
            if block.options:
                yield _actions(block.options)
        case Fields():
            yield from _prose(
                [
                    part
                    for number, fact in enumerate(block.facts)
                    for part in (
                        _text(("\n" if number else "") + plain_span(fact.label) + ": ", bold=True),
                        *_spans(fact.value, known),
                    )
                ]
            )
        case Paragraph():
            yield from _prose(_spans(block.spans, known))
        case _:
            # A reference that was not resolved: `plain` says so.
            plain(Message(blocks=(block,)))


def _prose(elements: Sequence[Json]) -> Iterator[Json]:
    """One paragraph, if there is anything in it: Slack refuses empty words."""
    shown = [element for element in elements if element.get("text") != ""]
    if shown:
        yield _rich([_section(shown)])


def _spans(spans: Sequence[Span], known: Known) -> list[Json]:
    shown = (element for span in spans for element in _span(span, known))
    return [element for element in shown if element.get("text") != ""]


def _span(span: Span, known: Known) -> Iterator[Json]:
    match span:
        case Link():
            yield {"type": "link", "url": span.url, "text": inert(plain_span(span.label)) or span.url}
        case Mention() if span.user is not None and span.user in known.present:
            yield {"type": "user", "user_id": span.user}
        case _:
            yield from _linked(plain_span(span), known.profiles)


def _linked(words: str, profiles: str) -> Iterator[Json]:
    if not profiles:
        yield _text(words)
        return
    # What the pattern holds in brackets stands at each second place.
    parts = re.split(rf"(\b{re.escape(profiles)}[UW][A-Z0-9]{{1,20}}\b)", words)
    for place, part in enumerate(parts):
        yield {"type": "link", "url": part} if place % 2 else _text(part)


def _text(words: str, *, bold: bool = False) -> Json:
    element: Json = {"type": "text", "text": inert(words)}
    return {**element, "style": {"bold": True}} if bold else element


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _actions(options: Sequence[Option]) -> Json:
    return {
        "type": "actions",
        "elements": [_button(option, number) for number, option in enumerate(options, start=1)],
    }


def _button(option: Option, number: int) -> Json:
    if option.token is None:
        raise ValueError("an option without a token")
    button: Json = {
        "type": "button",
        "action_id": f"choose-{number}",
        "text": plain_text(plain_span(option.label), _MOST_LABEL),
        "value": option.token,
    }
    return button if option.style == "normal" else {**button, "style": option.style}


def _together(pieces: Sequence[Json]) -> Iterator[Json]:
    """Rich texts that stand beside each other as one; a heading becomes a bold line of it."""
    elements: list[Json] = []
    for piece in pieces:
        if piece["type"] == "actions":
            if elements:
                yield _rich(elements)
            elements = []
            yield piece
        elif piece["type"] == "header":
            elements.append(_section([_text(piece["text"]["text"], bold=True)]))
        else:
            elements.extend(piece["elements"])
    if elements:
        yield _rich(elements)
