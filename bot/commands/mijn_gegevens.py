"""``mijn-gegevens``: all that is kept of who asks, in words and as a file."""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.i18n.text import text
from bot.services import my_data, profile


async def run(ask: Ask) -> Reply:
    if ask.official is None:
        return reply(say(text("my-data-nothing")))
    card = await profile.card(ask.work, ask.official)
    return reply(say(*card, *await my_data.in_short(ask.work, ask.official), only_you=True))


COMMAND = Command(
    name="mijn-gegevens",
    aliases=("my-data", "my data"),
    summary=text("my-data-summary"),
    run=run,
    anyone=True,
)
