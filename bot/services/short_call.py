"""The small form of a koffie: 'Eén vraag, tien minuten. Vandaag?', to whom one has met here.

A no and a silence read the same to who asked (P24): only a yes is told.
"""

from datetime import date, timedelta

from bot.chat.message import choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.koffie import State
from bot.domain.official import Official
from bot.i18n.text import About, text
from bot.services import met, openings, reveal
from bot.store import koffie as koffies
from bot.store import officials, outbox
from bot.store.outbox import Lane
from bot.store.work import Work

_LEFT_OF_DAY = timedelta(hours=1)
"""So much of the office day must be left to ask for ten minutes of it."""


async def callable_by(work: Work, me: OfficialId, words: str) -> list[OfficialId]:
    """Those whose contact route I have, by name or all of them, the latest first."""
    people = await met.met_by_name(work, me, words)
    sight = await reveal.sight(work, me, people)
    return [one for one in people if sight.reaches(one)]


async def ask(work: Work, me: Official, other: OfficialId) -> None:
    """Ask for ten minutes today. Raises :class:`KoffieError`; why the other cannot be asked is not told."""
    if not (await reveal.sight(work, me.id, [other])).reaches(other):
        raise KoffieError(text("call-nobody"))
    closing = work.hours.closing(work.today)
    in_time = work.hours.next_office_moment(work.now) == work.now and closing - work.now >= _LEFT_OF_DAY
    asked = await officials.get(work, other)
    if not in_time or asked is None or not asked.switches.requests or not await _may_open(work, me.id, other):
        raise KoffieError(text("call-later"))
    question = say(
        text("call-question", name=About(official=me.id, fact="name")),
        choose(
            option(text("call-yes"), "bel/yes", "primary", official=int(me.id), day=work.today.isoformat()),
            option(text("call-no"), "bel/no"),
        ),
        slot=f"call:{me.id}",
        about=text("call-about"),
    )
    posted = await outbox.post(
        work,
        other,
        question,
        Lane.UNASKED,
        business_key=f"call:{me.id}:{other}:{work.today.isoformat()}",
        valid_until=closing,
    )
    if posted is None:
        raise KoffieError(text("call-again"))


async def _may_open(work: Work, me: OfficialId, other: OfficialId) -> bool:
    """Whether it follows on a koffie that both are in now, or else is the one opening of that week."""
    for kept in await koffies.running(work, me):
        if kept.koffie.state is State.AGREED and other in kept.koffie.present:
            return True
    return await openings.take(work, other, work.now)


async def yes(work: Work, me: OfficialId, asker: OfficialId, day: date) -> None:
    """Today is fine: the asker gets how to reach me. Raises :class:`KoffieError` on another day."""
    if day != work.today:
        raise KoffieError(text("call-over"))
    told = say(
        text(
            "call-can",
            name=About(official=me, fact="name"),
            route=About(official=me, fact="route"),
        )
    )
    await outbox.post(
        work, asker, told, Lane.FOLLOWS, business_key=f"call-yes:{asker}:{me}:{day.isoformat()}"
    )
