"""``blokkeer NAAM``: no more contact with somebody, who never learns it."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import Card, option, say
from bot.commands import Ask, Command, Reply, reply
from bot.domain.ids import OfficialId
from bot.i18n.text import About, text
from bot.services import block
from bot.services.met import MOST, met_by_name
from bot.store import network

_LONGEST_NAME = 8
_NAME_MARKS = "-'’."


def takes_name(words: str) -> bool:
    """Nothing, or what can be a name: a few words of letters alone."""
    parts = words.split()
    return len(parts) <= _LONGEST_NAME and all(
        letter.isalpha() or letter in _NAME_MARKS for part in parts for letter in part
    )


async def run(ask: Ask) -> Reply:
    """Whom one met is chosen from; about anybody else the answer is always the same."""
    blocked = await network.blocks_of(ask.work, ask.me.id)
    known = [one for one in await met_by_name(ask.work, ask.me.id, ask.words) if one not in blocked][:MOST]
    if known:
        cards = (
            Card(
                title=About(official=one, fact="card"),
                options=(option(text("block-this"), "blokkeer/do", "danger", official=one),),
            )
            for one in known
        )
        return reply(say(text("block-whom"), *cards, only_you=True, slot="block", about=text("block-about")))
    if not ask.words:
        return reply(say(text("block-nobody")))
    await block.block_by_name(ask.work, ask.me.id, ask.words)
    return reply(say(text("block-by-name")))


async def do(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    official = OfficialId(int(str(args["official"])))
    await block.block(ask.work, ask.me.id, official)
    return reply(say(text("block-done", name=About(official=official, fact="name")), only_you=True))


COMMAND = Command(
    name="blokkeer",
    aliases=("blokkeren", "block"),
    summary=text("block-summary"),
    run=run,
    takes=takes_name,
    actions={"do": do},
)
