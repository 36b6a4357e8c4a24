"""Feedback on the bot itself: sealed, without who gave it, for the admins (P40)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from bot.store.dialect import insert_into
from bot.store.tables import Feedback
from bot.store.work import Work

_PLACE = ("feedback", "sealed")
_ID_BITS = 53


@dataclass(frozen=True)
class Remark:
    """What somebody said, in which month. The words never show in a log."""

    id: int
    month: date
    words: str = field(repr=False)


async def add(work: Work, words: str) -> None:
    """Keep a remark; its id is chance and its day is left out, so that it tells no order and no person."""
    key = work.random.getrandbits(_ID_BITS)
    sealed = work.vault.seal(words.encode(), *_PLACE, key)
    await work.session.execute(
        insert_into(work, Feedback).values(id=key, sealed=sealed, month=work.today.replace(day=1), read=False)
    )


async def unread(work: Work) -> list[Remark]:
    """What the admins did not see yet, by month."""
    rows = await work.session.execute(
        select(Feedback).where(Feedback.read.is_(False)).order_by(Feedback.month, Feedback.id)
    )
    return [
        Remark(row.id, row.month, work.vault.open(row.sealed, *_PLACE, row.id).decode())
        for row in rows.scalars()
    ]


async def mark_read(work: Work, remark: int) -> None:
    await work.session.execute(update(Feedback).where(Feedback.id == remark).values(read=True))


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what is older."""
    await work.session.execute(delete(Feedback).where(Feedback.month < work.today - older_than))
