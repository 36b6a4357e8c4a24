"""Fitting a message to a platform: no option and no letter is lost, the order stays, every part fits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.capabilities import Capabilities
from bot.chat.degrade import Degraded, degrade
from bot.chat.form import FormView
from bot.chat.message import (
    Attachment,
    Choices,
    Items,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Whole,
    choose,
    option,
    say,
)
from bot.chat.plain import Unresolved, plain, plain_block, visible
from bot.i18n.text import About, Words, text
from tests.contract import messages


def told(fitted: Degraded) -> str:
    return "\n".join(plain(part) for part in fitted.parts)


def letters(shown: str) -> str:
    return "".join(letter for letter in shown if letter.isalnum())


def shown_length(part: Message) -> int:
    return sum(
        len(line) for block in part.blocks if not isinstance(block, Whole) for line in plain_block(block)
    )


@given(messages.messages, messages.capabilities)
def test_only_public_choices_can_be_pressed_by_their_number(message: Message, able: Capabilities) -> None:
    message = messages.with_tokens(message)
    public = [
        option
        for block in message.blocks
        if isinstance(block, Choices) and block.public
        for option in block.options
    ]
    *firsts, last = degrade(message, able).parts
    numbered = [(number, option) for number, option in enumerate(message.options, 1) if option in public]
    shown = not any(part.options for part in (*firsts, last))
    assert last.pressable == ({number: option.token for number, option in numbered} if shown else {})
    assert not any(part.pressable for part in firsts)


@given(messages.messages, messages.capabilities)
def test_no_option_is_lost_and_their_order_is_kept(message: Message, able: Capabilities) -> None:
    fitted = degrade(message, able)
    left = [option for part in fitted.parts for option in part.options]
    if left:
        assert left == list(message.options)
        assert able.buttons
    elif message.options:
        assert "buttons" in fitted.lost
        labels = [letters(plain(say(option.label))) for option in message.options]
        rest = letters(told(fitted))
        for number, label in enumerate(labels, 1):
            before, found, rest = rest.partition(f"{number}{label}")
            assert found, (number, label, before)


@given(messages.messages, messages.capabilities)
def test_no_letter_is_lost(message: Message, able: Capabilities) -> None:
    fitted = degrade(message, able)
    kept = message
    if "files" in fitted.lost:
        kept = message.model_copy(
            update={"blocks": tuple(b for b in message.blocks if not isinstance(b, Attachment))}
        )
    rest = iter(letters(told(fitted)))
    assert all(letter in rest for letter in letters(plain(kept)))


@given(messages.messages, messages.capabilities)
def test_every_part_fits(message: Message, able: Capabilities) -> None:
    fitted = degrade(message, able)
    assert fitted.parts
    if able.most_characters is not None:
        assert all(shown_length(part) <= able.most_characters for part in fitted.parts)
    if able.most_options is not None:
        assert all(len(part.options) <= able.most_options for part in fitted.parts)
    if not able.files:
        assert not [block for part in fitted.parts for block in part.blocks if isinstance(block, Attachment)]


@given(messages.messages, messages.capabilities)
def test_only_you_stays_with_every_part(message: Message, able: Capabilities) -> None:
    private = message.model_copy(update={"only_you": True})
    assert all(part.only_you for part in degrade(private, able).parts)


@given(messages.messages)
def test_a_platform_that_can_everything_loses_nothing(message: Message) -> None:
    able = Capabilities(buttons=True, files=True)
    assert degrade(message, able) == Degraded((message,), frozenset())


@given(messages.messages, messages.capabilities)
def test_plainly_leaves_lines_of_text_and_files(message: Message, able: Capabilities) -> None:
    fitted = degrade(message, able, plainly=True)
    kinds = {type(block) for part in fitted.parts for block in part.blocks}
    assert kinds <= {Paragraph, Attachment}
    assert "markup" in fitted.lost


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_numbers_run_on_over_cards_and_choices(sizes: list[int]) -> None:
    blocks = [choose(*(Option(label=Words(text="optie")) for _ in range(size))) for size in sizes]
    fitted = degrade(say(*blocks), Capabilities())
    assert [int(number) for number in re.findall(r"(\d+) optie", told(fitted))] == list(
        range(1, sum(sizes) + 1)
    )


def test_a_form_does_not_count_and_stays_whole() -> None:
    form = FormView(id="f", title=Words(text="Proef"), submit=Words(text="Verstuur"), fields=())
    message = say(Words(text="woord " * 100), Whole(form=form))
    fitted = degrade(message, Capabilities(forms=True, most_characters=200))
    assert sum(isinstance(block, Whole) for part in fitted.parts for block in part.blocks) == 1


def test_one_endless_word_is_cut() -> None:
    fitted = degrade(say(Words(text="a" * 1000)), Capabilities(most_characters=100))
    assert letters(told(fitted)) == "a" * 1000
    assert all(shown_length(part) <= 100 for part in fitted.parts)


@pytest.mark.parametrize("span", [text("welcome"), About(official=7, fact="name"), Mention(official=7)])
def test_what_is_not_resolved_is_never_shown(span: object) -> None:
    with pytest.raises(Unresolved):
        plain(Message(blocks=(Paragraph(spans=(span,)),)))


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Link(url="https://example.nl", label=Words(text="daar")), "daar (https://example.nl)"),
        (Link(url="https://example.nl", label=Words(text="https://example.nl")), "https://example.nl"),
        (Link(url="mailto:a@b.nl", label=Words(text="a@b.nl")), "a@b.nl"),
        (Link(url="tel:+31612345678", label=Words(text="+31612345678")), "+31612345678"),
        (Mention(official=7, name="Anna\u202e"), "Anna"),
        (Words(text="een\nregel\x1b[31m\u200b"), "een\nregel[31m"),
    ],
)
def test_a_span_in_plain_words(span: Link | Mention | Words, shown: str) -> None:
    assert plain(say(span)) == shown


@given(st.text())
def test_what_is_visible_stays_and_nothing_else(words: str) -> None:
    kept = visible(words)
    assert visible(kept) == kept
    assert [letter for letter in words if letter.isalnum()] == [letter for letter in kept if letter.isalnum()]
    assert not set(kept) & set("\u202e\u200b\u2066\u2069\x1b\x00\u2028")


def test_a_list_that_is_too_long_is_cut_between_its_items() -> None:
    items = Items(items=tuple((Words(text=f"regel {n} " + "x" * 30),) for n in range(10)))
    fitted = degrade(say(items), Capabilities(most_characters=150))
    assert len(fitted.parts) > 1
    assert [line[:7] for line in told(fitted).splitlines()] == ["- regel"] * 10


@given(messages.messages, messages.capabilities)
def test_a_page_is_all_parts_on_one(message: Message, able: Capabilities) -> None:
    able = able.model_copy(update={"most_options": None})
    (page,) = degrade(message, able, page=True).parts
    assert page.blocks == tuple(block for part in degrade(message, able).parts for block in part.blocks)


def test_a_page_keeps_its_buttons_where_each_row_fits() -> None:
    able = Capabilities(buttons=True, most_options=2)
    message = say(*(choose(option(f"{n}", "some/thing")) for n in range(5)))
    assert len(degrade(message, able, page=True).parts[0].options) == 5
    assert degrade(message, able).parts[0].options == ()
