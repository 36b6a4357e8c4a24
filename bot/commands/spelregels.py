"""``spelregels``: the rules of play, again."""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.i18n.text import text
from bot.services.rules_of_play import RULES


async def run(ask: Ask) -> Reply:
    closing = () if ask.official is None else (text("rules-then"),)
    return reply(say(text("rules-intro"), RULES, *closing))


COMMAND = Command(
    name="spelregels",
    aliases=("regels", "rules"),
    summary=text("rules-summary"),
    run=run,
    anyone=True,
    amid_form=True,
)
