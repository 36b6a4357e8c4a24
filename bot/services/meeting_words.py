"""The messages of an appointment. Who the others are, and where, is read when a message is sent."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.message import Block, Card, Link, Message, Option, Paragraph, choose, option, say
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.meeting import Meeting, Slot, State
from bot.domain.meeting_place import Way
from bot.i18n.text import About, Text, text
from bot.services import calendar
from bot.services import koffie_words as words
from bot.services.meeting_times import zone_of
from bot.services.wording import Named, all_of
from bot.store import officials
from bot.store.koffie import KeptKoffie
from bot.store.work import Work

ABOUT = text("meeting-about")
ABOUT_WHICH = text("meeting-about-which")


def slot_of(koffie: KoffieId) -> str:
    """The chat slot of the question which times suit."""
    return f"meeting:{koffie}"


def nudge_slot(koffie: KoffieId) -> str:
    """The chat slot of the question whether a time was arranged."""
    return f"meeting-nothing-yet:{koffie}"


def name_of(official: OfficialId) -> Named:
    """Somebody by name, read when the message is sent."""
    return About(official=official, fact="name")


def heard() -> Message:
    """All that one has to say is noted."""
    return say(text("meeting-heard"))


def others(meeting: Meeting, reader: OfficialId) -> Named:
    """'Bram', or 'Bram en Carla'."""
    names = [name_of(one) for one in meeting.officials if one != reader]
    return all_of(names)


async def moment(work: Work, slot: Slot, reader: OfficialId) -> Text:
    """'dinsdag 1 december 10:00', and for who lives by another clock what that one shows."""
    me = await officials.get(work, reader)
    zone = work.zone if me is None else zone_of(work, me)
    here = slot.span.start.astimezone(zone)
    if here.utcoffset() == slot.span.start.astimezone(work.zone).utcoffset():
        return text("meeting-moment", moment=slot.span.start)
    return text("meeting-moment-abroad", moment=slot.span.start, here=f"{here:%H:%M}")


def how(koffie: KoffieId, slot: Slot, reader: OfficialId) -> Text:
    """'Live: Utrecht Centraal.' How to meet, and where."""
    match slot.way:
        case Way.CALL if slot.host == reader:
            return text("meeting-call-you")
        case Way.CALL:
            return text("meeting-call", name=_name(slot.host))
        case Way.ONLINE:
            return text("meeting-online")
        case Way.VISIT:
            return _visit(koffie, slot, reader)
        case Way.WALK:
            return text("meeting-walk", place=_place(koffie, slot))
        case _ if slot.host is None:
            return text("meeting-live-station", place=slot.place)
        case _:
            return text("meeting-live", place=_place(koffie, slot))


def _visit(koffie: KoffieId, slot: Slot, reader: OfficialId) -> Text:
    if slot.host == reader:
        return text("meeting-visit-you")
    if not slot.place:
        return text("meeting-visit", name=_name(slot.host))
    return text("meeting-visit-at", name=_name(slot.host), place=_place(koffie, slot))


def _name(host: OfficialId | None) -> Named:
    return text("reveal-colleague") if host is None else name_of(host)


def _place(koffie: KoffieId, slot: Slot) -> Named:
    if slot.host is None:
        return slot.place
    return About(official=slot.host, fact="meeting-place", koffie=koffie)


def _action(label: Text, verb: str, koffie: KoffieId, style: str = "normal") -> Option:
    return option(label, f"agenda/{verb}", "primary" if style == "primary" else "normal", koffie=int(koffie))


async def question(work: Work, kept: KeptKoffie, meeting: Meeting, reader: OfficialId) -> Message:
    """Which of these times suit?"""
    count = len(meeting.slots)
    names = others(meeting, reader)
    marked = [slot for slot in meeting.slots if slot.id in meeting.seat_of(reader).marked]
    if marked:
        key = "meeting-question-marked" if len(marked) < count else "meeting-question-all-marked"
        moments = all_of([await moment(work, slot, reader) for slot in marked])
        lead = text(key, others=names, moments=moments)
    elif meeting.attempt > 1:
        lead = text("meeting-question-again", count=count, others=names)
    elif meeting.slot is not None:
        lead = text("meeting-question-moved", count=count, others=names)
    else:
        lead = text("meeting-question", count=count, others=names)
    return say(
        lead,
        how(kept.id, meeting.slots[0], reader),
        text("meeting-unseen"),
        choose(*await _times(work, kept.id, meeting, reader)),
        slot=slot_of(kept.id),
        about=ABOUT,
    )


async def one_more(
    work: Work, kept: KeptKoffie, meeting: Meeting, reader: OfficialId, noted: Sequence[Slot]
) -> Message:
    """These are noted; does another one suit as well?"""
    moments = all_of([await moment(work, slot, reader) for slot in sorted(noted, key=lambda slot: slot.span)])
    return say(
        text("meeting-noted", moment=moments),
        choose(*await _times(work, kept.id, meeting, reader)),
        slot=slot_of(kept.id),
        about=ABOUT,
    )


async def _times(work: Work, koffie: KoffieId, meeting: Meeting, reader: OfficialId) -> list[Option]:
    """Those times that the reader did not mark yet, that no more suit, and doing without me."""
    marked = meeting.seat_of(reader).marked
    options = [
        option(await moment(work, slot, reader), "agenda/mark", "primary", slot=int(slot.id))
        for slot in meeting.slots
        if slot.id not in marked and work.now < slot.span.start
    ]
    if len(marked) < len(meeting.slots):
        options.append(_action(text("meeting-no-more" if marked else "meeting-none"), "done", koffie))
    return [*options, _action(text("meeting-ourselves"), "ourselves", koffie)]


async def fixed(work: Work, kept: KeptKoffie, meeting: Meeting, slot: Slot, reader: OfficialId) -> Message:
    """This is when and where, with the entry for one's calendar."""
    when = await moment(work, slot, reader)
    blocks: list[Block | Text] = [
        text("meeting-fixed", others=others(meeting, reader), moment=when),
        *_where(work, kept.id, slot, reader),
        text("meeting-change"),
        calendar.fixed(slot),
    ]
    return say(*blocks)


async def eve(work: Work, kept: KeptKoffie, meeting: Meeting, slot: Slot, reader: OfficialId) -> Message:
    """The day before."""
    when = await moment(work, slot, reader)
    blocks: list[Block | Text] = [
        text("meeting-eve", others=others(meeting, reader), moment=when),
        *_where(work, kept.id, slot, reader),
        text("meeting-change"),
    ]
    return say(*blocks)


def _where(work: Work, koffie: KoffieId, slot: Slot, reader: OfficialId) -> list[Block | Text]:
    found: list[Block | Text] = [how(koffie, slot, reader)]
    if slot.way is Way.ONLINE:
        link = Link(url=calendar.online_address(work, koffie), label=text("meeting-online-link"))
        found.append(Paragraph(spans=(link,)))
    return found


def without_me(lead: Text, meeting: Meeting, reader: OfficialId, dropped: Slot | None) -> Message:
    """They arrange it themselves: how to reach the others; a time that stood leaves the calendar."""
    blocks: list[Block | Text] = [lead]
    for one in meeting.officials:
        if one != reader:
            route = text("koffie-route", route=About(official=one, fact="route"))
            title = About(official=one, fact="name")
            blocks.append(Card(title=title, lines=((route,),)))
    if dropped is not None:
        blocks += [text("calendar-take-out"), calendar.off(dropped)]
    return say(*blocks)


async def off(work: Work, kept: KeptKoffie, about: Text, slot: Slot | None, reader: OfficialId) -> Message:
    """It will not be, in the same words whatever the reason (P24)."""
    lead = text("meeting-off", about=about)
    blocks: list[Block | Text] = []
    if slot is not None:
        lead = text("meeting-off-at", about=about, moment=await moment(work, slot, reader))
        blocks += [text("calendar-take-out"), calendar.off(slot)]
    return say(
        lead,
        choose(
            option(text("koffie-look-on"), "koffie/look-on", "primary", koffie=int(kept.id)),
            option(text("koffie-pause"), "koffie/pause"),
        ),
        *blocks,
        slot=f"koffie-off:{kept.id}",
        lasting=True,
        about=about,
    )


async def off_for_me(work: Work, about: Text, slot: Slot | None, reader: OfficialId) -> Message:
    """The same for who took it out of the calendar by pausing or blocking."""
    if slot is None:
        return say(text("meeting-off-told", about=about))
    when = await moment(work, slot, reader)
    return say(
        text("meeting-off-told-at", about=about, moment=when), text("calendar-take-out"), calendar.off(slot)
    )


async def about(work: Work, kept: KeptKoffie, reader: OfficialId) -> Text:
    """'koffie over stikstof met een collega bij gemeente Ede': names nobody, who may be no more."""
    return await words.about(work, kept, reader)


def still_nothing(kept: KeptKoffie, meeting: Meeting, reader: OfficialId) -> Message:
    """Once, when a week went by without a time."""
    return say(
        text("meeting-nothing-yet", others=others(meeting, reader)),
        choose(
            _action(text("meeting-propose"), "move", kept.id, "primary"),
            _action(text("meeting-arranged"), "arranged", kept.id),
            _action(text("meeting-after-all-not"), "off", kept.id),
        ),
        slot=nudge_slot(kept.id),
        about=text("meeting-about-arranged"),
    )


async def card(
    work: Work, kept: KeptKoffie, meeting: Meeting, reader: OfficialId, *, entry: bool = False
) -> Block:
    """One appointment in one's own list, with what one can do; ``entry``: also its calendar file anew."""
    options = [_action(text("meeting-call-off"), "off", kept.id)]
    match meeting.state:
        case State.FIXED if meeting.slot is not None:
            lines = [(await moment(work, meeting.slot, reader),), (how(kept.id, meeting.slot, reader),)]
            options.insert(0, _action(text("meeting-move"), "move", kept.id))
            if entry:
                options.append(_action(text("meeting-entry"), "entry", kept.id))
        case State.PROPOSED:
            lines = [(text("meeting-choosing"),)]
            options.insert(0, _action(text("meeting-choose"), "again", kept.id, "primary"))
        case _:
            lines = [(text("meeting-by-yourselves"),)]
            options.insert(0, _action(text("meeting-propose"), "move", kept.id))
    title = text("meeting-card", others=others(meeting, reader))
    return Card(title=title, lines=tuple(lines), options=tuple(options))


def which(
    verb: str,
    found: Sequence[tuple[KoffieId, Meeting]],
    reader: OfficialId,
    more: Mapping[str, JsonValue],
) -> Message:
    """Several are meant by these words: ask back which. ``more`` goes along with the answer."""
    cards = [
        Card(
            title=text("meeting-card", others=others(meeting, reader)),
            options=(option(text("meeting-this-one"), verb, "normal", koffie=int(koffie), **more),),
        )
        for koffie, meeting in found
    ]
    return say(text("meeting-which"), *cards, slot="meeting-which", about=ABOUT_WHICH)
