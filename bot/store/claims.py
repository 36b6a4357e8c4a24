"""Claims on rows of the outbox: who may send which row now, and what came of it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.chat.address import Destination
from bot.chat.message import Message
from bot.domain.ids import OfficialId
from bot.store.dialect import take_turns
from bot.store.outbox import DESTINATION, EMPTY, Lane
from bot.store.tables import Draft, Outbox
from bot.store.work import Work

log = logging.getLogger(__name__)
_CLAIMING = 7_261_532_405_114
"""Advisory lock on PostgreSQL: what may be claimed depends on what others have claimed."""
_HOLDS_OTHERS = 10
"""Attempts for which a row that is refused keeps the recipient's later ones waiting, to stay in order."""
_WAITS = "waits"
_FORM_HOLDS = timedelta(minutes=30)
# Made once: a new alias each time costs more than the query.
_before, _draft = aliased(Outbox), aliased(Draft)


@dataclass(frozen=True)
class Standing:
    """How many parts of a message stand on the platform for sure, and the platform's names of them."""

    parts: int = 0
    refs: tuple[str, ...] = ()

    def with_part(self, refs: Sequence[str]) -> "Standing":
        return Standing(self.parts + 1, (*self.refs, *refs))


@dataclass(frozen=True)
class Claim:
    """A row that this process may send now; ``attempt`` fences every update of it.

    ``look_back`` is true when an earlier attempt is in doubt: ask the platform before sending again.
    ``reason`` is how the last attempt ended.
    """

    id: int
    key: str
    attempt: int
    look_back: bool
    official: OfficialId | None
    address: Destination
    message: Message
    valid_until: datetime | None
    language: str
    standing: Standing
    reason: str | None


async def claim(work: Work, platforms: Sequence[str], grace: timedelta) -> Claim | None:
    """Take the next row of these platforms: due, or left behind by a process that died or hangs.

    A recipient's rows go one at a time, and behind one that was refused for now; one in doubt holds nobody
    up. While someone fills in a form question by question, what nobody asked for waits, for half an hour at
    most.
    """
    await take_turns(work, _CLAIMING)
    in_flight = and_(_before.state == "sending", _before.look_back.is_(False), _before.id != Outbox.id)
    refused = and_(
        _before.state == "pending", _before.attempt.between(1, _HOLDS_OTHERS), _before.id < Outbox.id,
        _before.priority <= Outbox.priority, _before.reason.is_distinct_from(_WAITS),
    )  # fmt: skip
    held = select(_before.id).where(
        _is_open(_before.state), _before.recipient == Outbox.recipient, _before.recipient != "",
        or_(in_flight, refused),
    )  # fmt: skip
    filling_in = select(_draft.id).where(
        _draft.recipient == Outbox.recipient, _draft.whole.is_(False),
        _draft.started_at > work.now - _FORM_HOLDS,
    )  # fmt: skip
    due = and_(
        Outbox.state == "pending", Outbox.not_before <= work.now, ~held.exists(),
        or_(Outbox.lane != Lane.UNASKED, ~filling_in.exists()),
    )  # fmt: skip
    left_behind = and_(
        Outbox.state == "sending",
        or_(
            and_(Outbox.look_back, Outbox.not_before <= work.now),
            and_(Outbox.look_back.is_(False), Outbox.claimed_at <= work.now - grace),
        ),
    )
    statement = (
        select(Outbox)
        .where(_is_open(Outbox.state), Outbox.platform.in_(platforms), or_(due, left_behind))
        .order_by(Outbox.priority, Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (row := (await work.session.execute(statement)).scalar_one_or_none()) is not None:
        try:
            return await _claimed(work, row)
        except ValueError:
            # A row of another version, or damaged: it must not stop all that come after it.
            log.error("outbox row %s cannot be read: set aside", row.id)
            row.state, row.reason = "dead", "unreadable"
            await work.session.flush()
    return None


def _is_open(state: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Not settled, in the words of the partial indexes: with bound values SQLite would not use them."""
    return state.in_([literal_column("'pending'"), literal_column("'sending'")])


async def _claimed(work: Work, row: Outbox) -> Claim:
    """Raises ``ValueError`` for a row that cannot be read."""
    address, message = DESTINATION.validate_python(row.address), Message.model_validate(row.message)
    look_back = row.state == "sending"
    row.state, row.look_back, row.claimed_at, row.attempt = "sending", False, work.now, row.attempt + 1
    await work.session.flush()
    return Claim(
        id=row.id,
        key=row.key,
        attempt=row.attempt,
        look_back=look_back,
        official=OfficialId(row.official_id) if row.official_id is not None else None,
        address=address,
        message=message,
        valid_until=row.valid_until,
        language=row.language,
        standing=Standing(row.parts, tuple(row.refs)),
        reason=row.reason,
    )


async def _record(work: Work, claimed: Claim, standing: Standing, **values: Any) -> bool:
    """Update the row unless another process has taken it over since; tells whether it was ours."""
    ours = and_(Outbox.id == claimed.id, Outbox.attempt == claimed.attempt, Outbox.state == "sending")
    values |= {"parts": standing.parts, "refs": list(standing.refs)}
    changed = await work.session.execute(
        update(Outbox).where(ours).values(**values).returning(Outbox.fleeting)
    )
    fleeting = changed.scalar_one_or_none()
    if fleeting and values.get("state") in {"sent", "dead", "unknown"}:
        await work.session.execute(update(Outbox).where(Outbox.id == claimed.id).values(**EMPTY))
    return fleeting is not None


async def sent(work: Work, claimed: Claim, standing: Standing) -> bool:
    return await _record(work, claimed, standing, state="sent", sent_at=work.now, reason=None)


async def dead(work: Work, claimed: Claim, reason: str) -> bool:
    """It will not be sent: expired, withdrawn, or the recipient is gone."""
    return await _record(work, claimed, claimed.standing, state="dead", reason=reason, message=None)


async def unknown(work: Work, claimed: Claim, reason: str) -> bool:
    """Nobody can tell whether it arrived: reported, never sent again."""
    return await _record(work, claimed, claimed.standing, state="unknown", reason=reason)


async def wait(work: Work, claimed: Claim, until: datetime) -> bool:
    """It cannot go yet, which holds nobody else up."""
    return await _record(
        work, claimed, claimed.standing, state="pending", not_before=until, reason=_WAITS
    )  # fmt: skip


async def again(work: Work, claimed: Claim, standing: Standing, at: datetime, reason: str | None) -> bool:
    """The next part surely did not arrive: once more from ``at``."""
    return await _record(work, claimed, standing, state="pending", not_before=at, reason=reason)


async def doubt(
    work: Work, claimed: Claim, standing: Standing, look_at: datetime, reason: str | None
) -> bool:
    """The next part may have arrived: look back at ``look_at``."""
    return await _record(work, claimed, standing, look_back=True, not_before=look_at, reason=reason)


async def recover(work: Work, look_at: datetime) -> int:
    """At the start of the only process of a database: what stands on 'sending' was cut off.

    A request of the process that died may still be under way: look back at ``look_at`` and no sooner.
    """
    rows = await work.session.execute(
        update(Outbox)
        .where(Outbox.state == "sending", Outbox.look_back.is_(False))
        .values(look_back=True, not_before=look_at)
        .returning(Outbox.id)
    )
    return len(rows.all())
