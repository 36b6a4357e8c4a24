"""What a plan is made from, on both databases: who takes part, who know each other, who are kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.chat.address import Account
from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer
from bot.domain.layer import Layer
from bot.domain.round import Round, Standing
from bot.services import erasure, koffie, koffie_ask
from bot.store import accounts, channel, network, officials
from bot.store import round as store
from bot.store.work import Work, Workshop
from tests.support.country import Country, me

MONTH = timedelta(days=31)


@dataclass
class Held:
    """A round on stikstof that three joined."""

    round: Round
    anna: OfficialId
    bram: OfficialId
    carla: OfficialId

    @property
    def all(self) -> list[OfficialId]:
        return [self.anna, self.bram, self.carla]


@pytest.fixture
async def held(workshop: Workshop, country: Country) -> Held:
    async with workshop.write() as work:
        made, new = await channel.make(work, country.topics["stikstof"])
        assert new
        people = [
            await country.official(work, name, place, "stikstof")
            for name, place in (
                ("Anna Bos", "Ede"),
                ("Bram Vos", "waterschap Rivierenland"),
                ("Carla Mol", "provincie Gelderland"),
            )
        ]
        for one in people:
            assert await channel.join(work, made.id, one)
        found = await store.add(work, made.id, work.now + timedelta(days=2))
        assert found is not None
        assert await store.add(work, made.id, found.at) is None, "one round a moment"
    return Held(found, *people)


async def taking_part(work: Work, held: Held) -> list[OfficialId]:
    found = await store.candidates(work, held.round, (work.now - MONTH, work.now + MONTH))
    return [one.official for one in found]


async def test_everybody_who_joined_takes_part(workshop: Workshop, held: Held) -> None:
    async with workshop.read() as work:
        assert await taking_part(work, held) == held.all


@pytest.mark.parametrize("why", ["sits out", "paused", "left", "unreachable"])
async def test_who_does_not_want_to_or_cannot_takes_no_part(workshop: Workshop, held: Held, why: str) -> None:
    async with workshop.write() as work:
        match why:
            case "sits out":
                await store.choose(work, held.round.id, held.anna, joins=True)
                await store.choose(work, held.round.id, held.anna, joins=False)
            case "paused":
                await officials.change(work, held.anna, rounds=False)
            case "left":
                assert await channel.leave(work, held.round.channel, held.anna)
            case _:
                for account in await accounts.accounts_of(work, held.anna):
                    await accounts.deactivate(work, account)
    async with workshop.write() as work:
        assert await taking_part(work, held) == [held.bram, held.carla]
        await accounts.add(work, held.anna, Account(platform="country", tenant="", user="again"))
        assert (held.anna in await taking_part(work, held)) == (why == "unreachable")


async def test_into_a_round_of_one_day_go_those_who_joined_it(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        today = await store.add(work, held.round.channel, work.now, one_day=True)
        assert today is not None
        await channel.leave(work, held.round.channel, held.bram)
        await store.choose(work, today.id, held.bram, joins=True)
        day = Held(today, *held.all)
        assert await taking_part(work, day) == [held.bram]


async def test_who_know_each_other_as_far_as_either_says_so(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        assert await store.known_pairs(work, held.round) == []
        await network.add_tie(work, held.anna, held.bram, "koffie", None)
        await network.declare(work, held.carla, held.bram)
    async with workshop.read() as work:
        pairs = {frozenset(pair) for pair in await store.known_pairs(work, held.round)}
    assert pairs == {frozenset((held.anna, held.bram)), frozenset((held.carla, held.bram))}


async def test_at_which_layers_each_knows_somebody(workshop: Workshop, country: Country, held: Held) -> None:
    async with workshop.write() as work:
        stranger = await country.official(work, "Ella Vos", "provincie Overijssel", "wonen")
        away = await country.official(work, "Dirk Pos", "Utrecht", "stikstof")
        for other in (held.bram, stranger, away):
            await network.add_tie(work, held.anna, other, "koffie", None)
        await erasure.erase(work, away)

    async def known(*, on_topics: bool) -> list[frozenset[Layer]]:
        async with workshop.read() as work:
            span = work.now - MONTH, work.now + MONTH
            found = await store.candidates(work, held.round, span, on_topics=on_topics)
            return [one.layers_known for one in found]

    at, nobody = frozenset, frozenset[Layer]()
    assert await known(on_topics=True) == [at({Layer.WATERSCHAP}), at({Layer.GEMEENTE}), nobody]
    assert await known(on_topics=False) == [
        at({Layer.WATERSCHAP, Layer.PROVINCIE}),
        at({Layer.GEMEENTE}),
        nobody,
    ]


@pytest.mark.parametrize("answers", [(), (Answer.NOT_NOW,), (Answer.YES, Answer.YES)])
async def test_a_koffie_that_is_open_or_agreed_on_counts_as_known(
    workshop: Workshop, held: Held, answers: tuple[Answer, ...]
) -> None:
    async with workshop.write() as work:
        asked = await koffie_ask.request(work, await me(work, held.anna), held.bram, None)
        for who, said in zip((held.bram, held.anna), answers, strict=False):
            await koffie.answer(work, who, asked.koffie, said)
        assert await store.known_pairs(work, held.round) == [(held.anna, held.bram)]
        standings = {
            one.official: one.standing
            for one in await store.candidates(work, held.round, (work.now - MONTH, work.now + MONTH))
        }
    agreed = len(answers) == 2
    assert standings[held.carla] == Standing(2)
    assert standings[held.anna].agreed == agreed
    assert standings[held.anna].open == (not agreed)
    assert standings[held.bram].open == (not answers)


async def test_a_block_of_either_and_a_koffie_that_was_off_keep_apart(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        await network.block(work, held.bram, held.anna)
        await network.keep_apart(work, held.carla, held.anna, work.now + timedelta(days=1))
        await network.keep_apart(work, held.carla, held.bram, work.now)
        pairs = {frozenset(pair) for pair in await store.blocked_pairs(work, held.round)}
    assert pairs == {frozenset((held.anna, held.bram)), frozenset((held.anna, held.carla))}


async def test_rounds_missed_in_a_row_are_counted(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        assert await store.missed(work, [held.anna, held.bram], 2) == []
        await store.answered(work, [held.bram])
        assert await store.missed(work, [held.anna, held.bram], 2) == [held.anna]
        assert await store.missed(work, [], 2) == []


async def test_waiting_is_counted_until_somebody_is_introduced(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        for _ in range(2):
            await channel.note_waiting(work, held.round.channel, [held.bram], [held.anna])
        found = await store.candidates(work, held.round, (work.now - MONTH, work.now + MONTH))
        assert [one.waiting for one in found] == [2, 0, 0]
        await channel.note_waiting(work, held.round.channel, [held.anna], [])
        found = await store.candidates(work, held.round, (work.now - MONTH, work.now + MONTH))
        assert [one.waiting for one in found] == [0, 0, 0]


async def test_choices_of_long_ago_are_forgotten(workshop: Workshop, held: Held) -> None:
    async with workshop.write() as work:
        await store.choose(work, held.round.id, held.anna, joins=False)
        await store.clear_choices(work, timedelta(0))
        assert held.anna not in await taking_part(work, held), "a round that is ahead is no round of long ago"
        await store.clear_choices(work, timedelta(days=-3))
        assert held.anna in await taking_part(work, held)
