"""``doe mee [OPGAVE]``: take part in the rounds of a channel; said in it, or with the name of the opgave."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import choose, option, say
from bot.commands import Ask, Command, OpenForm, Reply, free_words, join_first, reply
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, RoundId
from bot.i18n.text import Text, text
from bot.services import channel_find, channel_words, place, round_words, stated, topic_merge
from bot.services import round as rounds
from bot.store import channel as store

_ABOUT = text("channel-which-about")


async def run(ask: Ask) -> Reply:
    if ask.official is None:
        return await _stranger(ask)
    found = await channel_find.meant(ask.work, ask.where, ask.words)
    if isinstance(found, Channel):
        await channel_find.refuse_outside(ask.work, ask.where, found)
        return await take_part(ask, found)
    offered = found or await channel_find.for_topics_of(ask.work, ask.me.id)
    if not offered:
        return reply(say(text("channel-none-yet")))
    return await which(ask, offered, text("channel-join-which"), "doe-mee/channel")


async def _stranger(ask: Ask) -> Reply:
    """Who is new registers first; a channel that is known by then fills its topic in."""
    try:
        found = await channel_find.meant(ask.work, ask.where, ask.words)
    except KoffieError:
        found = []
    if isinstance(found, Channel):
        return await register_for(ask, found)
    return join_first(f"doe mee {ask.words}".strip())


async def register_for(ask: Ask, found: Channel) -> Reply:
    """Register, with the topic of a channel filled in, and then take part in its rounds."""
    words = await channel_find.words_for(ask.work, found)
    return join_first(f"doe mee {words}", stated.known_topic(found.topic))


async def which(ask: Ask, offered: list[Channel], lead: Text, action: str) -> Reply:
    """Ask back which of some channels is meant."""
    options = [
        option(await channel_words.short_name(ask.work, one), action, "normal", channel=int(one.id))
        for one in offered
    ]
    return reply(say(lead, choose(*options), slot="channel-which", about=_ABOUT))


async def in_channel(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    found = await known(ask, args)
    if ask.official is None:
        return await register_for(ask, found)
    await channel_find.refuse_outside(ask.work, ask.where, found)
    return await take_part(ask, found)


async def known(ask: Ask, args: Mapping[str, JsonValue]) -> Channel:
    """The channel that a button stands for. Raises :class:`KoffieError` when it is no more."""
    number = args.get("channel")
    found = await store.get(ask.work, ChannelId(number)) if isinstance(number, int) else None
    if found is None:
        raise KoffieError(text("channel-gone"))
    return await topic_merge.channel_now(ask.work, found)


async def take_part(ask: Ask, found: Channel) -> Reply:
    """Who is registered takes part from now on."""
    new = await rounds.join(ask.work, found, ask.me.id)
    lines = [
        text(
            "channel-joined" if new else "channel-joined-already",
            channel=await channel_words.name(ask.work, found),
        )
    ]
    moment = await rounds.next_moment(ask.work, found)
    some = channel_words.layers(found)
    if some is not None and not found.rules.admits(ask.me.layer):
        lines.append(text("channel-for-others", layers=some))
    elif moment is not None:
        lines.append(text("channel-next", moment=moment))
    way = await place.near(ask.work, found.id, ask.account, ask.where)
    return reply(say(*lines, *([way] if way else []), text("channel-how-to-leave")))


async def today(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """Join a round of one day."""
    if ask.official is None:
        return Reply(messages=(say(text("round-join-first")),), opens=OpenForm("aanmelden", {"asked": True}))
    number = args.get("round")
    if not isinstance(number, int):
        raise KoffieError(text("round-begun"))
    joined = await rounds.join_day(ask.work, ask.me.id, RoundId(number))
    return reply(say(text("round-joined-today", at=round_words.local_clock(ask.work, joined.at))))


COMMAND = Command(
    name="doe-mee",
    aliases=("meedoen", "take-part"),
    summary=text("channel-join-summary"),
    run=run,
    takes=free_words,
    anyone=True,
    actions={"channel": in_channel, "today": today},
)
