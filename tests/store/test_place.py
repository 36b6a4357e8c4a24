"""Places and codes of channels, on both databases."""

from __future__ import annotations

from bot.chat.address import Conversation
from bot.domain.ids import ChannelId
from bot.store import channel, channel_code
from bot.store import place as places
from bot.store.work import Workshop
from tests.support.tables import STIKSTOF, Tables


async def test_a_place_is_noted_before_it_is_there(workshop: Workshop) -> None:
    await Tables(workshop).build()
    async with workshop.write() as work:
        made, _ = await channel.make(work, STIKSTOF)
        first, second = [await places.reserve(work, made.id, "board", "rijk") for _ in range(2)]
        assert await channel.places(work, made.id) == []
        where = Conversation(platform="board", tenant="rijk", id="C1")
        assert await places.opened(work, first, where, "#stikstof", "https://example.org/C1")
        # Nobody else's, and the same once more.
        assert not await places.opened(work, second, where, "#stikstof", "")
        assert await places.opened(work, first, where, "#stikstof", "https://example.org/C1")
        assert await channel.places(work, made.id) == [where]
        assert await places.all_settled(work) == []
        await places.note_welcome(work, first, "k")
        await places.keep_welcome(work, first, "C1:1")
        (place,) = await places.all_settled(work)
        assert (place, place.at, place.welcome_ref) == (await places.at(work, where), where, "C1:1")
        await places.remove(work, first)
        assert await places.at(work, where) is None


async def test_a_code_is_the_same_until_it_is_withdrawn(workshop: Workshop) -> None:
    await Tables(workshop).build()
    async with workshop.write() as work:
        made, _ = await channel.make(work, STIKSTOF)
        none, _ = await channel.make(work, None)
        code = await channel_code.issue(work, made.id)
        assert await channel_code.issue(work, made.id) == code
        assert await channel_code.channel_of(work, code) == made.id
        other = await channel_code.issue(work, none.id)
        assert await channel_code.channel_of(work, other) == none.id
        await channel_code.withdraw(work, made.id)
        await channel_code.withdraw(work, made.id)
        assert await channel_code.channel_of(work, code) is None
        newer = await channel_code.issue(work, made.id)
        assert newer not in {code, other}
        assert await channel_code.channel_of(work, newer) == ChannelId(made.id)
