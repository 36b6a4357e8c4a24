"""Once a month a channel reads what came of it: published figures, and small wins all agreed to (P39)."""

from datetime import timedelta

from bot.chat.message import Block, Heading, Items, Message, say
from bot.domain.channel import Channel
from bot.domain.koffie_why import topic_words
from bot.domain.overview import Kind, Month
from bot.domain.topic import Topic
from bot.i18n.text import About, Text, text
from bot.services import channel_words
from bot.store import channel as channels
from bot.store import outbox, overview, small_win
from bot.store import place as places
from bot.store.outbox import Lane
from bot.store.work import Work

_LAST_DAY = 7
"""Of the month, on which the news of the month before is still news."""
_WINS = 3
_MONTH = timedelta(days=31)


async def tell(work: Work) -> None:
    """Tell each channel, once for this month. Where there is nothing to tell, nothing is said."""
    if work.today.day > _LAST_DAY:
        return
    months = await overview.months(work)
    if not months or months[-1].day.replace(day=1) != work.today.replace(day=1):
        return
    now, before = months[-1], months[-2] if len(months) > 1 else None
    for channel in await channels.all_of_them(work):
        topic = await channel_words.topic_of(work, channel)
        message = None if topic is None else await _news(work, topic, now, before)
        if message is not None:
            await _post(work, channel, message)


async def _post(work: Work, channel: Channel, message: Message) -> None:
    for place in await places.of_channel(work, channel.id):
        if place.at is not None:
            key = f"channel-month:{place.id}:{work.today:%Y-%m}"
            await outbox.post(work, place.at, message, Lane.UNASKED, business_key=key)


async def _news(work: Work, topic: Topic, now: Month, before: Month | None) -> Message | None:
    blocks: list[Block | Text] = []
    members, ties = now.get(Kind.MEMBERS, topic.slug), now.get(Kind.TOPIC_TIES, topic.slug)
    if members is not None:
        blocks.append(text("month-members", count=members))
    if ties is not None:
        # The month before was published as well: what it grew by was to be seen already.
        grown = ties - ((before.get(Kind.TOPIC_TIES, topic.slug) if before else None) or ties)
        blocks.append(text("month-ties", count=ties))
        if grown > 0:
            blocks.append(text("month-grown", count=grown))
    wins = await small_win.of_topic(work, topic.id, work.now - _MONTH, _WINS)
    if wins:
        blocks.append(text("month-wins"))
        lines = [
            (text("win-line", line=About(official=by, fact="win", koffie=koffie)),) for koffie, by in wins
        ]
        blocks.append(Items(items=tuple(lines)))
    if not blocks:
        return None
    return say(Heading(span=text("month-title", topic=topic_words(topic))), *blocks)
