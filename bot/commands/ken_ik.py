"""``ken-ik``: say that one knows somebody; it shows once the other says so too."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, free_words, reply
from bot.domain.ids import OfficialId
from bot.i18n.text import About, text
from bot.services import network


async def run(ask: Ask) -> Reply:
    if not ask.words:
        return reply(say(text("know-how")))
    await network.declare(ask.work, ask.me, ask.words)
    return reply(say(text("know-noted")))


def _who(args: Mapping[str, JsonValue]) -> OfficialId:
    match args.get("official"):
        case int(number):
            return OfficialId(number)
        case _:
            raise ValueError("an option without an official")


async def yes(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    by = _who(args)
    if not await network.confirm(ask.work, ask.me, by):
        return reply(say(text("know-lapsed")))
    return reply(say(text("know-both", name=About(official=by, fact="card"))))


async def no(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("know-left")))


COMMAND = Command(
    name="ken-ik",
    aliases=("i-know", "ik-ken"),
    summary=text("know-summary"),
    run=run,
    takes=free_words,
    actions={"yes": yes, "no": no},
)
