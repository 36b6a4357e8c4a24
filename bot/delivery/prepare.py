"""What a claimed row becomes at the moment of sending: words, a place, and what it edits."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Address, Conversation, Direct
from bot.chat.message import Message
from bot.chat.port import Adapter
from bot.delivery.links import links_for
from bot.delivery.resolve import resolve, sight_of
from bot.i18n.catalogue import Catalogue, TextError
from bot.services.reveal import Withheld
from bot.store import outbox
from bot.store.claims import Claim
from bot.store.work import Work, Workshop

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """A resolved message, where it goes, and the refs of what it edits."""

    address: Address
    message: Message
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Dropped:
    """It will not be sent, and why (a code)."""

    reason: str


@dataclass(frozen=True)
class Waits:
    """It cannot go yet: what it edits is not sent, or its place could not be opened."""


async def prepare(
    workshop: Workshop,
    adapter: Adapter,
    claimed: Claim,
    address: Address,
    catalogue: Catalogue,
    patience: timedelta,
) -> Prepared | Dropped | Waits:
    """Resolve in the recipient's language, with consent read again.

    ``patience`` is how long the platform may be asked for links.
    """
    links = await links_for(workshop, adapter, address, claimed.message, patience)
    async with workshop.read() as work:
        if claimed.valid_until is not None and claimed.valid_until <= work.now:
            return Dropped("expired")
        seen = await sight_of(work, claimed.official, claimed.message)
        if claimed.official and seen.language is None:
            return Dropped("erased")
        replaces = await _replaces(work, adapter, claimed)
        if not isinstance(replaces, tuple):
            return replaces
        language = seen.language or claimed.language or work.language
        try:
            message = await resolve(work, claimed.message, seen, adapter.name, language, catalogue, links)
        except Withheld:
            return Dropped("withheld")
        except TextError as error:
            log.error("outbox row %s: %s", claimed.id, error)
            return Dropped("text")
    return _placed(adapter, claimed, Prepared(address, message, replaces))


async def _replaces(work: Work, adapter: Adapter, claimed: Claim) -> tuple[str, ...] | Dropped | Waits:
    """The refs of what the message edits; none when it edits nothing."""
    if claimed.message.replaces is None:
        return ()
    fate = await outbox.fate_of(work, claimed.message.replaces)
    if not adapter.capabilities.edits or (fate.over and not fate.refs):
        return Dropped("no edit")
    return fate.refs if fate.over else Waits()


def _placed(adapter: Adapter, claimed: Claim, prepared: Prepared) -> Prepared | Dropped:
    """'Only you' becomes a direct message where the platform cannot show it, never the room's."""
    address = prepared.address
    if not (prepared.message.only_you and isinstance(address, Conversation)):
        return prepared
    if address.account is None:
        log.error("outbox row %s: an only-you message without its reader", claimed.id)
        return Dropped("for nobody")
    if adapter.capabilities.only_you:
        return prepared
    return Prepared(Direct(account=address.account), prepared.message, ())
