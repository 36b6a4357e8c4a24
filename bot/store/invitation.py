"""Invitations: codes that are kept as hashes, and go when they are used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select

from bot.domain.ids import OfficialId, TopicId
from bot.domain.invitation import BITS, DAYS, write_code
from bot.store.tables import Introduction, Invitation
from bot.store.work import Work


@dataclass(frozen=True)
class Used:
    """What an invitation said: whose it was, and for a successor on which topic and to whom to introduce."""

    id: int
    by: OfficialId
    topic: TopicId | None
    to: tuple[OfficialId, ...]


async def make(work: Work, by: OfficialId, topic: TopicId | None, to: Sequence[OfficialId]) -> str:
    """Keep an invitation; its code, which nothing here can tell again."""
    code = write_code(work.random.getrandbits(BITS))
    row = Invitation(
        by_id=by,
        code_hash=_hash(work, code),
        topic_id=topic,
        at=work.now,
        until=work.now + timedelta(days=DAYS),
    )
    work.session.add(row)
    await work.session.flush()
    work.session.add_all([Introduction(invitation_id=row.id, official_id=official) for official in to])
    await work.session.flush()
    return code


def _hash(work: Work, code: str) -> str:
    return work.vault.hash("invitation", code)


async def use(work: Work, code: str) -> Used | None:
    """Take the invitation out, so that nobody uses it again; ``None`` for an unknown, used or old code."""
    found = await work.session.execute(
        select(Invitation.id, Invitation.by_id, Invitation.topic_id)
        .where(Invitation.code_hash == _hash(work, code), Invitation.until > work.now)
        .with_for_update()
    )
    row = found.one_or_none()
    if row is None:
        return None
    to = await work.session.execute(
        select(Introduction.official_id).where(Introduction.invitation_id == row.id).order_by(Introduction.id)
    )
    used = Used(
        row.id,
        OfficialId(row.by_id),
        None if row.topic_id is None else TopicId(row.topic_id),
        tuple(OfficialId(official) for official in to.scalars()),
    )
    await _remove(work, Invitation.id == row.id)
    return used


async def open_of(work: Work, by: OfficialId) -> int:
    """How many codes of this official can still be used."""
    rows = await work.session.execute(
        select(func.count())
        .select_from(Invitation)
        .where(Invitation.by_id == by, Invitation.until > work.now)
    )
    return rows.scalar_one()


async def take_back(work: Work, by: OfficialId) -> None:
    """None of the codes of this official works any more."""
    await _remove(work, Invitation.by_id == by)


async def clear(work: Work) -> None:
    """Forget codes of which the term is over."""
    await _remove(work, Invitation.until <= work.now)


async def _remove(work: Work, which: ColumnElement[bool]) -> None:
    these = select(Invitation.id).where(which)
    await work.session.execute(delete(Introduction).where(Introduction.invitation_id.in_(these)))
    await work.session.execute(delete(Invitation).where(which))
