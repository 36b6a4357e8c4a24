"""From those who take part in a round to a plan, and from a plan to why these two (or more)."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from functools import cache
from hashlib import sha256

from bot import matching
from bot.domain.channel import Channel
from bot.domain.channel_rules import ChannelRules, Favour
from bot.domain.fairness import SMALL_STEPS
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie_why import Side, topic_words
from bot.domain.koffie_why import why as koffie_why
from bot.domain.layer import EQUALS, Layer
from bot.domain.meeting_place import LENGTH
from bot.domain.practice import practice_of
from bot.domain.round import Round
from bot.domain.slots import Rhythm, weekly_starts
from bot.domain.topic import Part, Topic
from bot.i18n.text import Text, text
from bot.matching import Certificate, Group, Person, Plan, Term
from bot.matching.explain import why
from bot.services import channel_words, round_rules
from bot.services.look_up import KOEPEL
from bot.services.meeting_times import rhythm_of
from bot.services.register import Indexes, indexes
from bot.services.wording import ONE_OF_LAYER, all_of
from bot.store import round as store
from bot.store.round import Candidate
from bot.store.work import Work

_SMALL = SMALL_STEPS[1]
"""Colleagues on the network below which an organisation is small."""
_BESIDES = frozenset(
    {Term.SHARED_TOPIC, Term.PARTS, Term.RARE_TOPIC, Term.PRACTICE, Term.OTHER_COLUMN, Term.FAR}
)
"""Reasons of the plan that are told beside those of a request: of another topic than the round's."""
_MOST_REASONS = 4
_PART = "part "
"""Before the number of a sub-question, where a plan takes it for a topic."""

People = Mapping[OfficialId, Candidate]


async def with_room(
    work: Work, channel: Channel, round_: Round, only: Collection[OfficialId] | None = None
) -> People:
    """Who takes part by the channel's rules and has room for a koffie now; with ``only`` those of them."""
    month = work.today.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    bounds = work.hours.midnight(month), work.hours.midnight(following)
    gap = max(work.rules.koffie_gap_days, channel.rules.gap_days or 0)
    rested = work.hours.midnight(work.today - timedelta(days=gap - 1))
    return {
        one.official: one
        for one in await store.candidates(work, round_, bounds, on_topics=channel.topic is not None)
        if (only is None or one.official in only)
        and round_rules.takes_part(channel.rules, one)
        and round_rules.standing(channel.rules, one).has_room(rested)
    }


async def plan(work: Work, channel: Channel, round_: Round, people: People) -> Plan:
    """The best plan for these people, as far as it goes without introducing any two again.

    Who would be left out by that is planned for once more, with those too to whom a round introduced them
    before: rather the same colleague than nobody. It is reckoned beside the event loop, which goes on.
    """
    topic = await channel_words.topic_of(work, channel)
    register = await indexes(work)
    settings = round_rules.settings(channel, topic, seed=f"round {round_.id}")
    known = await store.known_pairs(work, round_)
    blocked = await store.blocked_pairs(work, round_)
    since = work.now - timedelta(days=work.rules.introduced_again_days)
    before = await store.introduced_pairs(work, round_, since)
    starts = _starts(work)

    async def best_of(some: People, apart: Collection[store.Pair]) -> Plan:
        given = [
            _person(one, topic, register, channel.rules, starts(rhythm_of(work, one)))
            for one in some.values()
        ]
        pairs = _named(apart, some), _named(blocked, some)
        return await asyncio.to_thread(matching.plan, given, *pairs, settings)

    if Favour.NEW in channel.rules.favours:
        people = round_rules.met_by_organisation(people)
    best = await best_of(people, [*known, *before])
    if not before or len(best.left_out) < 2:  # noqa: PLR2004 - nobody meets alone
        return best
    left = {who: people[who] for who in (OfficialId(int(name)) for name in best.left_out)}
    return _both(best, await best_of(left, known))


def _both(best: Plan, rest: Plan) -> Plan:
    """Two plans of different people as one: each is proved by itself, and so are both."""
    one, other = best.certificate, rest.certificate
    return Plan(
        groups=(*best.groups, *rest.groups),
        left_out=rest.left_out,
        certificate=Certificate(
            weight=one.weight + other.weight,
            bound=one.bound + other.bound,
            pairs=one.pairs + other.pairs,
            max_pairs=one.max_pairs + other.max_pairs,
        ),
        sha256=sha256(f"{best.sha256} {rest.sha256}".encode()).hexdigest(),
    )


def _person(
    one: Candidate, topic: Topic | None, register: Indexes, rules: ChannelRules, slots: Collection[int]
) -> Person:
    organisation = register.organisations.get(one.organisation)
    return Person(
        id=str(one.official),
        organisation=str(one.organisation),
        layer=one.layer,
        topics=_topics(one, topic, register),
        region=organisation.province if organisation else "",
        languages=one.languages,
        slots=slots,
        work=practice_of(one.role),
        column=register.topics.column(one.topics),
        formats=round_rules.formats(rules, one),
        lacks=tuple(layer for layer in EQUALS if layer is not one.layer and layer not in one.layers_known),
        waiting=one.waiting,
        introductions=one.met,
        small=one.colleagues < _SMALL,
        koepel=one.kind == KOEPEL,
    )


def _starts(work: Work) -> Callable[[Rhythm], Collection[int]]:
    """When somebody could have a koffie in a week like the next one. Many work alike: it is reckoned once.

    Who works in none of the office's hours arranges a time themselves, so they may have anybody: none is any.
    """
    length, next_week = min(LENGTH.values()), work.today + timedelta(weeks=1)
    return cache(lambda rhythm: weekly_starts(rhythm, work.hours, next_week, length))


def _topics(one: Candidate, topic: Topic | None, register: Indexes) -> Mapping[str, Part]:
    """Who joins the rounds of a topic follows it at least; rounds without a topic look at none (P7).

    What else they share may be a reason too, but for what is sensitive: of that nothing shows here.
    """
    if topic is None:
        return {}
    shown = {
        str(number): part
        for number, part in one.topics.items()
        if (known := register.topics.get(number)) is not None
        and (known.id == topic.id or not known.sensitive)
    }
    # A part of the round's topic that two chose counts as a topic that they share: the rarer, the more.
    own = shown.get(str(topic.id), Part.FOLLOWS)
    parts = {f"{_PART}{part.id}": own for part in topic.sub_questions if part.id in one.sub_questions}
    return {str(topic.id): Part.FOLLOWS} | shown | parts


def _shared_part(topic: Topic | None, one: Candidate, other: Candidate) -> tuple[Text, ...]:
    """The first sub-question that both chose."""
    parts = () if topic is None or topic.sensitive else topic.sub_questions
    both = one.sub_questions & other.sub_questions
    return tuple(text("round-why-part", part=part.label) for part in parts if part.id in both)[:1]


def _named(pairs: Collection[store.Pair], people: People) -> list[tuple[str, str]]:
    return [(str(one), str(other)) for one, other in pairs if one in people and other in people]


def members(group: Group) -> tuple[OfficialId, ...]:
    """Who sit at this table."""
    return tuple(OfficialId(int(member)) for member in group.members)


def proof(made: Plan) -> Mapping[str, int]:
    """How good a plan is, to be kept with the round."""
    return asdict(made.certificate)


async def reasons(work: Work, channel: Channel, group: Group, people: People) -> tuple[Text, ...]:
    """Why these two, or more, in the same words for all at the table. Waiting is never among them."""
    layers = [people[member].layer for member in members(group)]
    if len(layers) > 2:  # noqa: PLR2004 - more than two have other words
        return _of_table(await channel_words.topic_of(work, channel), layers)
    register = await indexes(work)
    topic = await channel_words.topic_of(work, channel)
    one, other = (_side(people[member], topic, register) for member in members(group))
    found = koffie_why(topic, one, other, ONE_OF_LAYER)
    found = (*found, *_shared_part(topic, *(people[member] for member in members(group))))
    (tie,) = group.ties
    own = "" if topic is None else str(topic.id)
    besides = tuple(
        reason
        for reason in tie.reasons
        if reason.term in _BESIDES and reason.about != own and not reason.about.startswith(_PART)
    )
    if not besides:
        return found
    also = why(replace(tie, reasons=besides), (layers[0], layers[1]), ONE_OF_LAYER, _topic_name(register))
    return (*found, *also)[:_MOST_REASONS]


def _side(one: Candidate, topic: Topic | None, register: Indexes) -> Side:
    organisation = register.organisations.get(one.organisation)
    part = None if topic is None else one.topics.get(topic.id, Part.FOLLOWS)
    return Side(one.layer, organisation.province if organisation else "", part)


def _topic_name(register: Indexes) -> Callable[[str], Text | str]:
    def name(number: str) -> Text | str:
        known = register.topics.get(TopicId(int(number)))
        return "" if known is None else topic_words(known)

    return name


def _of_table(topic: Topic | None, layers: Collection[Layer]) -> tuple[Text, ...]:
    found = [] if topic is None else [text("round-why-topic", topic=topic_words(topic))]
    others = [ONE_OF_LAYER[layer] for layer in Layer if layer in layers]
    if len(others) > 1:
        found.append(text("round-why-layers", layers=all_of(others)))
    return tuple(found) or (text("round-why-meet"),)
