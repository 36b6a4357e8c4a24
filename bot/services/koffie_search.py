"""Whom to propose: the ring of the willing of the look-up, or somebody by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.message import Card, Message, Span, choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Part, Topic
from bot.i18n.text import About, Text, text
from bot.services import koffie_limits, look_up, members_only
from bot.services.koffie import seated
from bot.services.koffie_ask import UNAVAILABLE, who_may_be_asked
from bot.services.koffie_words import topic_of
from bot.services.register import indexes
from bot.services.wording import ONE_OF_LAYER, part_in, position
from bot.store import involvements, people
from bot.store import look_up as lists
from bot.store.work import Work


@dataclass(frozen=True)
class Proposed:
    """Somebody to propose, on what, and with which part in it."""

    official: OfficialId
    layer: Layer
    topic: Topic | None = None
    part: Part | None = None


async def for_topic(work: Work, me: Official, search: Search) -> Proposed | None:
    """The first of the look-up's list whom one can ask now. Raises KoffieError as a look-up does."""
    topic = await look_up.topic_of(work, search)
    rings = await look_up.answer(work, me, search)
    for seat in rings.willing:
        one = seat.listed
        if not seat.asked and not seat.agreed and await _askable(work, me, one.official) is not None:
            return Proposed(one.official, one.layer, topic, one.part)
    return None


async def for_mine(work: Work, me: Official, search: Search) -> Proposed | None:
    """Somebody for one of one's own topics, in the order in which they were stated."""
    index = (await indexes(work)).topics
    for topic, _ in await involvements.of(work, me.id):
        known = index.get(topic)
        if known is None or not await members_only.may_find(work, known, me.id):
            continue
        found = await for_topic(work, me, search.on(topic))
        if found is not None:
            return found
    return None


async def by_name(
    work: Work, me: Official, words: str, organisations: Sequence[OrganisationId]
) -> list[Proposed]:
    """Those who bear a name and can be asked; who cannot is not there. It counts as a look-up.

    Raises :class:`KoffieError` for who may not search, and when ``me`` knows why that one cannot be asked.
    """
    look_up.refuse_hidden(me)
    if not await lists.count(work, me.id, lists.LOOK_UP, work.rules.lookups_a_day):
        raise KoffieError(text("look-up-limit", count=work.rules.lookups_a_day))
    found: list[Proposed] = []
    known: KoffieError | None = None
    for official in await people.find(work, words, work.rules.results_a_lookup):
        try:
            asked = await who_may_be_asked(work, me, official)
        except KoffieError as refusal:
            if refusal.text != UNAVAILABLE:
                known = known or refusal
            continue
        if not organisations or asked.organisation_id in organisations:
            found.append(Proposed(asked.id, asked.layer))
    if known is not None and not found:
        raise known
    return found


async def after_lapse(work: Work, me: Official, koffie: KoffieId) -> Proposed | None:
    """Somebody else on the same topic; first whom the other one named, if that is somebody to propose."""
    kept = await seated(work, me.id, koffie)
    topic = await topic_of(work, kept)
    for other in kept.others(me.id):
        named = kept.places[other].instead
        asked = None if named is None else await _askable(work, me, named)
        if asked is not None:
            parts = dict(await involvements.of(work, asked.id))
            part = None if topic is None else parts.get(topic.id)
            return Proposed(asked.id, asked.layer, topic, part)
    if topic is None:
        return await for_mine(work, me, Search())
    return await for_topic(work, me, Search(topics=(topic.id,)))


async def _askable(work: Work, me: Official, official: OfficialId) -> Official | None:
    try:
        asked = await who_may_be_asked(work, me, official)
    except KoffieError:
        return None
    moment = await koffie_limits.ask_moment(work, official)
    return asked if await koffie_limits.room_from(work, asked, moment) is None else None


def proposal(found: Sequence[Proposed], language: str) -> Message:
    """Those found, each with the choice to ask."""
    return say(
        text("koffie-proposal", count=len(found)), *(_card(one, language) for one in found), lasting=True
    )


def _card(one: Proposed, language: str) -> Card:
    topic = one.topic
    lines: list[tuple[Span, ...]] = []
    if topic is not None and one.part is not None:
        lines.append((part_in(one.part, topic.label(language)),))
    ask = option(
        text("koffie-ask"),
        "koffie/ask",
        "primary",
        official=int(one.official),
        topic=None if topic is None else int(topic.id),
    )
    if topic is not None and topic.sensitive:
        title: Text | About = text("koffie-colleague", place=ONE_OF_LAYER[one.layer])
        return Card(title=title, lines=tuple(lines), options=(ask,))
    lines.insert(0, (position(one.official, one.layer),))
    return Card(title=About(official=one.official, fact="name"), lines=tuple(lines), options=(ask,))


async def nobody(work: Work, search: Search) -> Message:
    """Nobody to propose now; the look-up has next steps where a topic was named."""
    if len(search.topics) != 1:
        return say(text("koffie-nobody"))
    topic: Topic | None = (await indexes(work)).topics.get(TopicId(search.topics[0]))
    if topic is None:
        return say(text("koffie-nobody"))
    look = option(text("koffie-nobody-look"), "wie-ken-ik/search", "primary", **search.args)
    return say(text("koffie-nobody-topic"), choose(look), slot="koffie-nobody")
