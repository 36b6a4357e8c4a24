"""``stop [OPGAVE]``: no longer take part in the rounds of a channel."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.doe_mee import known, which
from bot.domain.channel import Channel
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import channel, channel_find, channel_words
from bot.store import channel as store

_MOST_WORDS = 5
"""Longer is a sentence that happens to begin so."""


def is_stop(words: str) -> bool:
    """Whether these words behind 'stop' are its own: nothing, or 'met' and a few words."""
    said = tokens(words)
    return not said or (said[0] in {"met", "with"} and len(said) <= _MOST_WORDS)


async def run(ask: Ask) -> Reply:
    joined = await store.joined(ask.work, ask.me.id)
    if not joined:
        return reply(say(text("channel-joined-none")))
    found = await channel_find.meant(ask.work, ask.where, ask.words)
    if isinstance(found, Channel):
        return await _leave(ask, found)
    if len(joined) == 1 and not ask.words:
        return await _leave(ask, joined[0])
    return await which(ask, joined, text("channel-leave-which"), "stop/channel")


async def in_channel(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _leave(ask, await known(ask, args))


async def _leave(ask: Ask, found: Channel) -> Reply:
    left = await channel.leave(ask.work, found, ask.me.id)
    key = "channel-left" if left else "channel-left-already"
    return reply(say(text(key, channel=await channel_words.name(ask.work, found))))


COMMAND = Command(
    name="stop",
    aliases=("leave",),
    summary=text("channel-leave-summary"),
    run=run,
    takes=is_stop,
    actions={"channel": in_channel},
)
