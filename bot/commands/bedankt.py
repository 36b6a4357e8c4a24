"""``bedankt``: a kind word back. 'Ok' and 'prima' are no thanks: they may be meant for an open question."""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.i18n.text import text


async def run(ask: Ask) -> Reply:
    return reply(say(text("thanks-welcome")))


COMMAND = Command(
    name="bedankt",
    aliases=(
        "dank",
        "dank je",
        "dank je wel",
        "dankjewel",
        "dank u",
        "hartelijk dank",
        "thanks",
        "thank you",
    ),
    summary=text("thanks-summary"),
    run=run,
    anyone=True,
    shown=lambda ask: False,
)
