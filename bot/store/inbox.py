"""The inbox: what came in, committed before it is acknowledged, handled once and in order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnClause, Row, bindparam, delete, func, literal_column, select, update
from sqlalchemy.orm import aliased

from bot.chat.inbound import Inbound
from bot.store import register
from bot.store.dialect import either, is_sqlite
from bot.store.tables import Inbox, Meta
from bot.store.work import Work

log = logging.getLogger(__name__)
# Made once: putting these together takes longer than running them.
_CORE = Inbox.metadata.tables[Inbox.__tablename__]
_PUT = either(
    lambda insert: insert(_CORE).on_conflict_do_nothing(index_elements=["key"]).returning(_CORE.c.id)
)
# In the words of the partial index: with a bound value it would not be used.
_NEW: ColumnClause[str] = literal_column("'new'")
_waiting = aliased(Inbox)
_FIRST_OF_EACH = select(func.min(_waiting.id)).where(_waiting.state == _NEW).group_by(_waiting.actor)
# What is understood of an event depends on the register: its version is read along.
_REGISTER = select(Meta.value).where(Meta.key == register.VERSION).scalar_subquery().label("register")
_OLDEST = (
    select(_CORE.c.id, _CORE.c.key, _CORE.c.sealed)
    .where(_CORE.c.state == _NEW, _CORE.c.id.in_(_FIRST_OF_EACH))
    .order_by(_CORE.c.id)
    .limit(1)
)
_SETTLED: dict[str, Any] = {"state": bindparam("to"), "sealed": None, "actor": "", "done_at": bindparam("at")}
_SETTLE = update(_CORE).values(_SETTLED)
_SETTLE_ROW = _SETTLE.where(_CORE.c.id == bindparam("row"))
_SETTLE_NEW = _SETTLE_ROW.where(_CORE.c.state == _NEW).returning(_CORE.c.id)
_SETTLE_KEY = _SETTLE.where(_CORE.c.key == bindparam("row"))
_oldest = _OLDEST.with_for_update(skip_locked=True).cte("oldest")
_FIND = _OLDEST.add_columns(_REGISTER)
_FIND_AND_SETTLE = select(_oldest, _REGISTER).add_cte(
    _SETTLE.where(_CORE.c.id == _oldest.c.id).cte("settled")
)
"""In one round trip on PostgreSQL; SQLite changes nothing within a SELECT."""


@dataclass(frozen=True)
class Arrived:
    """An event that waits, with its row's id."""

    id: int
    event: Inbound


def actor_of(work: Work, event: Inbound) -> str:
    account = event.actor
    return work.vault.hash("actor", account.platform, account.tenant, account.user)


def key_of(event: Inbound) -> str:
    """Keys of different platforms never meet."""
    return f"{event.actor.platform}:{event.key}"


async def put(work: Work, events: Sequence[Inbound]) -> list[str]:
    """Store events that were not stored before; returns the keys of the new ones."""
    new: list[str] = []
    for event in events:
        key = key_of(event)
        row = {
            "key": key,
            "platform": event.actor.platform,
            "actor": actor_of(work, event),
            "state": "new",
            "sealed": work.vault.seal(event.model_dump_json().encode(), "inbox", key),
            "arrived_at": work.now,
        }
        if (await work.session.execute(_PUT(work), row)).scalar_one_or_none() is not None:
            new.append(key)
    return new


async def take(work: Work) -> Arrived | None:
    """The oldest event whose actor has no older one waiting; handled as soon as this transaction commits.

    What it said and who did is forgotten with that. A process that dies while it handles the event rolls
    back, and the event waits again: no lease is needed. On PostgreSQL other processes pass over a row that
    is being handled, and over all later ones of its actor.
    """
    while (row := await _oldest_settled(work)) is not None:
        work.metas[register.VERSION] = row.register
        try:
            plain = work.vault.open(row.sealed or b"", "inbox", row.key)
            return Arrived(row.id, Inbound.model_validate_json(plain))
        except ValueError:
            # A row that no longer opens (another secret key) must not stop all that come after it.
            log.error("inbox row %s does not open: set aside", row.id)
            await work.session.execute(_SETTLE_ROW, {"row": row.id, **_settled(work, "failed")})
    return None


async def _oldest_settled(work: Work) -> Row[Any] | None:
    done = _settled(work, "done")
    if not is_sqlite(work):
        return (await work.session.execute(_FIND_AND_SETTLE, done)).one_or_none()
    row = (await work.session.execute(_FIND)).one_or_none()
    if row is not None:
        await work.session.execute(_SETTLE_ROW, {"row": row.id, **done})
    return row


def _settled(work: Work, state: str) -> dict[str, Any]:
    return {"to": state, "at": work.now}


async def settle(work: Work, arrived: Arrived, *, failed: bool) -> bool:
    """Settle an event whose handling was undone; false when somebody else has handled it since."""
    values = {"row": arrived.id, **_settled(work, "failed" if failed else "done")}
    return (await work.session.execute(_SETTLE_NEW, values)).scalar_one_or_none() is not None


async def waiting(work: Work) -> int:
    """How many events wait, 1000 at most."""
    rows = await work.session.execute(select(Inbox.id).where(Inbox.state == "new").limit(1000))
    return len(rows.all())


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget keys that no platform redelivers any more."""
    before: datetime = work.now - older_than
    await work.session.execute(delete(Inbox).where(Inbox.state != "new", Inbox.arrived_at < before))


async def finish_key(work: Work, event: Inbound) -> None:
    """Mark an event handled that was put in this same transaction."""
    await work.session.execute(_SETTLE_KEY, {"row": key_of(event), **_settled(work, "done")})
