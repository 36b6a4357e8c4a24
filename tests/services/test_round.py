"""Rounds on the whole program: who is asked, when, in which words, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.ids import RoundId
from bot.domain.layer import Layer
from bot.domain.round import Round, RoundState
from bot.domain.topic import Part
from bot.services import openings, round_plan
from bot.services.look_up import KOEPEL
from bot.settings import Rules
from bot.store import due, network, tables
from tests.support.databases import BOTH
from tests.support.rounds import (
    ADMIN,
    FIRST,
    FLIP,
    GUUS,
    PEOPLE,
    REPAIRED,
    ROOM,
    TOLD,
    Rounds,
    rounds,
)
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, CARLA, DIRK, WATER, Person

WEEK = timedelta(weeks=1)


class TestTheAnnouncement:
    async def test_it_stands_in_the_channel_two_working_days_before_and_nowhere_else(
        self, here: Rounds
    ) -> None:
        before = {person.name: len(here.town.read_by(person)) for person in PEOPLE}
        await here.town.until(FIRST - timedelta(minutes=1))
        welcome, announced = here.in_room()
        assert "Bij dit kanaal hoort de opgave Stikstof" in welcome.text
        assert announced.at.astimezone(TOLD.tzinfo).replace(second=0) == TOLD
        assert "Op dinsdag 1 december 10:00 uur maak ik koffiekoppels over Stikstof" in announced.text
        assert {person.name: len(here.town.read_by(person)) for person in PEOPLE} == before

    async def test_one_press_sits_one_round_out(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        await here.town.press_in(ANNA, ROOM, "Sla deze over")
        assert "sla je over" in here.town.last(ANNA)
        await here.hold_first()
        assert here.asked(ANNA) == []
        await here.town.until(FIRST + WEEK)
        assert len(here.asked(ANNA)) == 1

    async def test_who_changed_their_mind_presses_again(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        await here.town.say(ANNA, "sla over")
        await here.town.press_in(ANNA, ROOM, "Doe mee")
        await here.hold_first()
        assert len(here.asked(ANNA)) == 1

    async def test_who_takes_no_part_has_nothing_to_sit_out(self, here: Rounds) -> None:
        await here.town.say(ANNA, "stop")
        await here.town.until(TOLD)
        await here.town.press_in(ANNA, ROOM, "Sla deze over")
        assert here.town.last(ANNA).startswith("Je doet hier nog niet mee")

    async def test_after_the_round_a_press_says_kindly_that_it_began(self, here: Rounds) -> None:
        await here.hold_first()
        await here.town.press_in(ANNA, ROOM, "Sla deze over")
        assert here.town.last(ANNA).startswith("Die ronde is al begonnen.")


class TestTheQuestion:
    async def test_all_are_asked_at_one_moment_in_the_same_words(self, here: Rounds) -> None:
        await here.hold_first()
        asked = {person.name: here.asked(person) for person in PEOPLE}
        assert {len(seen) for seen in asked.values()} == {1}
        assert {seen.at for (seen,) in asked.values()} == {here.asked(ANNA)[0].at}
        for person in PEOPLE:
            other = await here.partner(person)
            assert here.asked(person)[0].text == here.asked(other)[0].text
        text = here.asked(ANNA)[0].text
        assert "Anna de Wit (Barneveld)" in text or "Anna de Wit (gemeente Barneveld)" in text
        assert "opgave Stikstof" in text
        assert "[Graag] [Nu even niet] [Ken ik al]" in text
        assert "Niet ik" not in text, "a round looks for somebody else by itself"

    async def test_the_proof_of_the_plan_is_kept_with_the_round(self, here: Rounds) -> None:
        await here.hold_first()
        (row,) = await here.rows()
        assert row.state == RoundState.ASKED
        assert row.sha256 is not None
        assert len(row.sha256) == 64
        assert row.certificate is not None
        assert row.certificate["pairs"] == row.certificate["max_pairs"] == 3
        assert row.certificate["weight"] == row.certificate["bound"]

    async def test_a_yes_of_both_introduces_them(self, here: Rounds) -> None:
        await here.hold_first()
        other = await here.partner(ANNA)
        await here.town.press(ANNA, "Graag")
        await here.town.press(other, "Graag")
        assert "zeggen allebei ja" in here.town.all_text(ANNA)
        await here.town.until(REPAIRED + timedelta(hours=1))
        assert "komt er nu niet van" not in here.town.all_text(ANNA)

    async def test_who_is_left_over_sits_at_a_table_of_three(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM, CARLA)) as here:
            await here.hold_first()
            assert await here.partners(ANNA) == [{BRAM.name, CARLA.name}]
            text = here.asked(ANNA)[0].text
            assert "Jullie hebben allemaal te maken met de opgave Stikstof." in text
            assert "een provincie, een gemeente en een waterschap" in text

    async def test_policy_meets_execution_as_their_roles_tell(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM)) as here:
            await here.town.say(ANNA, "profiel rol Beleidsadviseur water")
            await here.town.say(BRAM, "profiel rol Vergunningverlener")
            await here.hold_first()
            assert "Een van jullie maakt beleid, de ander voert het uit." in here.asked(BRAM)[0].text

    @pytest.mark.parametrize("knows", [ANNA, DIRK], ids=lambda person: person.name)
    async def test_who_knows_nobody_at_a_layer_meets_it_and_nobody_is_told(
        self, database_url: str, knows: Person
    ) -> None:
        async with rounds(database_url, (ANNA, BRAM, CARLA, DIRK, GUUS)) as here:
            await here.town.leave(GUUS, ROOM)
            async with here.town.workshop.write() as work:
                known = here.town.ids[knows.name], here.town.ids[GUUS.name]
                await network.add_tie(work, *known, "declared", None)
            await here.hold_first()
            assert await here.partner(knows) == CARLA, "of a waterschap they know somebody already"
            lacks = await here.partner(BRAM)
            assert lacks != CARLA
            assert here.asked(BRAM)[0].text == here.asked(lacks)[0].text
            assert "niemand" not in here.asked(BRAM)[0].text

    async def test_tables_of_four(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM, CARLA, FLIP)) as here:
            await here.town.say(ADMIN, "koffie-beheer groep 4", ROOM)
            await here.hold_first()
            assert await here.partners(ANNA) == [{BRAM.name, CARLA.name, FLIP.name}]


class TestWhoIsNotAsked:
    @pytest.mark.parametrize("words", ["pauze rondes", "pauze rondes tot 1 februari", "stop", "wis-mij"])
    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_who_does_not_want_to(self, here: Rounds, words: str) -> None:
        await here.town.say(ANNA, words)
        if words == "wis-mij":
            await here.town.press(ANNA, "Wis alles")
        await here.hold_first()
        assert here.asked(ANNA) == []
        assert all(ANNA.name not in others for others in await here.partners(BRAM))

    async def test_who_left_the_room(self, here: Rounds) -> None:
        await here.town.leave(ANNA, ROOM)
        await here.hold_first()
        assert here.asked(ANNA) == []

    async def test_whose_account_is_gone(self, here: Rounds) -> None:
        await here.town.vanish(ANNA)
        await here.hold_first()
        assert here.asked(ANNA) == []
        assert len(here.asked(BRAM)) == 1

    async def test_who_has_a_question_open(self, here: Rounds) -> None:
        await here.town.until(FIRST - timedelta(days=1))
        await here.town.say(ANNA, "koffie bram")
        await here.town.press(ANNA, "Vraag om koffie")
        await here.town.until(FIRST + timedelta(hours=1))
        assert len(here.asked(ANNA)) == len(here.asked(BRAM)) == 1
        assert await here.partners(ANNA) == []

    async def test_whose_pace_is_reached_with_requests_and_rounds_together(self, here: Rounds) -> None:
        await here.town.say(ANNA, "profiel tempo 1")
        await here.town.say(ANNA, "koffie bram")
        await here.town.press(ANNA, "Vraag om koffie")
        await here.town.press(ANNA, "Graag")
        await here.town.press(BRAM, "Graag")
        await here.hold_first()
        assert len(await here.partners(ANNA)) == 1, "in December there is room again"
        await here.town.press(ANNA, "Graag")
        await here.town.press(await here.partner(ANNA), "Graag")
        await here.town.until(FIRST + 2 * WEEK)
        assert len(await here.partners(ANNA)) == 1
        stranger = DIRK if await here.partner(ANNA) == CARLA else CARLA
        await here.town.say(stranger, "koffie anna")
        await here.town.press(stranger, "Vraag om koffie")
        assert "Er is weer plek vanaf vrijdag 1 januari 2027." in here.town.last(stranger)

    async def test_who_had_a_koffie_just_now(self, database_url: str) -> None:
        async with rounds(database_url, rules=Rules(koffie_gap_days=14)) as here:
            await here.hold_first()
            await here.town.press(ANNA, "Graag")
            await here.town.press(await here.partner(ANNA), "Graag")
            await here.answer_all("Nu even niet", ANNA, await here.partner(ANNA))
            await here.town.until(FIRST + WEEK)
            assert len(await here.partners(ANNA)) == 1
            await here.town.until(FIRST + 2 * WEEK)
            assert len(await here.partners(ANNA)) == 2

    async def test_who_was_spoken_to_this_week(self, here: Rounds) -> None:
        async with here.town.workshop.write() as work:
            assert await openings.take(work, here.town.ids[ANNA.name], FIRST)
        await here.hold_first()
        assert here.asked(ANNA) == []

    async def test_a_nudge_that_can_wait_takes_nobodys_round(self, here: Rounds) -> None:
        """'Still in touch?' is due on the Monday of a round: it comes in the first week without."""
        anna, bram = here.town.ids[ANNA.name], here.town.ids[BRAM.name]
        monday = FIRST - timedelta(days=1)
        async with here.town.workshop.write() as work:
            await network.add_tie(work, anna, bram, "koffie", None)
            half_a_year_ago = work.now - timedelta(days=180)
            await work.session.execute(update(tables.Acquaintance).values(since=half_a_year_ago))
            for day in (monday, monday + 2 * WEEK):
                await due.schedule(work, f"ties:{day}", "ties", day)
        await here.hold_first()
        assert here.asked(ANNA)
        await here.town.say(ADMIN, "koffie-beheer ritme met de hand", ROOM)
        await here.town.until(monday + 2 * WEEK)
        assert "Spreken jullie elkaar nog weleens?" in here.town.all_text(ANNA)

    async def test_two_who_are_kept_apart_in_any_way_never_meet(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM)) as here:
            anna, bram = here.town.ids[ANNA.name], here.town.ids[BRAM.name]
            async with here.town.workshop.write() as work:
                await network.block(work, bram, anna)
            await here.hold_first()
            async with here.town.workshop.write() as work:
                await network.unblock(work, bram, anna)
                await network.declare(work, anna, bram)
            await here.town.until(FIRST + WEEK)
            async with here.town.workshop.write() as work:
                await network.declare(work, bram, anna)
            await here.town.until(FIRST + 2 * WEEK)
            assert await here.koffies() == []

    async def test_the_same_two_again_only_rather_than_nobody(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM, CARLA, DIRK), rules=Rules(leave_lists_days=1)) as here:
            for week in range(3):
                await here.town.until(FIRST + week * WEEK)
                await here.answer_all("Nu even niet")
            met = await here.partners(ANNA)
            assert len({frozenset(others) for others in met}) == 3, "three weeks, three others"
            await here.town.until(FIRST + 3 * WEEK)
            assert len(await here.partners(ANNA)) == 4, "then the first again, rather than nobody"

    async def test_two_are_enough_for_that_where_tables_are_of_four(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM), rules=Rules(leave_lists_days=1)) as here:
            await here.town.say(ANNA, "koffie-beheer groep 4", ROOM)
            await here.hold_first()
            await here.answer_all("Nu even niet")
            await here.town.until(FIRST + WEEK)
            assert await here.partners(ANNA) == 2 * [{BRAM.name}]

    async def test_koepels_only_where_the_channel_asks_for_them(self, database_url: str) -> None:
        async with rounds(database_url, (ANNA, BRAM)) as here:
            async with here.town.workshop.write() as work:
                row = tables.Organisation
                await work.session.execute(
                    update(row).where(row.name == BRAM.organisation).values(type=KOEPEL)
                )
            await here.hold_first()
            assert await here.koffies() == []
            await here.town.say(ANNA, "koffie-beheer regels koepels ja", ROOM)
            await here.town.until(FIRST + WEEK)
            assert await here.partner(BRAM) == ANNA

    async def test_nobody_meets_a_colleague(self, database_url: str) -> None:
        colleague = Person("Hugo Vis", ANNA.organisation, ANNA.layer)
        async with rounds(database_url, (ANNA, colleague, CARLA)) as here:
            await here.hold_first()
            (table,) = await here.koffies()
            assert len(table.places) == 2
            left_out = ANNA if here.town.ids[ANNA.name] not in table.places else colleague
            assert "Ik vond deze keer niemand voor je" in here.town.last(left_out)
            # Who was left out goes first next time.
            for person in (ANNA, colleague, CARLA):
                await here.town.press(person, "Nu even niet")
            await here.town.until(FIRST + WEEK)
            tables = await here.koffies()
            assert len(tables) == 2
            assert here.town.ids[left_out.name] in tables[-1].places


async def test_rounds_without_a_topic(database_url: str) -> None:
    async with rounds(database_url, rhythm="") as here:
        await here.town.say(ADMIN, "koffie-beheer kanaal nieuw tussenruimte", "plein")
        await here.town.say(ADMIN, "koffie-beheer ritme eerste dinsdag van de maand", "plein")
        for person in (ANNA, BRAM):
            await here.town.say(person, "doe mee", "plein")
        await here.hold_first()
        text = here.asked(ANNA)[0].text
        assert "opgave" not in text
        assert "Jullie werken bij verschillende overheden" in text


async def test_a_layer_is_known_on_the_topic_where_rounds_have_one_and_else_on_any(database_url: str) -> None:
    water_only = replace(GUUS, topics=((WATER, Part.FOLLOWS),))
    async with rounds(database_url, (ANNA, water_only), rhythm="") as here:
        anna, guus = (here.town.ids[person.name] for person in (ANNA, GUUS))
        async with here.town.workshop.write() as work:
            await network.add_tie(work, anna, guus, "declared", None)
        channel = await here.channel()
        async with here.town.workshop.read() as work:
            coming = Round(RoundId(1), channel.id, FIRST, RoundState.ANNOUNCED, one_day=False)
            on_topic = await round_plan.with_room(work, channel, coming)
            without = await round_plan.with_room(work, replace(channel, topic=None), coming)
        assert on_topic[anna].layers_known == frozenset()
        assert without[anna].layers_known == {Layer.WATERSCHAP}
