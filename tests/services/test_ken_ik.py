"""'I know this one': the answer tells nothing, the other decides, and it takes two to make a tie."""

import pytest
from sqlalchemy import select

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.services import network as service
from bot.store import network, tables
from bot.store.work import Work, Workshop
from tests.support.country import Country, me


async def questions(work: Work) -> list[int | None]:
    """Who was asked 'do you know each other', in order."""
    rows = await work.session.execute(select(tables.Outbox).order_by(tables.Outbox.id))
    return [row.official_id for row in rows.scalars() if "know-question" in str(row.message)]


async def declare(work: Work, official: OfficialId, words: str) -> None:
    await service.declare(work, await me(work, official), words)


@pytest.mark.parametrize(
    "words",
    [
        "Bram van Dijk",
        "bram dijk bij Zwolle",
        "Dijk bij gemeente Zwolle",
        "Bram van Dijck van de gemeente Zwolle",
        "Bram van Dijk, Zwolle",
        "Bram at Zwolle",
    ],
)
async def test_the_other_is_asked(workshop: Workshop, country: Country, words: str) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram van Dijk", "Zwolle")
        await country.official(work, "Bram Jansen", "Utrecht")
        await declare(work, anna, words)
        await declare(work, anna, words)
        assert await questions(work) == [bram]
        assert await network.acquainted(work, anna) == set()
        assert await service.confirm(work, await me(work, bram), anna)
        assert await network.acquainted(work, anna) == {bram}
        assert not await service.confirm(work, await me(work, bram), anna)


@pytest.mark.parametrize(
    "words",
    [
        "Bram",
        "Bram Bos",
        "Bram van Dijk bij Utrecht",
        "Anna Bos",
        "Carla Smit",
        "",
        "?",
        "Bram van Dijk bij xyzzy",
    ],
)
async def test_nobody_is_asked_when_it_is_not_sure_who(
    workshop: Workshop, country: Country, words: str
) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        await country.official(work, "Bram van Dijk", "Zwolle")
        await country.official(work, "Carla Smit", "Zwolle")
        await country.official(work, "Carla Smit", "Utrecht")
        await declare(work, anna, words)
        assert await questions(work) == []


@pytest.mark.parametrize("why", ["hidden", "busy", "blocked", "acquainted"])
async def test_who_is_not_asked(workshop: Workshop, country: Country, why: str) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(
            work, "Bram van Dijk", "Zwolle", findable=why != "hidden", requests=why != "busy"
        )
        if why == "blocked":
            await network.block(work, bram, anna)
        if why == "acquainted":
            await network.add_tie(work, anna, bram, "koffie", None)
        await declare(work, anna, "Bram van Dijk")
        assert await questions(work) == []


async def test_both_say_so_by_themselves(workshop: Workshop, country: Country) -> None:
    """The second one need not be asked any more: one question a pair, and then a tie."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram van Dijk", "Zwolle")
        await declare(work, anna, "Bram van Dijk")
        await declare(work, bram, "Anna Bos")
        assert await questions(work) == [bram]
        assert await network.acquainted(work, bram) == {anna}
        assert not await service.confirm(work, await me(work, bram), anna)


async def test_the_limit_does_not_tell_whether_names_exist(workshop: Workshop, country: Country) -> None:
    """As many names a day, there or not; only who can be found may name anybody."""
    most = workshop.rules.declarations_a_day
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        carla = await country.official(work, "Carla Smit", "Ede")
        for number in range(most):
            await country.official(work, f"Bram Achternaam{chr(97 + number) * 4}", "Zwolle")
            await declare(work, anna, f"Bram Achternaam{chr(97 + number) * 4}")
            await declare(work, carla, f"Niemand Zozo{chr(97 + number) * 4}")
        for official in (anna, carla):
            with pytest.raises(KoffieError, match="know-limit"):
                await declare(work, official, "Bram Achternaamaaaa")
        hidden = await country.official(work, "Dirk Vos", "Ede", findable=False)
        with pytest.raises(KoffieError, match="look-up-hidden"):
            await declare(work, hidden, "Anna Bos")


async def test_what_is_stored_holds_no_names(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Annacanary Bos", "Ede", "stikstof")
        bram = await country.official(work, "Bramcanary Vos", "waterschap De Dommel", "stikstof")
        await declare(work, anna, "Bramcanary Vos")
        await service.confirm(work, await me(work, bram), anna)
        overview = await service.overview(work, await me(work, anna))
        assert "canary" not in overview.model_dump_json()
        rows = (await work.session.execute(select(tables.Outbox.message))).scalars().all()
        assert rows
        assert "canary" not in str(rows)
        assert "Dommel" not in overview.model_dump_json()
