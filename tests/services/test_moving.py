"""Moving to another account: one code, one person, and never two persons made one."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from bot.chat.address import Account
from bot.chat.message import choose, option, say
from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.invitation import MOVING_DAYS, TAKE_BACK_DAYS, write_code
from bot.i18n.text import text
from bot.jobs.clear_up import clear_up
from bot.services import erasure, invitation, registration
from bot.services import moving as service
from bot.services import my_data as told
from bot.store import accounts, audit, involvements, moving, network, officials, outbox, tables
from bot.store.due import DueThing
from bot.store.outbox import Lane
from bot.store.work import Work, Workshop
from tests.support.bench import person
from tests.support.country import Country, me
from tests.support.desk import YES, Desk

CODE = re.compile(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){6}")
BACK = "Fijn dat je er weer bent, Anna Bos. Je contacten, koffies en keuzes zijn mee."


async def code_of(desk: Desk, user: str, words: str = "verhuizen") -> str:
    """A new code, from the letter that somebody gets."""
    (code,) = CODE.findall(await desk.says(user, words))
    return str(code)


def account(number: int) -> Account:
    return Account(platform="country", tenant="elsewhere", user=f"n{number}")


async def made(workshop: Workshop, official: OfficialId) -> str:
    async with workshop.write() as work:
        return await moving.make(work, official)


async def link(workshop: Workshop, to: Account, words: str) -> OfficialId | None:
    """Whom the account belongs to by these words; nothing of a refusal stays."""
    async with workshop.write() as work:
        known = await accounts.official_of(work, to)
        linked = await service.link(work, to, await me(work, known) if known else None, words)
        return None if linked is None else linked.id


async def whose(workshop: Workshop, which: Account) -> OfficialId | None:
    async with workshop.read() as work:
        return await accounts.official_of(work, which)


async def test_all_comes_along_to_the_new_account(desk: Desk) -> None:
    anna, bram = await desk.joins("anna", "Ede", "stikstof, wonen"), await desk.joins("bram", "Utrecht")
    workshop = desk.bench.workshop
    async with workshop.write() as work:
        carla = await desk.country.official(work, "Carla Smit", "Utrecht", "wonen")
        await network.add_tie(work, anna, bram, "koffie", None)
        await network.block(work, anna, carla)
    await desk.says("anna", "pauze rondes", "ik-ga-weg", "Zwolle")
    code = await code_of(desk, "anna", "stikstof")
    assert await desk.says("new", f"Stuur mij daarvandaan deze code: {code}. Hij werkt") == (
        f"{BACK} Je werkt bij gemeente Zwolle. Klopt dat niet meer? Typ ik-ga-weg."
    )
    assert desk.bench.seen("anna")[-1].startswith("Je bent verhuisd: voortaan schrijf ik je")
    now = await desk.find("new")
    assert now is not None
    assert (now.id, now.organisation, now.switches.rounds) == (anna, "gemeente Zwolle", False)
    async with workshop.read() as work:
        assert await network.know_each_other(work, anna, bram)
        assert await network.is_blocked(work, anna, carla)
        assert [topic for topic, _ in await involvements.of(work, anna)] == [desk.country.topics["stikstof"]]
        assert await accounts.preferred_account(work, anna) == person("new")
        assert await audit.first_broken(work) is None
    assert "Bram van Dijk" in await desk.says("new", "wie-ken-ik")


async def test_the_old_account_is_nobodys_once_its_platform_closes_it(desk: Desk) -> None:
    anna = await desk.joins("anna")
    code = await code_of(desk, "anna")
    await desk.says("new", code)
    assert await desk.find("anna") == await desk.find("new")
    await desk.bench.act("anna", type="left")
    await desk.bench.settle()
    assert await desk.find("anna") is None
    assert "Hoi!" in await desk.says("anna", "hoi")
    found = await desk.find("new")
    assert found is not None
    assert found.id == anna


async def test_who_lost_the_old_account_before_can_move_still(desk: Desk) -> None:
    anna = await desk.joins("anna")
    code = await code_of(desk, "anna")
    await desk.bench.act("anna", type="left")
    await desk.bench.settle()
    posts = len(desk.bench.seen("anna"))
    assert BACK in await desk.says("new", f"code {code}")
    assert len(desk.bench.seen("anna")) == posts
    assert [row["official_id"] for row in await desk.rows(tables.Account)] == [anna]
    assert await desk.find("anna") is None


async def test_a_code_amid_registering_ends_that(desk: Desk) -> None:
    anna = await desk.joins("anna")
    code = await code_of(desk, "anna")
    assert BACK in await desk.says("new", "aanmelden", "Zwolle", code)
    assert await desk.rows(tables.Draft) == []
    found = await desk.find("new")
    assert found is not None
    assert found.id == anna
    # And as a command in the middle of it.
    code = await code_of(desk, "anna")
    assert BACK in await desk.says("newer", "aanmelden", "Zwolle", f"/code {code}")
    assert await desk.rows(tables.Draft) == []


async def test_the_code_stands_nowhere(desk: Desk) -> None:
    await desk.joins("anna")
    code = await code_of(desk, "anna")
    assert await desk.trace(code, code.replace("-", "")) == {}
    await desk.says("new", f"code {code}")
    assert await desk.trace(code) == {}
    assert await desk.rows(tables.MovingCode) == []


@pytest.mark.parametrize("why", ["unknown", "used", "over", "replaced", "erased", "an invitation"])
async def test_a_code_that_does_not_work_links_nothing(
    desk: Desk, workshop: Workshop, clock: DemoClock, why: str
) -> None:
    anna = await desk.joins("anna")
    code = await made(workshop, anna)
    match why:
        case "unknown":
            code = write_code(12345)
        case "used":
            assert BACK in await desk.says("other", code)
        case "over":
            clock.move(clock.now() + timedelta(days=MOVING_DAYS))
        case "replaced":
            await made(workshop, anna)
        case "erased":
            async with workshop.write() as work:
                await erasure.erase(work, anna)
        case "an invitation":
            async with workshop.write() as work:
                code = (await invitation.invite(work, await me(work, anna))).code
    desk.names["new"] = "Nina Vos"
    # To a stranger one and the same first question, whatever the code.
    assert "Waar werk je?" in await desk.says("new", f"code {code}")
    assert await desk.find("new") is None
    last = await desk.says("new", "Zwolle", "stikstof", YES)
    found = await desk.find("new")
    assert found is not None
    assert found.id != anna
    assert ("nodigde je uit" if why == "an invitation" else "Deze code werkt niet (meer).") in last


async def test_on_ones_own_account_a_code_is_not_used_up(desk: Desk) -> None:
    await desk.joins("anna")
    code = await code_of(desk, "anna")
    assert await desk.says("anna", code) == "Deze code is van jou. Stuur hem vanaf je nieuwe account."
    assert BACK in await desk.says("new", code)


async def test_two_who_take_part_are_never_made_one(desk: Desk) -> None:
    anna, bram = await desk.joins("anna"), await desk.joins("bram", "Utrecht")
    code = await code_of(desk, "anna")
    assert "twee profielen kan ik niet samenvoegen" in await desk.says("bram", f"code {code}")
    still = await desk.find("bram")
    assert still is not None
    assert still.id == bram
    # What it says to do works.
    await desk.says("bram", "wis-mij", "wis alles")
    assert BACK in await desk.says("bram", code)
    found = await desk.find("bram")
    assert found is not None
    assert found.id == anna


async def test_one_code_links_one_account_whoever_comes_first(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
    code = await made(workshop, anna)
    linked = await asyncio.gather(*(link(workshop, account(number), code) for number in range(3)))
    assert sorted(linked, key=str) == sorted([anna, None, None], key=str)
    assert len([one for n in range(3) if (one := await whose(workshop, account(n)))]) == 1


class TestStolen:
    """Somebody else used the code: the old account hears of it at once, and has a way back."""

    async def test_the_way_back_takes_the_account_and_its_codes(self, desk: Desk) -> None:
        anna = await desk.joins("anna")
        # At night and in the weekend too.
        desk.bench.clock.move(desk.bench.clock.now() + timedelta(days=5, hours=12))
        await desk.says("thief", await code_of(desk, "anna"))
        assert "Was jij dit niet?" in desk.bench.seen("anna")[-1]
        again, letter = await code_of(desk, "thief"), await code_of(desk, "thief", "nodig-uit")
        await desk.says("thief", "profiel rol")
        assert "Dat account hoort niet meer bij jou" in await desk.says("anna", "Dat was ik niet")
        assert await desk.find("thief") is None
        assert await desk.trace("thief") == {}
        for code in (again, letter):
            assert "Hoe heet je?" in await desk.says("accomplice", code)
            assert await desk.find("accomplice") is None
            await desk.says("accomplice", "stop")
        found = await desk.find("anna")
        assert found is not None
        assert found.id == anna
        async with desk.bench.workshop.read() as work:
            acts = (await work.session.execute(select(tables.Audit.act).order_by(tables.Audit.id))).scalars()
            assert list(acts) == ["move", "move-back"]

    async def test_each_account_that_was_there_hears_of_the_next(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.says("thief", await code_of(desk, "anna"))
        await desk.says("second", await code_of(desk, "thief"))
        assert len([seen for seen in desk.bench.seen("anna") if "Je bent verhuisd" in seen]) == 2
        await desk.says("anna", "Dat was ik niet", "1")
        await desk.says("anna", "1")
        assert [await desk.find(user) for user in ("thief", "second")] == [None, None]

    async def test_there_is_an_end_to_it(self, desk: Desk) -> None:
        anna = await desk.joins("anna")
        await desk.says("new", await code_of(desk, "anna"))
        await desk.bench.later(days=TAKE_BACK_DAYS)
        assert (await desk.says("anna", "Dat was ik niet")).startswith("Dat kon tot en met ")
        found = await desk.find("new")
        assert found is not None
        assert found.id == anna

    async def test_another_persons_account_is_out_of_reach(
        self, workshop: Workshop, country: Country
    ) -> None:
        """Keys of links are numbers that are given out again: only one's own count."""
        async with workshop.write() as work:
            anna = await country.official(work, "Anna Bos", "Ede")
            bram = await country.official(work, "Bram van Dijk", "Zwolle")
            (mine,) = await accounts.accounts_of(work, anna)
            keys = (await work.session.execute(select(tables.Account.id))).scalars().all()
            for key in keys:
                await service.undo(work, await me(work, anna), mine, key, work.today)
            assert await accounts.accounts_of(work, anna) == [mine]
            assert len(await accounts.accounts_of(work, bram)) == 1


async def test_what_waits_goes_along_and_can_be_answered_there(desk: Desk) -> None:
    anna = await desk.joins("anna")
    code = await code_of(desk, "anna")
    desk.bench.clock.move(desk.bench.clock.now() + timedelta(days=5))
    async with desk.bench.workshop.write() as work:
        question = say(
            text("erasure-question"),
            choose(option(text("erasure-no"), "wis-mij/stay")),
            slot="erasure",
            about=text("erasure-about"),
        )
        later = work.now + timedelta(days=1)
        await outbox.post(work, anna, question, Lane.UNASKED, not_before=later)
    await desk.says("new", code)
    await desk.bench.later(days=4)
    assert not any("Ik wis wat ik bewaar" in seen for seen in desk.bench.seen("anna"))
    assert any("Ik wis wat ik bewaar" in seen for seen in desk.bench.seen("new"))
    assert await desk.says("new", "Toch niet") == "Fijn. Alles blijft zoals het is."


async def test_erasure_and_time_take_codes_and_all_accounts_along(desk: Desk, clock: DemoClock) -> None:
    anna, bram = await desk.joins("anna"), await desk.joins("bram")
    await desk.says("elders", await code_of(desk, "anna"))
    async with desk.bench.workshop.write() as work:
        await moving.make(work, anna)
        await moving.make(work, bram)
        mine = await told.collect(work, anna)
        assert len(mine["moving_code"]) == 1
        assert len(mine["accounts"]) == 2
        assert "code_hash" not in str(mine)
    await desk.says("elders", "wis-mij", "wis alles")
    assert await desk.trace("anna", "elders") == {}
    assert [row["official_id"] for row in await desk.rows(tables.MovingCode)] == [bram]
    clock.move(clock.now() + timedelta(days=MOVING_DAYS + 1))
    async with desk.bench.workshop.write() as work:
        await clear_up(work, DueThing(0, "", "clear-up", 0, work.now))
    assert await desk.rows(tables.MovingCode) == []


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_people_do_an_account_is_whose_code_it_said(
    workshop: Workshop, country: Country, seed: int
) -> None:
    """Against a model: who is behind each account after any codes, registrations and closures."""
    chance, model, codes = Random(seed), dict[Account, OfficialId](), dict[str, OfficialId]()
    places = [account(number) for number in range(6)]

    async def register(work: Work, where: Account) -> OfficialId:
        ede = country.organisations["Ede"]
        return await registration.register(
            work, where, name="Noor Jansen", language="nl", organisation=ede, involved=[]
        )

    for _ in range(60):
        where = chance.choice(places)
        match chance.choice(["register", "code", "use", "use", "close"]):
            case "register":
                async with workshop.write() as work:
                    model[where] = await register(work, where)
            case "code" if where in model:
                owner = model[where]
                codes = {code: of for code, of in codes.items() if of != owner}
                codes[await made(workshop, owner)] = owner
            case "use":
                code = chance.choice([*codes, write_code(chance.getrandbits(140))])
                if where in model and code in codes:
                    with pytest.raises(KoffieError, match="moving-"):
                        await link(workshop, where, code)
                else:
                    expected = None if where in model else codes.pop(code, None)
                    assert await link(workshop, where, code) == expected
                    if expected is not None:
                        model[where] = expected
            case "close" if list(model.values()).count(model.get(where, OfficialId(0))) > 1:
                async with workshop.write() as work:
                    here = next(one for one in model if model[one] == model[where] and one != where)
                    await service.drop(work, where, here)
                del model[where]
        assert {one: found for one in places if (found := await whose(workshop, one))} == model
    async with workshop.read() as work:
        assert all([await officials.get(work, official) for official in model.values()])
