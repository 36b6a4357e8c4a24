"""Asking for a koffie: who may be asked, when, and the question to all at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Message
from bot.domain import koffie as rules
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId, TopicId
from bot.domain.koffie_view import Phase, View, visible
from bot.domain.koffie_why import Side, why
from bot.domain.official import Official
from bot.domain.topic import Part
from bot.i18n.text import Text, text
from bot.services import koffie_limits, koffie_table, members_only
from bot.services import koffie_words as words
from bot.services.register import indexes
from bot.services.wording import ONE_OF_LAYER
from bot.store import accounts, due, involvements, network, offers, officials, outbox
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie, Place
from bot.store.outbox import Lane
from bot.store.work import Work

Parts = Mapping[TopicId, Part]
ASK, REMIND, TERM = "koffie-ask", "koffie-reminder", "koffie-term"
"""Kinds of the due things; their subject is a koffie."""

UNAVAILABLE = text("koffie-unavailable")
"""Why somebody cannot be asked, where the asker may not know why."""


@dataclass(frozen=True)
class Requested:
    """A request that was taken. ``at_once``: both are asked now; else at ``asked_at``."""

    koffie: KoffieId
    asked_at: datetime
    at_once: bool


async def request(
    work: Work,
    me: Official,
    other: OfficialId,
    topic: TopicId | None,
    *,
    reasons: tuple[Text, ...] = (),
    acquainted: bool = False,
) -> Requested:
    """Ask both at one moment. Raises :class:`KoffieError` with a reason that ``me`` may know.

    ``reasons`` say why these two where that is not found from what they do. ``acquainted``: they may know
    each other already.
    """
    await members_only.refuse_on(work, topic, me.id)
    asked = await who_may_be_asked(work, me, other, acquainted=acquainted)
    own_room = await koffie_limits.own_room_from(work, me.id)
    if own_room is not None:
        raise KoffieError(text("koffie-limit", count=work.rules.open_requests, day=own_room))
    moment = await koffie_limits.ask_moment(work, other)
    room = await koffie_limits.room_from(work, asked, moment)
    if room is not None:
        raise KoffieError(text("koffie-full", day=room))
    kept = await _propose(work, me, asked, topic, moment, reasons)
    at_once = moment <= work.now
    if at_once:
        await ask(work, [kept])
    else:
        await due.schedule(work, f"{ASK}:{kept.id}", ASK, moment, kept.id)
    return Requested(kept.id, moment, at_once)


async def who_may_be_asked(
    work: Work, me: Official, other: OfficialId, *, acquainted: bool = False
) -> Official:
    """Whoever cannot be asked is refused alike, but for what ``me`` knows already.

    ``acquainted``: who is known may be asked too.
    """
    if other == me.id:
        raise KoffieError(text("koffie-oneself"))
    if not me.switches.findable:
        raise KoffieError(text("koffie-not-findable"))
    if not acquainted and await network.know_each_other(work, me.id, other):
        raise KoffieError(text("koffie-acquainted"))
    for kept in await store.running(work, me.id):
        if kept.nameless:
            continue
        if other in kept.others(me.id) and (kept.koffie.requester == me.id or kept.places[me.id].asked):
            raise KoffieError(_already(work, visible(kept.koffie, me.id, work.now)))
    if other in await network.apart_from(work, me.id):
        raise KoffieError(text("koffie-apart"))
    official = await officials.get(work, other)
    if (
        official is None
        or not (official.switches.findable and official.switches.requests)
        or official.organisation_id == me.organisation_id
        or await network.is_blocked(work, me.id, other)
        or await accounts.preferred_account(work, other) is None
    ):
        raise KoffieError(UNAVAILABLE)
    return official


def _already(work: Work, seen: View) -> Text:
    match seen.phase:
        case Phase.OPEN:
            return text("koffie-open-already", day=work.hours.local_date(seen.term))
        case Phase.AGREED:
            return text("koffie-agreed-already")
        case _:
            return text("koffie-apart")


async def _shared(work: Work, mine: Parts, theirs: Parts) -> TopicId | None:
    """A topic of both. That somebody is in a sensitive one is not told to who asks for them by name."""
    index = (await indexes(work)).topics
    for topic in mine:
        known = index.get(topic)
        if topic in theirs and known is not None and not known.sensitive:
            return topic
    return None


async def _propose(
    work: Work,
    me: Official,
    asked: Official,
    topic: TopicId | None,
    moment: datetime,
    reasons: tuple[Text, ...],
) -> KeptKoffie:
    parts = dict(await involvements.of(work, me.id)), dict(await involvements.of(work, asked.id))
    if topic is None:
        topic = await _shared(work, *parts)
    register = await indexes(work)
    about = None if topic is None else register.topics.get(topic)
    topic = topic if about is None else about.id
    one, other = (
        Side(
            official.layer,
            organisation.province
            if (organisation := register.organisations.get(official.organisation_id))
            else "",
            None if topic is None else part.get(topic),
        )
        for official, part in zip((me, asked), parts, strict=True)
    )
    # Who stands first in the question must not tell who asked.
    seated = [me.id, asked.id]
    work.random.shuffle(seated)
    koffie = rules.propose(
        seated,
        moment,
        work.hours,
        requester=me.id,
        term_days=work.rules.answer_working_days,
        reminder_days=work.rules.remind_after_working_days,
    )
    places = await places_of(work, (me, asked))
    kept = await store.add(work, koffie, topic, reasons or why(about, one, other, ONE_OF_LAYER), places)
    if kept is None:
        # The other one asked the same just now; the question is on its way to both.
        raise KoffieError(text("koffie-open-already", day=words.last_day(work, koffie)))
    await due.schedule(work, f"{REMIND}:{kept.id}", REMIND, koffie.remind_at, kept.id)
    # The term ends when offices close; what came of it is told, and settled, when they open again.
    await due.schedule(work, f"{TERM}:{kept.id}", TERM, work.hours.next_office_moment(koffie.term), kept.id)
    return kept


async def share_chat(work: Work, one: OfficialId, other: OfficialId) -> bool:
    """Whether the two can write to each other on some platform."""
    return not await beyond_chat(work, (one, other))


async def beyond_chat(work: Work, table: Collection[OfficialId]) -> set[OfficialId]:
    """Those at a table who share no chat with another one there."""
    chats = await accounts.chats_of(work, table)
    return {who for who in table if not all(chats[who] & chats[other] for other in table if other != who)}


async def places_of(
    work: Work, people: Collection[Official], *, asked: bool = False
) -> dict[OfficialId, Place]:
    """What is kept of the seats of these people, as they are now."""
    beyond = await beyond_chat(work, [one.id for one in people])
    return {
        one.id: Place(asked=asked, organisation=one.organisation_id, beyond_chat=one.id in beyond)
        for one in people
    }


async def ask(work: Work, together: Sequence[KeptKoffie]) -> None:
    """Put the question of each koffie to all its seats, in this unit of work and for one moment.

    Who left or paused meanwhile is not asked, and the others notice nothing. Who is asked for more than one
    gets them in one message.
    """
    asked: dict[OfficialId, list[KeptKoffie]] = {}
    for kept in together:
        reached = []
        if kept.koffie.requester not in kept.koffie.present:
            continue
        for official in kept.koffie.present:
            if official == kept.koffie.requester:
                question = await words.question(work, kept, official)
                await tell(work, official, question, kept, "ask")
                reached.append(official)
                continue
            known = await officials.get(work, official)
            if known is not None and known.switches.requests:
                asked.setdefault(official, []).append(kept)
                reached.append(official)
        await store.note_asked(work, kept.id, reached)
    for official, koffies in asked.items():
        if len(koffies) == 1:
            message = await words.question(work, koffies[0], official)
        else:
            one_table = await koffie_table.fits(work, koffies, official)
            message = await words.bundle(work, koffies, official, one_table=one_table)
        await tell(work, official, message, koffies[0], "ask")


async def settle_question(work: Work, kept: KeptKoffie) -> None:
    """Nothing is asked any more: numbers mean other questions now, and no moment is waited for."""
    await offers.unnumber_slot(work, words.slot(kept))
    await due.cancel(work, f"{REMIND}:{kept.id}")
    await due.cancel(work, f"{TERM}:{kept.id}")


async def tell(
    work: Work, to: OfficialId, message: Message, kept: KeptKoffie, what: str, lane: Lane = Lane.UNASKED
) -> None:
    """One message of a kind a koffie and person. What asks something is worth nothing after the term."""
    asks = what in {"ask", "remind"}
    await outbox.post(
        work,
        to,
        message,
        lane,
        business_key=f"koffie-{what}:{kept.id}:{to}",
        not_before=kept.koffie.asked_at if what == "ask" else None,
        valid_until=kept.koffie.term if asks else None,
    )
