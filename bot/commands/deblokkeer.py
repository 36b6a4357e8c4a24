"""``deblokkeer NAAM``: take a block back."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import Card, option, say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.blokkeer import takes_name
from bot.domain.ids import OfficialId
from bot.i18n.text import About, text
from bot.services import block
from bot.services.met import MOST, met
from bot.store import network


async def run(ask: Ask) -> Reply:
    """A name is lifted at once, and the answer is always the same; without one, those one met are shown."""
    if ask.words:
        await block.unblock_by_name(ask.work, ask.me.id, ask.words)
        return reply(say(text("unblock-by-name")))
    blocked = await network.blocks_of(ask.work, ask.me.id)
    known = [one for one in await met(ask.work, ask.me.id) if one in blocked][:MOST]
    if not known:
        return reply(say(text("unblock-nobody")))
    cards = (
        Card(
            title=About(official=one, fact="card"),
            options=(option(text("unblock-this"), "deblokkeer/do", official=one),),
        )
        for one in known
    )
    return reply(say(text("unblock-whom"), *cards, only_you=True, slot="block", about=text("unblock-about")))


async def do(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    official = OfficialId(int(str(args["official"])))
    await network.unblock(ask.work, ask.me.id, official)
    return reply(say(text("unblock-done", name=About(official=official, fact="name")), only_you=True))


COMMAND = Command(
    name="deblokkeer",
    aliases=("deblokkeren", "unblock"),
    summary=text("unblock-summary"),
    run=run,
    takes=takes_name,
    actions={"do": do},
)
