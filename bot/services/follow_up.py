"""Afterwards: did it happen, did it give energy, did it feel equal.

    the working day after the koffie;
    without a time look_back_after_days ► 'did it happen?', to each seat, in office hours
                                         answers until five working days later; then it is settled
    a seat says 'not yet' ─ once ──────► asked again after the same time, that seat alone

What one seat says is shown to no other. A yes of one that nobody denies makes the tie.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import combinations

from bot.chat.message import Message, choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import (
    FollowUpAnswered,
    FollowUpAsked,
    Happened,
    Refused,
    State,
    TermReached,
    apply,
)
from bot.i18n.text import About, text
from bot.services import fairness
from bot.services.wording import Named, all_of
from bot.store import accounts, due, network, offers, officials, outbox
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

KIND = "follow-up"
END = "follow-up-end"
TIE = "koffie"
"""Source of a tie that a koffie made."""
ANSWER_WORKING_DAYS = 5
_LABELS = {
    Happened.HAPPENED: text("follow-up-happened"),
    Happened.NOT_YET: text("follow-up-not-yet"),
    Happened.OFF: text("follow-up-off"),
}


def slot(koffie: KoffieId) -> str:
    """The slot of the question whether it happened."""
    return f"{KIND}:{koffie}"


async def plan(work: Work, koffie: KoffieId, ends_at: datetime | None = None) -> None:
    """Ask how it was: on the working day after it ends, or while that is unknown after a while from now.

    Another plan that was made before no longer counts; once it was asked nothing changes.
    """
    moment = _later(work) if ends_at is None else work.hours.opening_after_working_days(ends_at, 1)
    await due.cancel(work, f"{KIND}:{koffie}")
    await due.schedule(work, f"{KIND}:{koffie}", KIND, moment, koffie)


def _later(work: Work) -> datetime:
    return work.hours.next_office_moment(work.now + timedelta(days=work.rules.look_back_after_days))


async def ask(work: Work, koffie: KoffieId) -> None:
    """Put the question: the first time to every seat, later to who said 'not yet'."""
    kept = await store.take(work, koffie)
    if kept is None or kept.koffie.state is not State.AGREED:
        return
    again = kept.koffie.follow_up_until is not None
    whom = [
        seat.official
        for seat in kept.koffie.seats
        if not seat.left and (not again or seat.happened is Happened.NOT_YET)
    ]
    if not whom:
        await _end(work, kept)
        return
    until = work.hours.add_working_days(work.now, ANSWER_WORKING_DAYS)
    kept = await store.save(work, kept, apply(kept.koffie, FollowUpAsked(until), work.now))
    time = "again" if again else "first"
    await due.schedule(work, f"{END}:{koffie}:{time}", END, until, koffie)
    for official in whom:
        known = await officials.get(work, official)
        if known is None or "after" in known.nudges_off:
            continue
        await outbox.post(
            work,
            official,
            question(kept, official),
            Lane.UNASKED,
            business_key=f"{KIND}:{koffie}:{time}:{official}",
            valid_until=until,
        )


async def end(work: Work, koffie: KoffieId) -> None:
    """The time to answer is over: who said 'not yet' is asked once more; else it is settled."""
    kept = await store.take(work, koffie)
    if kept is None or kept.koffie.state is not State.AGREED:
        return
    await offers.close_slot(work, slot(koffie))
    not_yet = any(seat.happened is Happened.NOT_YET and not seat.left for seat in kept.koffie.seats)
    if not_yet and await due.schedule(work, _again(koffie), KIND, _later(work), koffie):
        return
    await _end(work, kept)


async def _end(work: Work, kept: KeptKoffie) -> None:
    changed = apply(kept.koffie, TermReached(), work.now)
    await _settle(work, await store.save(work, kept, changed))


def _again(koffie: KoffieId) -> str:
    return f"{KIND}:{koffie}:again"


async def answer(work: Work, koffie: KoffieId, by: OfficialId, happened: Happened) -> KeptKoffie:
    """A seat says whether it happened; once, but for a 'not yet'.

    Raises :class:`KoffieError` when it is too late, was said before, or is not theirs to say.
    """
    kept = await store.take(work, koffie)
    if kept is None or by not in kept.places:
        raise KoffieError(text("follow-up-over"))
    if kept.koffie.seat_of(by).happened not in {None, Happened.NOT_YET}:
        raise KoffieError(text("follow-up-answered"))
    try:
        changed = apply(kept.koffie, FollowUpAnswered(by, happened), work.now)
    except Refused:
        raise KoffieError(text("follow-up-over")) from None
    for account in await accounts.accounts_of(work, by):
        await offers.close_slot(work, slot(koffie), account)
    saved = await store.save(work, kept, changed)
    await _settle(work, saved)
    return saved


async def asks_again(work: Work, koffie: KoffieId) -> bool:
    """Whether 'not yet' is followed by the question once more."""
    return not await due.noted(work, _again(koffie))


async def _settle(work: Work, kept: KeptKoffie) -> None:
    """A koffie that was drunk makes acquaintances of all who still sit there."""
    if kept.koffie.state is State.DRUNK:
        for one, other in combinations(kept.koffie.present, 2):
            await network.add_tie(work, one, other, TIE, kept.topic)
        for official in kept.koffie.present:
            await fairness.rescore(work, official)


async def open_for(work: Work, official: OfficialId) -> list[KeptKoffie]:
    """Koffies that this official may look back on now, the oldest first."""
    return [
        kept
        for kept in await store.running(work, official)
        if kept.koffie.state is State.AGREED
        and kept.koffie.follow_up_until is not None
        and work.now < kept.koffie.follow_up_until
        and not kept.koffie.seat_of(official).left
        and kept.koffie.seat_of(official).happened in {None, Happened.NOT_YET}
    ]


def question(kept: KeptKoffie, official: OfficialId) -> Message:
    """'Did you have koffie with …?'"""
    others = with_whom(kept, official)
    options = (
        option(label, "terugblik/happened", koffie=kept.id, answer=happened)
        for happened, label in _LABELS.items()
    )
    return say(
        text("follow-up-question", others=others),
        choose(*options),
        slot=slot(kept.id),
        about=text("follow-up-about"),
    )


def with_whom(kept: KeptKoffie, official: OfficialId) -> Named:
    """The others at the table by name, read when the message is sent."""
    return all_of(_names(kept.others(official)))


def _names(officials: Iterable[OfficialId]) -> list[Named]:
    return [About(official=official, fact="name") for official in officials]
