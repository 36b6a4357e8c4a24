"""The appointment as a calendar file (RFC 5545, 5546), made when its message is sent.

PUBLISH, not REQUEST: nobody is an attendee, so that no address of one gets into the other's calendar and no
calendar sends answers that nobody reads; see docs/decisions/0060-a-time.md. One UID a koffie; each change has
a higher SEQUENCE, so that moving and cancelling change the same entry.
"""

from collections.abc import Callable
from datetime import UTC

from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vText

from bot.chat.message import Attachment, FileOf
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.meeting import Meeting, Slot, SlotId, State
from bot.domain.meeting_place import Way
from bot.domain.words import clean
from bot.i18n.text import Text, text
from bot.services import reveal
from bot.services.reveal import Withheld
from bot.settings import CODE
from bot.store import meeting as store
from bot.store.work import Work

FIXED = "calendar"
OFF = "calendar-off"
_NOBODY = "mailto:noreply@koffie.invalid"
"""PUBLISH asks for an organiser; nothing is to be sent there (RFC 2606)."""
# Since 1996; what the library derives by itself are dates without a rule, which not every calendar takes.
_AMSTERDAM = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
Words = Callable[[Text], str]


def fixed(slot: Slot) -> FileOf:
    """The entry for a time, as long as that is the time."""
    return FileOf(kind=FIXED, of=slot.id)


def off(slot: Slot) -> FileOf:
    """What takes the entry out of the calendar again."""
    return FileOf(kind=OFF, of=slot.id)


def online_address(work: Work, koffie: KoffieId) -> str:
    """Where those of one koffie meet online; nobody can guess it."""
    return work.online_address.replace(CODE, work.vault.hash("online", str(koffie)))


async def of(work: Work, reader: OfficialId, slot_id: int, words: Words) -> Attachment:
    """The file for a time that stands. Raises :class:`Withheld` for who has no seat, and once it changed."""
    koffie, slot, meeting = await _found(work, slot_id)
    if reader not in meeting.officials or meeting.state is not State.FIXED or meeting.slot != slot:
        raise Withheld("not this time any more")
    others = [one for one in meeting.officials if one != reader]
    sight = await reveal.sight(work, reader, others)
    names = [clean(sight.seen[one].name) for one in others if one in sight.seen and sight.names(one)]
    title = text("calendar-title", names=" & ".join(names)) if names else text("calendar-title-bare")
    event = _event(work, koffie, meeting, slot)
    event.add("summary", words(title))
    visit = slot.way is Way.VISIT
    event.add("description", words(text("calendar-description-visit" if visit else "calendar-description")))
    event.add("status", "CONFIRMED")
    where = await _where(work, reader, koffie, slot, words)
    if where:
        event.add("location", where)
    return _file(work, "PUBLISH", event, slot)


async def of_off(work: Work, slot_id: int, words: Words) -> Attachment:
    """The file that cancels a time which stood. It names nobody. Raises :class:`Withheld` when it stands."""
    koffie, slot, meeting = await _found(work, slot_id)
    if meeting.slot is not None:
        raise Withheld("there is a time again")
    event = _event(work, koffie, meeting, slot)
    event.add("summary", words(text("calendar-off")))
    event.add("status", "CANCELLED")
    return _file(work, "CANCEL", event, slot)


async def _found(work: Work, slot_id: int) -> tuple[KoffieId, Slot, Meeting]:
    found = await store.koffie_of_slot(work, SlotId(slot_id))
    meeting = None if found is None else await store.get(work, found[0])
    if found is None or meeting is None:
        raise Withheld("no such time")
    return *found, meeting


def _event(work: Work, koffie: KoffieId, meeting: Meeting, slot: Slot) -> Event:
    event = Event()
    event.add("uid", f"{work.vault.hash('calendar', str(koffie))}@koffie.invalid")
    event.add("sequence", meeting.changes - 1)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", slot.span.start.astimezone(work.zone))
    event.add("dtend", slot.span.end.astimezone(work.zone))
    organiser = vCalAddress(_NOBODY)
    organiser.params["CN"] = vText("Koffie")
    event.add("organizer", organiser)
    # Shared office calendars show that one is taken, and not with whom.
    event.add("class", "PRIVATE")
    return event


async def _where(work: Work, reader: OfficialId, koffie: KoffieId, slot: Slot, words: Words) -> str:
    match slot.way:
        case Way.ONLINE:
            return online_address(work, koffie)
        case Way.CALL:
            return words(text("calendar-call"))
        case _ if slot.host is None:
            return slot.place
        case _:
            return clean(await store.place_of(work, reader, koffie, slot.host))


def _zone(name: str) -> Component:
    """The zone with its rule for ever, as calendars know it; another zone than ours with its next changes."""
    if name != "Europe/Amsterdam":
        return Timezone.from_tzid(name)
    return Timezone.from_ical(_AMSTERDAM)


def _file(work: Work, method: str, event: Event, slot: Slot) -> Attachment:
    calendar = Calendar()
    calendar.add("prodid", "-//Koffie//Koffie//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone(work.zone.key))
    calendar.add_component(event)
    return Attachment(name="koffie.ics", media_type="text/calendar", content=calendar.to_ical())
