"""'Nodig ze samen uit': several who want to meet the same one, at one table instead of one by one."""

from collections.abc import Sequence

from bot.domain import koffie as rules
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import State
from bot.i18n.text import text
from bot.services import koffie
from bot.services import koffie_words as words
from bot.services.koffie_ask import REMIND, TERM, beyond_chat, tell
from bot.services.koffie_table import fits
from bot.store import accounts, due, officials
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie, Place
from bot.store.work import Work


async def invite(work: Work, host: OfficialId, koffies: Sequence[KoffieId]) -> KeptKoffie:
    """One question to all, the host included, in place of those one by one; each answers it anew.

    Everyone who asked is asked, whatever they said so far: who is at the table must tell the host nothing of
    what anybody answered. Raises :class:`KoffieError`, with nothing changed, when it cannot be (any more).
    """
    together = [await koffie.seated(work, host, number) for number in dict.fromkeys(koffies)]
    still_open = all(kept.koffie.state is State.PROPOSED and work.now < kept.koffie.term for kept in together)
    if not still_open or not await fits(work, together, host):
        raise KoffieError(text("koffie-together-not-now"))
    guests = [other for kept in together for other in kept.others(host)]
    seated = [host, *guests]
    work.random.shuffle(seated)
    table = rules.propose(
        seated,
        work.hours.next_office_moment(work.now),
        work.hours,
        term_days=work.rules.answer_working_days,
        reminder_days=work.rules.remind_after_working_days,
    )
    gone = [who for who in guests if await _is_gone(work, together, who)]
    for who in gone:
        table = rules.apply(table, rules.SeatGone(who), work.now)
    beyond = await beyond_chat(work, seated)
    places = {
        who: Place(
            asked=who not in gone,
            organisation=next(kept.places[who].organisation for kept in together if who in kept.places),
            beyond_chat=who in beyond,
        )
        for who in seated
    }
    topics = {kept.topic for kept in together}
    why = (text("koffie-why-together"),)
    kept = await store.add(work, table, topics.pop() if len(topics) == 1 else None, why, places)
    if kept is None:
        raise KoffieError(text("koffie-together-not-now"))
    for single in together:
        await koffie.absorb(work, single)
    await due.schedule(work, f"{REMIND}:{kept.id}", REMIND, table.remind_at, kept.id)
    await due.schedule(work, f"{TERM}:{kept.id}", TERM, work.hours.next_office_moment(table.term), kept.id)
    for who in table.present:
        await tell(work, who, await words.question(work, kept, who), kept, "ask")
    return kept


async def _is_gone(work: Work, together: Sequence[KeptKoffie], who: OfficialId) -> bool:
    """Who left has a seat all the same, so that nobody sees it; that table then lapses as by a silence."""
    left = any(who in kept.places and kept.koffie.seat_of(who).gone for kept in together)
    return (
        left or await officials.get(work, who) is None or await accounts.preferred_account(work, who) is None
    )
