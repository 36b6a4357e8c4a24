"""One's own network: whom one knows, where the gaps are, and saying that one knows somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.message import Block, Heading, Items, Message, choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.layer import Layer
from bot.domain.lookup import SURE
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.domain.words import clean
from bot.i18n.text import About, Text, text
from bot.services import look_up, openings
from bot.services.look_up import Known
from bot.services.look_up_words import on_search
from bot.services.register import indexes
from bot.services.wording import LAYER_NAME, ONE_OF_LAYER, Named, all_of, either, in_a_row
from bot.store import involvements, network, offers, officials, outbox, people
from bot.store import look_up as counts
from bot.store.outbox import Lane
from bot.store.work import Work

_SHOWN_A_LAYER = 4
_AT = re.compile(r"\s*,\s*|\s+(?:bij|at|@)\s+", re.IGNORECASE)
_OF = re.compile(r"\s+(?:van|from|of)\s+", re.IGNORECASE)
_USUAL = (Layer.RIJK, Layer.PROVINCIE, Layer.GEMEENTE, Layer.WATERSCHAP)
_WHOLE_NAME = 2
"""Words of a name from which it may stand without an organisation."""


# One's own network.


@dataclass(frozen=True)
class Spread:
    """At which layers one knows somebody for a topic, and at which usual ones not."""

    topic: Topic
    known: tuple[Layer, ...]
    gaps: tuple[Layer, ...]


async def overview(work: Work, me: Official) -> Message:
    """Everybody one knows, by layer; for each of one's topics the gaps; and one next step."""
    known = await look_up.known_at(work, me, Search())
    blocks: list[Block | Text] = [Heading(span=text("network-title"))]
    if known:
        blocks.append(text("network-count", count=len(known)))
        blocks.append(Items(items=tuple((line,) for line in _by_layer(known))))
    else:
        blocks.append(text("network-empty"))
    spreads = [await _spread(work, me, topic) for topic in await _topics(work, me)]
    if spreads:
        blocks.append(text("network-by-topic"))
        blocks.append(Items(items=tuple((_topic_line(one, me.language),) for one in spreads)))
        blocks += await _next_step(work, me, spreads)
    else:
        blocks.append(text("network-no-topics"))
    return say(*blocks)


async def _topics(work: Work, me: Official) -> list[Topic]:
    """One's own topics, without the sensitive ones: who is in those shows to nobody."""
    known = (await indexes(work)).topics
    mine = [known.get(topic) for topic, _ in await involvements.of(work, me.id)]
    return [topic for topic in mine if topic is not None and not topic.sensitive]


def _by_layer(known: Sequence[Known]) -> Iterator[Text]:
    for layer in Layer:
        cards: list[Named] = [
            About(official=one.tie.other, fact="card") for one in known if one.layer is layer
        ]
        if not cards:
            continue
        more = len(cards) - _SHOWN_A_LAYER
        shown = cards if more <= 0 else [*cards[:_SHOWN_A_LAYER], text("network-more", count=more)]
        yield text("network-layer", layer=LAYER_NAME[layer], names=in_a_row(shown))


async def _spread(work: Work, me: Official, topic: Topic) -> Spread:
    around = await network.acquainted(work, me.id) - await network.blocks_of(work, me.id)
    found = await involvements.in_topic(work, topic.id, around, asked=False)
    known = {candidate.layer for candidate in found}
    usual = [layer for layer in topic.layers or _USUAL if layer is not me.layer]
    return Spread(
        topic,
        tuple(layer for layer in Layer if layer in known),
        tuple(layer for layer in usual if layer not in known),
    )


def _topic_line(spread: Spread, language: str) -> Text:
    label = spread.topic.label(language)
    known = [ONE_OF_LAYER[layer] for layer in spread.known]
    gaps = [ONE_OF_LAYER[layer] for layer in spread.gaps]
    if not gaps:
        return text("network-topic-all", topic=label)
    if not known:
        return text("network-topic-none", topic=label, gaps=either(gaps))
    return text("network-topic", topic=label, known=all_of(known), gaps=either(gaps))


async def _next_step(work: Work, me: Official, spreads: Sequence[Spread]) -> list[Block | Text]:
    """The first gap that somebody could fill, else the first one to wait for."""
    gaps = [(spread.topic, layer) for spread in spreads for layer in spread.gaps]
    if not gaps:
        return []
    between = await look_up.stance(work, me)
    for topic, layer in gaps:
        if await look_up.anybody(work, between, topic, layer):
            search = Search(topics=(topic.id,), layers=(layer,))
            lead = text("network-step", topic=topic.label(me.language), where=ONE_OF_LAYER[layer])
            return [
                lead,
                choose(on_search(text("network-search"), "wie-ken-ik/search", search, "primary")),
            ]
    topic, layer = gaps[0]
    search = Search(topics=(topic.id,), layers=(layer,))
    lead = text("network-wait", topic=topic.label(me.language), where=ONE_OF_LAYER[layer])
    return [lead, choose(on_search(text("look-up-watch"), "wie-ken-ik/watch", search, "primary"))]


# Saying that one knows somebody.


async def declare(work: Work, me: Official, words: str) -> None:
    """Note that one knows somebody, and ask the other.

    Nothing that returns or is raised depends on whether the other is there.
    """
    look_up.refuse_hidden(me)
    if not await counts.count(work, me.id, counts.DECLARE, work.rules.declarations_a_day):
        raise KoffieError(text("know-limit", count=work.rules.declarations_a_day))
    other = await named(work, me, clean(words))
    if other is None or not await _may_be_asked(work, me, other):
        return
    if await network.declare(work, me.id, other):
        await _tell_both(work, me.id, other)
        return
    name = About(official=me.id, fact="card")
    question = say(
        text("know-question", name=name),
        choose(
            option(text("know-yes"), "ken-ik/yes", "primary", official=me.id),
            option(text("know-no"), "ken-ik/no", official=me.id),
        ),
        slot=_slot(me.id, other),
        about=text("know-about"),
    )
    await outbox.post(
        work,
        other,
        question,
        Lane.UNASKED,
        business_key=f"know:{me.id}:{other}",
        not_before=await openings.reserve(work, other),
    )


async def named(work: Work, me: Official, words: str) -> OfficialId | None:
    """Whom the words name, if they name one person for sure."""
    for name, organisation in _readings(words):
        organisations: frozenset[OrganisationId] | None = None
        if organisation:
            hits = (await indexes(work)).organisations.find(organisation)
            organisations = frozenset(hit.value.id for hit in hits if hit.score >= SURE)
        elif len(people.name_words(name)) < _WHOLE_NAME:
            continue
        found = [match for match in await people.matches(work, name) if match.official != me.id]
        if organisations is not None:
            where = await network.whereabouts(work, [match.official for match in found])
            found = [
                match
                for match in found
                if match.official in where and where[match.official].organisation in organisations
            ]
        best = [match for match in found if (match.errors, match.left_over) == _fit(found[0])]
        if len(best) == 1:
            return best[0].official
    return None


def _fit(match: people.Match) -> tuple[int, int]:
    return match.errors, match.left_over


def _readings(words: str) -> Iterator[tuple[str, str]]:
    """Name and organisation: 'Jan van Dijk bij Utrecht', and, at the last 'van', 'Jan Smit van Utrecht'."""
    named = _AT.split(words, maxsplit=1)
    if len(named) > 1:
        yield named[0], named[1]
        return
    yield words, ""
    for last in list(_OF.finditer(words))[-1:]:
        yield words[: last.start()], words[last.end() :]


async def _may_be_asked(work: Work, me: Official, other: OfficialId) -> bool:
    asked = await officials.get(work, other)
    return (
        asked is not None
        and asked.switches.findable
        and asked.switches.requests
        and not await network.know_each_other(work, me.id, other)
        and not await network.is_blocked(work, me.id, other)
    )


async def confirm(work: Work, me: Official, by: OfficialId) -> bool:
    """'Yes, that is right'; false when the declaration does not stand any more."""
    if not await network.declared(work, by, me.id) or await network.is_blocked(work, by, me.id):
        return False
    await network.declare(work, me.id, by)
    await _tell(work, by, me.id)
    return True


async def _tell_both(work: Work, me: OfficialId, other: OfficialId) -> None:
    await offers.close_slot(work, _slot(me, other))
    for to, about in ((me, other), (other, me)):
        await _tell(work, to, about)


async def _tell(work: Work, to: OfficialId, about: OfficialId) -> None:
    await outbox.post(work, to, say(text("know-both", name=About(official=about, fact="card"))), Lane.UNASKED)


def _slot(one: OfficialId, other: OfficialId) -> str:
    return f"know:{min(one, other)}-{max(one, other)}"
