"""Sends what stands in the outbox: each row once, whatever dies in between.

The states and their reasons are those of the design: a row is committed as ``sending`` before the request;
what is surely not accepted is sent again, what is in doubt is looked up on the platform first.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Address, Conversation, Together, TopicPlace
from bot.chat.hints import Hints
from bot.chat.port import Adapter, Made
from bot.chat.workers import Workers
from bot.delivery.parts import Outcome, TooOld, Untold, deliver_parts
from bot.delivery.places import Looked, see_to
from bot.delivery.prepare import Dropped, Prepared, Waits, prepare
from bot.delivery.together import prepare_together
from bot.domain.clock import Clock
from bot.domain.ids import KoffieId
from bot.i18n.catalogue import Catalogue
from bot.services import introduction, place
from bot.store import claims
from bot.store.claims import Claim, Standing
from bot.store.database import is_passing
from bot.store.work import Outgoing, Work, Workshop

log = logging.getLogger(__name__)
_RETRY = timedelta(seconds=5)
_LONGEST = timedelta(minutes=10)
_MOST_DOUBTS = 500
"""Look-backs, ten minutes apart in the end: more than three days."""
_AT_ONCE = 8
"""Messages that are sent at the same time."""
_End = Callable[[Work, Claim, str], Awaitable[bool]]


@dataclass(frozen=True)
class Patience:
    """How long things may take.

    A platform's request lasts at most ``request``, and what it brought about shows at the latest
    ``look_back`` later. A claim older than ``grace`` counts as left behind, and another process looks back.
    """

    request: timedelta = timedelta(seconds=30)
    look_back: timedelta = timedelta(seconds=60)
    grace: timedelta = timedelta(seconds=150)

    def __post_init__(self) -> None:
        if self.freshness <= timedelta(0):
            raise ValueError("the grace must be longer than a request and the look-back together")

    @property
    def freshness(self) -> timedelta:
        """Until this age of its claim a request may still start: it then shows before the grace is over."""
        return self.grace - self.request - self.look_back


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
        self._workers = Workers("delivery", self._take)
        self._held: deque[Claim] = deque()
        self._look = False

    def has_room(self) -> bool:
        """Whether somebody could send what is claimed now, at once or right behind one other.

        Even where each request lasts as long as it may, such a claim is fresh when its turn comes.
        """
        return len(self._held) + self._workers.busy < 2 * _AT_ONCE

    def posted(self, outgoing: Outgoing) -> None:
        """Something was put in the outbox: send what is held already, and look for the rest, at once."""
        self._held.extend(outgoing.holds)
        self._look = self._look or outgoing.waits
        if outgoing.waits or outgoing.holds:
            self._workers.wake()

    def stop(self) -> None:
        """Claim nothing new: ``run`` returns once the messages in hand are sent and recorded."""
        self._workers.stop()

    async def recover(self) -> None:
        """At the start of the only process of a database: what was cut off is looked up soon."""
        async with self._workshop.write() as work:
            cut_off = await claims.recover(work, work.now + self._patience.look_back)
        if cut_off:
            log.warning("%s messages were cut off while they were sent: looking back", cut_off)

    async def run(self) -> None:
        """Send until stopped or cancelled."""
        await self._workers.run(_AT_ONCE)
        while self._held:
            try:
                await self.send_next()
            except Exception as error:
                log.error("delivery stopped (%s): looked up at the next start", type(error).__name__)

    async def _take(self) -> bool:
        """For a worker: send one message; false when as far as is known here no other may go."""
        if self._held:
            await self._deliver(self._held.popleft())
            return bool(self._held) or self._look
        self._look = False
        claimed = await self._claim()
        if claimed is None:
            # What cannot go may wait for what others here are sending: then the next one looks again.
            self._look = self._workers.busy > 1
            return False
        # There may be many more, and this one may take long.
        self._workers.wake()
        await self._deliver(claimed)
        return True

    async def send_next(self) -> bool:
        """Send the next row that is due; false when there is none."""
        claimed = self._held.popleft() if self._held else await self._claim()
        if claimed is None:
            return False
        await self._deliver(claimed)
        return True

    async def _deliver(self, claimed: Claim) -> None:
        try:
            await self._send(claimed)
        except Exception as error:
            if is_passing(error):
                raise
            # It would fail again and again, and hold up this recipient's other messages.
            log.error("outbox row %s cannot be sent: %s", claimed.id, type(error).__name__)
            async with self._workshop.write() as work:
                await self._end(work, claimed, type(error).__name__)

    async def _claim(self) -> Claim | None:
        async with self._workshop.write() as work:
            return await claims.claim(work, tuple(self._adapters), self._patience.grace)

    async def _send(self, claimed: Claim) -> None:
        adapter = self._adapters[claimed.address.platform]
        patience = self._patience
        if isinstance(claimed.address, TopicPlace):
            await self._see_to(adapter, claimed, claimed.address)
            return
        prepared = await self._prepare(adapter, claimed, claimed.address)
        match prepared:
            case Dropped(reason=reason):
                async with self._workshop.write() as work:
                    await self._end(work, claimed, reason)
                return
            case Waits():
                async with self._workshop.write() as work:
                    await claims.wait(work, claimed, work.now + patience.look_back)
                return
        hint = self._hints.take(claimed.key)

        def check_age() -> None:
            if self._clock.monotonic() - claimed.began > patience.freshness.total_seconds():
                raise TooOld

        try:
            outcome = await deliver_parts(adapter, claimed, prepared, hint, patience.request, check_age)
        except Untold:
            log.error("outbox row %s: nobody can tell whether it arrived", claimed.id)
            async with self._workshop.write() as work:
                await self._end(work, claimed, "no look-back", claims.unknown)
        except TooOld:
            log.warning("outbox row %s: claim too old, left alone", claimed.id)
        else:
            await self._record(claimed, outcome)

    async def _prepare(
        self, adapter: Adapter, claimed: Claim, address: Address | Together
    ) -> Prepared | Dropped | Waits:
        patience = self._patience.request
        if isinstance(address, Together):
            return await prepare_together(
                self._workshop, adapter, claimed, address, self._catalogue, patience
            )
        return await prepare(self._workshop, adapter, claimed, address, self._catalogue, patience)

    async def _see_to(self, adapter: Adapter, claimed: Claim, wanted: TopicPlace) -> None:
        """Nothing is posted in a place here: what is said there are rows of its own."""
        patience = self._patience
        came = await see_to(self._workshop, adapter, claimed, wanted, self._catalogue, patience.request)
        async with self._workshop.write() as work:
            match came:
                case Waits():
                    await claims.wait(work, claimed, work.now + patience.look_back)
                case Dropped(reason=reason):
                    await self._end(work, claimed, reason)
                case Made() if await claims.sent(work, claimed, Standing()):
                    makers = {name for name, one in self._adapters.items() if one.capabilities.channels}
                    await place.opened(work, wanted, came, makers)
                case Looked(ref=ref, stands=stands) if await claims.sent(work, claimed, Standing()):
                    await place.looked(work, wanted, ref, stands=stands)
        self._look = True

    async def _end(self, work: Work, claimed: Claim, reason: str, end: _End = claims.dead) -> bool:
        """It is given up, and who it matters to hears so in another way.

        What was meant for several in a place of their own goes to each of them instead.
        """
        ours = await end(work, claimed, reason)
        if not ours:
            return False
        match claimed.address:
            case Together(koffie=koffie):
                await introduction.apart(work, KoffieId(koffie))
                self._look = True
            case TopicPlace() as wanted:
                await place.refused(work, wanted, reason)
                self._look = True
        return True

    async def _record(self, claimed: Claim, outcome: Outcome) -> None:
        delivery, standing = outcome.delivery, outcome.standing
        sent = delivery.state in {"sent", "degraded"}
        alone = sent and not isinstance(claimed.address, Together)
        async with self._workshop.write_one() if alone else self._workshop.write() as work:
            match delivery.state:
                case "sent" | "degraded":
                    ours = await claims.sent(work, claimed, standing)
                    if ours and isinstance(claimed.address, Together):
                        await introduction.introduced(work, KoffieId(claimed.address.koffie))
                case "retry":
                    wait = min(_RETRY * 2 ** min(claimed.attempt - 1, 10), _LONGEST)
                    at = delivery.retry_at or work.now + wait
                    ours = await claims.again(work, claimed, standing, at, delivery.reason)
                case "in_doubt" if claimed.attempt < _MOST_DOUBTS:
                    wait = min(self._patience.look_back * claimed.attempt, _LONGEST)
                    ours = await claims.doubt(work, claimed, standing, work.now + wait, delivery.reason)
                case "in_doubt":
                    log.error("outbox row %s: in doubt for days, given up", claimed.id)
                    ours = await self._end(work, claimed, delivery.reason or "in doubt", claims.unknown)
                case _:
                    ours = await self._end(work, claimed, delivery.reason or "gone")
                    if ours and isinstance(claimed.address, Conversation) and not claimed.address.account:
                        await place.not_taken(work, claimed.address)
                        self._look = True
        if not ours:
            log.warning("outbox row %s was taken over meanwhile", claimed.id)
