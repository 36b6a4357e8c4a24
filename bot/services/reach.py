"""'How many people at another government can you call?': at joining, and once more after three months.

What is answered is counted a month (:mod:`bot.store.feeling`): no row tells who gave it, and the message in
which it was asked is not edited into what was chosen.
"""

from datetime import timedelta

from bot.chat.message import Message, choose, option, say
from bot.domain.ids import OfficialId
from bot.domain.overview import Asked, Reach
from bot.i18n.text import Text, text
from bot.services import openings
from bot.store import due, officials, outbox
from bot.store.outbox import Lane
from bot.store.work import Work

KIND = "reach"
SLOT = "reach"
_LATER = timedelta(days=91)
_WEEK = timedelta(days=7)
_QUESTIONS = {Asked.START: text("reach-at-start"), Asked.LATER: text("reach-later")}
_ANSWERS = {
    Reach.NOBODY: text("reach-nobody"),
    Reach.FEW: text("reach-few"),
    Reach.MORE: text("reach-more"),
}
_NUDGE = "contact"


async def plan(work: Work, official: OfficialId) -> None:
    """Somebody joined: ask once more in three months."""
    at = work.hours.next_office_moment(work.now + _LATER)
    await due.schedule(work, f"{KIND}:{official}", KIND, at, official)


def question(asked: Asked, *before: Text) -> Message:
    """Behind other words, or by itself. It waits for nobody: another list takes its numbers over."""
    options = (option(label, "aanmelden/reach", asked=asked, reach=one) for one, label in _ANSWERS.items())
    return say(
        *before,
        _QUESTIONS[asked],
        choose(*options),
        slot=SLOT,
        lasting=True,
        about=text("reach-about"),
    )


async def ask(work: Work, official: OfficialId) -> None:
    """Put the later question, in a week without another one; who wants no such messages gets none."""
    known = await officials.get(work, official)
    if known is None or _NUDGE in known.nudges_off:
        return
    if not await openings.take(work, official, work.now):
        again = work.hours.next_office_moment(work.now + _WEEK)
        await due.schedule(work, f"{KIND}:{official}:{again.date().isoformat()}", KIND, again, official)
        return
    await outbox.post(
        work, official, question(Asked.LATER), Lane.UNASKED, business_key=f"{KIND}:{official}:later"
    )
