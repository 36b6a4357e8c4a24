"""Leaving an organisation for another: ties stay, topics come along or are let go of."""

import re
from collections.abc import Collection, Sequence

from bot.domain.contact import RouteKind
from bot.domain.ids import OrganisationId, TopicId
from bot.domain.official import Official
from bot.domain.topic import Topic
from bot.domain.words import normalise
from bot.services import profile
from bot.services.register import indexes
from bot.store import contact, involvements, ties
from bot.store.work import Work

_PARTS = re.compile(r",|;| en | and ")


async def topics_of(work: Work, me: Official) -> list[Topic]:
    """One's topics, in the order in which they were stated."""
    known = (await indexes(work)).topics
    mine = [known.get(topic) for topic, _ in await involvements.of(work, me.id)]
    return [topic for topic in mine if topic is not None]


def named(topics: Sequence[Topic], words: str, language: str) -> list[TopicId] | None:
    """Those of one's topics that a list of words names, each for sure; ``None`` when a word names none."""
    found: list[TopicId] = []
    for part in _PARTS.split(words):
        said = normalise(part)
        meant = [topic.id for topic in topics if said and said in normalise(topic.label(language))]
        if len(meant) != 1:
            return None
        found += meant
    return found


async def knows_anybody(work: Work, me: Official) -> bool:
    """Whether there is a colleague to introduce a successor to."""
    return bool(await ties.of(work, me.id))


async def has_address(work: Work, me: Official) -> bool:
    """Whether one is reached by an address or number, which may stay behind."""
    return (await contact.route_of(work, me.id)).kind is not RouteKind.CHAT


async def leave(
    work: Work, me: Official, to: OrganisationId, along: Collection[TopicId]
) -> tuple[Topic, ...]:
    """One works at ``to`` from now on, with the topics that come along; gives those that do not.

    Raises ``ValueError`` for an organisation that does not exist.
    """
    left = tuple(topic for topic in await topics_of(work, me) if topic.id not in along)
    kept = [(topic, part) for topic, part in await involvements.of(work, me.id) if topic in along]
    await profile.move(work, me.id, to)
    await profile.state_topics(work, me.id, kept)
    return left
