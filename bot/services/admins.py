"""Who may set up channels and their rounds: looked up each time somebody does."""

from bot.chat.address import Account
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.i18n.text import text
from bot.store import accounts, audit, channel
from bot.store.work import Work


async def require(work: Work, official: OfficialId, account: Account) -> None:
    """Raise :class:`KoffieError` for who is no admin at this moment.

    The settings name accounts: somebody's other accounts have no more rights by that.
    """
    if _named(account) not in work.admins and official not in await channel.admins(work):
        raise KoffieError(text("channel-not-admin"))


def _named(account: Account) -> str:
    return f"{account.platform}:{account.tenant}:{account.user}"


async def everyone(work: Work) -> list[OfficialId]:
    """All admins who are registered: to be told what needs them."""
    found = await channel.admins(work)
    for named in sorted(work.admins):
        platform, tenant, user = named.split(":", 2)
        official = await accounts.official_of(work, Account(platform=platform, tenant=tenant, user=user))
        if official is not None and official not in found:
            found.append(official)
    return found


async def add(work: Work, official: OfficialId) -> bool:
    """The operator lets somebody set up channels; false when that was so already."""
    new = await channel.add_admin(work, official)
    if new:
        await audit.record(work, "admin-add", subject=official)
    return new
