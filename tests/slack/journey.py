"""A whole story of two officials on Slack: the journeys and the pictures tell the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.slack.world import Person, Seen, World


async def register(person: Person, organisation: str, topic: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Join by the modal behind the slash command; the two modals that it takes."""
    seen = await person.command("/aanmelden")
    if seen is not None:
        # On a machine that is very busy the trigger is over before the modal opens: a button opens it.
        await person.press(seen, "Aanmelden")
    first = await person.window()
    place, *_ = await person.suggest(first, "organisation", organisation)
    opgave, *_ = await person.suggest(first, "topics", topic)
    answer = await person.hand_in(first, organisation=place, topics=[opgave])
    assert answer["response_action"] == "update", answer
    consent: dict[str, Any] = answer["view"]
    yes, _no = consent["blocks"][-1]["element"]["options"]
    assert await person.hand_in(consent, consent=yes) == {"response_action": "clear"}
    await person.reads("Fijn dat je meedoet")
    return first, consent


@dataclass(frozen=True)
class Story:
    """What Anna saw, from hello to koffie."""

    first: dict[str, Any]
    consent: dict[str, Any]
    profile: dict[str, Any]
    found: Seen
    asked: Seen
    settled: Seen
    together: Seen
    times: Seen
    home: Seen


async def story(world: World) -> Story:
    """Anna of a ministry and Bram of a gemeente find each other."""
    anna, bram = world.person("anna"), world.person("bram")
    first, consent = await register(anna, "minbzk", "stikstof")
    await register(bram, "gemeente amsterdam", "stikstof")
    await anna.command("/wie-ken-ik", "stikstof gemeente")
    found = await anna.reads("Bram Jansen")
    await anna.press(found, "Vraag om koffie")
    asked, theirs = await anna.reads("Zin in koffie?"), await bram.reads("Zin in koffie?")
    assert asked.words == theirs.words
    await anna.opens_home()
    home = await anna.home("Open koffies")
    await anna.press(asked, "Graag")
    settled = await anna.reads("✓ Graag")
    await bram.press(theirs, "Graag")
    together = await anna.reads("jullie zeggen allebei ja", bram)
    times = await anna.reads("Welke passen jou?")
    await anna.command("/koffie", "profiel werkdagen")
    profile = await anna.window("werk")
    return Story(first, consent, profile, found, asked, settled, together, times, home)
