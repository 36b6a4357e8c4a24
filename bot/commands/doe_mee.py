"""``doe mee [OPGAVE]``: take part in the rounds of a channel; said in it, or with the name of the opgave."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.message import choose, option, say
from bot.commands import Ask, Command, Reply, free_words, join_first, reply
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, RoundId
from bot.i18n.text import Text, text
from bot.services import channel_find, channel_words, place, round_words, stated, topic_merge
from bot.services import round as rounds
from bot.store import channel as store

_TODAY = frozenset({"vandaag", "today"})
_ABOUT = text("channel-which-about")


async def run(ask: Ask) -> Reply:
    if ask.official is None:
        return await _stranger(ask)
    of_today, rest = _without_today(ask.words)
    found = await channel_find.meant(ask.work, ask.where, rest)
    if of_today:
        return await _join_today(ask, [found] if isinstance(found, Channel) else found)
    if isinstance(found, Channel):
        await channel_find.refuse_outside(ask.work, ask.where, found)
        return await take_part(ask, found)
    offered = found or await channel_find.for_topics_of(ask.work, ask.me.id)
    if not offered:
        return reply(say(text("channel-none-yet")))
    return await which(ask, offered, text("channel-join-which"), "doe-mee/channel")


async def _stranger(ask: Ask) -> Reply:
    """Who is new registers first; a channel that is known by then fills its topic in."""
    of_today, rest = _without_today(ask.words)
    try:
        found = await channel_find.meant(ask.work, ask.where, rest)
    except KoffieError:
        found = []
    if isinstance(found, Channel):
        return await register_for(ask, found, of_today=of_today)
    return join_first(f"doe mee {ask.words}".strip())


async def register_for(ask: Ask, found: Channel, *, of_today: bool = False) -> Reply:
    """Register, with the topic of a channel filled in, and then take part in its rounds, or in today's."""
    words = await channel_find.words_for(ask.work, found)
    words = f"vandaag {words}" if of_today else words
    return join_first(f"doe mee {words}", stated.known_topic(found.topic))


def _without_today(words: str) -> tuple[bool, str]:
    """Whether a round of today is meant, and the words without that."""
    rest = [word for word in words.split() if word.casefold() not in _TODAY]
    return len(rest) < len(words.split()), " ".join(rest)


async def _join_today(ask: Ask, meant: Sequence[Channel]) -> Reply:
    """Join the round of today that is meant, or else the only one of a channel of one's own."""
    if not meant:
        mine = [*await store.joined(ask.work, ask.me.id)]
        mine += await channel_find.for_topics_of(ask.work, ask.me.id)
        meant = list({one.id: one for one in mine}.values())
    waiting = [(one, await rounds.announced(ask.work, one, one_day=True)) for one in meant]
    match [(one, round_) for one, round_ in waiting if round_ is not None]:
        case []:
            raise KoffieError(text("round-today-none"))
        case [(_, round_)]:
            return await today(ask, {"round": int(round_.id)})
        case several:
            options = [
                option(await channel_words.short_name(ask.work, one), "doe-mee/today", round=int(round_.id))
                for one, round_ in several
            ]
            lead = text("round-today-which")
            return reply(say(lead, choose(*options), slot="round-today", about=_ABOUT))


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
    """Join a round of one day; who is new registers first, and has joined by that."""
    number = args.get("round")
    if not isinstance(number, int):
        raise KoffieError(text("round-begun"))
    found = await rounds.channel_of(ask.work, RoundId(number))
    if ask.official is None:
        return await register_for(ask, found, of_today=True)
    await channel_find.refuse_outside(ask.work, ask.where, found)
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
