"""``agenda``: one's appointments; and choosing, moving and calling off their times."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pydantic import JsonValue

from bot.chat.message import Block, say
from bot.commands import Ask, Command, Reply, reply
from bot.domain.dates import Ambiguous, Past, is_appointment, parse_appointment
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId
from bot.domain.meeting import Meeting, SlotId, State
from bot.i18n.text import Text, text
from bot.services import meeting, meeting_off, meeting_times
from bot.services import meeting_words as words

Fits = Callable[[Meeting], bool]


async def run(ask: Ask) -> Reply:
    if ask.words:
        return await _choose(ask)
    found = await cards(ask)
    if not found:
        return reply(say(text("agenda-empty")))
    return reply(say(text("agenda-title", count=len(found)), *found, lasting=True))


async def _chooses(ask: Ask, words: str) -> bool:
    """Words that only name a moment, while times are proposed to me."""
    return (
        ask.official is not None
        and is_appointment(words)
        and any(_is_open(one) for _, one in await meeting.of(ask.work, ask.me.id))
    )


async def _choose(ask: Ask) -> Reply:
    """The proposed time that these words name, as if its button were pressed."""
    moments = moments_in(ask, text("meeting-choose-unclear"))

    def holds(one: Meeting) -> bool:
        return _is_open(one) and any(slot.span.start in moments for slot in one.slots)

    fits = holds if any(holds(one) for _, one in await _mine(ask)) else _is_open
    named: list[JsonValue] = [moment.isoformat() for moment in moments]
    koffie = await meant(ask, "agenda/move", fits, moments=named)
    return koffie if isinstance(koffie, Reply) else await moved(ask, koffie, moments)


def _is_open(one: Meeting) -> bool:
    return one.state is State.PROPOSED


def moments_in(ask: Ask, unclear: Text) -> Sequence[datetime]:
    """The moment that the words name, by the clock of who says them; or those that they may mean.

    Raises KoffieError with ``unclear``.
    """
    match parse_appointment(ask.words, ask.work.now, meeting_times.zone_of(ask.work, ask.me)):
        case None:
            raise KoffieError(unclear)
        case Ambiguous(options=moments):
            return moments
        case Past(day=moment) | moment:
            return (moment,)


async def cards(ask: Ask) -> list[Block]:
    """What is to come, each with what I can do."""
    made = []
    for koffie, one in await _mine(ask):
        kept, _ = await meeting.taken(ask.work, ask.me.id, koffie)
        made.append(await words.card(ask.work, kept, one, ask.me.id))
    return made


async def _mine(ask: Ask) -> list[tuple[KoffieId, Meeting]]:
    """My appointments that are still to come."""
    return [
        (koffie, one)
        for koffie, one in await meeting.of(ask.work, ask.me.id)
        if one.state is not State.FIXED or one.ahead(ask.work.now) or meeting.is_about_to_begin(ask.work, one)
    ]


async def meant(ask: Ask, verb: str, fits: Fits, **more: JsonValue) -> KoffieId | Reply:
    """The one appointment that fits, or the question which; ``more`` is what its answer takes along.

    Raises KoffieError when there is none.
    """
    found = [(koffie, one) for koffie, one in await _mine(ask) if fits(one)]
    match found:
        case []:
            raise KoffieError(text("agenda-empty"))
        case [(koffie, _)]:
            return koffie
        case _:
            return reply(words.which(verb, found, ask.me.id, more))


# What the choices do. Their arguments come from our own database, but from another day.


def _number(args: Mapping[str, JsonValue], name: str) -> int:
    value = args.get(name)
    if not isinstance(value, int):
        raise KoffieError(text("meeting-refused"))
    return value


def _koffie(args: Mapping[str, JsonValue]) -> KoffieId:
    return KoffieId(_number(args, "koffie"))


async def mark(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    said = await meeting.mark(ask.work, ask.me.id, SlotId(_number(args, "slot")))
    return reply(said) if said else reply()


async def done(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    said = await meeting.done(ask.work, ask.me.id, _koffie(args))
    return reply(said) if said else reply()


async def ourselves(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await meeting.ourselves(ask.work, ask.me.id, _koffie(args))
    return reply()


async def move(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    moments = args.get("moments")
    return await moved(
        ask,
        _koffie(args),
        [datetime.fromisoformat(str(one)) for one in moments] if isinstance(moments, list) else (),
    )


async def moved(ask: Ask, koffie: KoffieId, moments: Sequence[datetime] = ()) -> Reply:
    """Another time, if it can be one of these. While one is being chosen it is chosen from those."""
    kept, one = await meeting.taken(ask.work, ask.me.id, koffie)
    if _is_open(one):
        named = [slot for slot in one.slots if slot.span.start in moments]
        if len(named) == 1:
            return await mark(ask, {"slot": int(named[0].id)})
        question = await words.question(ask.work, kept, one, ask.me.id)
        return reply(say(text("meeting-not-among")), question) if moments and not named else reply(question)
    suits = await meeting.move(ask.work, ask.me.id, koffie, moments)
    return reply(say(text("meeting-moved" if suits else "meeting-moved-otherwise")))


async def off(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(await meeting_off.call_off(ask.work, ask.me.id, _koffie(args)))


async def arranged(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await meeting.arranged(ask.work, ask.me.id, _koffie(args))
    return reply(say(text("meeting-arranged-thanks")))


async def late(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await meeting.late(ask.work, ask.me.id, _koffie(args), None)
    return reply(say(text("meeting-late-told")))


COMMAND = Command(
    name="agenda",
    aliases=("afspraken", "mijn afspraken", "appointments", "my appointments"),
    summary=text("agenda-summary"),
    run=run,
    understands=_chooses,
    actions={
        "mark": mark,
        "done": done,
        "ourselves": ourselves,
        "move": move,
        "again": move,
        "off": off,
        "arranged": arranged,
        "late": late,
    },
)
