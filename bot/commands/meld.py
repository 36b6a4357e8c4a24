"""``meld NAAM …``: tell the operator what happened; the other hears nothing of it."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import Card, choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, Leave, OpenForm, Reply, Took, reply
from bot.domain.ids import OfficialId
from bot.domain.words import clean, tokens
from bot.i18n.text import About, text
from bot.services import block, report
from bot.services.met import MOST, met, met_by_name

_JOINING = {"me", "mij", "je", "ons", "aan"}
"""'meld me aan' is no report."""
_LONGEST = 500


def _takes(words: str) -> bool:
    first = tokens(words)[:1]
    return not first or first[0] not in _JOINING


async def run(ask: Ask) -> Reply:
    """Who it is about is looked for among those one met; what follows the name is what happened."""
    people = await met(ask.work, ask.me.id)
    if not ask.words:
        if not people:
            return _open(None, "")
        cards = (
            Card(
                title=About(official=one, fact="card"),
                options=(option(text("report-this"), "meld/about", official=one),),
            )
            for one in people[:MOST]
        )
        none = choose(option(text("report-none-of-these"), "meld/about", official=None))
        return reply(
            say(text("report-whom"), *cards, none, only_you=True, slot="report", about=text("report-about"))
        )
    words = ask.words.split()
    for length in range(min(len(words), 4), 0, -1):
        fitting = await met_by_name(ask.work, ask.me.id, " ".join(words[:length]))
        if len(fitting) == 1:
            return _open(fitting[0], " ".join(words[length:]))
    return _open(None, ask.words)


def _open(of: OfficialId | None, words: str) -> Reply:
    answers: dict[str, JsonValue] = {"of": of}
    if words:
        answers["words"] = words
    return Reply(opens=OpenForm("report", answers))


async def about(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    of = args["official"]
    return _open(None if of is None else OfficialId(int(str(of))), "")


def _of(answers: Answers) -> OfficialId | None:
    of = answers.get("of")
    return None if of is None else OfficialId(int(str(of)))


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    of, operator = _of(answers), ask.work.operator
    if of is None:
        words, confirm = text("report-words-open"), text("report-confirm-open", operator=operator)
    else:
        who = About(official=of, fact="name")
        words = text("report-words", who=who)
        confirm = text("report-confirm", who=who, operator=operator)
    return (
        Field(name="words", kind="text", prompt=words, how=text("report-words-stop"), limit=_LONGEST),
        Field(
            name="confirm",
            kind="confirm",
            prompt=confirm,
            options=(
                Suggestion(value="yes", label=text("report-yes")),
                Suggestion(value="no", label=text("report-no")),
            ),
        ),
    )


async def _read(ask: Ask, name: str, answer: Answer, answers: Answers) -> Took | FieldError | Leave:
    if name == "confirm":
        if answer.chosen == ("yes",):
            return Took(value=True)
        if answer.chosen == ("no",):
            return Leave(reply(say(text("report-kept-nothing"))))
        return FieldError(field=name, reason=text("report-yes-or-no"))
    words = clean(answer.typed)
    return Took(words) if words else FieldError(field=name, reason=text("report-empty"))


async def _done(ask: Ask, answers: Answers) -> Reply:
    of = _of(answers)
    await report.report(ask.work, ask.me.id, of, str(answers["words"]))
    if of is None:
        return reply(say(text("report-done", operator=ask.work.operator), only_you=True))
    return reply(
        say(
            text("report-done", operator=ask.work.operator),
            text("report-block-too", name=About(official=of, fact="name")),
            choose(
                option(text("block-this"), "meld/block", "danger", official=of),
                option(text("report-no-block"), "meld/leave"),
            ),
            only_you=True,
            slot="report",
            about=text("report-about"),
        )
    )


async def block_too(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    official = OfficialId(int(str(args["official"])))
    await block.block(ask.work, ask.me.id, official)
    return reply(say(text("block-done", name=About(official=official, fact="name")), only_you=True))


async def leave(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("report-left"), only_you=True))


COMMAND = Command(
    name="meld",
    aliases=("melden", "melding", "report"),
    summary=text("report-summary"),
    run=run,
    takes=_takes,
    actions={"about": about, "block": block_too, "leave": leave},
    forms=(
        Form(
            name="report",
            title=text("report-title"),
            submit=text("report-yes"),
            fields=_fields,
            read=_read,
            done=_done,
        ),
    ),
)
