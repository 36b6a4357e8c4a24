"""``dat ben ik``: the calls for one, to answer by a press, also where a bare number in a room is nothing."""

from bot.chat.message import choose, option, say
from bot.commands import Ask, Command, Reply, join_first, reply
from bot.i18n.text import text
from bot.services import appeal

_MOST = 9


async def run(ask: Ask) -> Reply:
    if ask.official is None:
        return join_first("dat ben ik")
    found = await appeal.for_me(ask.work, ask.me, _MOST)
    if not found:
        return reply(say(text("appeal-none-for-me")))
    options = [option(about, "oproep/me", "primary", appeal=int(one.id)) for one, about in found]
    lead = text("appeal-for-me", count=len(options))
    return reply(say(lead, choose(*options), slot="appeal-for-me", about=text("appeal-for-me-about")))


COMMAND = Command(
    name="dat-ben-ik",
    aliases=("that-is-me",),
    summary=text("appeal-me"),
    run=run,
    anyone=True,
    shown=lambda ask: False,
)
