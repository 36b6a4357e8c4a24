"""What a person on Slack sees, read from the blocks that were sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.form import OPENS


@dataclass
class Seen:
    """One thing that a person sees: a message, an answer for their eyes only, or a window."""

    blocks: list[dict[str, Any]]
    text: str
    place: str
    ts: str | None = None
    metadata: dict[str, Any] | None = None

    @property
    def words(self) -> str:
        """What it says, line by line, with its buttons."""
        return "\n".join(line for block in self.blocks for line in lines(block))

    def form_buttons(self) -> list[tuple[str, str]]:
        """The buttons that open a form, by label and token."""
        elements = [element for block in self.blocks for element in block.get("elements", ())]
        return [
            (element["text"]["text"], element["value"])
            for element in elements
            if element.get("type") == "button" and element["value"].startswith(OPENS)
        ]

    def button(self, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """A button by its label, with its block. Raises ``LookupError``."""
        for block in self.blocks:
            for element in block.get("elements", ()):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    return block, element
        raise LookupError(f"no button {label!r} in:\n{self.words}")


def lines(block: dict[str, Any]) -> list[str]:
    match block:
        case {"type": "rich_text", "elements": elements}:
            return "".join(_rich(element) for element in elements).split("\n")
        case {"type": "header" | "section", "text": {"text": words}}:
            return [words]
        case {"type": "actions", "elements": elements}:
            return ["  ".join(f"[{element['text']['text']}]" for element in elements)]
        case {"type": "input", "label": {"text": words}}:
            element, picked = block["element"], [one["text"]["text"] for one in chosen(block["element"])]
            filled = ", ".join(picked) or element.get("initial_value") or "____"
            labels = [option["text"]["text"] for option in element.get("options", ())]
            options = (f"({'x' if label in picked else ' '}) {label}" for label in labels)
            return [words, *options] if labels else [f"{words} {filled}"]
        case _:
            return []


def chosen(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The options of a field that are chosen when its window opens."""
    one = element.get("initial_option")
    return [one] if one else list(element.get("initial_options", ()))


def _rich(element: dict[str, Any]) -> str:
    match element:
        case {"type": "rich_text_list", "elements": items}:
            return "\n".join(f"• {_rich(item)}" for item in items)
        case {"elements": inner}:
            return "".join(_rich(one) for one in inner)
        case {"type": "link", "url": url}:
            words = str(element.get("text") or url)
            return words if url.endswith(words) else f"{words} ({url})"
        case {"type": "user", "user_id": user}:
            return f"@{user}"
        case _:
            return str(element.get("text", ""))
