"""A message as Matrix has it: plain words, and the same as HTML made of escaped parts only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

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
    Paragraph,
    Span,
    Whole,
)  # fmt: skip
from bot.chat.plain import plain, plain_block, plain_span

MARK = "nl.koffie.key"
"""Where a message of ours bears its key, by which it is found back."""
_EVERYBODY = re.compile(r"@(?=room)", re.IGNORECASE)
_GAP = " " * 3
_NUMBERED = re.compile(r"(\d{1,3}) (.+)", re.DOTALL)

Json = dict[str, Any]


def render(message: Message, key: str, present: Collection[str] = (), how: str = "") -> Json | None:
    """The content of the event; ``None`` when nothing is left beside files.

    ``present`` are the users in the room: they may be called, others are named. ``how`` tells how to choose,
    where there are numbers to choose by. Raises :class:`bot.chat.plain.Unresolved` for a message that was not
    resolved.
    """
    shown = [block for block in message.blocks if not isinstance(block, Attachment | Whole)]
    if how and any(map(_numbered, shown)):
        shown.append(Paragraph(spans=(Words(text=how),)))
    lines = [line for block in shown for line in _lines(block)]
    if not any(line.strip() for line in lines):
        return None
    mentioned = {span.user for block in shown for span in _mentions(block) if span.user}
    called = sorted(mentioned.intersection(present))
    return {
        "msgtype": "m.text",
        "body": _inert("\n".join(lines)),
        "format": "org.matrix.custom.html",
        "formatted_body": "".join(_html(block, present) for block in shown),
        "m.mentions": {"user_ids": called} if called else {},
        MARK: key,
    }


def edit(content: Json, event: str) -> Json:
    """The same content in the place of an earlier event's."""
    new = {name: value for name, value in content.items() if name != MARK}
    return {
        **content,
        "body": f"* {content['body']}",
        "m.mentions": {},
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }


def in_thread(content: Json, root: str) -> Json:
    """The content in a thread; clients without threads show it as an answer to its first message."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    return {**content, "m.relates_to": relation}


def file(attachment: Attachment, where: Json, key: str) -> Json:
    """A file that stands on the server; ``where`` is its address, with its key where it is encrypted."""
    picture = attachment.media_type.startswith("image/")
    return {
        "msgtype": "m.image" if picture else "m.file",
        "body": attachment.name,
        "filename": attachment.name,
        "info": {"mimetype": attachment.media_type, "size": len(attachment.content)},
        "m.mentions": {},
        MARK: key,
        **where,
    }


def files(message: Message) -> list[Attachment]:
    return [block for block in message.blocks if isinstance(block, Attachment)]


def _lines(block: Block) -> list[str]:
    if (options := _numbered(block)) is not None:
        return [f"{number} {label}" for number, label in options]
    return plain_block(block)


def _numbered(block: Block) -> list[tuple[str, str]] | None:
    """The options of a line of numbered ones: here each gets a line of its own."""
    if not isinstance(block, Paragraph) or not block.numbered:
        return None
    parts = [_NUMBERED.fullmatch(part) for part in plain_span(block.spans[0]).split(_GAP)]
    found = [(part[1], part[2]) for part in parts if part]
    return found if len(found) == len(parts) > 0 else None


def _mentions(block: Block) -> Iterator[Mention]:
    match block:
        case Paragraph():
            lines: Sequence[Sequence[Span]] = [block.spans]
        case Items():
            lines = block.items
        case Card():
            lines = block.lines
        case Fields():
            lines = [fact.value for fact in block.facts]
        case _:
            lines = []
    return (span for line in lines for span in line if isinstance(span, Mention))


def _html(block: Block, present: Collection[str]) -> str:
    if (options := _numbered(block)) is not None:
        return f"<p>{'<br>'.join(f'<b>{number}</b> {_text(label)}' for number, label in options)}</p>"
    match block:
        case Heading():
            return f"<p><b>{_text(plain_span(block.span))}</b></p>"
        case Paragraph():
            return f"<p>{_spans(block.spans, present)}</p>"
        case Items():
            return f"<ul>{''.join(f'<li>{_spans(item, present)}</li>' for item in block.items)}</ul>"
        case Fields():
            facts = (
                f"<b>{_text(plain_span(fact.label))}:</b> {_spans(fact.value, present)}"
                for fact in block.facts
            )
            return f"<p>{'<br>'.join(facts)}</p>"
        case Card():
            lines = [
                f"<b>{_text(plain_span(block.title))}</b>",
                *(_spans(line, present) for line in block.lines),
            ]
            options_left = plain(Message(blocks=(Choices(options=block.options),))) if block.options else ""
            return f"<p>{'<br>'.join([*lines, *filter(None, [_text(options_left)])])}</p>"
        case _:
            # Options without numbers, or a reference that was not resolved: `plain` says so.
            return f"<p>{_text(plain(Message(blocks=(block,))))}</p>"


def _spans(spans: Sequence[Span], present: Collection[str]) -> str:
    return "".join(_span(span, present) for span in spans)


def _span(span: Span, present: Collection[str]) -> str:
    match span:
        case Link():
            label = plain_span(span.label) or span.url
            return f'<a href="{escape(span.url)}">{_text(label)}</a>'
        case Mention(user=str(user)) if user in present:
            return f'<a href="{matrix_to(user)}">{_text(plain_span(span))}</a>'
        case _:
            return _text(plain_span(span))


def _text(words: str) -> str:
    """Words that are read as words: escaped, and their line ends kept."""
    return escape(_inert(words), quote=False).replace("\n", "<br>")


def _inert(words: str) -> str:
    """Old clients ring for everybody at this word, wherever it stands."""
    return _EVERYBODY.sub("@ ", words)


def matrix_to(name: str) -> str:
    """The address by which a client opens a talk with somebody, or a room."""
    return f"https://matrix.to/#/{quote(name, safe='@:')}"
