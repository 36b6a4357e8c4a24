"""A message as the board takes it: lines in its own markup, buttons, and a form."""

from __future__ import annotations

from typing import Any

from bot.chat.form import FieldError, FormView, Suggestion
from bot.chat.message import (
    Block,
    Card,
    Choices,
    Heading,
    Items,
    Link,
    Mention,
    Message,
    Option,
    Span,
    Whole,
)  # fmt: skip
from bot.chat.plain import plain_block, plain_span
from tests.platforms.board.markup import escape


def render(message: Message) -> dict[str, Any]:
    """The part of a post that depends on the message alone. Raises when it was not resolved."""
    forms = [block.form for block in message.blocks if isinstance(block, Whole)]
    return {
        "lines": [line for block in message.blocks for line in _lines(block)],
        "buttons": [_button(option) for option in message.options],
        "form": form_window(forms[0]) if forms else None,
    }


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [f"*{_span(block.span)}*"]
        case Items():
            return [f"- {''.join(map(_span, item))}" for item in block.items]
        case Card():
            return [f"*{_span(block.title)}*", *("".join(map(_span, line)) for line in block.lines)]
        case Choices() | Whole():
            return []
        case _ if hasattr(block, "spans"):
            return ["".join(map(_span, block.spans))]
        case _:
            return [escape(line) for line in plain_block(block)]


def _span(span: Span) -> str:
    if isinstance(span, Mention) and span.user is not None:
        return f"<@{span.user}>"
    if isinstance(span, Link):
        return escape(plain_span(span))
    return escape(plain_span(span))


def _button(option: Option) -> dict[str, str]:
    if option.token is None:
        raise ValueError("an option without a token")
    return {"label": plain_span(option.label), "token": option.token}


def form_window(form: FormView) -> dict[str, Any]:
    """A form as a window with fields."""
    return {
        "id": form.id,
        "title": plain_span(form.title),
        "submit": plain_span(form.submit),
        "fields": [
            {
                "name": field.name,
                "kind": field.kind,
                "prompt": plain_span(field.prompt),
                "hint": plain_span(field.hint) if field.hint else "",
                "options": [suggestion(one) for one in field.options],
                "optional": field.optional,
                "value": plain_span(field.known) if field.known else field.value,
            }
            for field in form.fields
        ],
    }


def suggestion(one: Suggestion) -> dict[str, str]:
    return {"value": one.value, "label": plain_span(one.label)}


def error(fault: FieldError) -> dict[str, Any]:
    return {
        "field": fault.field,
        "reason": plain_span(fault.reason),
        "choices": [suggestion(one) for one in fault.choices],
    }
