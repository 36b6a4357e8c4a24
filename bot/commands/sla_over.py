"""``sla over``: sit one round out, with one press or two words. No reason is asked."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.doe_mee import known, which
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import RoundId
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import channel_find
from bot.services import round as rounds
from bot.store import channel as store

_MOST_WORDS = 5
"""Longer is a sentence that happens to begin so."""


def is_skip(words: str) -> bool:
    """Whether these words behind 'sla over' are its own: nothing, or the name of an opgave."""
    return len(tokens(words)) <= _MOST_WORDS


async def run(ask: Ask) -> Reply:
    joined = await store.joined(ask.work, ask.me.id)
    if not joined:
        return reply(say(text("channel-joined-none")))
    found = await channel_find.meant(ask.work, ask.where, ask.words)
    if isinstance(found, Channel):
        return await _sit_out(ask, found)
    waiting = [one for one in joined if await rounds.announced(ask.work, one) is not None]
    if len(waiting) > 1:
        return await which(ask, waiting, text("round-sit-out-which"), "sla-over/channel")
    return await _sit_out(ask, (waiting or joined)[0])


async def in_channel(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _sit_out(ask, await known(ask, args))


async def _sit_out(ask: Ask, found: Channel) -> Reply:
    waiting = await rounds.announced(ask.work, found)
    if waiting is None:
        return reply(say(text("round-none-announced")))
    return await _skip(ask, waiting.id)


async def one_round(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """The button of an announcement, which everybody in a channel can press."""
    if ask.official is None:
        return reply(say(text("round-sit-out-stranger")))
    number = args.get("round")
    if not isinstance(number, int):
        raise KoffieError(text("round-begun"))
    return await _skip(ask, RoundId(number))


async def _skip(ask: Ask, number: RoundId) -> Reply:
    skipped = await rounds.sit_out(ask.work, ask.me.id, number)
    return reply(say(text("round-sat-out", moment=skipped.at)))


COMMAND = Command(
    name="sla-over",
    aliases=("skip",),
    summary=text("round-sit-out-summary"),
    run=run,
    takes=is_skip,
    anyone=False,
    actions={"round": one_round, "channel": in_channel},
)
