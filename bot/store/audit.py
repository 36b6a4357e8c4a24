"""The audit: acts of rights and erasure, by ids only. Each row holds a hash over itself and the one before.

An erasure leaves it valid, since no row holds anything of a person; a row that was changed, put in between or
taken out breaks the chain from there on.
"""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from bot.domain.ids import OfficialId
from bot.store.dialect import insert_into
from bot.store.tables import Audit, Meta
from bot.store.work import Work

_HEAD = "audit"
"""The last hash is kept apart: rows cut off the end are missed too, and writers take turns."""
_START = ""
_PAGE = 1000


async def record(
    work: Work, act: str, *, actor: OfficialId | None = None, subject: int | None = None
) -> None:
    """Note an act ('report', 'erase') of ``actor`` on ``subject``, in the transaction of the act itself."""
    await work.session.execute(
        insert_into(work, Meta).values(key=_HEAD, value=_START).on_conflict_do_nothing(index_elements=["key"])
    )
    last = (
        await work.session.execute(select(Meta.value).where(Meta.key == _HEAD).with_for_update())
    ).scalar_one()
    chain = _hash(last, work.now, actor, act, subject)
    work.session.add(Audit(at=work.now, actor=actor, act=act, subject=subject, chain=chain))
    await work.session.execute(update(Meta).where(Meta.key == _HEAD).values(value=chain))
    await work.session.flush()


async def moment_of(work: Work, act: str, actor: OfficialId, subject: int) -> datetime | None:
    """When somebody last did this to that."""
    row = Audit
    found = await work.session.execute(
        select(func.max(row.at)).where(row.subject == subject, row.act == act, row.actor == actor)
    )
    moment: datetime | None = found.scalar_one()
    return moment


async def _rows(work: Work) -> AsyncIterator[Audit]:
    """The whole chain, in pages: it may be long."""
    page = select(Audit).order_by(Audit.id).limit(_PAGE)
    after = 0
    while rows := (await work.session.execute(page.where(Audit.id > after))).scalars().all():
        for row in rows:
            yield row
        after = rows[-1].id


async def first_broken(work: Work) -> int | None:
    """The id of the first row that does not fit the one before; 0: the end is missing; ``None``: whole."""
    last = _START
    async for row in _rows(work):
        last = _hash(last, row.at, row.actor, row.act, row.subject)
        if last != row.chain:
            return row.id
    head = (await work.session.execute(select(Meta.value).where(Meta.key == _HEAD))).scalar_one_or_none()
    return None if (head or _START) == last else 0


def _hash(before: str, at: datetime, actor: int | None, act: str, subject: int | None) -> str:
    parts = (before, at.astimezone(UTC).isoformat(), str(actor or ""), act, str(subject or ""))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
