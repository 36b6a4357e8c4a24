"""What a reader may see of an official, at the moment of sending."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.domain.contact import RouteKind
from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer, State
from bot.i18n.text import About, text
from bot.services import block, erasure
from bot.services.reveal import Links, Shown, Withheld, reveal, sight
from bot.store import contact, network, officials, small_win
from bot.store import koffie as koffies
from bot.store.work import Work, Workshop
from tests.support.databases import on_both as on_both
from tests.support.tables import GEHEIM, Tables

NUMBER = "+31612345678"


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def told(
    work: Work, reader: OfficialId | None, facts: list[About], links: Links | None = None
) -> Shown:
    """What these facts are to a reader now."""
    seen = await sight(work, reader, [OfficialId(fact.official) for fact in facts])
    return await reveal(work, seen, facts, links)


async def shown(workshop: Workshop, reader: OfficialId | None, of: OfficialId, fact: str = "name") -> object:
    about = About.model_validate({"official": of, "fact": fact})
    async with workshop.read() as work:
        return (await told(work, reader, [about]))[about]


async def switch(workshop: Workshop, official: OfficialId, *, findable: bool) -> None:
    async with workshop.write() as work:
        await officials.change(work, official, findable=findable)


async def test_who_can_be_found_sees_who_can_be_found(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    assert await shown(workshop, anna, bram) == "Naam Nummer2"
    assert await shown(workshop, bram, anna, "card") == text(
        "about-card", name="Naam Nummer1", organisation="gemeente Barneveld"
    )


async def test_a_name_is_kept_from_who_cannot_be_found_and_from_strangers(
    workshop: Workshop, table: Tables
) -> None:
    anna, bram = await table.pair()
    await switch(workshop, anna, findable=False)
    for reader, of in ((anna, bram), (bram, anna), (None, bram)):
        assert await shown(workshop, reader, of) == text("reveal-colleague")
        assert await shown(workshop, reader, of, "organisation") == text("reveal-organisation")
        assert await shown(workshop, reader, of, "role") == ""
    assert await shown(workshop, anna, anna) == "Naam Nummer1"


@pytest.mark.parametrize("met", ["koffie", "tie"])
async def test_who_met_keeps_seeing_the_name(workshop: Workshop, table: Tables, met: str) -> None:
    anna, bram = await table.pair()
    if met == "koffie":
        await table.koffie(anna, bram, agreed=False)
    else:
        async with workshop.write() as work:
            await network.add_tie(work, anna, bram, "declared", None)
    await switch(workshop, anna, findable=False)
    assert await shown(workshop, bram, anna) == "Naam Nummer1"
    assert await shown(workshop, anna, bram) == "Naam Nummer2"


async def test_a_sensitive_koffie_names_nobody_before_two_yeses(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram, GEHEIM, agreed=False)
    await switch(workshop, bram, findable=False)
    assert await shown(workshop, anna, bram) == text("reveal-colleague")
    for official in (anna, bram):
        await table.answer(kept, official, Answer.YES)
    assert await shown(workshop, anna, bram) == "Naam Nummer2"


async def test_a_block_changes_no_name(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    await table.koffie(anna, bram)
    async with workshop.write() as work:
        await block.block(work, anna, bram)
    assert await shown(workshop, bram, anna) == "Naam Nummer1"
    for reader, of in ((anna, bram), (bram, anna)):
        with pytest.raises(Withheld):
            await shown(workshop, reader, of, "route")


async def test_a_block_long_after_the_koffie_keeps_the_route_back(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    kept = await table.koffie(anna, bram)
    async with workshop.write() as work:
        found = await koffies.take(work, kept)
        assert found is not None
        await koffies.save(work, found, replace(found.koffie, state=State.DRUNK, settled_at=work.now))
    assert await shown(workshop, anna, bram, "route")
    async with workshop.write() as work:
        await block.block(work, anna, bram)
    for reader, of in ((anna, bram), (bram, anna)):
        with pytest.raises(Withheld):
            await shown(workshop, reader, of, "route")


async def test_who_was_erased_is_a_former_colleague(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    await table.koffie(anna, bram)
    async with workshop.write() as work:
        await erasure.erase(work, bram)
    assert await shown(workshop, anna, bram) == text("about-erased")
    with pytest.raises(Withheld):
        await shown(workshop, anna, bram, "route")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (RouteKind.EMAIL, "bram@example.nl", text("reveal-route-email", value="bram@example.nl")),
        (RouteKind.PHONE, NUMBER, text("reveal-route-phone", value=NUMBER)),
        (RouteKind.CHAT, "", text("reveal-route-chat", value="user2")),
    ],
)
async def test_the_route_that_was_chosen(
    workshop: Workshop, table: Tables, kind: RouteKind, value: str, words: object
) -> None:
    anna, bram = await table.pair()
    await table.koffie(anna, bram)
    async with workshop.write() as work:
        await contact.set_route(work, bram, kind, value)
    assert await shown(workshop, anna, bram, "route") == words
    assert await shown(workshop, anna, bram, "link") == (value or "user2")


async def test_a_link_goes_before_the_handle(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    await table.koffie(anna, bram)
    about = About(official=bram, fact="route")
    async with workshop.read() as work:
        found = await told(work, anna, [about], {bram: "https://chat.example/bram"})
    assert found[about] == text("reveal-route-chat", value="https://chat.example/bram")


async def test_without_a_shared_chat_no_handle_is_shown(workshop: Workshop, table: Tables) -> None:
    anna = await table.official(organisation=1)
    bram = await table.official(organisation=2, tenant="elders")
    kept = await table.koffie(anna, bram, agreed=False)
    for official in (anna, bram):
        await table.answer(kept, official, Answer.YES)
    assert await shown(workshop, anna, bram, "route") == text("reveal-route-none")


async def test_a_small_win_is_between_them_until_all_agree(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    carla = await table.official()
    kept = await table.koffie(anna, bram)
    async with workshop.write() as work:
        await small_win.add(work, kept, anna, "Samen gekeken.")
    about = About(official=anna, fact="win", koffie=kept)
    async with workshop.read() as work:
        assert (await told(work, bram, [about]))[about] == "Samen gekeken."
        for reader in (carla, None):
            with pytest.raises(Withheld):
                await told(work, reader, [about])
    async with workshop.write() as work:
        win = await small_win.take(work, kept)
        assert win is not None
        await small_win.agree(work, win, bram, last=True)
    async with workshop.read() as work:
        assert (await told(work, carla, [about]))[about] == "Samen gekeken."


async def test_many_facts_are_a_few_queries(workshop: Workshop, table: Tables) -> None:
    anna = await table.official(organisation=1)
    others = [await table.official(organisation=2) for _ in range(12)]
    await table.koffie(anna, others[0])
    facts = [
        About(official=other, fact=fact)
        for other in others
        for fact in ("name", "organisation", "role", "card")
    ]
    async with workshop.read() as work:
        asked = await count_queries(work, anna, facts)
        assert asked <= 4
        assert await count_queries(work, anna, [*facts, About(official=others[0], fact="route")]) <= asked + 4


async def count_queries(work: Work, reader: OfficialId, facts: list[About]) -> int:
    statements: list[str] = []
    connection = await work.session.connection()

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await told(work, reader, facts)
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    return len(statements)
