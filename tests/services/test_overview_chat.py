"""The overview in the chat: words for all, pictures for whoever is registered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.chat.message import FileOf, Message
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.domain.ids import OfficialId
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.services import files, overview, overview_chat
from bot.services.reveal import Withheld
from bot.store import network
from bot.store.work import Workshop
from tests.support.tables import GEHEIM, STIKSTOF, Tables
from tests.support.workshop import AMSTERDAM

DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"
TEXTS_OF_THE_BOT = Catalogue(TEXTS, AMSTERDAM)


def words(item: Text) -> str:
    return TEXTS_OF_THE_BOT.words(item, "nl", nothing_about, today=date(2026, 11, 24))


@pytest.fixture
async def reader(workshop: Workshop) -> OfficialId:
    """One of sixteen, who know each other in pairs over two layers."""
    town = await Tables(workshop).build()
    ones = [await town.official(organisation=1) for _ in range(8)]
    others = [await town.official(organisation=2) for _ in range(8)]
    async with workshop.write() as work:
        for one, other in zip(ones, others, strict=True):
            await network.add_tie(work, one, other, "koffie", STIKSTOF)
    return ones[0]


def pictures_of(message: Message) -> list[FileOf]:
    return [block for block in message.blocks if isinstance(block, FileOf)]


@pytest.fixture
async def months(workshop: Workshop, reader: OfficialId, clock: DemoClock) -> None:
    """Two were published: a line takes as many."""
    for _ in range(2):
        async with workshop.write() as work:
            await overview.publish(work)
        clock.move(DECEMBER)


@pytest.mark.usefixtures("months")
async def test_each_picture_comes_with_its_sentence(workshop: Workshop, reader: OfficialId) -> None:
    async with workshop.write() as work:
        message = await overview_chat.message(work, "nl", None)
        wanted = pictures_of(message)
        assert {one.kind for one in wanted} == overview_chat.KINDS
        for one in wanted:
            made = await files.make(work, reader, one, words)
            assert made.content.startswith(PNG)
            assert len(made.content) < 200_000
    said = message.model_dump_json()
    assert "overview-ties-between" in said
    assert "overview-map-says" in said


@pytest.mark.usefixtures("months")
async def test_a_topic_has_a_picture_of_its_own(workshop: Workshop, reader: OfficialId) -> None:
    async with workshop.write() as work:
        wanted = pictures_of(await overview_chat.message(work, "nl", STIKSTOF))
        assert {one.of for one in wanted} == {STIKSTOF}
        made = [await files.make(work, reader, one, words) for one in wanted]
    assert [one.name for one in made] == ["koffie-ties.png", "koffie-growth.png"]


async def test_what_is_too_small_to_show_has_no_picture(workshop: Workshop) -> None:
    town = await Tables(workshop).build()
    for _ in range(16):
        await town.official()
    async with workshop.write() as work:
        message = await overview_chat.message(work, "nl", STIKSTOF)
    assert pictures_of(message) == []
    said = message.model_dump_json()
    assert "overview-ties-none" in said
    assert "overview-growth-none" in said, "one month is no line"


async def test_of_a_sensitive_topic_nothing_is_shown(workshop: Workshop, reader: OfficialId) -> None:
    async with workshop.write() as work:
        message = await overview_chat.message(work, "nl", GEHEIM)
    assert pictures_of(message) == []
    assert "overview-ties-none" in message.model_dump_json()


async def test_pictures_are_for_the_registered(workshop: Workshop) -> None:
    async with workshop.read() as work:
        with pytest.raises(Withheld):
            await files.make(work, None, FileOf(kind=overview_chat.MAP, of=0), words)
        with pytest.raises(Withheld):
            await files.make(work, OfficialId(99), FileOf(kind=overview_chat.MAP, of=0), words)
