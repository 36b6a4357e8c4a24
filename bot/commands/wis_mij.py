"""``wis-mij``: leave, and nothing is kept; one confirmation, honest about what cannot be taken back."""

from bot.chat.message import choose, option, say
from bot.commands import Answers, Ask, Command, Reply, reply
from bot.i18n.text import text
from bot.services import erasure


async def run(ask: Ask) -> Reply:
    if ask.official is None:
        await erasure.forget_account(ask.work, ask.account)
        return reply(say(text("erasure-nothing"), fleeting=True))
    return reply(
        say(
            text("erasure-question"),
            choose(
                option(text("erasure-yes"), "wis-mij/all", "danger"),
                option(text("erasure-no"), "wis-mij/stay"),
            ),
            only_you=True,
            slot="erasure",
            about=text("erasure-about"),
        )
    )


async def question(ask: Ask, args: Answers) -> Reply:
    return await run(ask)


async def everything(ask: Ask, args: Answers) -> Reply:
    await erasure.erase(ask.work, ask.me.id)
    return reply(say(text("erasure-done"), fleeting=True))


async def stay(ask: Ask, args: Answers) -> Reply:
    return reply(say(text("erasure-stay")))


COMMAND = Command(
    name="wis-mij",
    aliases=("erase-me", "erase me", "verwijder mij", "delete me"),
    summary=text("erasure-summary"),
    run=run,
    anyone=True,
    actions={"ask": question, "all": everything, "stay": stay},
)
