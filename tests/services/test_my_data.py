"""What somebody is told to be kept: everything of their own, and never what another said."""

import json
from typing import Any

from bot.chat.message import FileOf
from bot.compose.clocks import DemoClock
from bot.domain.contact import RouteKind
from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer
from bot.domain.search import Search
from bot.services import files, koffie, koffie_ask, my_data
from bot.services.reveal import Withheld
from bot.store import contact, network, report, small_win, tables, watch
from bot.store import koffie as koffies
from bot.store import my_data as store
from bot.store.work import Work, Workshop
from tests.support.country import Country, me
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk


async def told(work: Work, official: OfficialId) -> dict[str, Any]:
    data = json.loads(await my_data.file(work, official))
    assert isinstance(data, dict)
    return data


def test_every_column_that_points_at_an_official_is_told_or_left_out_for_a_reason() -> None:
    pointing = {
        f"{table.name}.{column.name}"
        for table in tables.Table.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "official" for key in column.foreign_keys)
        or column.name in {"actor", "subject", "agreed_by"}
    } - {"inbox.actor"}
    assert pointing == store.EXPORTED | store.LEFT_OUT.keys()
    assert all(store.LEFT_OUT.values())
    assert store.EXPORTED & store.LEFT_OUT.keys() == set()


async def test_all_of_the_profile_is_in_it(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        await contact.set_route(work, anna, RouteKind.EMAIL, "anna@ede.nl")
        data = await told(work, anna)
    columns = {column.name for column in tables.Official.__table__.columns} - {"id", "organisation_id"}
    assert data["profile"].keys() == columns | {"organisation"}
    assert data["profile"]["name"] == "Anna Bos"
    assert data["profile"]["organisation"] == "gemeente Ede"
    assert data["contact"] == {"kind": "email", "value": "anna@ede.nl"}
    assert data["accounts"][0]["platform"] == "country"
    assert (data["topics"][0]["topic"], data["topics"][0]["part"]) == ("Stikstof", "works_on")


async def test_what_one_did_and_wrote_is_in_it(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        bram = await country.official(work, "Bram van Dijk", "Zwolle", "stikstof")
        carla = await country.official(work, "Carla Smit", "Utrecht", "stikstof")
        await network.add_tie(work, anna, carla, "koffie", country.topics["stikstof"])
        await network.block(work, anna, carla)
        await watch.add(work, anna, Search(topics=(country.topics["wonen"],)))
        await report.add(work, anna, carla, "dit kan niet")
        await koffie_ask.request(work, await me(work, anna), bram, country.topics["stikstof"])
        (kept,) = await koffies.running(work, anna)
        for official in (anna, bram):
            await koffie.answer(work, official, kept.id, Answer.YES)
        await small_win.add(work, kept.id, anna, "samen sneller")
        data = await told(work, anna)
        other = await told(work, bram)
    carla_seen = {"name": "Carla Smit", "organisation": "gemeente Utrecht"}
    assert [(tie["with"], tie["topic"]) for tie in data["acquaintances"]] == [(carla_seen, "Stikstof")]
    assert [one["of"] for one in data["blocked"]] == [carla_seen]
    assert [one["topic"] for one in data["watches"]] == ["Betaalbaar wonen"]
    assert [one["words"] for one in data["reports"]] == ["dit kan niet"]
    assert [one["words"] for one in data["small_wins"]] == ["samen sneller"]
    (told_koffie,) = data["koffies"]
    assert (told_koffie["phase"], told_koffie["my_answer"], told_koffie["topic"]) == (
        "agreed",
        "yes",
        "Stikstof",
    )
    assert told_koffie["with"] == [{"name": "Bram van Dijk", "organisation": "gemeente Zwolle"}]
    assert other["small_wins"] == other["reports"] == other["blocked"] == []


async def test_nothing_of_what_others_chose_is_in_it(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        bram = await country.official(work, "Bram van Dijk", "Zwolle", "stikstof")
        before = await told(work, anna)
        await network.block(work, bram, anna)
        await network.declare(work, bram, anna)
        await network.keep_apart(work, anna, bram, None)
        await report.add(work, bram, anna, "klacht")
        assert await told(work, anna) == before


async def test_a_name_that_one_tried_is_not_confirmed(workshop: Workshop, country: Country) -> None:
    """'ken-ik' and 'blokkeer' answer alike whether the name exists: the file must not give it away."""
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        bram = await country.official(work, "Bram van Dijk", "Zwolle", "stikstof")
        before = await told(work, anna)
        await network.declare(work, anna, bram)
        await network.block(work, anna, bram)
        assert await told(work, anna) == before


async def test_a_no_reads_as_a_silence(workshop: Workshop, country: Country, clock: DemoClock) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede", "stikstof")
        others = [
            await country.official(work, name, "Zwolle", "stikstof") for name in ("Bram Aa", "Carla Bee")
        ]
        for other in others:
            await koffie_ask.request(work, await me(work, anna), other, None)
        kept = await koffies.running(work, anna)
        await koffie.answer(work, others[0], kept[0].id, Answer.NOT_NOW)
        data = await told(work, anna)
        assert data["koffies"][0] == data["koffies"][1]
        assert data["koffies"][0]["with"] == []
        terms = [one.koffie.term for one in kept]
    clock.move(max(terms))
    async with workshop.read() as work:
        later = (await told(work, anna))["koffies"]
        assert later[0] == later[1]
        assert later[0]["phase"] == "off"


async def test_a_question_that_did_not_go_out_is_not_told_to_who_will_be_asked(
    workshop: Workshop, country: Country, clock: DemoClock
) -> None:
    async with workshop.write() as work:
        bram = await country.official(work, "Bram van Dijk", "Zwolle", "stikstof")
        askers = [await country.official(work, name, "Ede", "stikstof") for name in ("Anna", "Carla")]
        for asker in askers:
            await koffie_ask.request(work, await me(work, asker), bram, None)
        running = await koffies.running(work, bram)
        waiting = [one for one in running if not one.places[bram].asked]
        assert waiting, "the second waits for Monday"
        assert len((await told(work, bram))["koffies"]) == len(running) - len(waiting)
        assert len((await told(work, askers[1]))["koffies"]) == 1


async def test_only_oneself_gets_the_file(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Bos", "Ede")
        bram = await country.official(work, "Bram van Dijk", "Zwolle")
        wanted = FileOf(kind=my_data.FILE, of=anna)
        assert b"Anna Bos" in (await files.make(work, anna, wanted, str)).content
        for reader in (bram, None):
            try:
                await files.make(work, reader, wanted, str)
            except Withheld:
                continue
            raise AssertionError("somebody else got it")


async def test_it_is_shown_in_words_with_the_file(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "wie-ken-ik stikstof")
    shown = await desk.says("anna", "mijn-gegevens")
    for words in (
        "Naam: Anna Bos",
        "Waarom dit mag: jij zei ja",
        "Zoekvragen van deze week: 1",
        "In het bestand staat alles",
    ):
        assert words in shown
