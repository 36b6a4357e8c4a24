"""Who may set what: looked up each time somebody does, in the unit of work of the act.

An admin sets every channel: an account that the settings name, or an official whom the operator made one. A
steward sets the channels of which they are one. Nobody else has any right: a platform's own owners neither.
See docs/decisions/0101-who-may-set-what.md.
"""

from bot.chat.address import Account
from bot.domain.channel import Channel
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId
from bot.i18n.text import text
from bot.services import channel_words
from bot.store import accounts, audit
from bot.store import admins as store
from bot.store import channel as channel_store
from bot.store.work import Work


async def is_admin(work: Work, official: OfficialId, account: Account) -> bool:
    """Whether somebody sets every channel.

    The settings name accounts: somebody's other accounts have no more rights by that.
    """
    return _named(account) in work.admins or await store.is_admin(work, official)


def _named(account: Account) -> str:
    return f"{account.platform}:{account.tenant}:{account.user}"


async def require(work: Work, official: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who is no admin at this moment."""
    if not await is_admin(work, official, account):
        raise _refusal(work)


async def require_any(work: Work, official: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who is neither an admin nor steward of any channel."""
    if not await is_admin(work, official, account) and not await store.stewarded(work, official):
        raise _refusal(work)


async def require_opener(work: Work, official: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who may open no channel: all may, unless the operator says so (P31)."""
    if work.rules.channels_opened_by == "admins" and not await is_admin(work, official, account):
        raise _refusal(work)


def _refusal(work: Work) -> KoffieError:
    """Tells who has no right what they can do instead."""
    open_to_all = work.rules.channels_opened_by == "everyone"
    return KoffieError(text("channel-not-admin" if open_to_all else "channel-not-opener"))


async def may_set(work: Work, channel: ChannelId, official: OfficialId, account: Account) -> bool:
    """Whether somebody may set this channel."""
    return await is_admin(work, official, account) or official in await store.stewards(work, channel)


async def require_steward(work: Work, channel: ChannelId, official: OfficialId, account: Account) -> Channel:
    """The channel, kept from everybody else until this unit of work is over.

    Raises :class:`KoffieError` for who may not set it at this moment. Stewards come and go under the same
    lock, so nobody sets anything after losing the right.
    """
    found = await channel_store.get(work, channel, lock=True)
    if found is None:
        raise KoffieError(text("channel-gone"))
    if not await may_set(work, channel, official, account):
        raise KoffieError(text("channel-not-steward", channel=await channel_words.name(work, found)))
    return found


async def may_be_set_by(work: Work, official: OfficialId, account: Account) -> list[Channel]:
    """The channels that somebody may set, the oldest first."""
    every = await channel_store.all_of_them(work)
    if await is_admin(work, official, account):
        return every
    theirs = set(await store.stewarded(work, official))
    return [one for one in every if one.id in theirs]


async def everyone(work: Work) -> list[OfficialId]:
    """All admins who are registered: to be told what needs them."""
    found = await store.admins(work)
    for named in sorted(work.admins):
        platform, tenant, user = named.split(":", 2)
        official = await accounts.official_of(work, Account(platform=platform, tenant=tenant, user=user))
        if official is not None and official not in found:
            found.append(official)
    return found


async def of_channel(work: Work, channel: ChannelId) -> list[OfficialId]:
    """Who is to be told what a channel needs: its stewards, and where it has none all admins."""
    return await store.stewards(work, channel) or await everyone(work)


async def add(work: Work, official: OfficialId) -> bool:
    """The operator lets somebody set up channels; false when that was so already."""
    new = await store.add_admin(work, official)
    if new:
        await audit.record(work, "admin-add", subject=official)
    return new


async def remove(work: Work, official: OfficialId) -> bool:
    """The operator takes that back; false when there was nothing to take back.

    Channels of which they are a steward stay theirs to set, and so do all where the settings name them.
    """
    gone = await store.remove_admin(work, official)
    if gone:
        await audit.record(work, "admin-remove", subject=official)
    return gone


async def named(work: Work, official: OfficialId) -> list[str]:
    """The accounts of somebody that the settings name as an admin's."""
    return [one for one in map(_named, await accounts.accounts_of(work, official)) if one in work.admins]
