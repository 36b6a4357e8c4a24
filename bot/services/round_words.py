"""The words of a round: its announcement in the channel, and what is told when nobody was found."""

from datetime import datetime

from bot.chat.message import Fact, Fields, Heading, Message, choose, option, say
from bot.domain.channel import Channel
from bot.domain.disclosure import FEWEST
from bot.domain.koffie_why import topic_words
from bot.domain.overview import WITHOUT_TOPIC, Kind
from bot.domain.round import Round
from bot.i18n.text import Text, text
from bot.services import channel_words, overview
from bot.store import round as store
from bot.store.work import Work


async def announcement(work: Work, channel: Channel, round_: Round) -> Message:
    """What everybody in the channel reads beforehand, with one press to sit it out, or to join."""
    topic = await channel_words.topic_of(work, channel)
    some = channel_words.layers(channel)
    for_some = [] if some is None else [text("round-for-layers", layers=some)]
    if round_.one_day:
        press = option(text("round-join-today"), "doe-mee/today", "primary", round=int(round_.id))
        return say(
            text("round-announced-today", at=local_clock(work, round_.at)),
            *for_some,
            text("round-how-today"),
            choose(press),
            lasting=True,
        )
    what = (
        text("round-announced-none", moment=round_.at)
        if topic is None
        else text("round-announced", moment=round_.at, topic=topic_words(topic))
    )
    return say(
        what,
        *for_some,
        text("round-how"),
        choose(
            option(text("round-sit-out"), "sla-over/round", round=int(round_.id)),
            option(text("channel-join"), "doe-mee/channel", "primary", channel=int(channel.id)),
        ),
        lasting=True,
    )


def local_clock(work: Work, moment: datetime) -> str:
    """The time of a moment as people write it: '13:00'."""
    return channel_words.clock(moment.astimezone(work.zone).time())


async def left_out(work: Work, channel: Channel) -> Message:
    """Nobody was found for who takes part."""
    return say(text("round-left-out", channel=await channel_words.name(work, channel)))


async def skipped(work: Work, channel: Channel, planned: datetime) -> Message:
    """To an admin: a round was not held."""
    return say(text("round-skipped", channel=await channel_words.name(work, channel), moment=planned))


async def shown(work: Work, channel: Channel, moment: datetime | None) -> Message:
    """How things stand. People are counted as last published: live counts could be subtracted."""
    month = (await overview.months(work))[-1]
    topic = await channel_words.topic_of(work, channel)
    named = WITHOUT_TOPIC if topic is None else topic.slug
    facts = [
        Fact(label=text("channel-rhythm"), value=(channel_words.rhythm(channel.cadence),)),
        Fact(label=text("round-next"), value=(following(work, channel, moment),)),
        Fact(label=text("channel-members"), value=(_number(month.get(Kind.MEMBERS, named)),)),
    ]
    last = await store.last_held(work, channel.id)
    if last is not None:
        facts.append(Fact(label=text("round-last"), value=(text("round-moment", moment=last),)))
    if last is not None and work.hours.local_date(last) < month.day:
        facts.append(Fact(label=text("round-last-asked"), value=(_number(month.get(Kind.ASKED, named)),)))
    title = text("round-shown", channel=await channel_words.name(work, channel))
    return say(Heading(span=title), Fields(facts=tuple(facts)), text("round-as-of", day=month.day))


def following(work: Work, channel: Channel, moment: datetime | None) -> Text:
    """When the next round is; where none is planned who starts one, or why there is none."""
    if moment is not None:
        return text("round-moment", moment=moment)
    return text("round-next-rests" if channel.rests(work.today) else "round-next-none")


def _number(count: int | None) -> Text:
    return text("round-few", fewest=FEWEST) if count is None else text("round-number", count=count)
