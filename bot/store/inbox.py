"""The inbox: what came in, committed before it is acknowledged, handled once and in order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from bot.chat.inbound import Inbound
from bot.store.dialect import insert_into
from bot.store.tables import Inbox
from bot.store.work import Work

log = logging.getLogger(__name__)
# Made once: putting this together takes longer than running it.
_older = aliased(Inbox)
_waits = select(_older.id).where(_older.state == "new", _older.actor == Inbox.actor, _older.id < Inbox.id)
_OLDEST = (
    select(Inbox.id, Inbox.key, Inbox.sealed)
    .where(Inbox.state == "new", ~_waits.exists())
    .order_by(Inbox.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


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
        statement = insert_into(work, Inbox).values(**row).on_conflict_do_nothing(index_elements=["key"])
        result = await work.session.execute(statement.returning(Inbox.id))
        if result.scalar_one_or_none() is not None:
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
    await work.session.execute(
        update(Inbox)
        .where(Inbox.id == row_id, Inbox.state == "new")
        .values(state=state, sealed=None, actor="", done_at=work.now)
    )


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
    await work.session.execute(
        update(Inbox)
        .where(Inbox.key == key_of(event))
        .values(state="done", sealed=None, actor="", done_at=work.now)
    )
