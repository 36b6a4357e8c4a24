"""From those who take part in a round to a plan, and from a plan to why these two (or more)."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from bot import matching
from bot.domain.channel import Channel
from bot.domain.fairness import SMALL_STEPS
from bot.domain.ids import OfficialId
from bot.domain.koffie_why import Side, topic_words, why
from bot.domain.layer import Layer
from bot.domain.round import Round
from bot.domain.topic import Part, Topic
from bot.i18n.text import Text, text
from bot.matching import Group, Person, Plan, Settings
from bot.services import channel_words
from bot.services.look_up import KOEPEL
from bot.services.register import Indexes, indexes
from bot.services.wording import ONE_OF_LAYER, all_of
from bot.store import round as store
from bot.store.round import Candidate
from bot.store.work import Work

_SMALL = SMALL_STEPS[1]
"""Colleagues on the network below which an organisation is small."""

People = Mapping[OfficialId, Candidate]


async def with_room(work: Work, round_: Round, only: Collection[OfficialId] | None = None) -> People:
    """Who takes part and has room for a koffie now; with ``only`` those among them."""
    month = work.today.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    bounds = work.hours.midnight(month), work.hours.midnight(following)
    rested = work.hours.midnight(work.today - timedelta(days=work.rules.koffie_gap_days - 1))
    return {
        one.official: one
        for one in await store.candidates(work, round_, bounds)
        if (only is None or one.official in only) and one.standing.has_room(rested)
    }


async def plan(work: Work, channel: Channel, round_: Round, people: People) -> Plan:
    """The best plan for these people. It is reckoned beside the event loop, which goes on meanwhile."""
    topic = await channel_words.topic_of(work, channel)
    register = await indexes(work)
    settings = Settings(
        size=channel.group_size, koepels=topic is not None and topic.koepels, seed=f"round {round_.id}"
    )
    given = [_person(one, topic, register) for one in people.values()]
    known = _named(await store.known_pairs(work, round_), people)
    blocked = _named(await store.blocked_pairs(work, round_), people)
    return await asyncio.to_thread(matching.plan, given, known, blocked, settings)


def _person(one: Candidate, topic: Topic | None, register: Indexes) -> Person:
    organisation = register.organisations.get(one.organisation)
    return Person(
        id=str(one.official),
        organisation=str(one.organisation),
        layer=one.layer,
        topics=_topics(one, topic),
        region=organisation.province if organisation else "",
        languages=(one.language,),
        slots=one.working_days,
        formats=one.formats,
        waiting=one.waiting,
        introductions=one.met,
        small=one.colleagues < _SMALL,
        koepel=one.kind == KOEPEL,
    )


def _topics(one: Candidate, topic: Topic | None) -> Mapping[str, Part]:
    """Who joins the rounds of a topic follows it at least; rounds without a topic look at none (P7)."""
    if topic is None:
        return {}
    stated = {str(number): part for number, part in one.topics.items()}
    return {str(topic.id): Part.FOLLOWS} | stated


def _named(pairs: Collection[store.Pair], people: People) -> list[tuple[str, str]]:
    return [(str(one), str(other)) for one, other in pairs if one in people and other in people]


def members(group: Group) -> tuple[OfficialId, ...]:
    """Who sit at this table."""
    return tuple(OfficialId(int(member)) for member in group.members)


def proof(made: Plan) -> Mapping[str, int]:
    """How good a plan is, to be kept with the round."""
    return asdict(made.certificate)


async def reasons(work: Work, channel: Channel, people: Sequence[Candidate]) -> tuple[Text, ...]:
    """Why these two, or more, in the same words for all at the table. Waiting is never among them."""
    topic = await channel_words.topic_of(work, channel)
    if len(people) > 2:  # noqa: PLR2004 - more than two have other words
        return _of_table(topic, people)
    register = await indexes(work)
    one, other = (_side(person, topic, register) for person in people)
    return why(topic, one, other, ONE_OF_LAYER)


def _of_table(topic: Topic | None, people: Sequence[Candidate]) -> tuple[Text, ...]:
    found = [] if topic is None else [text("round-why-topic", topic=topic_words(topic))]
    layers = [ONE_OF_LAYER[layer] for layer in Layer if layer in {one.layer for one in people}]
    if len(layers) > 1:
        found.append(text("round-why-layers", layers=all_of(layers)))
    return tuple(found) or (text("round-why-meet"),)


def _side(one: Candidate, topic: Topic | None, register: Indexes) -> Side:
    organisation = register.organisations.get(one.organisation)
    part = None if topic is None else one.topics.get(topic.id, Part.FOLLOWS)
    return Side(one.layer, organisation.province if organisation else "", part)
