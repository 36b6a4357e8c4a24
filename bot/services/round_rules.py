"""The rules of a channel in a round: who takes part, and what the engine weighs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.channel import Channel
from bot.domain.channel_rules import ChannelRules, Favour
from bot.domain.ids import OfficialId
from bot.domain.round import Standing
from bot.domain.topic import Topic
from bot.matching import Settings, Weights
from bot.store.round import Candidate

_FAVOURED: Mapping[Favour, Mapping[str, int]] = {
    Favour.NEW: {"unheard": 120, "few": 30},
    Favour.SMALL: {"small": 120},
    Favour.PARTS: {"parts": 80},
}
"""Points in place of the usual ones: a person's outweigh two rounds of waiting, a pair's a shared topic."""


def takes_part(rules: ChannelRules, one: Candidate) -> bool:
    """Whether a channel's rounds are for somebody: by their layer, and by how they like to meet."""
    return rules.admits(one.layer) and not (rules.formats and one.formats and not formats(rules, one))


def formats(rules: ChannelRules, one: Candidate) -> tuple[str, ...]:
    """The ways of meeting that both the channel and this person want; empty for any."""
    if not (rules.formats and one.formats):
        return rules.formats or one.formats
    return tuple(way for way in one.formats if way in rules.formats)


def standing(rules: ChannelRules, one: Candidate) -> Standing:
    """How much room somebody has: their own pace, or less where the channel wants less."""
    most = rules.most_a_month
    return one.standing if most is None else replace(one.standing, pace=min(one.standing.pace, most))


def settings(channel: Channel, topic: Topic | None, seed: str) -> Settings:
    """What the engine is to go by."""
    rules = channel.rules
    points = {name: value for favour in rules.favours for name, value in _FAVOURED[favour].items()}
    usual = topic is not None and topic.koepels
    return Settings(
        size=channel.group_size,
        koepels=usual if rules.koepels is None else rules.koepels,
        across_layers=rules.across_layers,
        distance=rules.distance,
        seed=seed,
        weights=replace(Weights(), **points),
    )


def met_by_organisation(people: Mapping[OfficialId, Candidate]) -> Mapping[OfficialId, Candidate]:
    """Everybody with the introductions of all who take part from their organisation: a new one has none."""
    met: Counter[int] = Counter()
    for one in people.values():
        met[one.organisation] += one.met
    return {who: replace(one, met=met[one.organisation]) for who, one in people.items()}
