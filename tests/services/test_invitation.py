"""Invitations: one code, one colleague, one tie; and a code that does not work tells nothing."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.invitation import DAYS, MOST_OPEN, write_code
from bot.jobs.clear_up import clear_up
from bot.services import block, erasure, invitation
from bot.services import my_data as told
from bot.store import involvements, network, tables
from bot.store import koffie as koffies
from bot.store.due import DueThing
from bot.store.work import Work, Workshop
from tests.support.country import Country, me
from tests.support.desk import YES, Desk

CODE = re.compile(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){6}")
WRONG = "Deze code werkt niet (meer). Vraag je collega om een nieuwe."


async def code_of(desk: Desk, user: str) -> str:
    """A new code, from the letter that somebody gets."""
    answer = await desk.says(user, "nodig-uit")
    (code,) = CODE.findall(answer)
    return str(code)


async def acquainted(workshop: Workshop, one: OfficialId, other: OfficialId) -> bool:
    async with workshop.read() as work:
        return await network.know_each_other(work, one, other)


async def made(workshop: Workshop, official: OfficialId) -> str:
    async with workshop.write() as work:
        return (await invitation.invite(work, await me(work, official))).code


async def accept(workshop: Workshop, official: OfficialId, code: str) -> None:
    async with workshop.write() as work:
        await invitation.accept(work, await me(work, official), code)


async def two(workshop: Workshop, country: Country) -> tuple[OfficialId, OfficialId]:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        return anna, await country.official(work, "Bram van Dijk", "Zwolle", "stikstof")


async def test_who_joins_by_the_letter_is_a_confirmed_tie(desk: Desk) -> None:
    anna = await desk.joins("anna")
    letter = (await desk.says("anna", "nodig-uit")).split("\n")[-1]
    assert letter.startswith("Hoi! Bij Koffie leer je")
    first = await desk.says("bram", letter)
    assert "Waar werk je?" in first
    last = await desk.says("bram", "Zwolle", "stikstof", YES)
    assert "Fijn dat je meedoet, Bram van Dijk." in last
    assert "Anna Bos bij gemeente Ede nodigde je uit. Jullie kennen elkaar nu ook hier." in last
    bram = await desk.find("bram")
    assert bram is not None
    assert await acquainted(desk.bench.workshop, anna, bram.id)
    assert desk.bench.seen("anna")[-1].startswith("Leuk: Bram van Dijk bij gemeente Zwolle ging in op")
    async with desk.bench.workshop.read() as work:
        assert [tie.source for tie in await network.ties(work, anna)] == [network.INVITED]
        # One invites whom one knows: that counts as no new acquaintance.
        assert await involvements.met(work, anna) == 0


async def test_who_takes_part_already_says_the_code(desk: Desk) -> None:
    anna, bram = await desk.joins("anna"), await desk.joins("bram", "waterschap Rivierenland")
    code = await code_of(desk, "anna")
    assert "nodigde je uit" in await desk.says("bram", f"code {code.upper()}")
    assert await acquainted(desk.bench.workshop, anna, bram)
    assert await desk.says("bram", code) == WRONG


async def test_a_refusal_leaves_nothing_and_the_code_as_it_was(desk: Desk) -> None:
    await desk.joins("anna")
    code = await code_of(desk, "anna")
    assert "Ik heb niets bewaard" in await desk.says("bram", code, "Zwolle", "stikstof", "liever niet")
    assert await desk.trace("bram") == {}
    assert await desk.joins("bram")
    assert "nodigde je uit" in await desk.says("bram", code)


async def test_the_code_stands_nowhere(desk: Desk) -> None:
    """Not in the rows of the letter once it is sent, nor while somebody registers by it."""
    await desk.joins("anna")
    code = await code_of(desk, "anna")
    assert await desk.trace(code, code.replace("-", "")) == {}
    await desk.says("bram", f"code {code}")
    assert await desk.trace(code) == {}


async def test_one_code_is_used_once_whoever_comes_first(workshop: Workshop, country: Country) -> None:
    anna, bram = await two(workshop, country)
    async with workshop.write() as work:
        carla = await country.official(work, "Carla Smit", "Utrecht", "stikstof")
    code = await made(workshop, anna)
    outcomes = await asyncio.gather(
        accept(workshop, bram, code), accept(workshop, carla, code), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["KoffieError", "NoneType"]
    known = [await acquainted(workshop, anna, bram), await acquainted(workshop, anna, carla)]
    assert sorted(known) == [False, True]


@pytest.mark.parametrize(
    "why", ["unknown", "used", "over", "taken back", "blocked by me", "blocked by them", "erased"]
)
async def test_a_code_that_does_not_work_tells_nothing(
    workshop: Workshop, country: Country, clock: DemoClock, why: str
) -> None:
    anna, bram = await two(workshop, country)
    async with workshop.write() as work:
        carla = await country.official(work, "Carla Smit", "Utrecht", "stikstof")
    code = await made(workshop, anna)
    if why == "used":
        await accept(workshop, carla, code)
    async with workshop.write() as work:
        match why:
            case "unknown":
                code = write_code(12345)
            case "over":
                clock.move(clock.now() + timedelta(days=DAYS))
            case "taken back":
                await invitation.take_back(work, anna)
            case "blocked by me":
                await block.block(work, bram, anna)
            case "blocked by them":
                await block.block(work, anna, bram)
            case "erased":
                await erasure.erase(work, anna)
    with pytest.raises(KoffieError) as refused:
        await accept(workshop, bram, code)
    assert refused.value.text.key == "invitation-wrong"
    assert not await acquainted(workshop, anna, bram)


async def test_ones_own_code_is_not_used_up(workshop: Workshop, country: Country) -> None:
    anna, bram = await two(workshop, country)
    code = await made(workshop, anna)
    with pytest.raises(KoffieError, match="invitation-own"):
        await accept(workshop, anna, code)
    await accept(workshop, bram, code)
    assert await acquainted(workshop, anna, bram)


async def test_there_is_an_end_to_codes(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    """So many at once, and so many a day, however fast they are used."""
    anna, bram = await two(workshop, country)
    for _ in range(MOST_OPEN):
        await made(workshop, anna)
    with pytest.raises(KoffieError, match="invitation-enough"):
        await made(workshop, anna)
    for _ in range(MOST_OPEN):
        await accept(workshop, anna, await made(workshop, bram))
    with pytest.raises(KoffieError, match="invitation-enough-today"):
        await made(workshop, bram)
    clock.move(clock.now() + timedelta(days=1))
    await made(workshop, bram)


async def test_erasure_and_time_take_codes_along(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    anna, bram = await two(workshop, country)
    await made(workshop, anna)
    await made(workshop, bram)
    async with workshop.write() as work:
        assert len((await told.collect(work, anna))["invitations"]) == 1
        assert "code_hash" not in str(await told.collect(work, anna))
        await erasure.erase(work, anna)
        assert await left(work) == [bram]
    clock.move(clock.now() + timedelta(days=DAYS + 1))
    async with workshop.write() as work:
        await clear_up(work, DueThing(0, "", "clear-up", 0, work.now))
        assert await left(work) == []


async def left(work: Work) -> list[OfficialId]:
    """Whose codes are kept."""
    rows = await work.session.execute(select(tables.Invitation.by_id))
    return [OfficialId(by) for by in rows.scalars()]


class TestSuccession:
    """A code for a successor: who was pointed at and the successor are asked, and all may say no."""

    async def test_from_leaving_to_two_questions_at_one_moment(self, desk: Desk) -> None:
        anna = await desk.joins("anna", "Ede", "stikstof, wonen")
        workshop = desk.bench.workshop
        bram = await desk.joins("bram", "waterschap Rivierenland")
        async with workshop.write() as work:
            carla = await desk.country.official(work, "Carla Smit", "Utrecht", "wonen")
            await network.add_tie(work, anna, carla, "koffie", None)
            await network.add_tie(work, anna, bram, "koffie", desk.country.topics["stikstof"])
        assert "Waar ga je werken?" in await desk.says("anna", "Ik ga weg bij deze organisatie")
        assert "Daar werk je al" in await desk.says("anna", "Ede")
        assert "Welke opgaven neem je mee?" in await desk.says("anna", "Zwolle")
        after = await desk.says("anna", "betaalbaar wonen")
        assert "Je werkt nu bij gemeente Zwolle. Wie je kent, blijf je kennen." in after
        assert "Losgelaten: Stikstof" in after
        asked = await desk.says("anna", "1")
        # Who works on it comes first.
        assert asked.index("Bram van Dijk") < asked.index("Carla Smit")
        letter = (await desk.says("anna", "1 2")).split("\n")[-1]
        assert "Jij neemt de opgave Stikstof van mij over." in letter
        before = desk.bench.seen("bram")
        desk.names["dirk"] = "Dirk Mol"
        last = await desk.says("dirk", letter, "Ede", "stikstof", YES)
        assert "Ik stel je ook voor aan collega's." in last
        question = "Anna Bos droeg de opgave Stikstof over, en stelt jullie aan elkaar voor."
        (asked_of_bram,) = [seen for seen in desk.bench.seen("bram")[len(before) :] if question in seen]
        assert asked_of_bram in last
        dirk = await desk.find("dirk")
        assert dirk is not None
        async with workshop.read() as work:
            running = await koffies.running(work, dirk.id)
            assert {kept.others(dirk.id) for kept in running} == {(bram,), (carla,)}
            for kept in running:
                assert len({place.asked for place in kept.places.values()}) == 1
            assert await network.know_each_other(work, anna, dirk.id)
            assert not await network.know_each_other(work, bram, dirk.id)
            assert [topic for topic, _ in await involvements.of(work, anna)] == [desk.country.topics["wonen"]]

    async def test_a_number_is_the_colleague_once_the_topic_is_said(self, desk: Desk) -> None:
        """The question which topic stays open, and its buttons too."""
        anna, bram = await desk.joins("anna"), await desk.joins("bram", "waterschap Rivierenland")
        async with desk.bench.workshop.write() as work:
            await network.add_tie(work, anna, bram, "koffie", None)
        await desk.says("anna", "ik-ga-weg", "Zwolle")
        assert "Opvolger voor" in await desk.says("anna", "geen")
        assert "Aan wie stel ik je opvolger voor" in await desk.says("anna", "opvolger stikstof")
        assert "Stuur het volgende bericht door" in await desk.says("anna", "1")

    async def test_nothing_to_hand_over(self, desk: Desk) -> None:
        await desk.joins("anna")
        assert "nog niemand aan wie" in await desk.says("anna", "opvolger", "1")
        await desk.says("anna", "profiel contact 0612345678", "ik-ga-weg", "Zwolle")
        *done, letter = (await desk.says("anna", "geen")).split("\n")
        assert done == [
            "Bewaard. Je werkt nu bij gemeente Zwolle. Wie je kent, blijf je kennen.",
            "Collega's bereiken je nu via +31612345678. Klopt dat straks nog? Zo niet: typ profiel contact.",
        ]
        assert letter.startswith("Krijg je straks een nieuw account?")
        assert "geen opgaven om over te dragen" in await desk.says("anna", "opvolger")

    @pytest.mark.parametrize("why", ["paused", "blocks the successor", "erased", "no tie any more"])
    async def test_who_cannot_be_asked_is_left_out_and_the_successor_learns_nothing(
        self, workshop: Workshop, country: Country, why: str
    ) -> None:
        anna, dirk = await two(workshop, country)
        async with workshop.write() as work:
            free = await country.official(work, "Carla Smit", "Utrecht", "stikstof")
            other = await country.official(work, "Emma Kok", "Utrecht", "stikstof", requests=why != "paused")
            for one in (free, other):
                await network.add_tie(work, anna, one, "koffie", None)
            code = (
                await invitation.invite(
                    work, await me(work, anna), topic=country.topics["stikstof"], to=[other, free]
                )
            ).code
            match why:
                case "blocks the successor":
                    await block.block(work, other, dirk)
                case "erased":
                    await erasure.erase(work, other)
                case "no tie any more":
                    await block.block(work, anna, other)
        async with workshop.write() as work:
            accepted = await invitation.accept(work, await me(work, dirk), code)
            assert accepted.introduced
            assert [kept.others(dirk) for kept in await koffies.running(work, dirk)] == [(free,)]


async def test_a_code_of_nobody_is_found_out_after_registering(desk: Desk) -> None:
    """Not before: the answer to a stranger is the same for every code."""
    desk.names["zeno"] = "Zeno Kok"
    real = await code_of_new(desk)
    first, other = await desk.says("zeno", write_code(1)), await desk.says("bram", real)
    assert first == other
    assert await desk.says("zeno", "Ede", "stikstof", YES) == f"Fijn dat je meedoet, Zeno Kok.\n{WRONG}"


async def code_of_new(desk: Desk) -> str:
    await desk.joins("anna")
    return await code_of(desk, "anna")
