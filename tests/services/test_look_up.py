"""The three rings: who is in them, for how long, how often one may ask, and what they never tell."""

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.fairness import JITTER
from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer, Happened
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.register import Region, RegionKind
from bot.domain.search import Search
from bot.domain.topic import Part
from bot.services import block, erasure, fairness, follow_up, koffie, koffie_ask, look_up
from bot.services.look_up import Rings
from bot.store import channel, involvements, network, officials, tables
from bot.store import look_up as lists
from bot.store.work import Work, Workshop
from tests.support.country import Country, me
from tests.support.databases import on_both as on_both
from tests.support.workshop import AMSTERDAM, make_workshop


def on(country: Country, topic: str = "stikstof", *layers: Layer) -> Search:
    return Search(topics=(country.topics[topic],), layers=layers)


def listed(rings: Rings) -> list[OfficialId]:
    return [seat.listed.official for seat in rings.willing]


async def ask(work: Work, asker: OfficialId, search: Search) -> Rings:
    return await look_up.answer(work, await me(work, asker), search)


async def test_the_three_rings(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        known = await country.official(work, "Bram", "waterschap De Dommel", "stikstof")
        unknown = await country.official(work, "Carla", "waterschap Rivierenland", "stikstof")
        elsewhere = await country.official(work, "Dirk", "provincie Gelderland", "wonen")
        await network.add_tie(work, anna, known, "koffie", country.topics["stikstof"])
        await network.add_tie(work, anna, elsewhere, "koffie", None)
        rings = await ask(work, anna, on(country, "stikstof", Layer.WATERSCHAP))
        assert [one.tie.other for one in rings.known] == [known]
        assert listed(rings) == [unknown]
        assert not rings.reachable


@pytest.mark.parametrize(("go_betweens", "said"), [(2, False), (3, True)])
async def test_the_network_says_yes_from_three_go_betweens_on(
    workshop: Workshop,
    country: Country,
    go_betweens: int,
    said: bool,  # noqa: FBT001
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        far = await country.official(work, "Far", "waterschap De Dommel", "stikstof")
        friends = [
            await country.official(work, f"Friend {number}", "Zwolle", "wonen", introduces=number == 0)
            for number in range(go_betweens)
        ]
        for friend in friends:
            await network.add_tie(work, anna, friend, "koffie", None)
            await network.add_tie(work, friend, far, "koffie", None)
        rings = await ask(work, anna, on(country))
        assert rings.reachable is said
        assert rings.introducers == ((friends[0],) if said else ())


async def test_who_one_knows_oneself_needs_no_go_between(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        friends = [await country.official(work, f"Friend {n}", "Zwolle", "stikstof") for n in range(4)]
        for friend in friends:
            await network.add_tie(work, anna, friend, "koffie", None)
            await network.add_tie(
                work, friend, friends[0] if friend != friends[0] else friends[1], "koffie", None
            )
        assert not (await ask(work, anna, on(country))).reachable


Relation = Callable[[Work, Country, OfficialId, OfficialId], Awaitable[None]]


async def _acquainted(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await network.add_tie(work, anna, other, "koffie", None)


async def _apart(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await network.keep_apart(work, anna, other, work.now + timedelta(days=9))


async def _blocks(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await network.block(work, anna, other)


async def _is_blocked(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await network.block(work, other, anna)


async def _hidden(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await officials.change(work, other, findable=False)
    await involvements.refresh(work, other)


async def _busy(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await officials.change(work, other, requests=False)
    await involvements.refresh(work, other)


async def _colleague(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    mine = await me(work, anna)
    await officials.change(work, other, organisation_id=mine.organisation_id)


async def _erased(work: Work, country: Country, anna: OfficialId, other: OfficialId) -> None:
    await erasure.erase(work, other)


EXCLUSIONS = [_acquainted, _apart, _blocks, _is_blocked, _hidden, _busy, _colleague, _erased]


@pytest.mark.parametrize("relation", EXCLUSIONS)
@pytest.mark.parametrize("before", [True, False])
async def test_who_is_not_for_the_list(
    workshop: Workshop,
    country: Country,
    relation: Relation,
    before: bool,  # noqa: FBT001
) -> None:
    """Neither in a new list, nor in this week's list from then on; and nobody takes the place."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        people = [
            await country.official(work, f"N {n}", "waterschap De Dommel", "stikstof") for n in range(5)
        ]
        other = people[0]
        if before:
            await relation(work, country, anna, other)
            for _ in range(3):
                rings = await ask(work, anna, on(country))
                assert other not in listed(rings)
                await work.session.execute(sql("DELETE FROM look_up"))
        else:
            first = listed(await ask(work, anna, on(country)))
            gone = first[0]
            await relation(work, country, anna, gone)
            assert listed(await ask(work, anna, on(country))) == first[1:]


async def test_koepels_only_where_the_topic_asks(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        koepel = await country.official(work, "K", "Vereniging van Nederlandse Gemeenten", "stikstof")
        search = Search(
            topics=(country.topics["stikstof"],),
            organisations=(country.organisations["Vereniging van Nederlandse Gemeenten"],),
        )
        rings = await ask(work, anna, search)
        assert rings.koepel
        assert listed(rings) == []
        await work.session.execute(update(tables.Topic).values(koepels=True))
        work.cache.entries.clear()
        rings = await ask(work, anna, search)
        assert not rings.koepel
        assert listed(rings) == [koepel]


async def test_filters(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Utrecht", "stikstof")
        names = [
            "Ede",
            "Zwolle",
            "provincie Overijssel",
            "waterschap Rivierenland",
            "ministerie van Financiën",
        ]
        at = {name: await country.official(work, name, name, "stikstof") for name in names}
        topic = (country.topics["stikstof"],)
        gelderland = Region(RegionKind.PROVINCE, "Gelderland")
        rings = await ask(work, anna, Search(topics=topic, region=gelderland))
        assert set(listed(rings)) == {at["Ede"], at["waterschap Rivierenland"]}
        rings = await ask(work, anna, Search(topic, (Layer.GEMEENTE,), (), gelderland))
        assert listed(rings) == [at["Ede"]]
        rings = await ask(work, anna, Search(topic, (), (country.organisations["Zwolle"],)))
        assert listed(rings) == [at["Zwolle"]]
        rings = await ask(work, anna, Search(topic, (Layer.RIJK, Layer.PROVINCIE)))
        assert set(listed(rings)) == {at["provincie Overijssel"], at["ministerie van Financiën"]}


async def test_a_seat_for_who_leads_and_for_each_layer(workshop: Workshop, country: Country) -> None:
    """However many others rank higher; one's own layer comes last."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        lead = await country.official(work, "L", "Zwolle", "stikstof", part=Part.LEADS)
        await involvements.note_shown(work, country.topics["stikstof"], [lead])
        for number in range(6):
            await country.official(work, f"G {number}", "Utrecht", "stikstof")
        water = await country.official(work, "W", "waterschap De Dommel", "stikstof")
        rijk = await country.official(work, "R", "ministerie van Financiën", "stikstof")
        rings = await ask(work, anna, on(country))
        assert listed(rings)[0] == lead
        assert set(listed(rings)) == {lead, water, rijk}


async def test_the_small_organisation_and_the_never_met_go_first(
    workshop: Workshop, country: Country
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "provincie Gelderland", "stikstof")
        large = [await country.official(work, f"G {n}", "Utrecht", "stikstof") for n in range(6)]
        met = await country.official(work, "M", "Zwolle", "stikstof")
        small = await country.official(work, "S", "Ede", "stikstof")
        await network.add_tie(work, met, large[0], "koffie", None)
        await fairness.rescore(work, met)
        ranked = await involvements.ranked(work, country.topics["stikstof"], Layer.GEMEENTE, 9)
        assert [one.official for one in ranked][:2] == [small, met]
        assert listed(await ask(work, anna, on(country)))[0] == small


async def test_the_list_stays_a_week_and_then_rotates(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    start = clock.now()
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        for number in range(6):
            await country.official(work, f"N {number}", "waterschap De Dommel", "stikstof")
        first = listed(await ask(work, anna, on(country)))
        assert len(first) == 3
    for days in (1, 3, 6.9):
        clock.move(start + timedelta(days=days))
        async with workshop.write() as work:
            await country.official(work, f"New {days}", "provincie Gelderland", "stikstof", part=Part.LEADS)
            assert listed(await ask(work, anna, on(country))) == first
    clock.move(start + timedelta(days=7))
    async with workshop.write() as work:
        second = listed(await ask(work, anna, on(country)))
        assert len(second) == 3
        assert second != first


async def test_lists_rotate_over_askers(workshop: Workshop, country: Country) -> None:
    """Nobody is in every list while others are in none (P12)."""
    async with workshop.write() as work:
        people = {
            await country.official(work, f"N {n}", "waterschap De Dommel", "stikstof") for n in range(9)
        }
        askers = [await country.official(work, f"A {n}", "Ede", "wonen") for n in range(6)]
        times = dict.fromkeys(people, 0)
        for asker in askers:
            for official in listed(await ask(work, asker, on(country))):
                times[official] += 1
        assert set(times.values()) == {2}


async def test_the_operator_has_no_advantage(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    """Whoever runs the bot, the list is the same (P13)."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        for name in ("Utrecht", "Zwolle", "provincie Overijssel", "waterschap De Dommel"):
            for number in range(2):
                await country.official(work, f"{name} {number}", name, "stikstof")
    lists = []
    for operator in ("gemeente Utrecht", "provincie Overijssel", "waterschap De Dommel"):
        run_by = dataclasses.replace(make_workshop(workshop.database, clock), operator=operator)
        async with run_by.write() as work:
            lists.append(listed(await ask(work, anna, on(country))))
            await work.session.rollback()
    assert lists[0] == lists[1] == lists[2]


async def test_the_daily_limit_counts_questions_not_repeats(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    most = workshop.rules.lookups_a_day
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        topics = [await country.new_topic(work) for _ in range(most + 2)]
        for topic in topics[:most]:
            for _ in range(2):
                await ask(work, anna, Search(topics=(topic,)))
        with pytest.raises(KoffieError, match="look-up-limit"):
            await ask(work, anna, Search(topics=(topics[most],)))
        await ask(work, anna, Search(topics=(topics[0],)))
    # The day is the local one: 23:30 in UTC on the day before is past midnight here.
    clock.move(datetime(2026, 11, 24, 23, 59, tzinfo=AMSTERDAM))
    async with workshop.write() as work:
        with pytest.raises(KoffieError, match="look-up-limit"):
            await ask(work, anna, Search(topics=(topics[most],)))
    clock.move(datetime(2026, 11, 25, 0, 1, tzinfo=AMSTERDAM))
    async with workshop.write() as work:
        await ask(work, anna, Search(topics=(topics[most],)))


async def test_only_who_can_be_found_may_search(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof", findable=False)
        with pytest.raises(KoffieError, match="look-up-hidden"):
            await ask(work, anna, on(country))
        seen = await look_up.become_findable(work, await me(work, anna))
        assert seen.switches.findable
        await look_up.answer(work, seen, on(country))


async def test_a_sensitive_topic_tells_no_names_and_takes_no_place(
    workshop: Workshop, country: Country
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "fraude")
        known = await country.official(work, "Bram", "Zwolle", "fraude")
        other = await country.official(work, "Carla", "Zwolle", "fraude")
        await network.add_tie(work, anna, known, "koffie", country.topics["fraude"])
        search = Search(topics=(country.topics["fraude"],), organisations=(country.organisations["Utrecht"],))
        with pytest.raises(KoffieError, match="topic-members-only"):
            await ask(work, anna, search)
        circle, _ = await channel.make(work, country.topics["fraude"])
        await channel.join(work, circle.id, anna)
        rings = await ask(work, anna, search)
        assert rings.known == ()
        assert listed(rings) == [other]


Act = Callable[[Work, OfficialId, OfficialId, koffie_ask.Requested], Awaitable[object]]


async def _nothing(work: Work, anna: OfficialId, bram: OfficialId, asked: koffie_ask.Requested) -> None:
    return


async def _says_no(work: Work, anna: OfficialId, bram: OfficialId, asked: koffie_ask.Requested) -> None:
    await koffie.answer(work, bram, asked.koffie, Answer.NOT_NOW)


async def _says_known(work: Work, anna: OfficialId, bram: OfficialId, asked: koffie_ask.Requested) -> None:
    await koffie.answer(work, bram, asked.koffie, Answer.KNOWN)


async def _blocks_now(work: Work, anna: OfficialId, bram: OfficialId, asked: koffie_ask.Requested) -> None:
    await block.block(work, bram, anna)


async def _is_erased(work: Work, anna: OfficialId, bram: OfficialId, asked: koffie_ask.Requested) -> None:
    await erasure.erase(work, bram)


@pytest.mark.parametrize("act", [_nothing, _says_no, _says_known, _blocks_now, _is_erased])
async def test_until_the_term_lists_tell_nothing_of_a_no(
    workshop: Workshop, country: Country, clock: DemoClock, act: Act
) -> None:
    """The other, who was asked, stays in this week's list as asked, and is in no new one (P24)."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        bram = await country.official(work, "Bram", "waterschap De Dommel", "stikstof", "natuur")
        carla = await country.official(work, "Carla", "provincie Gelderland", "stikstof", "natuur")
        before = await ask(work, anna, on(country))
        asked = await koffie_ask.request(work, await me(work, anna), bram, country.topics["stikstof"])
    async with workshop.write() as work:
        await act(work, anna, bram, asked)
    async with workshop.write() as work:
        rings = await ask(work, anna, on(country))
        assert listed(rings) == listed(before)
        assert {seat.listed.official: seat.asked for seat in rings.willing} == {bram: True, carla: False}
        assert listed(await ask(work, anna, on(country, "natuur"))) == [carla]


async def test_nearby_topics_are_those_with_somebody(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        topic = await look_up.topic_of(work, on(country))
        mine: Official = await me(work, anna)
        assert await look_up.widened(work, await look_up.stance(work, mine), topic, 2) == []
        await country.official(work, "Bram", "Zwolle", "natuur")
        near = await look_up.widened(work, await look_up.stance(work, mine), topic, 2)
        assert [one.slug for one in near] == ["natuur"]


async def test_a_gap_is_counted_once_an_asker(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        search = on(country, "stikstof", Layer.WATERSCHAP)
        for name in ("Anna", "Bram"):
            official = await country.official(work, name, "Ede", "stikstof")
            await ask(work, official, search)
            for _ in range(3):
                await look_up.tell_gap(work, await me(work, official), search)
        topic = country.topics["stikstof"]
        assert await lists.gaps(work, work.today) == [(topic, Layer.WATERSCHAP, 2)]


async def test_a_koffie_that_was_drunk_counts_as_having_met(workshop: Workshop, country: Country) -> None:
    """From then on those who never met anybody go first (P11)."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        bram = await country.official(work, "Bram", "Zwolle", "stikstof")
        topic, zwolle = country.topics["stikstof"], [country.organisations["Zwolle"]]
        (before,) = await involvements.ranked(work, topic, Layer.GEMEENTE, 1, organisations=zwolle)
        asked = await koffie_ask.request(work, await me(work, anna), bram, country.topics["stikstof"])
        for official in (anna, bram):
            await koffie.answer(work, official, asked.koffie, Answer.YES)
        await follow_up.ask(work, asked.koffie)
        for official in (anna, bram):
            await follow_up.answer(work, asked.koffie, official, Happened.HAPPENED)
        assert await network.acquainted(work, anna) == {bram}
        (after,) = await involvements.ranked(work, topic, Layer.GEMEENTE, 1, organisations=zwolle)
        assert after.score < before.score - JITTER / 2


async def test_who_said_ken_ik_al_is_not_offered_that_one_again(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    """That stays on the side of who said it; to the other one it was a silence."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna", "Ede", "stikstof")
        bram = await country.official(work, "Bram", "Zwolle", "stikstof")
        asked = await koffie_ask.request(work, await me(work, anna), bram, country.topics["stikstof"])
        await koffie.answer(work, bram, asked.koffie, Answer.KNOWN)
    clock.move(clock.now() + timedelta(days=7))
    async with workshop.write() as work:
        await koffie.end_term(work, asked.koffie)
        assert listed(await ask(work, anna, on(country))) == []
    clock.move(clock.now() + timedelta(days=workshop.rules.leave_lists_days))
    async with workshop.write() as work:
        assert listed(await ask(work, anna, on(country))) == [bram]
        assert listed(await ask(work, bram, on(country))) == []
