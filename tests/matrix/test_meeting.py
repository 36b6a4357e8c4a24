"""A time for a koffie, as people on Matrix choose it."""

from __future__ import annotations

from tests.matrix.journey import agree, registered
from tests.matrix.world import World
from tests.support.calendars import entries


async def test_three_times_and_an_entry_for_the_calendar(koffie: World) -> None:
    anna, bram = await koffie.person("anna"), await koffie.person("bram")
    await registered(anna, bram)
    await agree(anna, bram)
    asked, theirs = await anna.reads("Welke passen jou?"), await bram.reads("Welke passen jou?")
    assert asked.words.replace("Bram Jansen", "…") == theirs.words.replace("Anna de Vries", "…")
    await anna.answer_to("2", "Genoteerd: maandag 30 november 14:00.")
    # In words, since a number would fit the question whom he can call as well.
    await bram.say("maandag 30 november 14:00")
    for person, other in ((anna, "Bram Jansen"), (bram, "Anna de Vries")):
        await person.reads(f"Het staat: koffie met {other} op maandag 30 november 14:00.")
        [fixed] = entries(await person.calendars(1))
        assert (fixed.method, fixed.start.isoformat()) == ("PUBLISH", "2026-11-30T14:00:00+01:00")
        assert other in fixed.title
    # Moved: both choose anew, and the same entry gets its new time.
    await bram.answer_to("verzetten", "Je krijgt nieuwe momenten")
    await anna.reads("krijgt een ander moment")
    moved = "donderdag 3 december 14:00"
    await anna.answer_to(moved, "Genoteerd")
    await bram.reads("krijgt een ander moment")
    await bram.say(moved)
    for person in (anna, bram):
        before, after = entries(await person.calendars(2))
        assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
        assert after.start.isoformat() == "2026-12-03T14:00:00+01:00"
    # Called off: one word, and the other is told by no name and can take it out of the calendar.
    await anna.answer_to("afzeggen", "Ik laat het weten.")
    told = await bram.reads("gaat niet door. Dat zegt niets over jou.")
    assert "Anna" not in told.words
    for person in (anna, bram):
        before, after = entries(await person.calendars(3))[1:]
        assert (after.method, after.uid, after.sequence) == ("CANCEL", before.uid, before.sequence + 1)
