"""'Did it give energy, did it feel equal': counted a month, without who and without which koffie (P14)."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select

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
    statement = insert_into(work, Feeling).values(
        month=work.today.replace(day=1), question=question.value, answer=felt.value, count=1
    )
    await work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["month", "question", "answer"], set_={"count": Feeling.count + 1}
        )
    )


async def counts(work: Work, question: Question) -> Mapping[Felt, int] | None:
    """How many felt what; ``None`` as long as there are too few answers to hide in."""
    rows = await work.session.execute(
        select(Feeling.answer, func.sum(Feeling.count))
        .where(Feeling.question == question.value)
        .group_by(Feeling.answer)
    )
    found = {Felt(felt): int(count) for felt, count in rows}
    if sum(found.values()) < work.rules.equal_shown_from:
        return None
    return {felt: found.get(felt, 0) for felt in Felt}


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what is older."""
    await work.session.execute(delete(Feeling).where(Feeling.month < work.today - older_than))
