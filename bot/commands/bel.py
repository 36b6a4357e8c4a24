"""``bel [NAAM]``: one question, ten minutes, today; to whom one has met here."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from bot.chat.message import Card, option, say
from bot.commands import Ask, Command, Reply, free_words, reply
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.i18n.text import About, text
from bot.services import met, short_call


async def run(ask: Ask) -> Reply:
    found = await short_call.callable_by(ask.work, ask.me.id, ask.words)
    match found:
        case []:
            raise KoffieError(text("call-nobody"))
        case [other]:
            return await _ask(ask, other)
        case _:
            cards = [
                Card(
                    title=About(official=other, fact="card"),
                    options=(option(text("call-choose"), "bel/ask", official=int(other)),),
                )
                for other in found[: met.MOST]
            ]
            return reply(say(text("call-who"), *cards, slot="call-who", about=text("call-about")))


async def _ask(ask: Ask, other: OfficialId) -> Reply:
    await short_call.ask(ask.work, ask.me, other)
    return reply(say(text("call-asked")))


def _official(args: Mapping[str, JsonValue]) -> OfficialId:
    return OfficialId(int(str(args["official"])))


async def ask_one(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _ask(ask, _official(args))


async def yes(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    day = date.fromisoformat(str(args["day"]))
    await short_call.yes(ask.work, ask.me.id, _official(args), day)
    return reply(say(text("call-told")))


async def no(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(say(text("call-not-today")))


COMMAND = Command(
    name="bel",
    aliases=("call",),
    summary=text("call-summary"),
    run=run,
    takes=free_words,
    actions={"ask": ask_one, "yes": yes, "no": no},
)
