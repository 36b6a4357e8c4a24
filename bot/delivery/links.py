"""Links by which a reader can start a talk with the other: asked of the platform before any transaction."""

import asyncio
import logging
from datetime import timedelta

from bot.chat.address import Address
from bot.chat.message import FileOf, Message
from bot.chat.port import Adapter
from bot.chat.tree import nodes
from bot.domain.ids import OfficialId
from bot.i18n.text import About
from bot.services.files import VCARD
from bot.store import accounts
from bot.store.work import Workshop

log = logging.getLogger(__name__)


async def links_for(
    workshop: Workshop, adapter: Adapter, address: Address, message: Message, patience: timedelta
) -> dict[OfficialId, str]:
    """A link for each official whose contact route stands in the message and who is on the reader's tenant.

    Whether the reader may have it is asked later, at resolving. A platform that has no links, or fails, gives
    none: the route is then told in words.
    """
    wanted = {
        OfficialId(node.official if isinstance(node, About) else node.of)
        for node in nodes(message)
        if (isinstance(node, About) and node.fact in {"route", "link"})
        or (isinstance(node, FileOf) and node.kind == VCARD)
    }
    if not wanted or address.account is None:
        return {}
    async with workshop.read() as work:
        known = {official: await accounts.accounts_of(work, official) for official in wanted}
    place = (address.account.platform, address.account.tenant)
    found: dict[OfficialId, str] = {}
    for official, account in (
        (official, account)
        for official, its in known.items()
        for account in its
        if (account.platform, account.tenant) == place
    ):
        try:
            async with asyncio.timeout(patience.total_seconds()):
                link = await adapter.contact_link(account)
        except Exception as error:
            log.warning("no contact link: %s", type(error).__name__)
            continue
        if link:
            found[official] = link
    return found
