"""Two set a channel at the same moment, on both databases; and what its rules mean for the engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.cadence import ByHand
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelRules, ChannelState, Distance, Favour, Setting
from bot.domain.ids import ChannelId, OfficialId, OrganisationId, RoundId, TopicId
from bot.domain.layer import Layer
from bot.domain.profile import FORMATS
from bot.domain.round import RoundState, Standing
from bot.matching import Weights
from bot.services import channel_change, round_rules
from bot.services import round as held
from bot.store import admins, channel
from bot.store import channel_change as log
from bot.store import round as rounds_kept
from bot.store.round import Candidate
from tests.support.rounds import ADMIN, TOLD, Rounds, rounds
from tests.support.town import BRAM, NITROGEN, Person

CHANNEL = Channel(ChannelId(1), TopicId(1), ByHand(), 2, None)
SOMEBODY = Candidate(
    official=OfficialId(1),
    organisation=OrganisationId(1),
    kind="gemeente",
    layer=Layer.GEMEENTE,
    languages=("nl",),
    working_days=(),
    working_hours="",
    time_zone="",
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


async def test_a_round_that_begins_while_somebody_pauses_waits_and_is_called_off(database_url: str) -> None:
    async with rounds(database_url) as here:
        await here.town.until(TOLD)
        (announced,) = await here.rows()
        here.town.clock.move(announced.at)
        async with here.town.workshop.read() as work:
            found = await channel.of_topic(work, NITROGEN)
            assert found is not None
            (round_,) = await rounds_kept.of_channel(work, found.id, RoundState.ANNOUNCED)
        async with here.town.workshop.write() as work:
            known = await channel.get(work, found.id, lock=True)
            assert known is not None
            holding = asyncio.create_task(_hold(here, round_.id))
            await _until_somebody_waits(here)
            paused = {Setting.STATE: ChannelState.PAUSED.value, Setting.RESUMES: None}
            await channel_change.change(work, known, here.town.ids[ADMIN.name], paused)
        await holding
        (row,) = await here.rows()
        assert (row.state, await here.koffies()) == (RoundState.SKIPPED, [])


async def _hold(here: Rounds, number: RoundId) -> None:
    async with here.town.workshop.write() as work:
        await held.hold(work, number)


async def _until_somebody_waits(here: Rounds) -> None:
    """On PostgreSQL: for a lock of another. On SQLite who writes waits before the first statement."""
    async with here.town.workshop.read() as work:
        if work.session.get_bind().dialect.name != "postgresql":
            return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(500):
        async with here.town.workshop.read() as work:
            if (await work.session.execute(waiting)).scalar_one():
                return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waited")


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
