"""``oproep OPGAVE [LAAG] [vóór MOMENT]``: a call in the channels of an opgave, without a name."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from bot.chat.message import Block, Card, option, say
from bot.commands import Ask, Command, OpenForm, Reply, free_words, join_first, reply
from bot.domain import urgency
from bot.domain.dates import Past
from bot.domain.errors import KoffieError
from bot.domain.ids import AppealId, TopicId
from bot.domain.layer import Layer
from bot.domain.lookup import One
from bot.domain.question import understand
from bot.domain.search import Search
from bot.i18n.text import text
from bot.services import appeal, appeal_words, look_up
from bot.services.register import indexes

_YES = "ja"
"""Behind ``oproep``, with a number: 'that is me', said once more after registering or giving an address."""
_MOST_DIGITS = 15


async def run(ask: Ask) -> Reply:
    match ask.words.split():
        case [word, number] if word == _YES and number.isdecimal() and len(number) <= _MOST_DIGITS:
            return await me(ask, {"appeal": int(number)})
    if ask.official is None:
        return join_first(f"oproep {ask.words}".strip())
    if not ask.words:
        return await _mine(ask)
    found = urgency.split(ask.words, ask.work.now, ask.work.zone, ask.work.hours.end)
    known = await indexes(ask.work)
    question = understand(found.words if found else ask.words, known.organisations, known.topics)
    match question.topics:
        case [One()]:
            until = until_of(ask, found)
            return reply(await appeal.offer(ask.work, ask.me, Search.of(question), until))
        case _:
            raise KoffieError(text("appeal-which-topic"))


def until_of(ask: Ask, found: urgency.Urgent | None) -> datetime:
    """The moment that was named; else the end of haste. Raises :class:`KoffieError` for one that is past."""
    match found and found.before:
        case datetime() as before:
            return before
        case Past():
            raise KoffieError(text("appeal-past"))
        case _:
            return appeal.end_of_haste(ask.work)


async def _mine(ask: Ask) -> Reply:
    """My open calls, each with a way to end it; else how to make one."""
    cards: list[Block] = [
        Card(
            title=text("appeal-mine", moment=one.until, to=appeal_words.at_layers(one.layers)),
            options=(option(text("appeal-stop"), "oproep/stop", appeal=int(one.id)),),
        )
        for one in await appeal.running(ask.work, ask.me.id)
    ]
    return reply(say(*cards, lasting=True) if cards else say(text("appeal-how")))


async def place(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """The arguments come from our own database, but from another day: all is checked anew."""
    layers = args.get("layers")
    search = Search(
        topics=(TopicId(_number(args, "topic")),),
        layers=tuple(Layer(str(one)) for one in layers) if isinstance(layers, list) else (),
    )
    until = datetime.fromisoformat(str(args.get("until")))
    topic = await look_up.topic_of(ask.work, search)
    if await appeal.needs_route(ask.work, ask.me, topic):
        return Reply(
            messages=(say(text("appeal-needs-route")),),
            opens=OpenForm(
                "profile-contact",
                {"beyond_chat": True},
                then=appeal_words.again(ask.work, topic, search, until),
            ),
            keeps=True,
        )
    await appeal.place(ask.work, ask.me, topic, search, until, with_role=args.get("role") is True)
    return reply(say(text("appeal-placed")))


async def leave(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("appeal-left")))


async def me(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    number = AppealId(_number(args, "appeal"))
    if ask.official is None:
        return join_first(f"oproep {_YES} {number}")
    if await appeal.beyond_chat(ask.work, ask.me, number):
        return Reply(
            messages=(say(text("appeal-me-needs-route")),),
            opens=OpenForm("profile-contact", {"beyond_chat": True}, then=f"oproep {_YES} {number}"),
        )
    await appeal.answer(ask.work, ask.me, number)
    return reply(say(text("appeal-thanks")))


async def stop(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await appeal.stop(ask.work, ask.me.id, AppealId(_number(args, "appeal")))
    return reply(say(text("appeal-stopped")))


def _number(args: Mapping[str, JsonValue], name: str) -> int:
    value = args.get(name)
    if not isinstance(value, int):
        raise KoffieError(text("choice-settled"))
    return value


COMMAND = Command(
    name="oproep",
    aliases=("call-out",),
    summary=text("appeal-summary"),
    run=run,
    takes=free_words,
    anyone=True,
    actions={"place": place, "leave": leave, "me": me, "stop": stop},
)
