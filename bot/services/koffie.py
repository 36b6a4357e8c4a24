"""A koffie once it was asked for: answers, taking back, leaving, and what all hear of it at the same moment.

Whatever one seat says that is no last yes changes nothing that another seat can see before the term: the
rules are in :mod:`bot.domain.koffie`, the words in :mod:`bot.services.koffie_words`.
"""

from collections.abc import Mapping
from datetime import timedelta
from itertools import combinations

from bot.domain import koffie as rules
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import (
    Answer,
    Answered,
    Koffie,
    Refusal,
    Refused,
    Reminded,
    SeatGone,
    State,
    TermReached,
    Withdrawn,
)
from bot.i18n.text import text
from bot.services import after_yes, introduction, meeting_off, team
from bot.services import koffie_words as words
from bot.services.koffie_ask import ASK, ask, settle_question, tell
from bot.store import accounts, contact, due, network, offers, officials
from bot.store import koffie as store
from bot.store.koffie import TEAM_KINDS, KeptKoffie, Kind
from bot.store.outbox import Lane
from bot.store.work import Work

_REFUSED: Mapping[Refusal, str] = {
    Refusal.LEFT: "koffie-refused-left",
    Refusal.OVER: "koffie-refused-over",
    Refusal.AGREED: "koffie-refused-agreed",
}


async def seated(work: Work, official: OfficialId, koffie: KoffieId) -> KeptKoffie:
    """A koffie that this official was asked for or asks for, taken to be changed. Raises KoffieError."""
    kept = await store.take(work, koffie)
    if kept is None or official not in kept.places:
        raise KoffieError(text("koffie-refused"))
    if not (kept.places[official].asked or kept.koffie.requester == official):
        raise KoffieError(text("koffie-refused"))
    return kept


def _apply(work: Work, kept: KeptKoffie, event: rules.Event) -> Koffie:
    try:
        return rules.apply(kept.koffie, event, work.now)
    except Refused as refused:
        raise KoffieError(text(_REFUSED.get(refused.refusal, "koffie-refused"))) from None


async def needs_route(work: Work, kept: KeptKoffie, official: OfficialId) -> bool:
    """Whether a yes of this official needs an e-mail address or number first: chat does not reach all.

    Decided by where all had an account when the koffie was proposed, so that it tells nothing of later.
    """
    return kept.places[official].beyond_chat and (await contact.route_of(work, official)).kind == "chat"


async def answer(work: Work, me: OfficialId, koffie: KoffieId, said: Answer) -> KeptKoffie:
    """Note what a seat says, or says instead; the last yes and the last 'ken ik al' are told to all at once.

    Raises :class:`KoffieError`, with nothing changed, when it cannot be answered (any more).
    """
    kept = await seated(work, me, koffie)
    if not kept.places[me].asked:
        raise KoffieError(text("koffie-refused"))
    changed = _apply(work, kept, Answered(me, said))
    if changed == kept.koffie:
        return kept
    saved = await store.save(work, kept, changed)
    await store.name_instead(work, kept.id, me, None)
    if said is Answer.KNOWN:
        for other in kept.others(me):
            if await officials.get(work, other) is not None:
                await network.declare(work, me, other)
    if saved.koffie.state is State.AGREED:
        await _agreed(work, saved)
    if saved.koffie.state is State.KNOWN:
        await _known(work, kept)
    if saved.kind is Kind.TEAM_NOW:
        await team.form(work, saved)
    return saved


async def _agreed(work: Work, kept: KeptKoffie) -> None:
    await settle_question(work, kept)
    await after_yes.begin(work, kept.id)
    await introduction.introduce(work, kept)


async def _known(work: Work, kept: KeptKoffie) -> None:
    await settle_question(work, kept)
    for one, other in combinations(kept.koffie.present, 2):
        await network.add_tie(work, one, other, network.DECLARED, kept.topic)
    for official in kept.koffie.present:
        await tell(work, official, words.known(kept, official), kept, "known", Lane.FOLLOWS)


async def withdraw(work: Work, me: OfficialId, koffie: KoffieId) -> None:
    """The requester takes it back; nobody else notices. Raises :class:`KoffieError` when it is too late."""
    kept = await seated(work, me, koffie)
    changed = _apply(work, kept, Withdrawn(me))
    if not kept.asked:
        await absorb(work, kept)
        return
    await store.save(work, kept, changed)
    await _silence(work, me, kept)


async def leave(work: Work, me: OfficialId, other: OfficialId | None = None) -> None:
    """Someone was erased, deactivated, or blocks ``other``: leave all koffies, or those with the other.

    Before all said yes the others learn nothing of it; after that they are freed, in the words of a koffie
    that is called off. Nothing more is asked of who left.
    """
    for kept in await store.running(work, me, lock=True):
        if other is not None and other not in kept.places:
            continue
        if kept.koffie.requester == me and not kept.asked:
            await absorb(work, kept)
            continue
        nobody_left = await meeting_off.leave(work, kept, me)
        changed = _apply(work, kept, SeatGone(me))
        if nobody_left:
            changed = rules.apply(changed, rules.CalledOff(), work.now)
        await store.save(work, kept, changed)
        await _silence(work, me, kept)
    if other is None:
        await store.forget_instead(work, me)


async def absorb(work: Work, kept: KeptKoffie) -> None:
    """It never was: nobody was asked yet, or another question takes its place."""
    await due.cancel(work, f"{ASK}:{kept.id}")
    await settle_question(work, kept)
    await store.remove(work, kept.id)


async def _silence(work: Work, me: OfficialId, kept: KeptKoffie) -> None:
    """Numbers of who left mean other questions from now on."""
    for account in await accounts.accounts_of(work, me):
        await offers.unnumber_slot(work, words.slot(kept), account)


async def ask_due(work: Work, koffie: KoffieId) -> None:
    """The moment has come to ask; all that is due for the same official goes together."""
    found = await store.get(work, koffie)
    if found is None or found.asked or found.koffie.requester is None:
        return
    for asked in found.others(found.koffie.requester):
        together = [
            kept
            for kept in await store.running(work, asked, lock=True)
            if kept.koffie.requester not in (asked, None)
            and not kept.asked
            and kept.koffie.asked_at <= work.now
            and kept.koffie.state is State.PROPOSED
        ]
        await ask(work, together)


async def remind(work: Work, koffie: KoffieId) -> None:
    """Remind everyone who is silent, once."""
    kept = await store.take(work, koffie)
    if kept is None:
        return
    changed = kept.koffie
    for who in rules.due_reminders(kept.koffie, work.now):
        if kept.places[who].asked:
            changed = rules.apply(changed, Reminded(who), work.now)
            await tell(work, who, await words.reminder(work, kept, who), kept, "remind")
    await store.save(work, kept, changed)


async def end_term(work: Work, koffie: KoffieId) -> None:
    """The term is over: all who take part hear the same, and leave each other's lists for the same time."""
    kept = await store.take(work, koffie)
    if kept is None or kept.koffie.state is not State.PROPOSED:
        return
    if kept.kind in TEAM_KINDS and await team.form(work, kept):
        return
    changed = await lapse(work, kept)
    for official in changed.present:
        if kept.places[official].asked:
            await tell(work, official, await words.off(work, kept, official), kept, "off")


async def lapse(work: Work, kept: KeptKoffie) -> Koffie:
    """What the end of the term changes, whatever came of it: it is still to be told to who takes part."""
    changed = rules.apply(kept.koffie, TermReached(), work.now)
    await store.save(work, kept, changed)
    await offers.unnumber_slot(work, words.slot(kept))
    await offers.unnumber_slot(work, words.bundle_slot(work, kept.koffie))
    if kept.nameless:
        # Nobody knows who was asked: who left a list would tell.
        return changed
    until = kept.koffie.term + timedelta(days=work.rules.leave_lists_days)
    for one, other in combinations(kept.places, 2):
        await network.keep_apart(work, one, other, until)
    return changed
