"""Claims on rows of the outbox: who may send which row now, and what came of it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.chat.address import Account, Address, Destination
from bot.chat.message import Message
from bot.domain.ids import OfficialId
from bot.store import accounts, offers, outbox
from bot.store.dialect import either, take_turns
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
    ``reason`` is how the last attempt ended. ``began`` is no later than the claim, by the monotonic clock: a
    process that freezes right behind it must know how old its claim is.
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
    began: float


def _is_open(state: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Not settled, in the words of the partial indexes: with bound values SQLite would not use them."""
    return state.in_([literal_column("'pending'"), literal_column("'sending'")])


# Put together once: each event and each look at the outbox asks for these.
_HELD_UP = (
    select(_before.id)
    .where(
        _is_open(_before.state), _before.recipient == bindparam("reader"), _before.recipient != "",
        or_(
            and_(_before.state == "sending", _before.look_back.is_(False)),
            and_(_before.state == "pending", _before.priority <= bindparam("before")),
        ),
    )
    .exists()
)  # fmt: skip
_HOLD = either(
    lambda insert: (
        insert(outbox.CORE)
        .values(
            state=case((_HELD_UP, "pending"), else_="sending"),
            attempt=case((_HELD_UP, 0), else_=1),
            official_id=case((bindparam("belongs"), accounts.BEHIND)),
            claimed_at=bindparam("now", type_=Outbox.claimed_at.type),
        )
        .returning(outbox.CORE.c.id, outbox.CORE.c.state, outbox.CORE.c.official_id)
    )
)


async def answer(work: Work, address: Address, message: Message, *, asker: Account, language: str) -> str:
    """Post an answer and claim it in the same breath, to be sent as soon as this unit of work is over.

    It belongs to whoever is behind the asker's account by now: the event may have registered or erased them.
    It waits like any other behind what its reader is being sent, or must get first. Two that different units
    of work post at the same moment have no order. Returns its key.
    """
    row = outbox.row_of(work, address, message, Lane.ANSWER, official=None, language=language)
    del row["state"], row["attempt"], row["official_id"]
    values = {
        **row,
        **accounts.params(asker),
        "belongs": not message.fleeting,
        "reader": row["recipient"],
        "before": row["priority"],
        "now": work.now,
    }
    stored = (await work.session.execute(_HOLD(work), values)).one()
    await outbox.open_choices(work, row, message, address, Lane.ANSWER)
    if stored.state == "pending":
        work.outgoing.waits = True
        return str(row["key"])
    work.outgoing.holds.append(
        Claim(
            id=stored.id,
            key=row["key"],
            attempt=1,
            look_back=False,
            official=None if stored.official_id is None else OfficialId(stored.official_id),
            address=address,
            message=offers.with_tokens(row["key"], message),
            valid_until=None,
            language=language,
            standing=Standing(),
            reason=None,
            began=work.began,
        )
    )
    return str(row["key"])


_row = outbox.CORE.c
_IN_FLIGHT = and_(_before.state == "sending", _before.look_back.is_(False), _before.id != _row.id)
_REFUSED = and_(
    _before.state == "pending", _before.attempt.between(1, _HOLDS_OTHERS), _before.id < _row.id,
    _before.priority <= _row.priority, _before.reason.is_distinct_from(_WAITS),
)  # fmt: skip
_HELD = select(_before.id).where(
    _is_open(_before.state), _before.recipient == _row.recipient, _before.recipient != "",
    or_(_IN_FLIGHT, _REFUSED),
)  # fmt: skip
_FILLING_IN = select(_draft.id).where(
    _draft.recipient == _row.recipient, _draft.whole.is_(False),
    _draft.started_at > bindparam("forms_since", type_=_draft.started_at.type),
)  # fmt: skip
_NOW = bindparam("now", type_=_row.not_before.type)
_DUE = and_(
    _row.state == "pending", _row.not_before <= _NOW, ~_HELD.exists(),
    or_(_row.lane != Lane.UNASKED, ~_FILLING_IN.exists()),
)  # fmt: skip
_LEFT_BEHIND = and_(
    _row.state == "sending",
    or_(
        and_(_row.look_back, _row.not_before <= _NOW),
        and_(
            _row.look_back.is_(False),
            _row.claimed_at <= bindparam("claims_until", type_=_row.claimed_at.type),
        ),
    ),
)
_NEXT: Select[Any] = (
    select(
        _row.id, _row.key, _row.official_id, _row.address, _row.message, _row.language,
        _row.state, _row.attempt, _row.valid_until, _row.parts, _row.refs, _row.reason,
    )
    .where(
        _is_open(_row.state), _row.platform.in_(bindparam("platforms", expanding=True)),
        or_(_DUE, _LEFT_BEHIND),
    )
    .order_by(_row.priority, _row.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)  # fmt: skip
_ROW = update(outbox.CORE).where(outbox.CORE.c.id == bindparam("row"))
_CLAIM = _ROW.values(
    state="sending", look_back=False, claimed_at=bindparam("at"), attempt=outbox.CORE.c.attempt + 1
)
_UNREADABLE = _ROW.values(state="dead", reason="unreadable")


async def claim(work: Work, platforms: Sequence[str], grace: timedelta) -> Claim | None:
    """Take the next row of these platforms: due, or left behind by a process that died or hangs.

    A recipient's rows go one at a time, and behind one that was refused for now; one in doubt holds nobody
    up. While someone fills in a form question by question, what nobody asked for waits, for half an hour at
    most.
    """
    await take_turns(work, _CLAIMING)
    values = {
        "platforms": list(platforms),
        "now": work.now,
        "forms_since": work.now - _FORM_HOLDS,
        "claims_until": work.now - grace,
    }
    while (row := (await work.session.execute(_NEXT, values)).one_or_none()) is not None:
        try:
            claimed = _claimed(work, row)
        except ValueError:
            # A row of another version, or damaged: it must not stop all that come after it.
            log.error("outbox row %s cannot be read: set aside", row.id)
            await work.session.execute(_UNREADABLE, {"row": row.id})
        else:
            await work.session.execute(_CLAIM, {"row": row.id, "at": work.now})
            return claimed
    return None


def _claimed(work: Work, row: Row[Any]) -> Claim:
    """Raises ``ValueError`` for a row that cannot be read."""
    return Claim(
        id=row.id,
        key=row.key,
        attempt=row.attempt + 1,
        look_back=row.state == "sending",
        official=None if row.official_id is None else OfficialId(row.official_id),
        address=DESTINATION.validate_python(row.address),
        message=Message.model_validate(row.message),
        valid_until=row.valid_until,
        language=row.language,
        standing=Standing(row.parts, tuple(row.refs)),
        reason=row.reason,
        began=work.began,
    )


_ours = (
    update(outbox.CORE)
    .where(
        outbox.CORE.c.id == bindparam("row"),
        outbox.CORE.c.attempt == bindparam("claimed"),
        outbox.CORE.c.state == "sending",
    )
    .returning(outbox.CORE.c.id)
)
"""The row, unless another process has taken it over since."""


def _over(**values: Any) -> ReturningUpdate[Any]:
    """The end of a row, which empties a fleeting one in the same statement."""
    columns = outbox.CORE.c
    values |= {
        name: case(
            (columns.fleeting, literal(empty, columns[name].type)), else_=values.get(name, columns[name])
        )
        for name, empty in EMPTY.items()
    }
    return _ours.values(values)


_REFS = bindparam("refs_are", type_=outbox.CORE.c.refs.type)
_STANDS = {"parts": bindparam("parts_are"), "refs": _REFS}
_SENT = _over(state="sent", sent_at=bindparam("at"), reason=null(), **_STANDS)
_DEAD = _over(state="dead", reason=bindparam("why"), message=null())
_UNKNOWN = _over(state="unknown", reason=bindparam("why"))


async def _record(work: Work, claimed: Claim, statement: ReturningUpdate[Any], **values: Any) -> bool:
    """Tells whether the row was still ours."""
    values |= {"row": claimed.id, "claimed": claimed.attempt}
    return (await work.session.execute(statement, values)).scalar_one_or_none() is not None


async def sent(work: Work, claimed: Claim, standing: Standing) -> bool:
    """It stands; one statement."""
    return await _record(
        work, claimed, _SENT, at=work.now, parts_are=standing.parts, refs_are=list(standing.refs)
    )


async def dead(work: Work, claimed: Claim, reason: str) -> bool:
    """It will not be sent: expired, withdrawn, or the recipient is gone."""
    return await _record(work, claimed, _DEAD, why=reason)


async def unknown(work: Work, claimed: Claim, reason: str) -> bool:
    """Nobody can tell whether it arrived: reported, never sent again."""
    return await _record(work, claimed, _UNKNOWN, why=reason)


async def _again(work: Work, claimed: Claim, standing: Standing, **values: Any) -> bool:
    """It stays open, with what stands of it by now."""
    values |= {"parts": standing.parts, "refs": list(standing.refs)}
    return await _record(work, claimed, _ours.values(values))


async def wait(work: Work, claimed: Claim, until: datetime) -> bool:
    """It cannot go yet, which holds nobody else up."""
    return await _again(work, claimed, claimed.standing, state="pending", not_before=until, reason=_WAITS)


async def again(work: Work, claimed: Claim, standing: Standing, at: datetime, reason: str | None) -> bool:
    """The next part surely did not arrive: once more from ``at``."""
    return await _again(work, claimed, standing, state="pending", not_before=at, reason=reason)


async def doubt(
    work: Work, claimed: Claim, standing: Standing, look_at: datetime, reason: str | None
) -> bool:
    """The next part may have arrived: look back at ``look_at``."""
    return await _again(work, claimed, standing, look_back=True, not_before=look_at, reason=reason)


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
