"""The contact route's way out: asked of the platform before any transaction, and left behind nowhere."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.pool import QueuePool

from bot.chat.address import Account, Address, Conversation
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.message import Attachment, Message
from bot.chat.plain import plain
from bot.chat.port import Adapter, Delivery, Hint
from bot.delivery import Deliverer
from bot.domain.contact import RouteKind
from bot.i18n.catalogue import Catalogue
from bot.services import block
from bot.store import contact
from bot.store.work import Workshop
from tests.support.tables import Tables, texts_of
from tests.support.workshop import AMSTERDAM

CANARY = "+31687654321"
TEXTS = Path(__file__).parent.parent.parent / "bot" / "i18n"


class Platform:
    """A platform that notes what it gets, and whether a transaction is open while it is asked."""

    name = "terminal"

    def __init__(self, workshop: Workshop, *, link: str | None = None, breaks: bool = False) -> None:
        self.capabilities = Capabilities(files=True)
        self.link = link
        self.breaks = breaks
        self.asked: list[str] = []
        self.got: list[tuple[str, Message]] = []
        self._workshop = workshop

    async def contact_link(self, account: Account) -> str | None:
        pool = self._workshop.database._reader.pool
        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0, "a network call inside a transaction"
        self.asked.append(account.user)
        if self.breaks:
            raise ConnectionError(CANARY)
        return self.link and f"{self.link}/{account.user}"

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return None

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        assert address.account is not None
        self.got.append((address.account.user, message))
        return Delivery(state="sent", refs=(key,))

    def to(self, user: str) -> str:
        return "\n".join(plain(message) for one, message in self.got if one == user)

    def cards(self, user: str) -> list[bytes]:
        return [
            part.content
            for one, message in self.got
            if one == user
            for part in message.blocks
            if isinstance(part, Attachment)
        ]


async def send(workshop: Workshop, platform: Platform) -> None:
    deliverer = Deliverer(
        workshop,
        {"terminal": cast("Adapter", platform)},
        Catalogue(TEXTS, AMSTERDAM),
        workshop.clock,
        Hints(),
    )
    while await deliverer.send_next():
        pass


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def test_a_number_reaches_the_other_and_stays_nowhere(
    workshop: Workshop, table: Tables, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna, bram = await table.pair()
    async with workshop.write() as work:
        await contact.set_route(work, bram, RouteKind.PHONE, CANARY)
    platform = Platform(workshop)
    await table.koffie(anna, bram)
    async with workshop.read() as work:
        assert CANARY not in await texts_of(work)
    await send(workshop, platform)
    assert CANARY in platform.to("user1")
    assert CANARY.encode() in platform.cards("user1")[0]
    assert CANARY not in platform.to("user2")
    async with workshop.read() as work:
        assert CANARY not in await texts_of(work)
    assert CANARY not in caplog.text


async def test_nothing_of_it_goes_out_before_both_said_yes(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    async with workshop.write() as work:
        await contact.set_route(work, bram, RouteKind.PHONE, CANARY)
    platform = Platform(workshop)
    await table.koffie(anna, bram, agreed=False)
    await send(workshop, platform)
    assert platform.got
    assert platform.cards("user1") == []
    assert CANARY not in platform.to("user1") + platform.to("user2")


async def test_a_block_before_sending_keeps_it_back(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.pair()
    async with workshop.write() as work:
        await contact.set_route(work, bram, RouteKind.PHONE, CANARY)
    platform = Platform(workshop)
    await table.koffie(anna, bram)
    async with workshop.write() as work:
        await block.block(work, bram, anna)
    await send(workshop, platform)
    assert CANARY not in platform.to("user1")
    assert platform.cards("user1") == platform.cards("user2") == []


async def test_the_platforms_link_is_asked_outside_of_a_transaction(
    workshop: Workshop, table: Tables
) -> None:
    anna, bram = await table.pair()
    platform = Platform(workshop, link="https://chat.example")
    await table.koffie(anna, bram)
    await send(workshop, platform)
    assert "https://chat.example/user2" in platform.to("user1")
    assert b"URL:https://chat.example/user2" in platform.cards("user1")[0]
    assert sorted(platform.asked) == ["user1", "user2"]


async def test_a_platform_that_fails_leaves_the_handle_and_no_trace(
    workshop: Workshop, table: Tables, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna, bram = await table.pair()
    platform = Platform(workshop, breaks=True)
    await table.koffie(anna, bram)
    await send(workshop, platform)
    assert "in deze chat: user2" in platform.to("user1")
    assert "ConnectionError" in caplog.text
    assert CANARY not in caplog.text


async def test_on_another_tenant_no_link_is_asked(workshop: Workshop, table: Tables) -> None:
    anna = await table.official(organisation=1)
    bram = await table.official(organisation=2, tenant="elders")
    for official in (anna, bram):
        async with workshop.write() as work:
            await contact.set_route(work, official, RouteKind.EMAIL, f"mail{official}@example.nl")
    platform = Platform(workshop, link="https://chat.example")
    await table.koffie(anna, bram)
    await send(workshop, platform)
    assert platform.asked == []
    assert f"mail{bram}@example.nl" in platform.to("user1")
