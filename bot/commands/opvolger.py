"""``opvolger [OPGAVE]``: hand a topic over; a code introduces the successor to whom one points at."""

from collections.abc import Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError
from bot.chat.message import choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, OpenForm, Reply, Took, free_words, reply
from bot.domain.errors import KoffieError
from bot.domain.ids import TieId, TopicId
from bot.domain.invitation import MOST_INTRODUCED
from bot.domain.question import understand
from bot.domain.search import Search
from bot.i18n.text import text
from bot.services import invitation, leaving, succession, ties
from bot.services.register import indexes
from bot.store import offers

_FORM = "successor"
_WHICH = "successor"
"""The slot of the question which topic; leaving asks it too."""


async def run(ask: Ask) -> Reply:
    """With a topic at once: also one that was let go of just now."""
    if ask.words:
        known = await indexes(ask.work)
        named = Search.of(understand(ask.words, known.organisations, known.topics)).topics
        if len(named) == 1:
            return await topic(ask, {"topic": int(named[0])})
    topics = await leaving.topics_of(ask.work, ask.me)
    if not topics:
        return reply(say(text("successor-no-topics")))
    options = [option(one.label(ask.language), "opvolger/topic", topic=int(one.id)) for one in topics]
    question = text("successor-which")
    return reply(say(question, choose(*options), slot=_WHICH, about=text("leaving-successor-about")))


async def topic(ask: Ask, args: Answers) -> Reply:
    listed: list[JsonValue] = [*await succession.to_point_at(ask.work, ask.me.id, _topic(args))]
    if not listed:
        return reply(say(text("successor-no-ties")))
    # A number is from now on one of these colleagues.
    await offers.unnumber_slot(ask.work, _WHICH, ask.account)
    return Reply(opens=OpenForm(_FORM, {"topic": int(_topic(args)), "listed": listed}))


def _topic(args: Answers) -> TopicId:
    return TopicId(int(str(args["topic"])))


def _ties(value: JsonValue) -> list[int]:
    return [int(str(one)) for one in value] if isinstance(value, list) else []


async def _fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    listed = _ties(answers.get("listed"))
    return (await succession.point_list(ask.work, ask.me, _topic(answers), listed),)


async def _read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError:
    listed = _ties(answers.get("listed"))
    chosen = [tie for tie in listed if str(tie) in answer.chosen]
    if answer.typed and not answer.chosen:
        chosen = await ties.named(ask.work, ask.me.id, listed, answer.typed) or []
    if not 1 <= len(chosen) <= MOST_INTRODUCED:
        return FieldError(field=field, reason=text("successor-to-hint", most=MOST_INTRODUCED))
    return Took([*chosen])


async def _done(ask: Ask, answers: Answers) -> Reply:
    chosen = {TieId(tie) for tie in _ties(answers.get("to"))}
    to = await succession.pointed_at(ask.work, ask.me.id, chosen)
    try:
        made = await invitation.invite(ask.work, ask.me, topic=_topic(answers), to=to)
    except KoffieError as refusal:
        # The form is done all the same: nothing in it would help.
        return reply(say(refusal.text))
    about = (await indexes(ask.work)).topics.get(_topic(answers))
    label = about.label(ask.language) if about else "…"
    letter = text("successor-letter", topic=label, code=made.code, day=made.last_day)
    return reply(say(text("successor-ready")), say(letter, fleeting=True))


COMMAND = Command(
    name="opvolger",
    aliases=("mijn opvolger", "successor", "my successor"),
    summary=text("successor-summary"),
    run=run,
    takes=free_words,
    actions={"topic": topic},
    forms=(
        Form(
            name=_FORM,
            title=text("successor-title"),
            submit=text("successor-submit"),
            fields=_fields,
            read=_read,
            done=_done,
        ),
    ),
)
