"""The inbox: what came in, committed before it is acknowledged, handled once and in order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnClause, bindparam, delete, func, literal_column, select, update
from sqlalchemy.orm import aliased

from bot.chat.inbound import Inbound
from bot.store.dialect import either
from bot.store.tables import Inbox
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
_OLDEST = (
    select(Inbox.id, Inbox.key, Inbox.sealed)
    .where(Inbox.state == _NEW, Inbox.id.in_(_FIRST_OF_EACH))
    .order_by(Inbox.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_SETTLED: dict[str, Any] = {"state": bindparam("to"), "sealed": None, "actor": "", "done_at": bindparam("at")}
_CLOSE = update(_CORE).where(_CORE.c.id == bindparam("row"), _CORE.c.state == "new").values(_SETTLED)
_CLOSE_KEY = update(_CORE).where(_CORE.c.key == bindparam("row")).values(_SETTLED)


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
    """The oldest event whose actor has no older one waiting, locked until this transaction ends.

    A process that dies while it handles the event rolls back, and the event waits again: no lease is
    needed. On PostgreSQL other processes pass over a locked row, and over all later ones of its actor.
    """
    while (row := (await work.session.execute(_OLDEST)).one_or_none()) is not None:
        try:
            plain = work.vault.open(row.sealed or b"", "inbox", row.key)
            return Arrived(row.id, Inbound.model_validate_json(plain))
        except ValueError:
            # A row that no longer opens (another secret key) must not stop all that come after it.
            log.error("inbox row %s does not open: set aside", row.id)
            await _close(work, row.id, "failed")
    return None


async def finish(work: Work, arrived: Arrived, *, failed: bool = False) -> None:
    """Mark handled; forget the words and who said them."""
    await _close(work, arrived.id, "failed" if failed else "done")


async def _close(work: Work, row_id: int, state: str) -> None:
    await work.session.execute(_CLOSE, {"row": row_id, "to": state, "at": work.now})


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
    await work.session.execute(_CLOSE_KEY, {"row": key_of(event), "to": "done", "at": work.now})
