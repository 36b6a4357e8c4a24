"""Ties over time: 'still in touch?', the yearly list, and whom one did not speak for long.

    three months after they met here ──► each is asked once, in a free week
    a year or more ──────────────────► each is shown one list of all ties, once a year

Who says that they meet without the bot is asked no more, nor is the other: that is what it is all for (P5).
Nothing else that one says reaches the other. A 'no' is written down nowhere.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.chat.form import Field, Suggestion
from bot.chat.message import Block, Card, Heading, Message, choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TieId
from bot.domain.official import Official
from bot.domain.tie import Strength, strength
from bot.domain.words import normalise
from bot.i18n.text import About, Month, Text, text
from bot.services import koffie_ask, openings
from bot.services.koffie_ask import Requested
from bot.services.koffie_words import AGAIN
from bot.services.wording import all_of
from bot.store import officials, outbox
from bot.store import ties as store
from bot.store.outbox import Lane
from bot.store.ties import Side
from bot.store.work import Work

CONTACT, YEARLY = "contact", "yearly"
"""Nudges that can be switched off, as the profile names them."""
_PARTS = re.compile(r",|;| en | and ")
_AT_ONCE = 50
"""People looked at in one unit of work, so that it stays short."""
_MOST_QUIET = 5
_MOST_LISTED = 50
"""The longest list to tick; of more ties the longest unspoken come first."""


# What the bot asks by itself.


async def ask_some(work: Work, after: OfficialId) -> OfficialId | None:
    """Ask who is due, if their week is free; for the others there is another day.

    They come in the order of their ids, some at a time: gives after whom to go on, ``None`` at the end.
    """
    if not work.hours.is_working_day(work.today):
        return None
    moment = work.hours.next_office_moment(work.now)
    some = await store.to_ask(work, after, _AT_ONCE, moment)
    for official in some:
        me = await officials.get(work, official)
        if me is not None and not await _ask_yearly(work, me, moment):
            await _ask_about_one(work, me, moment)
    return some[-1] if len(some) == _AT_ONCE else None


async def _ask_yearly(work: Work, me: Official, moment: datetime) -> bool:
    if YEARLY in me.nudges_off or not await store.is_due_for_list(work, me.id):
        return False
    listed = await _listed(work, me.id)
    if not listed or not await openings.take(work, me.id, moment):
        return False
    await officials.change(work, me.id, ties_asked_at=work.now)
    key = f"ties:{me.id}:{work.today.isoformat()}"
    await outbox.post(work, me.id, _yearly(listed), Lane.UNASKED, business_key=key)
    return True


def _yearly(listed: Sequence[Side]) -> Message:
    """One list to tick; of one colleague a plain question."""
    if len(listed) == 1:
        return _question(listed[0], "tie-yearly-one")
    return say(
        text("tie-yearly", count=len(listed)),
        choose(
            option(text("tie-tick"), "nog-contact/tick", "primary"),
            option(text("tie-not-now"), "nog-contact/not-now"),
        ),
        slot="ties",
        about=text("tie-yearly-about"),
    )


async def _ask_about_one(work: Work, me: Official, moment: datetime) -> None:
    if CONTACT in me.nudges_off:
        return
    sides = {side.id: side for side in await store.of(work, me.id)}
    due = [tie for tie in await store.to_ask_about(work, me.id) if tie in sides]
    if not due or not await openings.take(work, me.id, moment):
        return
    await store.note_asked(work, me.id, due[0])
    key = f"tie:{due[0]}:{me.id}"
    await outbox.post(work, me.id, _question(sides[due[0]]), Lane.UNASKED, business_key=key)


def _question(side: Side, key: str = "tie-question") -> Message:
    """'Are you still in touch?'"""
    options = [option(label, f"nog-contact/{verb}", tie=int(side.id)) for verb, label in _ANSWERS.items()]
    name, place = (About(official=side.other, fact="name"), About(official=side.other, fact="organisation"))
    question = text(key, name=name, place=place)
    return say(question, choose(*options), slot=f"tie:{side.id}", about=text("tie-about"))


_ANSWERS = {"alone": text("tie-alone"), "yes": text("tie-yes"), "no": text("tie-no")}


# What one answers.


async def mine(work: Work, me: OfficialId, tie: TieId) -> Side:
    """A tie of one's own with somebody who is still here. Raises :class:`KoffieError`."""
    side = await store.get(work, me, tie)
    if side is None:
        raise KoffieError(text("tie-gone"))
    return side


async def spoke(work: Work, me: OfficialId, ties: Collection[TieId], *, alone: bool = False) -> None:
    """One speaks these still; ``alone``: without the bot too."""
    await store.spoke(work, me, ties)
    if alone:
        await store.leave_alone(work, me, ties)


async def ask_again(work: Work, me: Official, tie: TieId) -> Requested:
    """A koffie with somebody one knows: both are asked, as ever. Raises :class:`KoffieError`."""
    side = await mine(work, me.id, tie)
    return await koffie_ask.request(work, me, side.other, side.topic, reasons=(AGAIN,), acquainted=True)


# The list to tick, and whom one did not speak for long.


async def _listed(work: Work, me: OfficialId) -> list[Side]:
    sides = await store.of(work, me)
    return [side for side in sides if side.life.alone_at is None][:_MOST_LISTED]


async def to_tick(work: Work, me: OfficialId) -> list[int]:
    """The ties to tick, in an order that a form keeps."""
    return [int(side.id) for side in await _listed(work, me)]


async def named(work: Work, me: OfficialId, ties: Sequence[int], words: str) -> list[int] | None:
    """Those of these ties whose names stand in the words, each for sure; ``None`` when one is not sure."""
    names = {
        int(side.id): normalise(other.name)
        for side in await store.of(work, me)
        if int(side.id) in ties and (other := await officials.get(work, side.other)) is not None
    }
    found: list[int] = []
    for part in _PARTS.split(words):
        said = normalise(part)
        meant = [tie for tie, name in names.items() if said and f" {said} " in f" {name} "]
        if len(meant) != 1:
            return None
        found += meant
    return found


async def tick_list(work: Work, me: OfficialId, ties: Sequence[int]) -> Field:
    """One question for all of these; who is gone meanwhile is left out."""
    sides = {int(side.id): side for side in await store.of(work, me)}
    options = [
        Suggestion(value=str(tie), label=text("tie-one", name=About(official=sides[tie].other, fact="card")))
        for tie in ties
        if tie in sides
    ]
    return Field(
        name="ticked",
        kind="many",
        prompt=text("tie-which"),
        how=text("tie-which-hint"),
        options=tuple(options),
        clears=True,
        most=len(options),
    )


async def overview(work: Work, me: OfficialId) -> Message:
    """How one's ties stand, and whom one did not speak for long; nobody else sees it."""
    sides = await store.of(work, me)
    if not sides:
        return say(text("network-empty"))
    steps = {side.id: strength(side.life, work.now) for side in sides}
    blocks: list[Block | Text] = [Heading(span=text("tie-title")), _summary(Counter(steps.values()))]
    quiet = [side for side in sides if steps[side.id] is Strength.QUIET]
    tick = option(text("tie-tick"), "nog-contact/tick")
    if not quiet:
        return say(*blocks, text("tie-none-quiet"), choose(tick), lasting=True)
    blocks.append(text("tie-quiet", count=len(quiet)))
    blocks += [_card(side) for side in quiet[:_MOST_QUIET]]
    return say(*blocks, text("tie-quiet-step"), choose(tick), lasting=True)


def _summary(counted: Counter[Strength]) -> Text:
    steps = [text("tie-strength", step=step.value, count=counted[step]) for step in Strength if counted[step]]
    return text("tie-summary", count=counted.total(), steps=all_of(steps))


def _card(side: Side) -> Card:
    return Card(
        title=About(official=side.other, fact="card"),
        lines=((text("tie-last", month=Month(day=side.life.last_sign.date())),),),
        options=(option(text("tie-again"), "nog-contact/again", tie=int(side.id)),),
    )
