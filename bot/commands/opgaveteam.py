"""``opgaveteam OPGAVE [vóór MOMENT]``: one willing colleague a layer, asked together."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, free_words, reply
from bot.commands.oproep import until_of
from bot.domain import urgency
from bot.domain.errors import KoffieError
from bot.domain.ids import TopicId
from bot.domain.lookup import One
from bot.domain.question import understand
from bot.domain.search import Search
from bot.i18n.text import text
from bot.services import look_up, team
from bot.services.register import indexes


async def run(ask: Ask) -> Reply:
    if not ask.words:
        return reply(say(text("team-how")))
    urgent = urgency.split(ask.words, ask.work.now, ask.work.zone, ask.work.hours.end)
    known = await indexes(ask.work)
    question = understand(urgent.words if urgent else ask.words, known.organisations, known.topics)
    match question.topics:
        case [One()]:
            topic = await look_up.topic_of(ask.work, Search.of(question))
            before = until_of(ask, urgent) if urgent else None
            return reply(await team.offer(ask.work, ask.me, topic, before))
        case _:
            raise KoffieError(text("team-which-topic"))


async def ask_them(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """The arguments come from our own database, but from another day: all is checked anew."""
    number, before = args.get("topic"), args.get("before")
    if not isinstance(number, int):
        raise KoffieError(text("choice-settled"))
    topic = await look_up.topic_of(ask.work, Search(topics=(TopicId(number),)))
    until = datetime.fromisoformat(before) if isinstance(before, str) else None
    await team.ask(ask.work, ask.me, topic, until)
    return reply(say(text("team-asked")))


async def leave(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("team-left")))


COMMAND = Command(
    name="opgaveteam",
    aliases=("topic-team",),
    summary=text("team-summary"),
    run=run,
    takes=free_words,
    actions={"ask": ask_them, "leave": leave},
)
