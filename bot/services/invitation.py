"""Inviting somebody by a code, said in the chat or before registering: who uses it is a confirmed tie.

A code that does not work gives the same answer whatever the reason: unknown, used, too old, taken back, or
between two of whom one blocks the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.message import say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.invitation import DAYS, MOST_OPEN, find_code
from bot.domain.official import Official
from bot.i18n.text import About, text
from bot.services import succession
from bot.store import invitation, look_up, network, officials, outbox
from bot.store.outbox import Lane
from bot.store.work import Work

_WRONG = text("invitation-wrong")


@dataclass(frozen=True)
class Made:
    """A new code, and the last day on which it works."""

    code: str
    last_day: date


async def invite(
    work: Work, me: Official, *, topic: TopicId | None = None, to: Sequence[OfficialId] = ()
) -> Made:
    """A code for one colleague; for a successor on a ``topic``, with ``to`` whom to introduce them.

    Raises :class:`KoffieError` when there are enough codes.
    """
    if await invitation.open_of(work, me.id) >= MOST_OPEN:
        raise KoffieError(text("invitation-enough", count=MOST_OPEN))
    if not await look_up.count(work, me.id, look_up.INVITE, MOST_OPEN):
        raise KoffieError(text("invitation-enough-today", count=MOST_OPEN))
    code = await invitation.make(work, me.id, topic, to)
    return Made(code, work.hours.local_date(work.now + timedelta(days=DAYS - 1)))


async def take_back(work: Work, me: OfficialId) -> None:
    """None of one's codes works any more."""
    await invitation.take_back(work, me)


@dataclass(frozen=True)
class Accepted:
    """Whose code it was, and whether both are asked for a koffie with those whom the inviter pointed at."""

    by: OfficialId
    introduced: bool


async def accept(work: Work, me: Official, words: str) -> Accepted:
    """The one who says the code and the one who gave it know each other from now on.

    Raises :class:`KoffieError` when the code does not work; then it was not used either.
    """
    code = find_code(words)
    used = None if code is None else await invitation.use(work, code)
    if used is None:
        raise KoffieError(_WRONG)
    if used.by == me.id:
        raise KoffieError(text("invitation-own"))
    inviter = await officials.get(work, used.by)
    if inviter is None or await network.is_blocked(work, me.id, used.by):
        raise KoffieError(_WRONG)
    if await network.add_tie(work, used.by, me.id, network.INVITED, used.topic):
        joined = say(text("invitation-joined", name=About(official=me.id, fact="card")))
        key = f"invited:{used.by}:{me.id}"
        await outbox.post(work, used.by, joined, Lane.UNASKED, business_key=key)
    introduced = await succession.introduce(work, inviter, me, used.topic, used.to)
    return Accepted(used.by, introduced)
