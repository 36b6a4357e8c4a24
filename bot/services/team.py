"""An opgaveteam: one willing colleague a layer, all asked at one moment; who says yes sits at the table.

The question is a koffie of several seats whose others nobody can see (``KeptKoffie.nameless``). Once enough
said yes those are introduced at a table of their own, which is a koffie like any other. See
docs/decisions/0104-a-team.md.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.message import Message, choose, option, say
from bot.domain import koffie as rules
from bot.domain import team as of_team
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.koffie import Koffie, State
from bot.domain.koffie_why import topic_words
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.i18n.text import text
from bot.services import koffie_agreed, koffie_limits, look_up, look_up_words, members_only
from bot.services import koffie_words as words
from bot.services.koffie_ask import REMIND, TERM, places_of, settle_question, tell, who_may_be_asked
from bot.services.wording import ONE_OF_LAYER, all_of
from bot.store import accounts, due, network, officials
from bot.store import koffie as store
from bot.store.koffie import TEAM_KINDS, KeptKoffie, Kind
from bot.store.outbox import Lane
from bot.store.work import Work

_LOOKED_AT = 20
"""So many of a layer are looked at for one who may be asked."""
_SHORTEST = timedelta(hours=1)
"""Nobody is asked in haste for less."""


async def offer(work: Work, me: Official, topic: Topic, before: datetime | None) -> Message:
    """Which layers would be asked, with one press to ask them; or why not. Raises :class:`KoffieError`."""
    await _refuse(work, me, topic)
    urgent = _urgent(work, before)
    others = await _one_a_layer(work, me, topic, urgent=urgent is not None)
    if len(others) + 1 < of_team.LEAST:
        search = Search(topics=(topic.id,))
        return say(
            text("team-too-few", topic=topic_words(topic)),
            choose(look_up_words.on_search(text("team-look-up"), "wie-ken-ik/search", search, "primary")),
        )
    layers = all_of([ONE_OF_LAYER[layer] for layer in Layer if layer in {one.layer for one in others}])
    ask = option(
        text("team-ask"),
        "opgaveteam/ask",
        "primary",
        topic=int(topic.id),
        before=None if urgent is None else urgent.isoformat(),
    )
    until = text("team-until", days=work.rules.answer_working_days)
    if urgent is not None:
        until = text("team-until-now", moment=urgent)
    return say(
        text("team-offer", topic=topic_words(topic), layers=layers),
        until,
        choose(ask, option(text("team-leave"), "opgaveteam/leave")),
        slot="team",
        about=text("team-about"),
    )


def _urgent(work: Work, before: datetime | None) -> datetime | None:
    """The moment, where it is today or tomorrow. Raises :class:`KoffieError` where there is no time left."""
    if before is None or not of_team.is_urgent(before, work.now, work.hours):
        return None
    if before < work.hours.next_office_moment(work.now) + _SHORTEST:
        raise KoffieError(text("appeal-too-soon"))
    return before


async def _refuse(work: Work, me: Official, topic: Topic) -> None:
    """Raises :class:`KoffieError` for who may not ask now."""
    look_up.refuse_hidden(me)
    await members_only.refuse_outsiders(work, topic, me.id)
    for kept in await koffie_limits.open_requests(work, me.id):
        if kept.kind in TEAM_KINDS:
            raise KoffieError(text("team-open", day=words.last_day(work, kept.koffie)))
    room = await koffie_limits.own_room_from(work, me.id)
    if room is not None:
        raise KoffieError(text("koffie-limit", count=work.rules.open_requests, day=room))


async def ask(work: Work, me: Official, topic: Topic, before: datetime | None) -> KeptKoffie:
    """The same question to all at one moment, to who asks for it too. Raises :class:`KoffieError`."""
    await _refuse(work, me, topic)
    urgent = _urgent(work, before)
    others = await _one_a_layer(work, me, topic, urgent=urgent is not None)
    if len(others) + 1 < of_team.LEAST:
        raise KoffieError(text("team-too-few", topic=topic_words(topic)))
    people = [me, *others]
    # Who stands first in the question must not tell who asked.
    work.random.shuffle(people)
    koffie = _proposal(work, people, me.id, urgent)
    kind = Kind.TEAM if urgent is None else Kind.TEAM_NOW
    why = text("team-why", topic=topic_words(topic))
    places = await places_of(work, people, asked=True)
    kept = await store.add(work, koffie, topic.id, (why,), places, kind=kind)
    if kept is None:
        raise LookupError("a table of three or more has no pair")
    if urgent is None:
        await due.schedule(work, f"{REMIND}:{kept.id}", REMIND, koffie.remind_at, kept.id)
    # In haste nobody waits for the offices to open again.
    end = work.hours.next_office_moment(koffie.term) if urgent is None else koffie.term
    await due.schedule(work, f"{TERM}:{kept.id}", TERM, end, kept.id)
    for one in people:
        await tell(work, one.id, await words.question(work, kept, one.id), kept, "ask")
    return kept


def _proposal(work: Work, people: list[Official], requester: OfficialId, urgent: datetime | None) -> Koffie:
    koffie = rules.propose(
        [one.id for one in people],
        work.hours.next_office_moment(work.now),
        work.hours,
        requester=requester,
        term_days=work.rules.answer_working_days,
        reminder_days=work.rules.remind_after_working_days,
    )
    return koffie if urgent is None else replace(koffie, remind_at=urgent, term=urgent)


async def _one_a_layer(work: Work, me: Official, topic: Topic, *, urgent: bool) -> list[Official]:
    """One who may be asked of each other layer, no two of one organisation; in the order of every list."""
    between = await look_up.stance(work, me)
    found: list[Official] = []
    layers = [layer for layer in of_team.LAYERS if layer is not me.layer]
    work.random.shuffle(layers)
    for layer in layers:
        search = Search(topics=(topic.id,), layers=(layer,))
        for listed in await look_up.willing(work, between, topic, search, None, _LOOKED_AT):
            one = await _askable(work, me, listed.official, urgent=urgent)
            if one is None or not await members_only.may_find(work, topic, one.id):
                continue
            if await _sits_with(work, one, found):
                found.append(one)
                break
        if len(found) == of_team.MOST_OTHERS:
            break
    return found


async def _askable(work: Work, me: Official, other: OfficialId, *, urgent: bool) -> Official | None:
    """Somebody with room for it; in haste also who was asked this week already."""
    try:
        asked = await who_may_be_asked(work, me, other)
    except KoffieError:
        return None
    moment = work.hours.next_office_moment(work.now)
    if not urgent and await koffie_limits.ask_moment(work, other) != moment:
        return None
    return asked if await koffie_limits.room_from(work, asked, moment) is None else None


async def _sits_with(work: Work, one: Official, others: list[Official]) -> bool:
    """Whether nobody of them is kept from another, and no two work at one organisation."""
    apart = await network.apart_from(work, one.id) | await network.blocked_with(work, one.id)
    return all(other.organisation_id != one.organisation_id and other.id not in apart for other in others)


async def form(work: Work, kept: KeptKoffie) -> bool:
    """Introduce those who said yes, once there are enough; false while there are not.

    Of a team without haste it is called at the term, so that nobody is too late who thinks for a day.
    """
    if kept.koffie.state is not State.PROPOSED:
        return False
    table = of_team.at_the_table(kept.koffie)
    people = [one for who in table if (one := await _still_here(work, who)) is not None]
    requester = kept.koffie.requester
    if requester is None or len(people) < of_team.LEAST or requester not in {one.id for one in people}:
        return False
    await store.save(work, kept, rules.apply(kept.koffie, rules.Formed(), work.now))
    await settle_question(work, kept)
    await koffie_agreed.introduce(work, people, requester, kept.topic, kept.why, kept.kind)
    told = say(text("team-over", about=await words.about(work, kept, requester)))
    for official in kept.koffie.present:
        if official not in table:
            await tell(work, official, told, kept, "off", Lane.UNASKED)
    return True


async def _still_here(work: Work, official: OfficialId) -> Official | None:
    if await accounts.preferred_account(work, official) is None:
        return None
    return await officials.get(work, official)
