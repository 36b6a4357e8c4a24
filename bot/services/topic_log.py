"""What admins do with a topic, told in the log of its channel."""

from bot.domain.channel_rules import Act, Values
from bot.domain.ids import OfficialId, TopicId
from bot.services import admins
from bot.store import admins as store
from bot.store import channel as channels
from bot.store import channel_change as log
from bot.store import topic as topics
from bot.store.channel_change import Change
from bot.store.work import Work


async def put(work: Work, topic: TopicId, act: Act, by: OfficialId, values: Values) -> Change | None:
    """Set these settings of a topic, and note what they were; ``None`` also where nothing changed."""
    before = await topics.values_of(work, topic, values)
    if before == dict(values):
        return None
    await topics.put_values(work, topic, values)
    return await note(work, topic, act, by, before=before, after=values)


async def note(
    work: Work,
    topic: TopicId,
    act: Act,
    by: OfficialId,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> Change | None:
    """Note an act on a topic, in the unit of work of the act itself; ``None`` where it has no channel.

    Nor is it noted of who does not set that channel, such as a member who adds a word: their name is no
    admin's to read.
    """
    channel = await channels.of_topic(work, topic)
    if channel is None or by not in {*await store.stewards(work, channel.id), *await admins.everyone(work)}:
        return None
    return await log.add(work, channel.id, act, by, before=before, after=after)
