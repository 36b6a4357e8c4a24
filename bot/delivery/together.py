"""A message to several at once, in a private place of their own: worded only if all of them may read it."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Account, Together
from bot.chat.message import Message
from bot.chat.port import Adapter
from bot.delivery.prepare import Dropped, Prepared, Waits
from bot.delivery.resolve import resolve, sight_of
from bot.domain.contact import RouteKind
from bot.domain.ids import OfficialId
from bot.i18n.catalogue import Catalogue, TextError
from bot.services.reveal import Withheld, sight
from bot.store import accounts, contact, officials
from bot.store.claims import Claim
from bot.store.work import Work, Workshop

log = logging.getLogger(__name__)
_MOST_OPENINGS = 20
"""So often a platform is asked to open a place, before each of them is told apart."""


@dataclass(frozen=True)
class _Gathering:
    """Who come together, and the message that all of them may read."""

    accounts: tuple[Account, ...]
    message: Message


async def prepare_together(
    workshop: Workshop,
    adapter: Adapter,
    claimed: Claim,
    together: Together,
    catalogue: Catalogue,
    patience: timedelta,
) -> Prepared | Dropped | Waits:
    """The message as all of them may read it, and the place that the platform opened for them.

    Dropped where one of them may not see it or is reached elsewhere by now, or where there is no such place.
    """
    async with workshop.read() as work:
        try:
            gathering = await _gather(work, claimed, together, adapter.name, catalogue)
        except Withheld:
            return Dropped("withheld")
        except TextError as error:
            log.error("outbox row %s: %s", claimed.id, error)
            return Dropped("text")
    try:
        async with asyncio.timeout(patience.total_seconds()):
            place = await adapter.open_private(f"koffie-{together.koffie}", gathering.accounts)
    except Exception as error:  # noqa: BLE001
        # The place is the same each time: asking again makes no second one.
        log.warning("outbox row %s: no place opened (%s)", claimed.id, type(error).__name__)
        return Waits() if claimed.attempt < _MOST_OPENINGS else Dropped("no place")
    return Dropped("no place") if place is None else Prepared(place, gathering.message, ())


async def _gather(
    work: Work, claimed: Claim, together: Together, platform: str, catalogue: Catalogue
) -> _Gathering:
    """The message, resolved for each of them. Raises :class:`Withheld` unless all may read the same.

    Where they read different languages it is in the language of the place.
    """
    known = [await officials.get(work, OfficialId(official)) for official in together.officials]
    readers = [reader for reader in known if reader is not None]
    if len(readers) < len(known):
        raise Withheld("somebody left")
    languages = {reader.language for reader in readers}
    language = languages.pop() if len(languages) == 1 else work.language
    found: list[Account] = []
    worded: list[Message] = []
    for reader in readers:
        account = await _account_at(work, together, reader.id)
        if account is None or (await contact.route_of(work, reader.id)).kind is not RouteKind.CHAT:
            raise Withheld("somebody is reached elsewhere now")
        others = [official for official in together.officials if official != reader.id]
        seen = await sight(work, reader.id, [OfficialId(other) for other in others])
        if not all(seen.reaches(OfficialId(other)) for other in others):
            raise Withheld("not all agreed, or not any more")
        found.append(account)
        seen = await sight_of(work, reader.id, claimed.message)
        worded.append(await resolve(work, claimed.message, seen, platform, language, catalogue))
    if any(one != worded[0] for one in worded):
        raise Withheld("not the same for all")
    return _Gathering(tuple(found), worded[0])


async def _account_at(work: Work, together: Together, official: OfficialId) -> Account | None:
    for account in await accounts.accounts_of(work, official):
        if (account.platform, account.tenant) == (together.platform, together.tenant):
            return account
    return None
