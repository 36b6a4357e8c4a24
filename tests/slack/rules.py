"""What Slack takes: its SDK's models, its own types as a JSON Schema, and the lengths that neither knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

SCHEMA = Path(__file__).parent / "node" / "node_modules" / ".slack-types.json"
MOST = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = {"button": 75, "header": 150, "section": 3000}


@cache
def _definitions() -> dict[str, Any]:
    """Slack's types, as `make test` wrote them down."""
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return loaded


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions()["definitions"]})


def faults_of_blocks(blocks: list[dict[str, Any]], surface: str = "message") -> list[str]:
    """What is wrong with blocks, on one surface."""
    found = [f"over {MOST[surface]} blocks"] if len(blocks) > MOST[surface] else []
    found += [f"schema: {fault}" for block in blocks for fault in _schema("KnownBlock", block)]
    try:
        for block in Block.parse_all(blocks):
            block.validate_json()
    except Exception as error:  # noqa: BLE001 - the SDK has an exception for each kind of fault
        found.append(f"sdk: {error}")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) != len(ids):
        found.append("two blocks with one id")
    return found + [fault for block in blocks for fault in _lengths(block)]


def faults_of_view(view: dict[str, Any]) -> list[str]:
    """What is wrong with a modal or a home tab."""
    kind = str(view.get("type"))
    found = [f"schema: {fault}" for fault in _schema("View", view)]
    try:
        View(**view).validate_json()
    except Exception as error:  # noqa: BLE001
        found.append(f"sdk: {error}")
    blocks = view.get("blocks") or []
    if kind == "modal":
        if any(block["type"] == "input" for block in blocks) and not view.get("submit"):
            found.append("an input without a submit")
        if len(view.get("private_metadata", "")) > 3000:
            found.append("private_metadata over 3000")
    return found + faults_of_blocks(blocks, kind)


def _schema(name: str, value: dict[str, Any]) -> Iterator[str]:
    for error in _validator(name).iter_errors(value):
        yield f"{name}: {error.message[:200]}"
        return


def _lengths(node: Any, path: str = "") -> Iterator[str]:
    """What is too long or too empty, anywhere in a tree."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _lengths(item, f"{path}[{number}]")
    if isinstance(node, dict):
        yield from (f"{path}: {fault}" for fault in (*_faults_of_text(node), *_faults_of_ids(node)))
        for name, item in node.items():
            yield from _lengths(item, f"{path}.{name}")


def _faults_of_text(node: dict[str, Any]) -> Iterator[str]:
    kind, text = node.get("type"), node.get("text")
    words = text.get("text") if isinstance(text, dict) else text
    if kind == "mrkdwn":
        yield "no text of ours is markup"
    if isinstance(words, str):
        most = MOST_CHARACTERS.get(str(kind), 75 if kind is None and "value" in node else 3000)
        if not words:
            yield "empty text"
        if len(words.encode("utf-16-le")) // 2 > most:
            yield f"{kind or 'option'} text over {most}"
    if isinstance(node.get("value"), str) and len(node["value"]) > (2000 if kind == "button" else 150):
        yield "value too long"


def _faults_of_ids(node: dict[str, Any]) -> Iterator[str]:
    for name in ("block_id", "action_id"):
        if len(str(node.get(name, ""))) > 255:
            yield f"{name} over 255"
    if node.get("type") == "actions":
        ids = [element.get("action_id") for element in node["elements"]]
        if len(set(ids)) != len(ids) or len(ids) > 25:
            yield "actions with one id, or over 25"
