"""A verb of ``koffie-beheer``: what it is called, how it is written, and which channel it means."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands import Ask, Reply
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.i18n.text import Text, text
from bot.services import channel_find
from bot.store import channel as store


@dataclass(frozen=True)
class Verb:
    """One thing that an admin can do; ``run`` gets the words behind its name.

    ``example`` is how it is written: a line of the help.
    """

    names: tuple[str, ...]
    example: Text
    run: Callable[[Ask, str], Awaitable[Reply]]


async def the_one(ask: Ask, words: str) -> Channel:
    """The channel that was named, in which it was said, or the only one there is."""
    found = await channel_find.meant(ask.work, ask.where, words)
    if isinstance(found, Channel):
        return found
    every = await store.all_of_them(ask.work)
    if len(every) != 1:
        raise KoffieError(text("channel-which" if every else "channel-none-yet-admin"))
    return every[0]
