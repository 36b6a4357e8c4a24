"""``feedback TEKST``: what one thinks of the bot itself, to the admins, without a name (P40)."""

from collections.abc import Sequence

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import say
from bot.commands import Answer, Answers, Ask, Command, Form, Leave, OpenForm, Reply, Took, free_words, reply
from bot.domain.words import clean
from bot.i18n.text import text
from bot.store import feedback

_LONGEST = 500


async def run(ask: Ask) -> Reply:
    """Words behind the name are asked about first: they may be meant for somebody else."""
    return Reply(opens=OpenForm("feedback", {"words": ask.words} if ask.words else {}))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    return (
        Field(name="words", kind="text", prompt=text("feedback-words"), limit=_LONGEST),
        Field(
            name="confirm",
            kind="confirm",
            prompt=text("feedback-confirm"),
            options=(
                Suggestion(value="yes", label=text("feedback-yes")),
                Suggestion(value="no", label=text("feedback-no")),
            ),
        ),
    )


async def _read(ask: Ask, name: str, answer: Answer, answers: Answers) -> Took | FieldError | Leave:
    if name == "confirm":
        if answer.chosen == ("yes",):
            return Took(value=True)
        if answer.chosen == ("no",):
            return Leave(reply(say(text("feedback-kept-nothing"))))
        return FieldError(field=name, reason=text("feedback-yes-or-no"))
    words = clean(answer.typed)
    # Who was asked for it and typed it has said enough.
    return Took(words, {"confirm": True}) if words else FieldError(field=name, reason=text("feedback-words"))


async def _done(ask: Ask, answers: Answers) -> Reply:
    await feedback.add(ask.work, str(answers["words"]))
    return reply(say(text("feedback-done")))


COMMAND = Command(
    name="feedback",
    aliases=("suggestie", "suggestion"),
    summary=text("feedback-summary"),
    run=run,
    takes=free_words,
    forms=(
        Form(
            name="feedback",
            title=text("feedback-title"),
            submit=text("feedback-yes"),
            fields=_fields,
            read=_read,
            done=_done,
        ),
    ),
)
