"""Codes by which anybody joins a channel: used by many, until withdrawn. Kept is a hash, as of all codes."""

import base64

from sqlalchemy import select, update

from bot.domain.ids import ChannelId
from bot.domain.invitation import BITS, write_code
from bot.store.dialect import insert_into
from bot.store.tables import ChannelCode
from bot.store.work import Work

_BITS_OF_ISSUE = 62
"""By chance, so that no code comes back, not even where a channel was stopped and began anew."""


async def issue(work: Work, channel: ChannelId) -> str:
    """The code of a channel: the same one each time, until it is withdrawn."""
    first = (
        insert_into(work, ChannelCode)
        .values(channel_id=channel, issue=work.random.getrandbits(_BITS_OF_ISSUE), code_hash=None)
        .on_conflict_do_nothing(index_elements=["channel_id"])
    )
    await work.session.execute(first)
    mine = ChannelCode.channel_id == channel
    number = (await work.session.execute(select(ChannelCode.issue).where(mine))).scalar_one()
    code = _code(work, channel, number)
    await work.session.execute(update(ChannelCode).where(mine).values(code_hash=_hash(work, code)))
    return code


def _code(work: Work, channel: ChannelId, number: int) -> str:
    """It follows from the instance's key, so that it need not be kept to be shown again."""
    chance = base64.urlsafe_b64decode(work.vault.hash("channel-code-of", str(channel), str(number)))
    return write_code(int.from_bytes(chance, "big") >> (8 * len(chance) - BITS))


def _hash(work: Work, code: str) -> str:
    return work.vault.hash("channel-code", code)


async def channel_of(work: Work, code: str) -> ChannelId | None:
    """The channel of a code; ``None`` for one that is unknown or was withdrawn."""
    found = await work.session.execute(
        select(ChannelCode.channel_id).where(ChannelCode.code_hash == _hash(work, code))
    )
    channel = found.scalar_one_or_none()
    return None if channel is None else ChannelId(channel)


async def number_of(work: Work, channel: ChannelId) -> int | None:
    """The number from which the channel's code is made, issued or not; ``None`` where it never had one."""
    found = await work.session.execute(select(ChannelCode.issue).where(ChannelCode.channel_id == channel))
    return found.scalar_one_or_none()


async def withdraw(work: Work, channel: ChannelId) -> None:
    """The code works no more; the next one is another."""
    await work.session.execute(
        update(ChannelCode)
        .where(ChannelCode.channel_id == channel)
        .values(issue=work.random.getrandbits(_BITS_OF_ISSUE), code_hash=None)
    )


async def restore(work: Work, channel: ChannelId, number: int, since: int) -> bool:
    """A code that was withdrawn works again; false once another was issued.

    ``since`` is the number that took the place of its own.
    """
    row = ChannelCode
    restored = await work.session.execute(
        update(row)
        .where(row.channel_id == channel, row.issue == since, row.code_hash.is_(None))
        .values(issue=number, code_hash=_hash(work, _code(work, channel, number)))
        .returning(row.channel_id)
    )
    return restored.scalar_one_or_none() is not None
