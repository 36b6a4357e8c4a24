"""A year of an invented network: who joined, who met, what came of it, with the overview of each month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import insert, select

from bot.compose.clocks import DemoClock
from bot.domain.koffie import State
from bot.domain.overview import Asked, Reach
from bot.services import overview, seed
from bot.store import feeling, tables
from bot.store.feeling import Felt, Question
from bot.store.work import Work, Workshop

PLATFORM = "terminal"
_AT_NINE = 9
_SHARES = {"drunk": 0.46, "not_drunk": 0.1, "lapsed": 0.44}
_START = (Reach.NOBODY, Reach.NOBODY, Reach.NOBODY, Reach.NOBODY, Reach.FEW, Reach.MORE)
_LATER = (Reach.NOBODY, Reach.FEW, Reach.FEW, Reach.MORE)
_FELT = (Felt.YES, Felt.YES, Felt.YES, Felt.SOMEWHAT, Felt.NO)


async def live(
    workshop: Workshop, clock: DemoClock, *, first: date, months: int, newcomers: int, dice: Random
) -> None:
    """Each month ``newcomers`` join and meet; on the first of each month the overview is published."""
    for number in range(months + 1):
        year, month = divmod(first.month - 1 + number, 12)
        day = date(first.year + year, month + 1, 1)
        clock.move(datetime(day.year, day.month, 1, _AT_NINE, tzinfo=workshop.hours.zone))
        async with workshop.write() as work:
            await overview.publish(work)
        if number < months:
            joining = newcomers + dice.randrange(-newcomers // 3, newcomers // 3 + 1)
            await seed.seed(workshop, joining, dice.randrange(10**6), platform=PLATFORM)
            async with workshop.write() as work:
                await _month(work, joining, dice)


async def _month(work: Work, joined: int, dice: Random) -> None:
    rows = await work.session.execute(select(tables.Official.id).order_by(tables.Official.id))
    officials = list(rows.scalars())
    for _ in range(joined * 2 // 3):
        await _koffie(work, dice.sample(officials, 2), dice)
    for _ in range(joined * 3 // 4):
        await feeling.add_reach(work, Asked.START, dice.choice(_START))
    for _ in range(joined // 3):
        await feeling.add_reach(work, Asked.LATER, dice.choice(_LATER))
    for question in Question:
        for _ in range(joined // 2):
            await feeling.add(work, question, dice.choice(_FELT))
    marks = [
        (3, "alive", joined // 3),
        (3, "quiet", joined // 5),
        (12, "alive", joined // 5),
        (12, "quiet", 3),
    ]
    await work.session.execute(
        insert(tables.TieMark),
        [
            {"month": work.today, "age": age, "outcome": outcome, "count": count}
            for age, outcome, count in marks
            if count
        ],
    )


async def _koffie(work: Work, pair: list[int], dice: Random) -> None:
    state = dice.choices(list(_SHARES), list(_SHARES.values()))[0]
    asked = work.now - timedelta(days=dice.randrange(20, 40))
    agreed = None if state == State.LAPSED else asked + timedelta(days=dice.randrange(0, 6))
    koffie = tables.Koffie(
        requester_id=pair[0],
        state=state,
        requested_at=asked,
        asked_at=asked,
        remind_at=asked,
        term_at=asked + timedelta(days=5),
        agreed_at=agreed,
        closed_at=work.now,
    )
    work.session.add(koffie)
    await work.session.flush()
    work.session.add_all(
        tables.Seat(koffie_id=koffie.id, official_id=official, asked=True) for official in pair
    )
    if agreed is not None:
        await _appointment(work, koffie.id, agreed, dice)


async def _appointment(work: Work, koffie: int, agreed: datetime, dice: Random) -> None:
    starts = agreed + timedelta(days=dice.randrange(3, 12))
    work.session.add(
        tables.Meeting(koffie_id=koffie, state="proposed", attempt=1, answer_by=agreed, changed_at=agreed)
    )
    slot = tables.MeetingSlot(
        koffie_id=koffie, proposed=True, starts_at=starts, ends_at=starts + timedelta(minutes=30), way="live"
    )
    await work.session.flush()
    work.session.add(slot)
    await work.session.flush()
    meeting = await work.session.get_one(tables.Meeting, koffie)
    meeting.state, meeting.slot_id = "fixed", slot.id
