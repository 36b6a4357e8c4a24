"""``agenda``: one's appointments; and choosing, moving and calling off times, in one's own words too."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue

from bot.chat.message import Block, say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.koffie import is_answer
from bot.domain.dates import Ambiguous, Past, is_appointment, parse_appointment, parse_stretches
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId
from bot.domain.meeting import Meeting, Slot, SlotId, State
from bot.domain.meeting_said import Intent, Said, numbers_in, understand
from bot.i18n.text import Text, text
from bot.services import meeting, meeting_off, meeting_times
from bot.services import meeting_words as words
from bot.services.meeting_times import Wish
from bot.store import offers

Fits = Callable[[Meeting], bool]
MARK = "agenda/mark"
_OF_TIMES = (Intent.SUITS, Intent.NO_MORE)
"""What is said of times that are proposed."""


async def run(ask: Ask) -> Reply:
    return await (_heard(ask) if ask.words else _show(ask))


async def _show(ask: Ask) -> Reply:
    found = await _cards(ask, await _mine(ask), entry=True)
    if not found:
        return reply(say(text("agenda-empty")))
    return reply(say(text("agenda-title", count=len(found)), *found, lasting=True))


async def _understands(ask: Ask, said: str) -> bool:
    """Words about an appointment of mine; only a moment or numbers, while times are proposed to me."""
    meant = understand(said)
    chooses = meant.intent in _OF_TIMES if meant else is_appointment(said) or bool(numbers_in(said))
    if ask.official is None or not (meant or chooses) or await is_answer(ask, said):
        return False
    return any(_is_open(one) or not chooses for _, one in await _mine(ask))


async def _heard(ask: Ask) -> Reply:
    """What a sentence about an appointment asks for. None calls one off: it shows how to."""
    if numbers := numbers_in(ask.words):
        return await _mark_numbers(ask, numbers)
    match understand(ask.words):
        case Said(intent=Intent.HINDERED, when=when):
            return await _hindered(ask, when)
        case Said(intent=Intent.LATE, minutes=minutes):
            return await is_late(ask, minutes)
        case Said(intent=Intent.MOVE, when=when):
            return await another_time(ask, when)
        case Said(intent=Intent.ASKS):
            return await _show(ask)
        case Said(intent=Intent.ARRANGED):
            koffie = await meant(ask, "agenda/arranged", lambda one: one.state is State.THEMSELVES)
            return koffie if isinstance(koffie, Reply) else await _arranged(ask, koffie)
        case Said(intent=Intent.NO_MORE):
            koffie = await meant(ask, "agenda/done", _is_open)
            return koffie if isinstance(koffie, Reply) else await _done(ask, koffie)
        case said:
            return await _choose(ask, said.when if said else ask.words)


async def _hindered(ask: Ask, when: str) -> Reply:
    """What can be done with what they cannot be at."""
    mine = await _mine(ask)
    wish = _wish(ask, when, None)
    on_it = [
        (koffie, one) for koffie, one in mine if one.slot is not None and wish.met_by(one.slot.span.start)
    ]
    match on_it or mine:
        case [(koffie, one)] if _is_open(one):
            kept, one = await meeting.taken(ask.work, ask.me.id, koffie)
            question = await words.question(ask.work, kept, one, ask.me.id)
            return reply(say(text("agenda-hindered-choosing")), question)
        case found:
            return reply(say(text("agenda-hindered"), *await _cards(ask, found), lasting=True))


async def _mark_numbers(ask: Ask, numbers: Sequence[int]) -> Reply:
    """'1 en 3': times of the one question about times that is open."""
    asked = [one for one in await offers.numbered(ask.work, ask.account) if one[0].action.name == MARK]
    chosen = [one[number - 1].action for one in asked for number in numbers if 1 <= number <= len(one)]
    if len(asked) != 1 or len(chosen) != len(numbers) or any(action.name != MARK for action in chosen):
        raise KoffieError(text("meeting-choose-unclear"))
    return await _mark(ask, [SlotId(_number(action.args, "slot")) for action in chosen])


async def another_time(ask: Ask, when: str) -> Reply:
    """Another time; that moment, or from that day on, when words name one."""
    wish = _wish(ask, when, text("meeting-wish-unclear")) if when else None
    try:
        koffie = await meant(ask, "agenda/move", lambda _: True, **_args(wish))
    except KoffieError:
        # The moment went by, and they did not meet.
        missed = [koffie for koffie, one in await meeting.of(ask.work, ask.me.id) if one.state is State.FIXED]
        if len(missed) != 1:
            raise
        (koffie,) = missed
    return koffie if isinstance(koffie, Reply) else await _moved(ask, koffie, wish)


async def _choose(ask: Ask, when: str) -> Reply:
    """The proposed time that these words name, as if its button were pressed."""
    wish = _wish(ask, when, text("meeting-choose-unclear"))

    def holds(one: Meeting) -> bool:
        return _is_open(one) and bool(_named(ask, one, wish))

    koffie = await meant(ask, "agenda/move", holds, _is_open, **_args(wish))
    return koffie if isinstance(koffie, Reply) else await _moved(ask, koffie, wish)


async def is_late(ask: Ask, minutes: int | None) -> Reply:
    """The others hear it at once. Raises KoffieError when nothing begins soon."""
    try:
        koffie = await meant(
            ask, "agenda/late", lambda one: meeting.is_about_to_begin(ask.work, one), minutes=minutes
        )
    except KoffieError:
        raise KoffieError(text("meeting-late-not-now")) from None
    return koffie if isinstance(koffie, Reply) else await _late(ask, koffie, minutes)


async def _late(ask: Ask, koffie: KoffieId, minutes: int | None) -> Reply:
    await meeting.late(ask.work, ask.me.id, koffie, minutes)
    return reply(say(text("meeting-late-told")))


def _is_open(one: Meeting) -> bool:
    return one.state is State.PROPOSED


def _named(ask: Ask, one: Meeting, wish: Wish) -> list[Slot]:
    """Which of the proposed times these are."""
    return [slot for slot in one.slots if wish.met_by(slot.span.start)]


def _wish(ask: Ask, when: str, unclear: Text | None) -> Wish:
    """The moment or stretch that words name, by the clock of who says them; or those that they may mean.

    Raises KoffieError with ``unclear``, if there is one.
    """
    zone = meeting_times.zone_of(ask.work, ask.me)
    if stretches := parse_stretches(when, ask.work.now, zone):
        return Wish(by=ask.me.id, stretches=stretches)
    match parse_appointment(when, ask.work.now, zone):
        case Ambiguous(options=moments):
            return Wish(by=ask.me.id, moments=moments)
        case None if unclear is not None:
            raise KoffieError(unclear)
        case None:
            return Wish(by=ask.me.id)
        case Past(day=moment) | moment:
            return Wish(by=ask.me.id, moments=(moment,))


async def cards(ask: Ask) -> list[Block]:
    """What is to come, each with what I can do."""
    return await _cards(ask, await _mine(ask))


async def _cards(ask: Ask, found: Sequence[tuple[KoffieId, Meeting]], *, entry: bool = False) -> list[Block]:
    made = []
    for koffie, one in found:
        kept, _ = await meeting.taken(ask.work, ask.me.id, koffie)
        made.append(await words.card(ask.work, kept, one, ask.me.id, entry=entry))
    return made


async def _mine(ask: Ask) -> list[tuple[KoffieId, Meeting]]:
    """My appointments that are still to come."""
    return [
        (koffie, one)
        for koffie, one in await meeting.of(ask.work, ask.me.id)
        if one.state is not State.FIXED or one.ahead(ask.work.now) or meeting.is_about_to_begin(ask.work, one)
    ]


async def meant(ask: Ask, verb: str, *fits: Fits, **more: JsonValue) -> KoffieId | Reply:
    """The one appointment that fits, or the question which; ``more`` is what its answer takes along.

    Where nothing fits the first, the next counts. Raises KoffieError when there is none.
    """
    mine = await _mine(ask)
    fitting = ([(koffie, one) for koffie, one in mine if fits_one(one)] for fits_one in fits)
    match next(filter(None, fitting), []):
        case []:
            raise KoffieError(text("agenda-empty"))
        case [(koffie, _)]:
            return koffie
        case found:
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
    return await _mark(ask, [SlotId(_number(args, "slot"))])


async def _mark(ask: Ask, slots: Sequence[SlotId]) -> Reply:
    said = await meeting.mark(ask.work, ask.me.id, *slots)
    return reply(said) if said else reply()


async def done(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _done(ask, _koffie(args))


async def _done(ask: Ask, koffie: KoffieId) -> Reply:
    said = await meeting.done(ask.work, ask.me.id, koffie)
    return reply(said) if said else reply()


async def ourselves(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    await meeting.ourselves(ask.work, ask.me.id, _koffie(args))
    return reply()


async def move(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    wish = args.get("wish")
    return await _moved(ask, _koffie(args), None if wish is None else Wish.model_validate(wish))


def _args(wish: Wish | None) -> dict[str, JsonValue]:
    """A wish as what a choice takes along."""
    return {} if wish is None else {"wish": wish.model_dump(mode="json")}


async def _moved(ask: Ask, koffie: KoffieId, wish: Wish | None) -> Reply:
    """Another time, if it can be what was wished for. While one is being chosen it is chosen from those."""
    kept, one = await meeting.taken(ask.work, ask.me.id, koffie)
    if _is_open(one):
        named = [] if wish is None else _named(ask, one, wish)
        if len(named) == 1:
            return await _mark(ask, [named[0].id])
        question = await words.question(ask.work, kept, one, ask.me.id)
        if wish is None:
            return reply(question)
        return reply(say(text("meeting-several" if named else "meeting-not-among")), question)
    slots = await meeting.move(ask.work, ask.me.id, koffie, wish)
    if not slots:
        # All hear that there is no time, and how to reach each other.
        return reply()
    suits = wish is None or any(wish.met_by(slot.span.start) for slot in slots)
    return reply(say(text("meeting-moved" if suits else "meeting-moved-otherwise")))


async def off(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return reply(await meeting_off.call_off(ask.work, ask.me.id, _koffie(args)))


async def entry(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    """When and where once more, with the entry for who lost it. Raises KoffieError while there is none."""
    kept, one = await meeting.taken(ask.work, ask.me.id, _koffie(args))
    if one.slot is None or one.state is not State.FIXED:
        raise KoffieError(text("meeting-refused"))
    return reply(await words.fixed(ask.work, kept, one, one.slot, ask.me.id))


async def arranged(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    return await _arranged(ask, _koffie(args))


async def _arranged(ask: Ask, koffie: KoffieId) -> Reply:
    await meeting.arranged(ask.work, ask.me.id, koffie)
    return reply(say(text("meeting-arranged-thanks")))


async def late(ask: Ask, args: Mapping[str, JsonValue]) -> Reply:
    minutes = args.get("minutes")
    return await _late(ask, _koffie(args), minutes if isinstance(minutes, int) else None)


COMMAND = Command(
    name="agenda",
    aliases=("afspraken", "mijn afspraken", "mijn agenda", "calendar", "appointments", "my appointments"),
    summary=text("agenda-summary"),
    run=run,
    understands=_understands,
    actions={
        "mark": mark,
        "done": done,
        "ourselves": ourselves,
        "move": move,
        "again": move,
        "off": off,
        "entry": entry,
        "arranged": arranged,
        "late": late,
    },
)
