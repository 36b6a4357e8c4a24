"""Topics of officials' own (P31): proposing one, changing its words, closing it and opening it again.

No layer has a veto: what is proposed is there at once. It can be merged, closed and opened again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.chat.address import Account
from bot.domain.channel_rules import Act, ChannelState, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.lookup import Reason
from bot.domain.lookup_topic import TooBroad
from bot.domain.register import Theme
from bot.domain.theme import themes_for
from bot.domain.topic import Part, Topic
from bot.domain.topic_name import LONGEST, MOST_SYNONYMS, Unusable, synonyms, usable
from bot.domain.words import squash, tokens
from bot.i18n.text import text
from bot.services import admins, channel, profile, topic_log
from bot.services.register import indexes
from bot.store import admins as admin_store
from bot.store import audit, involvements
from bot.store import channel as channel_store
from bot.store import look_up as counts
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.topic import Kept
from bot.store.work import Work

PROPOSE = "propose-topic"
"""What is counted a day."""
_ALIKE = 84.0
"""From this score on a topic may be the one that is meant."""
_OFFERED = 2


@dataclass(frozen=True)
class Proposal:
    """A topic to be. ``themes`` are codes of the TOP-lijst."""

    label: str
    synonyms: tuple[str, ...] = ()
    label_en: str = ""
    themes: tuple[str, ...] = ()


# Names.


_UNUSABLE = {
    Unusable.EMPTY: text("topic-name-empty"),
    Unusable.LONG: text("topic-name-long", most=str(LONGEST)),
    Unusable.HOSTILE: text("topic-name-hostile"),
    Unusable.LINK: text("topic-name-link"),
    Unusable.RESERVED: text("topic-name-reserved"),
    Unusable.PERSON: text("topic-name-person"),
    Unusable.VAGUE: text("topic-name-vague"),
}


async def named(work: Work, words: str, reserved: Collection[str]) -> str:
    """The words as the name of a topic. Raises :class:`KoffieError` where they cannot be one."""
    name = usable(words, reserved)
    if isinstance(name, Unusable):
        raise KoffieError(_UNUSABLE[name])
    wide = (await indexes(work)).topics.decide(name)
    if isinstance(wide, TooBroad):
        raise KoffieError(text("topic-name-broad", theme=wide.theme.label))
    return name


def other_words(words: str, reserved: Collection[str]) -> tuple[str, ...]:
    """A list of other words. Raises :class:`KoffieError` where one of them cannot be."""
    found = synonyms(words, reserved)
    if isinstance(found, Unusable):
        many = text("topic-words-many", most=str(MOST_SYNONYMS))
        raise KoffieError(many if found is Unusable.LONG else _UNUSABLE[found])
    return found


async def alike(work: Work, label: str) -> list[Topic]:
    """Topics that may be the same one, the likeliest first."""
    index = (await indexes(work)).topics
    hits = index.find(label, 5)
    return [hit.value for hit in hits if hit.score >= _ALIKE and hit.reason is not Reason.THEME][:_OFFERED]


async def same(work: Work, label: str) -> Topic | None:
    """The topic that bears just this name or has it among its other words."""
    index = (await indexes(work)).topics
    return next((hit.value for hit in index.named(tokens(label)) if hit.reason is not Reason.THEME), None)


async def likely_themes(work: Work, *words: str) -> list[Theme]:
    """Sub themes to propose for a topic of these words."""
    return themes_for(words, (await indexes(work)).topics.themes)


async def theme_names(work: Work, topic: Topic) -> tuple[str, ...]:
    """The names of the themes above a topic."""
    names = {theme.code: theme.label for theme in (await indexes(work)).topics.themes}
    return tuple(names[code] for code in topic.themes if code in names)


async def neighbours(work: Work, topic: Topic, most: int) -> list[Topic]:
    """Topics nearby: tasks get cut in pieces (C). Whoever is in a sensitive one shows to nobody."""
    near = (await indexes(work)).topics.neighbours(topic)
    return [other for other in near if not other.sensitive][:most]


# Proposing.


async def propose(work: Work, me: OfficialId, proposal: Proposal) -> Topic:
    """A new topic, in which one works oneself as far as there is room. Raises :class:`KoffieError`."""
    known = await same(work, proposal.label)
    if known is not None:
        raise KoffieError(text("topic-there-already", topic=known.label_nl))
    most = work.rules.proposals_a_day
    if not await counts.count(work, me, PROPOSE, most):
        raise KoffieError(text("topic-proposed-enough", count=most))
    free = [word for word in proposal.synonyms if await same(work, word) is None]
    made = await store.add(work, me, proposal.label, label_en=proposal.label_en, synonyms=free)
    if made is None:
        raise KoffieError(text("topic-there-already", topic=proposal.label))
    if proposal.themes:
        await store.set_themes(work, made, proposal.themes)
    await audit.record(work, "topic-new", actor=me, subject=made)
    topic = await current(work, made)
    await take_part(work, me, topic)
    return topic


async def take_part(work: Work, me: OfficialId, topic: Topic) -> bool:
    """One works on it from now on; false where one did, or names as many topics as one may."""
    mine = await involvements.of(work, me)
    if topic.id in dict(mine) or len(mine) >= work.rules.topics_an_official:
        return False
    await profile.state_topics(work, me, [*mine, (topic.id, Part.WORKS_ON)])
    return True


async def current(work: Work, topic: TopicId) -> Topic:
    """An active topic as it is now. Raises :class:`KoffieError` when it is closed."""
    found = (await indexes(work)).topics.get(topic)
    if found is None:
        raise KoffieError(text("look-up-topic-closed"))
    return found


async def withdraw(work: Work, me: OfficialId, topic: TopicId) -> None:
    """Take back what one proposed, as long as nobody else is in it. Raises :class:`KoffieError`."""
    kept = await store.get(work, topic, lock=True)
    if kept is None or kept.proposed_by != me or kept.status != store.ACTIVE:
        raise KoffieError(text("topic-not-yours"))
    if await store.others_in(work, topic, me) or await channel_store.of_topic(work, topic) is not None:
        raise KoffieError(text("topic-others-in", topic=kept.label))
    await _close(work, kept, me)
    mine = [one for one in await involvements.of(work, me) if one[0] != topic]
    await profile.state_topics(work, me, mine)


# Who may change it.


async def tended_by(work: Work, topic: TopicId, me: OfficialId, account: Account) -> bool:
    """Whether somebody may change it: an admin, a steward of its channel, or who proposed it as long as it
    has no channel, or only one that was stopped and forgotten. What became part of another one is also
    theirs who may change that one: its stewards moved there.
    """
    if await admins.is_admin(work, me, account):
        return True
    found = await channel_store.of_topic(work, topic)
    stewards = [] if found is None else await admin_store.stewards(work, found.id)
    if me in stewards:
        return True
    kept = await store.get(work, topic)
    if kept is None:
        return False
    if kept.merged_into is not None and await tended_by(work, kept.merged_into, me, account):
        return True
    without = found is None or (found.state is ChannelState.STOPPED and not stewards)
    return without and kept.proposed_by == me


async def require_tending(work: Work, topic: TopicId, me: OfficialId, account: Account) -> Kept:
    """The topic, kept from everybody else until this unit of work is over.

    Raises :class:`KoffieError` for who may not change it at this moment.
    """
    kept = await store.get(work, topic, lock=True)
    if kept is None or not await tended_by(work, topic, me, account):
        raise KoffieError(text("topic-not-steward"))
    return kept


async def require_naming(work: Work, topic: TopicId, me: OfficialId, account: Account) -> Kept:
    """The same for its name, its themes and its end: what is in the register is for admins alone."""
    kept = await require_tending(work, topic, me, account)
    if not kept.local and not await admins.is_admin(work, me, account):
        raise KoffieError(text("topic-of-register", topic=kept.label))
    return kept


# Changing it: what stands in the log is returned, if anything.


async def rename(work: Work, kept: Kept, me: OfficialId, label: str) -> Change | None:
    """Another name; the old one goes on as another word for it. Raises :class:`KoffieError`."""
    if not kept.local:
        raise KoffieError(text("topic-name-of-register", topic=kept.label))
    known = await same(work, label)
    if known is not None and known.id != kept.id:
        raise KoffieError(text("topic-there-already", topic=known.label_nl))
    added = _with(kept.added, [kept.label], [label])
    await audit.record(work, "topic-rename", actor=me, subject=kept.id)
    return await topic_log.put(
        work, kept.id, Act.TOPIC_NAME, me, {Setting.LABEL: label, Setting.WORDS: added}
    )


async def name_in_english(work: Work, kept: Kept, me: OfficialId, label: str) -> Change | None:
    await audit.record(work, "topic-rename", actor=me, subject=kept.id)
    return await topic_log.put(work, kept.id, Act.TOPIC_NAME, me, {Setting.ENGLISH: label})


async def add_words(work: Work, kept: Kept, me: OfficialId, words: Sequence[str]) -> Change | None:
    """More words for it. Raises :class:`KoffieError` for one that means another topic, and for too many."""
    for word in words:
        known = await same(work, word)
        if known is not None and known.id != kept.id:
            raise KoffieError(text("topic-word-taken", word=word, topic=known.label_nl))
    topic = await current(work, kept.id)
    new = [word for word in words if squash(word) not in map(squash, (*topic.labels, *topic.synonyms))]
    if len(kept.added) + len(new) > MOST_SYNONYMS:
        raise KoffieError(text("topic-words-many", most=str(MOST_SYNONYMS)))
    return await _set_words(work, kept, me, _with(kept.added, new))


async def drop_words(work: Work, kept: Kept, me: OfficialId, words: Sequence[str]) -> Change | None:
    """Fewer words for it: of those that were added here."""
    return await _set_words(work, kept, me, _with(kept.added, (), words))


async def _set_words(work: Work, kept: Kept, me: OfficialId, words: Sequence[str]) -> Change | None:
    await audit.record(work, "topic-words", actor=me, subject=kept.id)
    return await topic_log.put(work, kept.id, Act.TOPIC_WORDS, me, {Setting.WORDS: list(words)})


def _with(known: Sequence[str], more: Sequence[str], less: Sequence[str] = ()) -> list[str]:
    gone = {squash(word) for word in less}
    words = {squash(word): word for word in (*known, *more)}
    return [word for key, word in words.items() if key not in gone]


async def set_themes(work: Work, kept: Kept, me: OfficialId, themes: Sequence[Theme]) -> Change | None:
    await audit.record(work, "topic-themes", actor=me, subject=kept.id)
    codes = sorted({theme.code for theme in themes})
    return await topic_log.put(work, kept.id, Act.TOPIC_THEMES, me, {Setting.THEMES: codes})


# Closing it and opening it again (P32).


async def close(work: Work, kept: Kept, me: OfficialId) -> None:
    """Not offered any more; who is in it, their ties and its channel stay. Raises :class:`KoffieError`."""
    if kept.status != store.ACTIVE:
        raise KoffieError(text("topic-closed-already", topic=kept.label))
    await _close(work, kept, me)


async def _close(work: Work, kept: Kept, me: OfficialId) -> None:
    await store.change(work, kept.id, status=store.CLOSED)
    await audit.record(work, "topic-close", actor=me, subject=kept.id)
    await topic_log.note(work, kept.id, Act.TOPIC_CLOSED, me)
    await _rounds_follow(work, kept.id)


async def reopen(work: Work, kept: Kept, me: OfficialId) -> None:
    """Offered again, with all who stayed in it. Raises :class:`KoffieError`."""
    if kept.status != store.CLOSED:
        raise KoffieError(text("topic-open-already", topic=kept.label))
    if await same(work, kept.label) is not None:
        raise KoffieError(text("topic-there-already", topic=kept.label))
    await store.change(work, kept.id, status=store.ACTIVE, last_active_at=work.today)
    await audit.record(work, "topic-reopen", actor=me, subject=kept.id)
    await topic_log.note(work, kept.id, Act.TOPIC_REOPENED, me)
    await _rounds_follow(work, kept.id)


async def _rounds_follow(work: Work, topic: TopicId) -> None:
    """No round is announced on a topic that is closed; from its opening on they are."""
    found = await channel_store.of_topic(work, topic)
    if found is not None:
        await channel.schedule_next(work, found.id, work.now)


async def state_of(work: Work, topic: TopicId) -> Kept:
    """A topic in whatever state. Raises :class:`KoffieError` for none."""
    kept = await store.get(work, topic)
    if kept is None:
        raise KoffieError(text("look-up-topic-closed"))
    return kept


async def merged_named(work: Work, words: str) -> Kept | None:
    """The topic of that name that became part of another."""
    return next((one for one in await store.merged(work) if squash(one.label) == squash(words)), None)


async def closed_named(work: Work, words: str) -> Kept | None:
    """The closed topic of that name."""
    return next((one for one in await store.closed(work) if squash(one.label) == squash(words)), None)
