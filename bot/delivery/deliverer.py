"""Sends what stands in the outbox: each row once, whatever dies in between.

The states and their reasons are those of the design: a row is committed as ``sending`` before the request;
what is surely not accepted is sent again, what is in doubt is looked up on the platform first.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Address, Conversation, Direct
from bot.chat.degrade import degrade
from bot.chat.hints import Hints
from bot.chat.message import Message
from bot.chat.port import Adapter, Delivery
from bot.delivery.links import links_for
from bot.delivery.resolve import resolve
from bot.domain.clock import Clock
from bot.i18n.catalogue import Catalogue, TextError
from bot.services.reveal import Withheld
from bot.store import officials, outbox
from bot.store.outbox import Claim
from bot.store.work import Workshop

log = logging.getLogger(__name__)
_RETRY = timedelta(seconds=5)
_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Patience:
    """How long things may take. ``grace`` is when a claim counts as left behind; it must be longer than
    ``request`` (the longest a platform's request can last) by a good margin.
    """

    request: timedelta = timedelta(seconds=30)
    grace: timedelta = timedelta(seconds=90)
    look_back: timedelta = timedelta(seconds=60)


class Deliverer:
    """One a process; sends the rows of the platforms whose adapters run here."""

    def __init__(
        self,
        workshop: Workshop,
        adapters: Mapping[str, Adapter],
        catalogue: Catalogue,
        clock: Clock,
        hints: Hints,
        patience: Patience | None = None,
    ) -> None:
        self._workshop = workshop
        self._adapters = adapters
        self._catalogue = catalogue
        self._clock = clock
        self._hints = hints
        self._patience = patience or Patience()
        self._posted = asyncio.Event()
        self._stopping = asyncio.Event()

    def posted(self) -> None:
        """Something was put in the outbox: look at once."""
        self._posted.set()

    def stop(self) -> None:
        """Claim nothing new: ``run`` returns once the messages in hand are sent and recorded."""
        self._stopping.set()
        self._posted.set()

    async def recover(self) -> None:
        """At the start of the only process of a database: what was cut off is looked up now."""
        async with self._workshop.write() as work:
            cut_off = await outbox.recover(work)
        if cut_off:
            log.warning("%s messages were cut off while they were sent: looking back", cut_off)

    async def run(self, workers: int = 4) -> None:
        """Send until stopped or cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._work_on())

    async def _work_on(self) -> None:
        while not self._stopping.is_set():
            self._posted.clear()
            try:
                while not self._stopping.is_set() and await self.send_next():
                    pass
            except Exception as error:
                # The database is away: every row keeps its state and is found again.
                log.error("delivery stopped (%s), again soon", type(error).__name__)
                await asyncio.sleep(_POLL_SECONDS)
                continue
            try:
                await asyncio.wait_for(self._posted.wait(), timeout=_POLL_SECONDS)
            except TimeoutError:
                continue

    async def send_next(self) -> bool:
        """Send the next row that is due; false when there is none."""
        async with self._workshop.write() as work:
            claimed = await outbox.claim(work, tuple(self._adapters), self._patience.grace)
        if claimed is None:
            return False
        claimed_at = self._clock.monotonic()
        adapter = self._adapters[claimed.address.platform]
        if claimed.look_back and not await self._surely_not_sent(adapter, claimed):
            return True
        message = await self._resolved(adapter, claimed)
        if message is None:
            return True
        if (
            self._clock.monotonic() - claimed_at
            > (self._patience.grace - self._patience.request).total_seconds()
        ):
            # This process was frozen: another one may have taken the row over by now.
            log.warning("outbox row %s: claim too old, left alone", claimed.id)
            return True
        await self._record(claimed, await self._deliver(adapter, claimed, message))
        return True

    async def _surely_not_sent(self, adapter: Adapter, claimed: Claim) -> bool:
        """Look back on the platform: only what surely does not stand there may be sent again."""
        try:
            async with asyncio.timeout(self._patience.request.total_seconds()):
                stands = await adapter.was_sent(claimed.key, claimed.address)
        except Exception as error:
            await self._record(claimed, Delivery(state="in_doubt", reason=type(error).__name__))
            return False
        if stands is False:
            return True
        async with self._workshop.write() as work:
            if stands:
                await outbox.sent(work, claimed, ())
            else:
                log.error("outbox row %s: nobody can tell whether it arrived", claimed.id)
                await outbox.unknown(work, claimed, "no look-back")
        return False

    async def _resolved(
        self, adapter: Adapter, claimed: Claim
    ) -> tuple[Address, Message, tuple[str, ...]] | None:
        """What will be sent, or ``None`` when the row was closed instead."""
        links = await links_for(
            self._workshop, adapter, claimed.address, claimed.message, self._patience.request
        )
        async with self._workshop.read() as work:
            expired = claimed.valid_until is not None and claimed.valid_until <= work.now
            reader = await officials.get(work, claimed.official) if claimed.official else None
            replaces: tuple[str, ...] = ()
            reason = "expired" if expired else "erased" if claimed.official and reader is None else None
            message = None
            if reason is None:
                language = reader.language if reader else claimed.language or work.language
                try:
                    message = await resolve(
                        work,
                        claimed.message,
                        claimed.official,
                        adapter.name,
                        language,
                        self._catalogue,
                        links,
                    )
                except Withheld:
                    reason = "withheld"
                except TextError as error:
                    log.error("outbox row %s: %s", claimed.id, error)
                    reason = "text"
            if message is not None and message.replaces is not None:
                replaces = await outbox.refs_of(work, message.replaces)
                if not (replaces and adapter.capabilities.edits):
                    reason = "no edit"
        if reason is not None or message is None:
            async with self._workshop.write() as work:
                await outbox.dead(work, claimed, reason or "empty")
            return None
        address = claimed.address
        if message.only_you and isinstance(address, Conversation) and not adapter.capabilities.only_you:
            # 'Only you' becomes a direct message, never the room.
            if address.account is None:
                raise ValueError("an only-you message without its reader")
            address, replaces = Direct(account=address.account), ()
        return address, message, replaces

    async def _deliver(
        self, adapter: Adapter, claimed: Claim, resolved: tuple[Address, Message, tuple[str, ...]]
    ) -> Delivery:
        """One message, in as many parts as the platform needs; a part that stands is not sent again."""
        address, message, replaces = resolved
        fitted = degrade(message, adapter.capabilities)
        refs: list[str] = []
        hint = self._hints.take(claimed.key)
        for number, part in enumerate(fitted.parts):
            key = claimed.key if number == 0 else f"{claimed.key}.{number}"
            try:
                async with asyncio.timeout(self._patience.request.total_seconds()):
                    if claimed.attempt > 1 and number > 0 and await adapter.was_sent(key, address):
                        continue
                    delivery = await adapter.deliver(
                        key, address, part, replaces if number == 0 else (), hint
                    )
            except Exception as error:
                # The renderer or the connection broke: nobody knows whether it arrived.
                log.warning("outbox row %s: %s", claimed.id, type(error).__name__)
                return Delivery(state="in_doubt", reason=type(error).__name__)
            if delivery.state not in {"sent", "degraded"}:
                return delivery
            refs.extend(delivery.refs)
        return Delivery(state="degraded" if fitted.lost else "sent", refs=tuple(refs))

    async def _record(self, claimed: Claim, delivery: Delivery) -> None:
        async with self._workshop.write() as work:
            match delivery.state:
                case "sent" | "degraded":
                    ours = await outbox.sent(work, claimed, delivery.refs)
                case "retry":
                    at = delivery.retry_at or work.now + _RETRY * min(claimed.attempt, 12)
                    ours = await outbox.again(work, claimed, at, delivery.reason)
                case "in_doubt":
                    ours = await outbox.doubt(
                        work, claimed, work.now + self._patience.look_back, delivery.reason
                    )
                case _:
                    ours = await outbox.dead(work, claimed, delivery.reason or "gone")
        if not ours:
            log.warning("outbox row %s was taken over meanwhile", claimed.id)
