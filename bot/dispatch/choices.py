"""Which choice was meant: by a button's token, by a number, or by the words on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.chat.address import Account, Address, Conversation
from bot.chat.message import Message, choose, option, say
from bot.domain.words import normalise
from bot.i18n.text import Text, Words, text
from bot.store import offers, outbox
from bot.store.offers import Choice
from bot.store.work import Work

WHICH = "which"
"""The slot of the question back: while it is open, a number answers it and nothing else."""
_YES, _NO = frozenset({"ja", "yes"}), frozenset({"nee", "no"})
_PLEASE = frozenset({"graag", "yes please"})
_NOT, _NOT_THEN = frozenset({"niet", "not"}), {("not", "now"), ("not", "today"), ("not", "yet")}
_SHORT_LABEL = 3


@dataclass(frozen=True)
class Meant:
    """One choice, for sure."""

    choice: Choice


@dataclass(frozen=True)
class Unclear:
    """It could answer several questions: ask back, guess never."""

    question: Message


async def by_number(
    work: Work, account: Account, where: Address, words: str, *, form_takes_numbers: bool, reply_to: str = ""
) -> Meant | Unclear | None:
    """The choice that a bare number means, if the words are one; in a room also what is put to all there.

    In reply to a message it is one of that message's choices, and of no other's.
    """
    if not (words.isascii() and words.isdigit() and len(words) <= 3):  # noqa: PLR2004
        return None
    number = int(words)
    if reply_to:
        put = await offers.put_by(work, reply_to, account, where)
        return Meant(put[number - 1]) if 1 <= number <= len(put) else None
    questions = await _open(work, account)
    if shared := await _of_room(work, where):
        questions.append(shared)
    if questions and questions[0][0].slot == WHICH:
        questions, form_takes_numbers = questions[:1], False
    fitting = _distinct(question[number - 1] for question in questions if 1 <= number <= len(question))
    if len(fitting) + form_takes_numbers > 1:
        return Unclear(_which(fitting, words if form_takes_numbers else None))
    return Meant(fitting[0]) if fitting else None


async def by_label(
    work: Work,
    account: Account,
    where: Address,
    words: str,
    words_of: Callable[[Text | Words], str],
    *,
    lists: bool = True,
) -> Meant | Unclear | None:
    """The choice whose button says just these words; in a room also of what is put to all there.

    Without ``lists`` those alone are not meant: a list may be old, and a command of the same words is not.
    """
    said = normalise(words)
    if not said:
        return None
    mine = await _open(work, account)
    questions = [*mine, await _of_room(work, where)]
    fitting = _distinct(
        choice for question in questions for choice in question if normalise(words_of(choice.label)) == said
    )
    if said in _YES | _NO and mine and not any(choice in mine[0] for choice in fitting):
        last = [choice for choice in mine[0] if _answers(said, words_of(choice.label))]
        # An older question is not answered unasked, though its button says just this; nor is one behind which
        # something else was said: 'Zin in koffie?'
        sure = len(last) == 1 and await outbox.is_last(work, account, last[0].message)
        fitting = _distinct([*last, *fitting]) if fitting or sure else []
    if not lists and all(choice.lasting for choice in fitting):
        return None
    if len(fitting) > 1:
        return Unclear(_which(fitting, None))
    return Meant(fitting[0]) if fitting else None


def _answers(said: str, label: str) -> bool:
    """Whether a plain yes or no is this button's: 'Nee, dank je', 'Vandaag niet'; not 'No more contact'."""
    lead = normalise(label.partition(",")[0])
    if said in _YES:
        return lead == said or lead in _PLEASE
    words = normalise(label).split()
    short = 0 < len(words) <= _SHORT_LABEL and words[-1] in _NOT
    return lead == said or short or tuple(words) in _NOT_THEN


def _distinct(fitting: Iterable[Choice]) -> list[Choice]:
    """Of choices that do the same the newest: which of them is meant makes no difference."""
    found: dict[str, Choice] = {}
    for choice in fitting:
        found.setdefault(choice.action.model_dump_json(), choice)
    return list(found.values())


async def _open(work: Work, account: Account) -> list[list[Choice]]:
    """The open questions, newest first. The question back counts only while nothing came after it."""
    questions = await offers.numbered(work, account)
    return [question for place, question in enumerate(questions) if place == 0 or question[0].slot != WHICH]


async def _of_room(work: Work, where: Address) -> list[Choice]:
    shared = await offers.numbered_in(work, where) if isinstance(where, Conversation) else []
    return [replace(choice, about=choice.about or text("choice-room")) for choice in shared]


def _which(fitting: list[Choice], form_words: str | None) -> Message:
    options = [
        option(
            text("choice-of", label=_param(choice.label), about=choice.about or text("choice-list")),
            "choice/this",
            token=f"{choice.message}.{choice.number}",
        )
        for choice in fitting
    ]
    if form_words is not None:
        options.append(option(text("choice-form", words=form_words), "choice/form", words=form_words))
    return say(text("choice-which"), choose(*options), slot=WHICH)


def _param(label: Text | Words) -> Text | str:
    return label.text if isinstance(label, Words) else label
