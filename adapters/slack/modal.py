"""A form as a modal, what was filled in, and what to answer: Slack waits for it, three seconds at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from adapters.slack.words import cut, inert, plain_text
from bot.chat.form import Field, FormView, Next, Refused, Submission, Suggestion, Taken
from bot.chat.plain import plain_span

_MOST_TITLE = 24
_MOST_LABEL = 2000
_MOST_OPTION = 75
_MOST_OPTIONS = 100
_MOST_SHOWN = 10
_MOST_INPUT = 3000
_MOST_ERROR = 300
_LONG = 150
FORM = "form"

Json = dict[str, Any]


def view(form: FormView) -> Json:
    """The modal of a form. A field's name is its block's id, its kind that of its element."""
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": form.id,
        "title": plain_text(plain_span(form.title), _MOST_TITLE),
        "submit": plain_text(plain_span(form.submit), _MOST_TITLE),
        "blocks": [block for field in form.fields for block in _blocks(field)][:_MOST_OPTIONS],
    }


def _blocks(field: Field) -> list[Json]:
    above = [
        {"type": "section", "text": plain_text(plain_span(words), _MOST_INPUT)} for words in field.before
    ]
    question: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(plain_span(field.prompt), _MOST_LABEL),
        "element": _element(field),
        "optional": field.optional,
    }
    if field.hint is not None:
        question["hint"] = plain_text(plain_span(field.hint), _MOST_LABEL)
    return [*above, question]


def _element(field: Field) -> Json:
    options = [_option(one) for one in field.options][:_MOST_OPTIONS]
    match field.kind:
        case "search" if field.most > 1:
            return {
                "type": "multi_external_select",
                "action_id": field.kind,
                "min_query_length": 0,
                "max_selected_items": field.most,
                **_initial("initial_options", _chosen(field)),
            }
        case "search":
            return {
                "type": "external_select",
                "action_id": field.kind,
                "min_query_length": 0,
                **_initial("initial_option", next(iter(_chosen(field)), None)),
            }
        case "confirm" if len(options) <= 1:
            yes = {"text": plain_text(plain_span(field.prompt), _MOST_OPTION), "value": "yes"}
            return {"type": "checkboxes", "action_id": field.kind, "options": options or [yes]}
        case "one" | "confirm" if options:
            few = len(options) <= _MOST_SHOWN
            return {
                "type": "radio_buttons" if few else "static_select",
                "action_id": field.kind,
                "options": options,
                **_initial("initial_option", next(iter(_chosen(field)), None)),
            }
        case "many" if options:
            few = len(options) <= _MOST_SHOWN
            return {
                "type": "checkboxes" if few else "multi_static_select",
                "action_id": field.kind,
                "options": options,
                **_initial("initial_options", _chosen(field)),
            }
        case _:
            most = min(field.limit, _MOST_INPUT)
            stands = field.value if isinstance(field.value, str) else ""
            known = inert(plain_span(field.known) if field.known else stands)
            return {
                "type": "plain_text_input",
                "action_id": "text",
                "multiline": most > _LONG,
                "max_length": most,
                **_initial("initial_value", cut(known, most)),
            }


def _initial(name: str, value: object) -> Json:
    return {name: value} if value else {}


def _option(one: Suggestion) -> Json:
    return {"text": plain_text(plain_span(one.label), _MOST_OPTION), "value": one.value}


def _chosen(field: Field) -> list[Json]:
    """The options that the field's value names; without a value the one proposal that a search has."""
    if field.kind == "search" and field.value is None and len(field.options) == 1:
        return [_option(field.options[0])]
    values = field.value if isinstance(field.value, list) else [field.value]
    return [_option(one) for one in field.options if one.value in values]


def suggestions(found: Sequence[Suggestion]) -> Json:
    """What to choose from, while someone types."""
    return {"options": [_option(one) for one in found][:_MOST_OPTIONS]}


def values(handed_in: Mapping[str, Any]) -> dict[str, JsonValue]:
    """What was filled in, by field name; of a field left empty ``None`` or an empty list."""
    blocks = (handed_in.get("state") or {}).get("values") or {}
    return {
        name: _value(kind, element)
        for name, elements in blocks.items()
        for kind, element in elements.items()
        if isinstance(element, dict)
    }


def _value(kind: str, element: Mapping[str, Any]) -> JsonValue:
    match element:
        case {"type": "plain_text_input"}:
            return str(element.get("value") or "")
        case {"type": str(shape), "selected_options": list(chosen)}:
            picked: list[JsonValue] = [str(one["value"]) for one in chosen]
            return bool(picked) if kind == "confirm" and shape == "checkboxes" else picked
        case {"selected_option": dict(one)}:
            return str(one["value"])
        case _:
            return None


def answer(submission: Submission, handed_in: Mapping[str, Any]) -> Json:
    """What to answer a modal that was handed in."""
    match submission:
        case Refused(errors=errors):
            told = {
                error.field: _reason(plain_span(error.reason), [plain_span(o.label) for o in error.choices])
                for error in errors
            }
            return wrong(told, handed_in)
        case Next(form=form):
            return {"response_action": "update", "view": view(form)}
        case Taken():
            return {"response_action": "clear"}


def wrong(told: Mapping[str, str], handed_in: Mapping[str, Any]) -> Json:
    """Errors at their fields; Slack takes them at fields of this modal only, so others go to its first."""
    names = [block["block_id"] for block in handed_in.get("blocks") or () if block.get("type") == "input"]
    known = {name: words for name, words in told.items() if name in names}
    if not known and names:
        known = {names[0]: next(iter(told.values()), "…")}
    return {"response_action": "errors", "errors": known}


def _reason(words: str, choices: Sequence[str]) -> str:
    return cut(inert(f"{words} {' / '.join(choices)}".strip()), _MOST_ERROR)
