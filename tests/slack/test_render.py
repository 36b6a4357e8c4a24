"""Whatever is said, Slack takes it, and nobody's words do more than show."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import modal, render
from adapters.slack.adapter import Slack
from adapters.slack.words import cut, escaped, inert, length
from bot.chat.degrade import degrade
from bot.chat.form import Field, FieldError, FormView, Refused, Suggestion
from bot.chat.message import (
    Block,
    Card,
    Choices,
    Fact,
    Fields,
    Heading,
    Items,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Span,
)
from bot.chat.plain import Unresolved
from bot.i18n.text import Words, text
from tests.slack.rules import faults_of_blocks, faults_of_view

HOSTILE = (
    "*vet* _schuin_ ~door~ `code`",
    "<!channel> <!here> <@U0ANNA>",
    "<https://evil.example|klik>",
    "&lt;!channel&gt;",
    ":coffee: :rotating_light:",
    "> citaat\n- lijst",
    "\u202eomgekeerd\u202c",
    "nul\u200bbreed",
    "@room @everyone",
    "👩‍👩‍👧‍👦 🇳🇱",
    "a" * 4000,
    "\x00\x1b[31m",
    " ",
    "",
    "\n\n",
)

words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200))
spans: st.SearchStrategy[Span] = st.one_of(
    st.builds(Words, text=words),
    st.builds(
        Link,
        url=st.sampled_from(["https://tooi.nl/x", "mailto:a@b.nl", "tel:+31201234567"]),
        label=st.builds(Words, text=words),
    ),
    st.builds(
        Mention, official=st.just(7), name=words, user=st.none() | st.sampled_from(["U0ANNA", "U0ELSEWHERE"])
    ),
)
lines = st.lists(spans, max_size=4).map(tuple)
options = st.builds(
    Option,
    label=st.builds(Words, text=words),
    token=st.uuids().map(lambda token: f"{token.hex}.1"),
    style=st.sampled_from(["normal", "primary", "danger"]),
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, span=st.builds(Words, text=words)),
    st.builds(Paragraph, spans=lines),
    st.builds(Items, items=st.lists(lines, max_size=5).map(tuple)),
    st.builds(
        Fields,
        facts=st.lists(st.builds(Fact, label=st.builds(Words, text=words), value=lines), max_size=4).map(
            tuple
        ),
    ),
    st.builds(
        Card,
        title=st.builds(Words, text=words),
        lines=st.lists(lines, max_size=3).map(tuple),
        options=st.lists(options, max_size=3).map(tuple),
    ),
    st.builds(Choices, options=st.lists(options, min_size=1, max_size=8).map(tuple)),
)
messages = st.builds(Message, blocks=st.lists(blocks, max_size=12).map(tuple))


def nodes(tree: Any) -> list[dict[str, Any]]:
    if isinstance(tree, list):
        return [node for item in tree for node in nodes(item)]
    if isinstance(tree, dict):
        return [tree, *(node for item in tree.values() for node in nodes(item))]
    return []


@settings(max_examples=60)
@given(messages)
def test_slack_takes_every_message_with_all_its_choices(message: Message) -> None:
    tokens = []
    for number, part in enumerate(degrade(message, Slack.capabilities).parts):
        payload = render.render(part, f"k.{number}", render.Known(frozenset({"U0ANNA"})))
        assert faults_of_blocks(payload["blocks"]) == []
        assert len(payload["text"]) <= 4000
        tokens += [node["value"] for node in nodes(payload["blocks"]) if node.get("type") == "button"]
    if len(message.options) <= (Slack.capabilities.most_options or 0):
        assert tokens == [option.token for option in message.options]


@settings(max_examples=60)
@given(messages)
def test_words_are_inert(message: Message) -> None:
    for part in degrade(message, Slack.capabilities).parts:
        payload = render.render(part, "k", render.Known(frozenset({"U0ANNA"})))
        for node in nodes(payload["blocks"]):
            assert node.get("type") != "mrkdwn"
            assert node.get("type") != "user" or node["user_id"] == "U0ANNA"
            if isinstance(node.get("text"), str):
                assert all(
                    letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf"}
                    for letter in node["text"]
                )
        # The notification is always read for marks: none is left whole.
        assert "<" not in payload["text"]


def test_more_blocks_than_slack_takes_are_put_together() -> None:
    many = tuple(
        block
        for number in range(40)
        for block in (Heading(span=Words(text=f"kop {number}")), Paragraph(spans=(Words(text="x"),)))
    )
    made = render.blocks(Message(blocks=many), "k")
    assert len(made) == 1
    assert "kop 39" in json.dumps(made)


def test_an_unresolved_message_is_refused() -> None:
    with pytest.raises(Unresolved):
        render.render(Message(blocks=(Paragraph(spans=(text("welcome"),)),)), "k")


@given(words, st.integers(2, 80))
def test_cut_keeps_to_slacks_own_count(said: str, most: int) -> None:
    assert length(cut(inert(said), most)) <= most


def test_escaped_notifies_nobody() -> None:
    assert escaped("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


names = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
suggestions = st.builds(Suggestion, value=st.uuids().map(str), label=st.builds(Words, text=words))
fields = st.builds(
    Field,
    name=names,
    kind=st.sampled_from(["text", "search", "one", "many", "confirm"]),
    prompt=st.builds(Words, text=words),
    hint=st.none() | st.builds(Words, text=words),
    before=st.lists(st.builds(Words, text=words), max_size=2).map(tuple),
    options=st.lists(suggestions, max_size=14).map(tuple),
    optional=st.booleans(),
    most=st.integers(1, 5),
    value=st.none() | words,
    known=st.none() | st.builds(Words, text=words),
    limit=st.integers(1, 4000),
)
forms = st.builds(
    FormView,
    id=st.uuids().map(str),
    title=st.builds(Words, text=words),
    submit=st.builds(Words, text=words),
    fields=st.lists(fields, min_size=1, max_size=8, unique_by=lambda field: field.name).map(tuple),
)


@settings(max_examples=60)
@given(forms)
def test_slack_takes_every_form(form: FormView) -> None:
    assert faults_of_view(modal.view(form)) == []


def test_a_line_holds_what_is_known_or_else_what_is_proposed() -> None:
    asked = Field(name="line", kind="text", prompt=Words(text="Waaraan werk je?"), value="Dijken")
    known = asked.model_copy(update={"name": "other", "known": Words(text="Veen")})
    form = FormView(id="f", title=Words(text="Profiel"), submit=Words(text="Klaar"), fields=(asked, known))
    stands = [block["element"]["initial_value"] for block in modal.view(form)["blocks"]]
    assert stands == ["Dijken", "Veen"]


@settings(max_examples=40)
@given(forms, words)
def test_errors_stand_at_fields_that_are_there(form: FormView, reason: str) -> None:
    view = modal.view(form)
    refused = Refused(errors=(FieldError(field=form.fields[-1].name, reason=Words(text=reason)),))
    answer = modal.answer(refused, view)
    assert set(answer["errors"]) == {form.fields[-1].name}
    stranger = Refused(errors=(FieldError(field="elders", reason=Words(text=reason)),))
    assert set(modal.answer(stranger, view)["errors"]) == {form.fields[0].name}


def test_only_a_profile_of_the_own_workspace_is_a_link() -> None:
    profiles = "https://rijk.slack.com/team/"
    said = f"Via {profiles}U0BRAM. Niet: https://evil.example/team/U0BRAM, {profiles}../x of {profiles}u0bram"
    message = Message(blocks=(Paragraph(spans=(Words(text=said),)),))
    ((section,),) = [
        block["elements"] for block in render.blocks(message, "k", render.Known(profiles=profiles))
    ]
    parts = section["elements"]
    assert [part["url"] for part in parts if part["type"] == "link"] == [f"{profiles}U0BRAM"]
    assert "".join(part.get("url") or part["text"] for part in parts) == said
    (plain,) = render.blocks(message, "k")[0]["elements"]
    assert [part["type"] for part in plain["elements"]] == ["text"]
