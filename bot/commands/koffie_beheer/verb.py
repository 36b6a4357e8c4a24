"""A verb of ``koffie-beheer``: its names, how it is written, who may use it, and which channel it means."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.commands import Ask, Reply
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.i18n.text import Text, text
from bot.services import admins, channel_find
from bot.store import channel as store


class Right(StrEnum):
    """Who may use a verb. Whether a steward may set *this* channel is asked by :func:`the_one`."""

    OFFICIAL = "official"
    """Everybody who is registered."""
    OPENER = "opener"
    """Who may open a channel: everybody, unless the operator limits it to admins (P31)."""
    STEWARD = "steward"
    """Stewards of the channel that is meant, and admins."""
    ADMIN = "admin"


@dataclass(frozen=True)
class Verb:
    """One thing to do; ``run`` gets the words behind its name.

    ``example`` is how it is written: a line of the help. A verb of stewards finds its channel by
    :func:`the_one` or :func:`that_one`, which look up the right to it.
    """

    names: tuple[str, ...]
    example: Text
    run: Callable[[Ask, str], Awaitable[Reply]]
    right: Right = Right.STEWARD


async def require(ask: Ask, right: Right) -> None:
    """Raise :class:`KoffieError` for who has no such right at this moment."""
    match right:
        case Right.OFFICIAL:
            _ = ask.me
        case Right.OPENER:
            await admins.require_opener(ask.work, ask.me.id, ask.account)
        case Right.STEWARD:
            await admins.require_any(ask.work, ask.me.id, ask.account)
        case Right.ADMIN:
            await admins.require(ask.work, ask.me.id, ask.account)


async def has(ask: Ask, right: Right) -> bool:
    """Whether who asks has the right, for at least one channel."""
    try:
        await require(ask, right)
    except KoffieError:
        return False
    return True


async def the_one(ask: Ask, words: str) -> Channel:
    """The channel that was named, in which it was said, or the only one that this person may set.

    Raises :class:`KoffieError` for who may not set it. Nobody else changes it in the course of this.
    """
    return await that_one(ask, await _meant(ask, words))


async def that_one(ask: Ask, found: Channel) -> Channel:
    """A channel as it is now, for who may set it; as :func:`the_one`."""
    return await admins.require_steward(ask.work, found.id, ask.me.id, ask.account)


async def _meant(ask: Ask, words: str) -> Channel:
    found = await channel_find.meant(ask.work, ask.where, words)
    if isinstance(found, Channel):
        return found
    mine = await admins.may_be_set_by(ask.work, ask.me.id, ask.account)
    if len(mine) == 1:
        return mine[0]
    every = mine or await store.all_of_them(ask.work)
    raise KoffieError(text("channel-which" if every else "channel-none-yet-admin"))
