"""The calendar file, read back by two other parsers and compared with the database of time zones."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Attachment
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.meeting import Meeting
from bot.domain.meeting_place import Way
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text
from bot.services import calendar, meeting, meeting_off
from bot.services.calendar import _AMSTERDAM
from bot.services.reveal import Withheld
from bot.store import meeting as store
from bot.store import officials
from bot.store.work import Work, Workshop
from tests.support.tables import Tables
from tests.support.workshop import AMSTERDAM

HOSTILE = "Kwaad;,\\ \"'\r\nATTENDEE:mailto:x@example.org\nBEGIN:VEVENT\x07\u202e<b>&amp;"
NODE = Path(__file__).parents[1] / "page" / "node"
CATALOGUE = Catalogue(TEXTS, AMSTERDAM)


def in_dutch(work: Work) -> Callable[[Text], str]:
    return partial(CATALOGUE.words, language="nl", about=nothing_about, today=work.today)


@pytest.fixture
async def table(workshop: Workshop) -> Tables:
    return await Tables(workshop).build()


async def agreed(
    workshop: Workshop, table: Tables, name: str = "", **bram_has: object
) -> tuple[KoffieId, OfficialId, OfficialId]:
    """Two who get three times; what Bram's profile holds besides."""
    anna, bram = await table.official(organisation=1), await table.official(name, organisation=2)
    if bram_has:
        async with workshop.write() as work:
            await officials.change(work, bram, **bram_has)
    return await begun(workshop, table, anna, bram), anna, bram


async def begun(workshop: Workshop, table: Tables, anna: OfficialId, bram: OfficialId) -> KoffieId:
    koffie = await table.koffie(anna, bram)
    async with workshop.write() as work:
        # As once the introduction was delivered.
        await meeting.begin(work, koffie)
    return koffie


async def now(workshop: Workshop, koffie: KoffieId) -> Meeting:
    async with workshop.read() as work:
        found = await store.get(work, koffie)
        assert found is not None
        return found


async def fix(workshop: Workshop, koffie: KoffieId, which: int, *both: OfficialId) -> Meeting:
    chosen = (await now(workshop, koffie)).slots[which]
    for official in both:
        async with workshop.write() as work:
            await meeting.mark(work, official, chosen.id)
    return await now(workshop, koffie)


async def file(workshop: Workshop, reader: OfficialId, slot: int, kind: str = calendar.FIXED) -> Attachment:
    async with workshop.read() as work:
        if kind == calendar.OFF:
            return await calendar.of_off(work, slot, in_dutch(work))
        return await calendar.of(work, reader, slot, in_dutch(work))


def as_thunderbird_reads(content: bytes) -> dict[str, Any]:
    """The same event by ical.js, which Nextcloud uses as well."""
    done = subprocess.run(
        ["node", "calendar.mjs"],  # noqa: S607 - whichever the machine has
        cwd=NODE, input=content, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    read: dict[str, Any] = json.loads(done.stdout)
    return read | {name: datetime.fromisoformat(read[name]) for name in ("start", "end")}


def event(made: Attachment) -> vobject.base.Component:
    """The one event, as both parsers read it, with the lines as they must be."""
    assert made.content.endswith(b"\r\n")
    assert b"\n" not in made.content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in made.content.split(b"\r\n"))
    parsed = vobject.readOne(made.content.decode())
    found: vobject.base.Component
    (found,) = parsed.vevent_list
    assert not hasattr(found, "attendee")
    assert as_thunderbird_reads(made.content) == {
        "method": parsed.method.value,
        "uid": found.uid.value,
        "sequence": int(found.sequence.value),
        "start": found.dtstart.value,
        "end": found.dtend.value,
        "title": found.summary.value,
        "place": found.location.value if hasattr(found, "location") else None,
        "description": found.description.value if hasattr(found, "description") else None,
        "properties": sorted(child.name.lower() for child in found.getChildren()),
    }
    return found


async def test_the_entry_is_when_and_where(workshop: Workshop, table: Tables) -> None:
    koffie, anna, bram = await agreed(workshop, table)
    fixed = await fix(workshop, koffie, 0, anna, bram)
    assert fixed.slot is not None
    made = await file(workshop, anna, fixed.slot.id)
    assert (made.name, made.media_type) == ("koffie.ics", "text/calendar")
    found = event(made)
    assert vobject.readOne(made.content.decode()).method.value == "PUBLISH"
    assert found.dtstart.value == fixed.slot.span.start
    assert found.dtend.value == fixed.slot.span.end
    assert b"DTSTART;TZID=Europe/Amsterdam:20261127T100000" in made.content
    assert found.summary.value == "Koffie met Naam Nummer2"
    assert found.location.value == fixed.slot.place == "Arnhem Centraal"
    assert (found.sequence.value, found.status.value) == ("0", "CONFIRMED")
    assert getattr(found, "class").value == "PRIVATE"
    assert found.dtstamp.value.utcoffset() == timedelta(0)
    theirs = event(await file(workshop, bram, fixed.slot.id))
    assert (theirs.uid.value, theirs.summary.value) == (found.uid.value, "Koffie met Naam Nummer1")


async def test_a_visit_is_no_half_hour(workshop: Workshop, table: Tables) -> None:
    anna, bram = await table.official(organisation=1), await table.official(organisation=2)
    async with workshop.write() as work:
        for one in (anna, bram):
            await officials.change(work, one, formats=["shadow"])
    fixed = await fix(workshop, await begun(workshop, table, anna, bram), 0, anna, bram)
    assert fixed.slot is not None
    found = event(await file(workshop, anna, fixed.slot.id))
    assert found.description.value.startswith("Een dagdeel meelopen")
    assert found.dtend.value - found.dtstart.value == timedelta(hours=3)


async def test_moving_and_calling_off_change_the_same_entry(
    workshop: Workshop, table: Tables, clock: DemoClock
) -> None:
    koffie, anna, bram = await agreed(workshop, table)
    first = await fix(workshop, koffie, 0, anna, bram)
    assert first.slot is not None
    one = event(await file(workshop, anna, first.slot.id))
    async with workshop.write() as work:
        await meeting.move(work, bram, koffie)
    clock.move(clock.now() + timedelta(minutes=5))
    second = await fix(workshop, koffie, 1, bram, anna)
    assert second.slot is not None
    two = event(await file(workshop, anna, second.slot.id))
    with pytest.raises(Withheld):
        await file(workshop, anna, first.slot.id)
    async with workshop.write() as work:
        await meeting_off.call_off(work, anna, koffie)
    cancelled = await file(workshop, bram, second.slot.id, calendar.OFF)
    three = event(cancelled)
    assert vobject.readOne(cancelled.content.decode()).method.value == "CANCEL"
    assert one.uid.value == two.uid.value == three.uid.value
    assert [each.sequence.value for each in (one, two, three)] == ["0", "1", "2"]
    assert one.dtstart.value != two.dtstart.value == three.dtstart.value
    assert one.dtstamp.value < two.dtstamp.value
    assert (three.status.value, three.summary.value) == ("CANCELLED", "Koffie gaat niet door")
    with pytest.raises(Withheld):
        await file(workshop, anna, second.slot.id)


async def test_only_who_has_a_seat_gets_it(workshop: Workshop, table: Tables) -> None:
    koffie, anna, bram = await agreed(workshop, table)
    stranger = await table.official(organisation=3)
    fixed = await fix(workshop, koffie, 0, anna, bram)
    assert fixed.slot is not None
    for reader, slot in ((stranger, int(fixed.slot.id)), (anna, 9999)):
        with pytest.raises(Withheld):
            await file(workshop, reader, slot)
    with pytest.raises(Withheld):
        await file(workshop, anna, fixed.slot.id, calendar.OFF)


async def test_hostile_words_stay_inside_their_own_property(workshop: Workshop, table: Tables) -> None:
    koffie, anna, bram = await agreed(workshop, table, HOSTILE, place=HOSTILE)
    async with workshop.write() as work:
        # Both name the same place, so that it is theirs and no station.
        await officials.change(work, anna, place=HOSTILE)
        await meeting.ourselves(work, anna, koffie)
        await meeting.move(work, anna, koffie)
    fixed = await fix(workshop, koffie, 0, anna, bram)
    assert fixed.slot is not None
    assert fixed.slot.place == HOSTILE
    made = await file(workshop, anna, fixed.slot.id)
    found_event = event(made)
    assert "Kwaad;,\\" in found_event.summary.value
    assert "Kwaad;,\\" in found_event.location.value
    names = {child.name for child in found_event.getChildren()}
    assert "ATTENDEE" not in names
    assert made.content.count(b"\r\nBEGIN:VEVENT") == 1
    assert b"\x07" not in made.content
    assert "\u202e" not in made.content.decode()


@pytest.mark.parametrize("way", [Way.ONLINE, Way.CALL])
async def test_without_a_place(workshop: Workshop, table: Tables, way: Way) -> None:
    online = Workshop(**{**vars(workshop), "online_address": "https://meet.example.nl/koffie-{code}"})
    far = Tables(online)
    anna, bram = await far.official(organisation=1), await far.official(organisation=2)
    async with online.write() as work:
        for official in (anna, bram):
            await officials.change(work, official, formats=[str(way)])
    koffie = await begun(online, far, anna, bram)
    fixed = await fix(online, koffie, 0, anna, bram)
    assert fixed.slot is not None
    assert fixed.slot.way is way
    async with online.read() as work:
        found = event(await calendar.of(work, anna, fixed.slot.id, in_dutch(work)))
        address = calendar.online_address(work, koffie)
        other = calendar.online_address(work, KoffieId(koffie + 1))
    assert address.startswith("https://meet.example.nl/koffie-")
    assert len(address) == len("https://meet.example.nl/koffie-") + 24
    assert address != other
    assert found.location.value == (address if way is Way.ONLINE else "Per telefoon")


WEEKS = st.datetimes(datetime(1997, 1, 1), datetime(2060, 1, 1))  # noqa: DTZ001 - a time on the wall


@given(WEEKS)
def test_the_zone_of_the_file_is_the_zone_of_the_world(wall: datetime) -> None:
    """The rule that stands in each file, as the other parser reads it, against the zone database."""
    component = vobject.readOne(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{_AMSTERDAM}END:VCALENDAR\r\n")
    zone = component.vtimezone.tzinfo
    real = wall.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    if real.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) == wall and not _twice(wall):
        assert wall.replace(tzinfo=zone).utcoffset() == real.utcoffset()


def _twice(wall: datetime) -> bool:
    """Whether the clock shows it twice, in the night in which winter begins."""
    first, second = (wall.replace(tzinfo=AMSTERDAM, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()
