"""Codes for a move to another account: one a person, kept as a hash, and gone when it is used."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select

from bot.domain.ids import OfficialId
from bot.domain.invitation import BITS, MOVING_DAYS, write_code
from bot.store.tables import MovingCode
from bot.store.work import Work


async def make(work: Work, official: OfficialId) -> str:
    """A new code, which nothing here can tell again; one that was made before works no more."""
    await take_back(work, official)
    code = write_code(work.random.getrandbits(BITS))
    work.session.add(
        MovingCode(
            official_id=official,
            code_hash=_hash(work, code),
            at=work.now,
            until=work.now + timedelta(days=MOVING_DAYS),
        )
    )
    await work.session.flush()
    return code


def _hash(work: Work, code: str) -> str:
    return work.vault.hash("moving", code)


async def use(work: Work, code: str) -> OfficialId | None:
    """Whose code it is, taken out so that nobody uses it again; ``None`` for an unknown, used or old one."""
    found = await work.session.execute(
        select(MovingCode.official_id)
        .where(MovingCode.code_hash == _hash(work, code), MovingCode.until > work.now)
        .with_for_update()
    )
    official = found.scalar_one_or_none()
    if official is None:
        return None
    await take_back(work, OfficialId(official))
    return OfficialId(official)


async def take_back(work: Work, official: OfficialId) -> None:
    """No code of this official works any more."""
    await _remove(work, MovingCode.official_id == official)


async def clear(work: Work) -> None:
    """Forget codes of which the term is over."""
    await _remove(work, MovingCode.until <= work.now)


async def _remove(work: Work, which: ColumnElement[bool]) -> None:
    await work.session.execute(delete(MovingCode).where(which))
