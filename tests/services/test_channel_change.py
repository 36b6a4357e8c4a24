"""Two set a channel at the same moment, on both databases; and what its rules mean for the engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import ByHand
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelRules, Distance, Favour, Setting
from bot.domain.ids import ChannelId, OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.profile import FORMATS
from bot.domain.round import Standing
from bot.matching import Weights
from bot.services import channel_change, round_rules
from bot.store import admins, channel
from bot.store import channel_change as log
from bot.store.round import Candidate
from tests.support.rounds import ADMIN, Rounds, rounds
from tests.support.town import BRAM, NITROGEN, Person

CHANNEL = Channel(ChannelId(1), TopicId(1), ByHand(), 2, None)
SOMEBODY = Candidate(
    official=OfficialId(1),
    organisation=OrganisationId(1),
    kind="gemeente",
    layer=Layer.GEMEENTE,
    languages=("nl",),
    working_days=(),
    formats=(),
    topics={},
    waiting=0,
    met=0,
    colleagues=1,
    standing=Standing(2),
)


async def test_two_at_once_come_one_after_the_other(database_url: str) -> None:
    async with rounds(database_url, rhythm="") as here:
        async with here.town.workshop.write() as work:
            found = await channel.of_topic(work, NITROGEN)
            assert found is not None
            await admins.add_steward(work, found.id, here.town.ids[BRAM.name])
        await asyncio.gather(
            *(_set(here, by, found.id, size) for by, size in ((ADMIN, 3), (BRAM, 4), (ADMIN, 2), (BRAM, 3)))
        )
        async with here.town.workshop.read() as work:
            latest = await log.latest(work, found.id, 9)
            done = [one for one in reversed(latest) if one.act == Act.SET]
            now = await channel.get(work, found.id)
    assert now is not None
    sizes = [CHANNEL.group_size, *(one.after[Setting.GROUP] for one in done)]
    assert [one.before[Setting.GROUP] for one in done] == sizes[:-1], "each saw what the one before it set"
    assert now.group_size == sizes[-1]


async def _set(here: Rounds, by: Person, number: ChannelId, size: int) -> None:
    async with here.town.workshop.write() as work:
        held = await channel.get(work, number, lock=True)
        assert held is not None
        if held.group_size != size:
            await channel_change.change(work, held, here.town.ids[by.name], {Setting.GROUP: size})


@given(
    st.builds(
        ChannelRules,
        across_layers=st.booleans(),
        distance=st.sampled_from(Distance),
        favours=st.lists(st.sampled_from(Favour), unique=True).map(tuple),
    )
)
def test_words_are_weights_and_the_rest_stays_as_usual(rules: ChannelRules) -> None:
    made, usual = round_rules.settings(replace(CHANNEL, rules=rules), None, "x"), Weights()
    assert (made.across_layers, made.distance) == (rules.across_layers, rules.distance)
    favoured = {Favour.NEW: {"unheard", "few"}, Favour.SMALL: {"small"}, Favour.PARTS: {"parts"}}
    heavier = {name for favour in rules.favours for name in favoured[favour]}
    for name in Weights.__slots__:
        assert (getattr(made.weights, name) > getattr(usual, name)) is (name in heavier)


@given(st.sets(st.sampled_from(FORMATS)), st.sets(st.sampled_from(FORMATS)))
def test_nobody_meets_in_a_way_that_they_do_not_want(theirs: set[str], ours: set[str]) -> None:
    somebody, rules = replace(SOMEBODY, formats=tuple(theirs)), ChannelRules(formats=tuple(ours))
    ways = set(round_rules.formats(rules, somebody))
    if round_rules.takes_part(rules, somebody) and theirs:
        assert ways
        assert ways <= theirs
        assert ways <= ours or not ours


def test_an_organisation_is_new_while_none_of_its_people_met_anybody() -> None:
    old = replace(SOMEBODY, met=3)
    colleague = replace(SOMEBODY, official=OfficialId(2))
    new = replace(SOMEBODY, official=OfficialId(3), organisation=OrganisationId(2))
    counted = round_rules.met_by_organisation({one.official: one for one in (old, colleague, new)})
    assert [one.met for one in counted.values()] == [3, 3, 0]


@given(st.integers(1, 4), st.none() | st.integers(1, 4))
def test_a_channel_asks_for_less_than_ones_pace_and_never_for_more(pace: int, most: int | None) -> None:
    somebody = replace(SOMEBODY, standing=Standing(pace))
    assert round_rules.standing(ChannelRules(most_a_month=most), somebody).pace == min(pace, most or pace)
