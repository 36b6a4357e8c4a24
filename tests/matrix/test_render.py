"""What Matrix makes of a message, where no server is needed to see it."""

from __future__ import annotations

from adapters.matrix.adapter import Matrix
from adapters.matrix.render import Json, render
from bot.chat.degrade import degrade
from bot.chat.message import Message, choose, option, say
from bot.i18n.text import Words

HOW = "Antwoord met het nummer."


def shown(message: Message) -> Json:
    (part,) = degrade(message, Matrix.capabilities).parts
    content = render(part, "k1", how=HOW)
    assert content is not None
    return content


def test_a_row_of_options_is_a_list_and_says_how_to_choose() -> None:
    row = choose(*(option(label, "doe-mee/in") for label in ("Doe mee", "Nu niet")))
    content = shown(say(Words(text="Zin in koffie?"), row))
    assert content["body"] == f"Zin in koffie?\n1 Doe mee\n2 Nu niet\n{HOW}"
    assert "<b>1</b> Doe mee<br><b>2</b> Nu niet" in content["formatted_body"]


def test_a_sentence_that_begins_with_a_number_is_no_option() -> None:
    """As the month in the channel does."""
    content = shown(say(Words(text="12 collega's doen mee met de rondes.")))
    assert content["body"] == "12 collega's doen mee met de rondes."
    assert content["formatted_body"] == "<p>12 collega's doen mee met de rondes.</p>"
