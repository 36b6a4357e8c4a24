"""What is said once something was set: in words, with one press to undo it."""

from bot.chat.message import Block, Option, choose, option, say
from bot.commands import Answers, Ask, Reply, reply
from bot.commands.koffie_beheer.verb import that_one
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, Setting, Values
from bot.domain.errors import KoffieError
from bot.i18n.text import About, Text, text
from bot.services import channel_change, channel_setting_words, channel_words
from bot.services.channel_change import Made
from bot.store import channel as store
from bot.store import channel_change as log
from bot.store.channel_change import Change

UNDO = "koffie-beheer/undo"


async def changed(ask: Ask, made: Made, *content: Text | Block) -> Reply:
    """What was set, what it took the place of when that was set lately by another, and the way back."""
    lines = list(content)
    if made.meanwhile is not None:
        lines.append(
            text(
                "steward-meanwhile",
                who=text("steward-log-somebody") if made.meanwhile.by is None else _name(made.meanwhile.by),
                moment=made.meanwhile.at,
                what=await channel_setting_words.done(
                    ask.work, made.channel, made.meanwhile, made.change.after
                ),
            )
        )
    return with_undo(made.change, *lines)


def with_undo(change: Change | None, *lines: Text | Block) -> Reply:
    """These lines, with one press to undo the change: no question, so no later number is meant for it.

    Without a change, as of a topic that has no channel and so no log, there is nothing to undo.
    """
    if change is None:
        return reply(say(*lines))
    return reply(say(*lines, choose(way_back(change)), about=text("steward-undo-about")))


def way_back(change: Change) -> Option:
    return option(text("steward-undo"), UNDO, change=change.id)


def _name(official: int) -> About:
    return About(official=official, fact="name")


async def set_values(ask: Ask, channel: Channel, values: Values) -> Reply:
    """Set these, and say what they are now."""
    made = await channel_change.change(ask.work, channel, ask.me.id, values)
    name = await channel_words.name(ask.work, channel)
    told = await channel_setting_words.facts(ask.work, made.channel, values)
    return await changed(ask, made, text("steward-set", channel=name), told)


async def undo_this(ask: Ask, args: Answers) -> Reply:
    """The button of a change. Who brought a conversation may take that back, steward or not."""
    number = args.get("change")
    change = await log.get(ask.work, number) if isinstance(number, int) else None
    channel = None if change is None else await store.get(ask.work, change.channel)
    if change is None or channel is None:
        raise KoffieError(text("steward-undo-none"))
    brought = change.act == Act.BOUND and change.by == ask.me.id
    held = await store.get(ask.work, channel.id, lock=True) if brought else await that_one(ask, channel)
    # Read again behind the lock: somebody may have undone it meanwhile.
    change = await log.get(ask.work, change.id)
    if change is None or held is None:
        raise KoffieError(text("steward-undo-none"))
    return await undone(ask, held, await channel_change.undo(ask.work, held, change, ask.me.id))


async def undone(ask: Ask, channel: Channel, made: Made) -> Reply:
    """What stands again."""
    name = await channel_words.name(ask.work, channel)
    if made.change.act != Act.SET:
        return reply(say(text("steward-undone-act", channel=name, act=made.change.act)))
    told = await channel_setting_words.facts(ask.work, made.channel, map(Setting, made.change.before))
    return reply(say(text("steward-undone", channel=name), told))
