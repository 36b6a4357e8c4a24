"""The words of a topic channel: its name, its rhythm, and what everybody reads there."""

from datetime import time

from bot.chat.message import Heading, Message, choose, option, say
from bot.domain.cadence import ByHand, Cadence, MonthlyOnDay, MonthlyOnWeekday, Weekly
from bot.domain.channel import Channel
from bot.domain.koffie_why import topic_words
from bot.domain.profile import DAYS
from bot.domain.topic import Topic
from bot.i18n.text import Text, text
from bot.services.register import indexes
from bot.services.wording import LAYER_NAME, Named, all_of
from bot.store.work import Work

_LAST_DAY = 31


async def topic_of(work: Work, channel: Channel) -> Topic | None:
    """The topic, while it is one."""
    return None if channel.topic is None else (await indexes(work)).topics.get(channel.topic)


async def name(work: Work, channel: Channel) -> Text:
    """'de koffierondes over stikstof'."""
    topic = await topic_of(work, channel)
    if topic is None:
        return text("channel-name-none")
    return text("channel-name", topic=topic_words(topic))


async def short_name(work: Work, channel: Channel) -> Text:
    """'Stikstof', for a button."""
    topic = await topic_of(work, channel)
    return text("channel-short-none") if topic is None else topic_words(topic)


def layers(channel: Channel) -> Named | None:
    """'rijk en provincie', where the rounds are for some layers only."""
    named: list[Named] = [LAYER_NAME[layer] for layer in channel.rules.layers]
    return all_of(named) if named else None


def clock(at: time) -> str:
    """A time as all moments are written: '10:00'."""
    return f"{at:%H:%M}"


def rhythm(cadence: Cadence) -> Text:
    """'elke 2 weken op dinsdag om 10:00 uur'."""
    match cadence:
        case Weekly(weeks=weeks, weekday=weekday, at=at):
            return text("channel-weekly", weeks=weeks, day=_day(weekday), at=clock(at))
        case MonthlyOnDay(day=day, at=at) if day == _LAST_DAY:
            return text("channel-monthly-last", at=clock(at))
        case MonthlyOnDay(day=day, at=at):
            return text("channel-monthly-day", day=day, at=clock(at))
        case MonthlyOnWeekday(nth=nth, weekday=weekday, at=at):
            return text("channel-monthly-weekday", nth=nth, day=_day(weekday), at=clock(at))
        case ByHand():
            return text("channel-by-hand")


def _day(weekday: int) -> Text:
    return text("profile-day", day=DAYS[weekday])


async def welcome(work: Work, channel: Channel) -> Message:
    """What everybody in a conversation reads once it belongs to a channel."""
    topic = await topic_of(work, channel)
    what = (
        text("channel-welcome-none") if topic is None else text("channel-welcome", topic=topic_words(topic))
    )
    join = option(text("channel-join"), "doe-mee/channel", "primary", channel=int(channel.id))
    return say(what, text("channel-welcome-how"), choose(join), lasting=True, pinned=True)


async def sign(work: Work, channel: Channel) -> Message:
    """What stands over the door of a place: its name, a short line, and what it is for."""
    topic = await topic_of(work, channel)
    if topic is None:
        lines = (text("place-topic-none"), text("place-purpose-none"))
    else:
        words = topic_words(topic)
        lines = (text("place-topic", topic=words), text("place-purpose", topic=words, words=topic.label_nl))
    name = text("place-name-none") if topic is None else topic_words(topic)
    return say(Heading(span=name), *lines)
