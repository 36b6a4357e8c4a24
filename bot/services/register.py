"""What the bot understands of names of organisations and topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import TopicId
from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.lookup_topic import TopicIndex
from bot.domain.topic import Part
from bot.store import register
from bot.store.work import Work


@dataclass(frozen=True)
class Indexes:
    """Built once a version of the register."""

    organisations: OrganisationIndex
    topics: TopicIndex


async def standing(work: Work, stated: Sequence[tuple[TopicId, Part]]) -> list[tuple[TopicId, Part]]:
    """Topics as they stand now: one that became part of another means that one, each once."""
    known = (await indexes(work)).topics
    found: dict[TopicId, Part] = {}
    for number, part in stated:
        topic = known.get(number)
        found.setdefault(number if topic is None else topic.id, part)
    return list(found.items())


async def indexes(work: Work) -> Indexes:
    """The indexes of the register as it is now; shared by all units of work until an import."""
    version = await register.version(work)
    kept = work.cache.entries.get("register")
    if kept is not None and kept[0] == version and isinstance(kept[1], Indexes):
        return kept[1]
    rows = await register.load(work)
    made = Indexes(
        OrganisationIndex(rows.organisations, rows.aliases),
        TopicIndex(rows.topics, rows.themes, rows.merged),
    )
    work.cache.entries["register"] = (version, made)
    return made
