"""'Did it give energy, did it feel equal, how many can you call': counted a month, without who (P14)."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete

from bot.domain.overview import Asked, Reach
from bot.store.dialect import insert_into
from bot.store.tables import Feeling
from bot.store.work import Work


class Question(StrEnum):
    ENERGY = "energy"
    EQUAL = "equal"


class Felt(StrEnum):
    YES = "yes"
    SOMEWHAT = "somewhat"
    NO = "no"


async def add(work: Work, question: Question, felt: Felt) -> None:
    """Count one answer more. Nothing else is kept of it."""
    await _count(work, question, felt)


async def add_reach(work: Work, asked: Asked, reach: Reach) -> None:
    """Count one who can call so many. Nothing else is kept of it."""
    await _count(work, asked, reach)


async def _count(work: Work, question: StrEnum, answer: StrEnum) -> None:
    statement = insert_into(work, Feeling).values(
        month=work.today.replace(day=1), question=question.value, answer=answer.value, count=1
    )
    await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["month", "question", "answer"], set_={"count": Feeling.count + 1}
        )
    )


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what is older."""
    await work.session.execute(delete(Feeling).where(Feeling.month < work.today - older_than))
