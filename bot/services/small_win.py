"""A small win of a koffie: one line by one of them, to others only when all at the table agree (P39)."""

from bot.chat.message import choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import Happened, State
from bot.i18n.text import About, text
from bot.store import koffie as store
from bot.store import outbox
from bot.store import small_win as wins
from bot.store.koffie import KeptKoffie
from bot.store.outbox import Lane
from bot.store.work import Work

LONGEST = 200
"""Characters of a line."""


async def may_write(work: Work, koffie: KoffieId, by: OfficialId) -> bool:
    """Whether this one was there and nobody wrote a line yet."""
    kept = await store.get(work, koffie)
    return kept is not None and _was_there(kept, by) and await wins.take(work, koffie) is None


def _was_there(kept: KeptKoffie, official: OfficialId) -> bool:
    if official not in kept.places or kept.koffie.state not in {State.AGREED, State.DRUNK}:
        return False
    seat = kept.koffie.seat_of(official)
    return not seat.left and seat.happened is Happened.HAPPENED


def _askable(kept: KeptKoffie, by: OfficialId) -> list[OfficialId]:
    """The others at the table; none of them when somebody left or denies that it happened."""
    others = [seat for seat in kept.koffie.seats if seat.official != by]
    if any(seat.left or seat.happened in {Happened.NOT_YET, Happened.OFF} for seat in others):
        return []
    return [seat.official for seat in others]


async def write(work: Work, koffie: KoffieId, by: OfficialId, line: str) -> None:
    """Keep the line and ask the others. Raises :class:`KoffieError` when it cannot be."""
    kept = await store.take(work, koffie)
    if kept is None or not _was_there(kept, by) or not await wins.add(work, koffie, by, line):
        raise KoffieError(text("win-not-now"))
    for other in _askable(kept, by):
        message = say(
            text("win-question", name=About(official=by, fact="name")),
            (text("win-line", line=About(official=by, fact="win", koffie=koffie)),),
            choose(
                option(text("win-yes"), "terugblik/agree", koffie=koffie),
                option(text("win-no"), "terugblik/keep", koffie=koffie),
            ),
            slot=f"win:{koffie}",
            about=text("win-about"),
        )
        await outbox.post(work, other, message, Lane.UNASKED, business_key=f"win:{koffie}:{other}")


async def agree(work: Work, koffie: KoffieId, official: OfficialId) -> None:
    """One of the others agrees; the last of them makes it public. Raises :class:`KoffieError`."""
    kept, win = await store.take(work, koffie), await wins.take(work, koffie)
    if kept is None or win is None or official not in kept.places or official == win.by:
        raise KoffieError(text("win-gone"))
    if win.agreed:
        return
    others = set(_askable(kept, win.by))
    if official not in others:
        raise KoffieError(text("win-gone"))
    last = others <= win.agreed_by | {official}
    await wins.agree(work, win, official, last=last)
    if last:
        await outbox.post(
            work, win.by, say(text("win-shared")), Lane.FOLLOWS, business_key=f"win:{koffie}:{win.by}"
        )


async def keep(work: Work, koffie: KoffieId, official: OfficialId) -> None:
    """One of the others would rather not: the line is forgotten, and nobody hears who said so."""
    win = await wins.take(work, koffie)
    kept = await store.get(work, koffie)
    if win is None or win.agreed or kept is None:
        return
    if official in kept.others(win.by):
        await wins.remove(work, koffie)
