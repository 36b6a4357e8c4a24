"""Delivers one message in as many parts as the platform needs, each of them once."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Home
from bot.chat.degrade import degrade
from bot.chat.port import Adapter, Delivery, Hint
from bot.delivery.prepare import Prepared
from bot.store.claims import Claim, Standing

log = logging.getLogger(__name__)
_RAISED = "raised "
"""Marks the reason of a delivery that the adapter did not end by itself: its renderer, most likely."""


@dataclass(frozen=True)
class Outcome:
    """How it ended, and what stands on the platform by now."""

    delivery: Delivery
    standing: Standing


class Untold(Exception):
    """An attempt is in doubt, and the platform cannot tell whether it arrived."""


class TooOld(Exception):
    """The claim is so old that another process may have taken the row over by now."""


async def deliver_parts(
    adapter: Adapter,
    claimed: Claim,
    prepared: Prepared,
    hint: Hint | None,
    patience: timedelta,
    check_age: Callable[[], None],
) -> Outcome:
    """Deliver what does not stand yet, in order; a part in doubt is looked up first.

    ``check_age`` raises :class:`TooOld` and is asked right before each request. Raises that and
    :class:`Untold`; what an adapter raises is in doubt.
    """
    plainly = (claimed.reason or "").startswith(_RAISED)
    page = isinstance(prepared.address, Home)
    fitted = degrade(prepared.message, adapter.capabilities, plainly=plainly, page=page)
    standing, in_doubt = claimed.standing, claimed.look_back
    for number, part in enumerate(fitted.parts):
        if number < claimed.standing.parts:
            continue
        key = claimed.key if number == 0 else f"{claimed.key}.{number}"
        edits = prepared.replaces if number == 0 else ()
        try:
            # An edit is the same when it is made twice.
            if in_doubt and not edits:
                # Behind a part that is missing all others are missing too.
                refs = await _refs(adapter, key, prepared, patience)
                in_doubt = bool(refs)
                if in_doubt:
                    standing = standing.with_part(refs)
                    continue
        except Untold:
            raise
        except Exception as error:
            return Outcome(_in_doubt(claimed, error), standing)
        check_age()
        try:
            async with asyncio.timeout(patience.total_seconds()):
                delivery = await adapter.deliver(key, prepared.address, part, edits, hint)
        except (TimeoutError, OSError) as error:
            return Outcome(_in_doubt(claimed, error), standing)
        except Exception as error:
            return Outcome(_in_doubt(claimed, error, _RAISED), standing)
        if delivery.state not in {"sent", "degraded"}:
            return Outcome(delivery, standing)
        standing = standing.with_part(delivery.refs)
    return Outcome(Delivery(state="degraded" if fitted.lost else "sent"), standing)


def _in_doubt(claimed: Claim, error: Exception, mark: str = "") -> Delivery:
    """The connection or the renderer broke: nobody knows whether it arrived."""
    kind = type(error).__name__
    log.warning("outbox row %s: %s", claimed.id, kind)
    return Delivery(state="in_doubt", reason=f"{mark}{kind}")


async def _refs(adapter: Adapter, key: str, prepared: Prepared, patience: timedelta) -> tuple[str, ...]:
    """The refs of a part that stands; none when it does not."""
    async with asyncio.timeout(patience.total_seconds()):
        refs = await adapter.was_sent(key, prepared.address)
    if refs is None:
        raise Untold
    return refs
