"""Forms, neutral: one platform shows a modal, another asks question by question.

Commands make them of texts; what reaches a platform holds words only.
"""

from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import JsonValue

from bot.i18n.text import About, Text, Value, Words


class Suggestion(Value):
    """A value with the words to choose it by."""

    value: str = Setting(max_length=150)
    label: Text | Words


class Field(Value):
    """One question of a form.

    ``search`` fields have as-you-type suggestions; ``one`` and ``many`` choose from ``options``;
    ``confirm`` is one press. ``before`` stands above the question (a consent text, for instance).
    ``how`` tells how to answer in words, so it does not stand in a form that is shown whole. There a field
    that ``clears`` may be left empty, which empties what it is about, and is filled with what stands now: the
    ``value``, or what is ``known`` of an official. What is ``assumed`` is asked in such a form only, filled
    with its ``value``: the form can do without an answer.
    """

    name: str = Setting(pattern=r"^[a-z_]{1,40}$")
    kind: Literal["text", "search", "one", "many", "confirm"]
    prompt: Text | Words
    hint: Text | Words | None = None
    how: Text | Words | None = None
    before: tuple[Text | Words, ...] = ()
    options: tuple[Suggestion, ...] = ()
    optional: bool = False
    clears: bool = False
    assumed: bool = False
    most: int = 1
    value: JsonValue = None
    known: Annotated[About | Words, Setting(discriminator="type")] | None = None
    limit: int = 500


OPENS = "form:"
"""Begins the token of a platform's own button that shows a form anew; behind it stands the form's ``id``."""


class FormView(Value):
    """A form as a platform shows it whole. ``id`` is opaque and comes back with the answers."""

    id: str
    title: Text | Words
    submit: Text | Words
    fields: tuple[Field, ...]


class FieldError(Value):
    """Why a field was not taken, and what to choose from where that would help."""

    field: str
    reason: Text | Words
    choices: tuple[Suggestion, ...] = ()


class Refused(Value):
    type: Literal["refused"] = "refused"
    errors: tuple[FieldError, ...]


class Next(Value):
    type: Literal["next"] = "next"
    form: FormView


class Taken(Value):
    """Handed in; the answer comes as a message."""

    type: Literal["taken"] = "taken"


Submission = Annotated[Refused | Next | Taken, Setting(discriminator="type")]
