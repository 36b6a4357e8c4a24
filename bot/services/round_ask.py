"""Asking everybody of a round, in one unit of work and for one moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import koffie as rules
from bot.domain.channel import Channel
from bot.domain.ids import OfficialId
from bot.domain.koffie import Koffie, Seat
from bot.domain.round import Round
from bot.i18n.text import Text
from bot.matching import Plan
from bot.services import koffie_words as words
from bot.services import round_plan
from bot.services.koffie_ask import REMIND, tell
from bot.services.round_plan import People
from bot.store import accounts, due
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie, Place
from bot.store.work import Work


async def ask(
    work: Work,
    channel: Channel,
    round_: Round,
    plan: Plan,
    people: People,
    before: Mapping[OfficialId, Sequence[Text]] | None = None,
) -> datetime | None:
    """Put the question to every table of a plan; returns until when it can be answered, ``None`` without any.

    ``before`` leads over to the question, for who hears at the same time that an earlier koffie is off.
    """
    term = None
    chats = await accounts.chats_of(work, people)
    for group in plan.groups:
        members = list(round_plan.members(group))
        # Who stands first in the question must not tell anything.
        work.random.shuffle(members)
        koffie = _koffie(work, round_, members)
        why = await round_plan.reasons(work, channel, group, people)
        places = {
            member: Place(
                asked=True,
                organisation=people[member].organisation,
                beyond_chat=not all(chats[member] & chats[one] for one in members),
            )
            for member in members
        }
        kept = await store.add(work, koffie, channel.topic, why, places, round_.id)
        if kept is None:
            # They asked each other at this very moment: that question stands.
            continue
        if not round_.one_day:
            await due.schedule(work, f"{REMIND}:{kept.id}", REMIND, koffie.remind_at, kept.id)
        await _tell_all(work, kept, before or {})
        term = koffie.term
    return term


async def _tell_all(work: Work, kept: KeptKoffie, before: Mapping[OfficialId, Sequence[Text]]) -> None:
    for member in kept.koffie.present:
        question = await words.question(work, kept, member, *before.get(member, ()))
        await tell(work, member, question, kept, "ask")


def _koffie(work: Work, round_: Round, members: list[OfficialId]) -> Koffie:
    """Asked now. In a round of one day the answer is due when offices close, and nobody is reminded."""
    if round_.one_day:
        closing = work.hours.closing(work.hours.local_date(round_.at))
        return Koffie(tuple(map(Seat, members)), asked_at=work.now, remind_at=closing, term=closing)
    return rules.propose(
        members,
        work.now,
        work.hours,
        term_days=work.rules.answer_working_days,
        reminder_days=work.rules.remind_after_working_days,
    )
