"""One topic becomes part of another, in one transaction; for a while it can be undone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.address import Account
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, MergeId, OfficialId, TopicId
from bot.domain.koffie_why import topic_words
from bot.domain.round import RoundState
from bot.domain.topic import Topic
from bot.domain.words import squash
from bot.i18n.text import text
from bot.services import channel, fairness, topic_log
from bot.services import round as rounds
from bot.services.register import indexes
from bot.services.topic import current, tended_by
from bot.store import audit, topic
from bot.store import channel as channel_store
from bot.store import round as round_store
from bot.store import topic_merge as store
from bot.store.topic import Kept
from bot.store.work import Work

TERM = timedelta(days=30)
"""For as long it can be undone."""


@dataclass(frozen=True)
class Merged:
    """``into`` is the one that stays; ``until`` then it can be undone."""

    merge: MergeId
    into: Topic
    until: datetime


async def require_taking_in(work: Work, old: Kept, new: Topic, me: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who brings their own into a circle or a network of others.

    Members and stewards of ``old`` become those of ``new``: where that has a channel too, or is sensitive,
    who merges looks after both.
    """
    pair = [await channel_store.of_topic(work, one) for one in (old.id, new.id)]
    if (new.sensitive or None not in pair) and not await tended_by(work, new.id, me, account):
        raise KoffieError(text("topic-merge-not-yours", topic=topic_words(new)))


async def merge(work: Work, old: Kept, new: Kept, by: OfficialId) -> Merged:
    """Everything of ``old`` goes to ``new``: people, ties, koffies, channel, rounds, words. Both are locked.

    Raises :class:`KoffieError` for a topic with itself, and for one that is sensitive with one that is not.
    """
    if old.id == new.id:
        raise KoffieError(text("topic-merge-itself", topic=old.label))
    one, other = await current(work, old.id), await current(work, new.id)
    if one.sensitive != other.sensitive:
        # Else who is in it would show to people who may not see it, or the other way round.
        raise KoffieError(text("topic-merge-sensitive"))
    words = _new_words(one, other)
    channels = await channel_store.of_topic(work, old.id), await channel_store.of_topic(work, new.id)
    record = await store.move_topic(work, old.id, new.id, words)
    if channels[0] is not None and channels[1] is not None:
        record = await _merge_channels(work, record, channels[0], channels[1])
    await topic.change(work, new.id, added=[*other.added, *words], last_active_at=work.today)
    await topic.change(work, old.id, status=topic.MERGED, merged_into_id=new.id)
    number = await store.keep(work, old.id, new.id, record, TERM)
    await audit.record(work, "topic-merge", actor=by, subject=old.id)
    # The old one's log moved along, and moves back when they are split.
    await topic_log.note(work, new.id, Act.TOPIC_MERGED, by)
    for official in await store.strengthened(work, record):
        await fairness.rescore(work, official)
    return Merged(number, await current(work, new.id), work.now + TERM)


def _new_words(old: Topic, new: Topic) -> list[str]:
    """All words of the one that the other has not."""
    known = set(map(squash, (*new.labels, *new.synonyms)))
    found: dict[str, str] = {}
    for word in (*old.labels, *old.synonyms):
        if squash(word) not in known:
            found.setdefault(squash(word), word)
    return list(found.values())


async def _merge_channels(work: Work, record: store.Record, old: Channel, new: Channel) -> store.Record:
    """Two networks become one. A round of the old one that was only announced is not held: who reads of it in
    the new one's conversations could not have sat it out.
    """
    await channel_store.get(work, new.id, lock=True)
    for one in await round_store.of_channel(work, old.id, RoundState.ANNOUNCED):
        await rounds.call_off(work, one.id)
    moved = await store.move_channel(work, old.id, new.id)
    await channel.cancel_next(work, old.id)
    return replace(record, channels=(old.id, new.id), channel=moved)


async def undo(work: Work, number: MergeId, by: OfficialId) -> TopicId:
    """As it was, as far as what moved is still there. Raises :class:`KoffieError` when it is too late."""
    found = await store.get(work, number)
    if found is None:
        raise KoffieError(text("topic-merge-gone"))
    merged, record = found
    if record is None or merged.until <= work.now:
        raise KoffieError(text("topic-merge-late"))
    old, new = [await topic.get(work, one, lock=True) for one in (merged.old, merged.new)]
    if old is None or new is None or old.merged_into != merged.new or new.status != topic.ACTIVE:
        raise KoffieError(text("topic-merge-gone"))
    if await store.latest(work, merged.new) != number:
        raise KoffieError(text("topic-merge-later-first", topic=new.label))
    await store.move_back(work, merged, record)
    for official in await store.strengthened(work, record):
        await fairness.rescore(work, official)
    gone = set(map(squash, record.words))
    await topic.change(work, new.id, added=[word for word in new.added if squash(word) not in gone])
    await topic.change(work, old.id, status=topic.ACTIVE, merged_into_id=None, last_active_at=work.today)
    await store.forget(work, number)
    await audit.record(work, "topic-unmerge", actor=by, subject=merged.old)
    if record.channels is not None:
        await channel.schedule_next(work, ChannelId(record.channels[0]), work.now)
    for one in (merged.old, merged.new):
        await topic_log.note(work, one, Act.TOPIC_SPLIT, by)
    return merged.old


async def channel_now(work: Work, found: Channel) -> Channel:
    """The channel of which this one became part; itself where it did not."""
    if found.topic is None:
        return found
    known = (await indexes(work)).topics.get(found.topic)
    if known is None or known.id == found.topic:
        return found
    return await channel_store.of_topic(work, known.id) or found
