"""``verhuizen``: a code that takes everything along to another account; and the way back."""

from datetime import date

from bot.chat.message import say
from bot.commands import Answers, Ask, Command, Reply, reply
from bot.i18n.text import text
from bot.services import moving


async def run(ask: Ask) -> Reply:
    return reply(await moving.letter(ask.work, ask.me.id))


async def back(ask: Ask, args: Answers) -> Reply:
    last_day = date.fromisoformat(str(args["until"]))
    await moving.undo(ask.work, ask.me, ask.account, int(str(args["account"])), last_day)
    return reply(say(text("moving-back")))


COMMAND = Command(
    name="verhuizen",
    aliases=("verhuiscode", "nieuw account", "ik krijg een nieuw account", "moving", "new account"),
    summary=text("moving-summary"),
    run=run,
    actions={"back": back},
    shown=lambda ask: False,
)
