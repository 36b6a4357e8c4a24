"""A time for a koffie, as people on Slack choose it."""

from __future__ import annotations

from tests.slack.journey import agree, registered
from tests.slack.world import World
from tests.support.calendars import entries


async def test_three_times_and_an_entry_for_the_calendar(koffie: World) -> None:
    anna, bram = koffie.person("anna"), koffie.person("bram")
    await registered(anna, bram)
    await agree(anna, bram)
    asked = await anna.reads("Welke passen jou?")
    first = asked.words.partition("[")[2].partition("]")[0]
    assert f"[{first}]" in (await bram.reads("Welke passen jou?")).words
    await anna.press(asked, first)
    await anna.reads("Past er nog een?")
    await bram.press(await bram.reads("Welke passen jou?"), first)
    for person, other in ((anna, "Bram Jansen"), (bram, "Anna de Vries")):
        assert other in (await person.reads("Het staat: koffie met")).words
        [fixed] = entries(await person.calendars())
        assert (fixed.method, other in fixed.title) == ("PUBLISH", True)
    await bram.command("/koffie", "afzeggen")
    await bram.reads("Ik laat het weten.")
    assert "Bram" not in (await anna.reads("gaat niet door. Dat zegt niets over jou.")).words
    for person in (anna, bram):
        fixed, off = entries(await person.calendars())
        assert (off.method, off.uid, off.sequence) == ("CANCEL", fixed.uid, fixed.sequence + 1)
