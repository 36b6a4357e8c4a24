"""Write docs/story.md: a story told to the real program, by `make docs`; a test fails when it is stale."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.support.story import Story, telling

PAGE = Path(__file__).parent / "story.md"
SEED = 7

_INTRODUCTION = """\
# From hello to a koffie

*This page is made by telling the story to the program: `make docs`.*

Anna works at a waterschap, Bram at a gemeente. Neither knows the bot. The others are invented officials of
the demo. What somebody types stands at the margin; what they, or others, then see stands under it. To tell it
yourself, put the typed lines in a file and run `koffie run < file`, or `make run < file`.
"""


@dataclass(frozen=True)
class Scene:
    """A part of the story: what happens, and the lines that are typed."""

    title: str
    about: str
    lines: str


SCENES = (
    Scene(
        "Anna joins",
        "Three answers, of which the last is the consent.",
        """
        Anna: hallo
        Anna: 1
        Anna: waterschap vallei en veluwe
        Anna: leid stikstof, volg KRW
        Anna: 1
        """,
    ),
    Scene(
        "Bram asks first",
        "Who asks before joining gets three questions, and then the answer. Bram rather gives his number.",
        """
        Bram: wie gaat er over stikstof bij de waterschappen?
        Bram: gemeente Amersfoort
        Bram: stikstof en woningbouw
        Bram: 1
        Bram: profiel telefoon 06 12345678
        """,
    ),
    Scene(
        "Anna looks somebody up",
        "Three persons at most, each willing and unknown to her. She asks for Bram by name.",
        """
        Anna: stikstof gemeente
        Anna: koffie Bram
        Anna: 1
        """,
    ),
    Scene(
        "Both say yes",
        "They have the same question at the same moment. Only once both said yes, each gets the other's "
        "contact route.",
        """
        Anna: 1
        Bram: graag
        :as Anna
        :file
        """,
    ),
    Scene(
        "A time",
        "Each marks what suits and sees nothing of what the other marks. The first time that both marked is "
        "fixed, and comes as a file for the calendar.",
        """
        :time
        Anna: 1
        Bram: 2
        Bram: meer niet
        Anna: maandag 30 november 14:00
        :as Bram
        :file
        """,
    ),
    Scene(
        "Something comes up",
        "One word is enough. Both get other times, and the same entry in their calendars moves.",
        """
        :time +1d
        Bram: verzetten
        Anna: 1
        Bram: 2
        Bram: meer niet
        Anna: donderdag 3 december 14:00
        Anna: agenda
        :time woensdag 2 december 12:00
        :time donderdag 3 december 13:50
        Bram: ik ben later 5 minuten
        """,
    ),
    Scene(
        "Did it happen?",
        "On the working day after it the bot asks once. How it felt is counted and tied to nobody.",
        """
        :time vrijdag 4 december 12:00
        Anna: ja
        Anna: ja
        Anna: ja
        Anna: nee, dank je
        Bram: ja
        Bram: een beetje
        Bram: ja
        Bram: nee, dank je
        :time +7d
        Anna: wie-ken-ik
        """,
    ),
    Scene(
        "A no",
        "Marloes says no. Until the term nothing tells Anna so, and at the term both read the same words.",
        """
        Anna: koffie Marloes Kramer
        Anna: 1
        Anna: 1
        Marloes Kramer: nu even niet
        :time +7d
        """,
    ),
    Scene(
        "A silence",
        "Koen never answers. After one reminder to him, Anna reads just what she read after the no.",
        """
        Anna: koffie Koen Wijers
        Anna: 1
        Anna: 1
        :time +7d
        """,
    ),
    Scene(
        "Three rings",
        "Fatima has been here for a while: whom she knows, whom she can reach, and who is willing.",
        """
        Fatima el Amrani: wie gaat er over stikstof bij een waterschap?
        """,
    ),
    Scene(
        "Bram leaves",
        "What is kept of him goes; the others' history stays whole, without him in it.",
        """
        Bram: wis-mij
        Bram: wis alles
        Bram: hallo
        """,
    ),
)


async def page() -> str:
    """The whole page, with what the program says now."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/koffie.db"
        async with telling(url, Path(folder), seed=SEED) as story:
            scenes = [await _told(story, scene) for scene in SCENES]
    return "\n".join([_INTRODUCTION, *scenes])


async def _told(story: Story, scene: Scene) -> str:
    lines = [f"## {scene.title}\n", f"{scene.about}\n", "```"]
    for number, typed in enumerate(scene.lines.split("\n")):
        if not typed.strip():
            continue
        lines.append(typed.strip())
        # Chance begins anew with each line, so that a change in one place shows in no other.
        story.program.workshop.random.seed(f"{SEED} {scene.title} {number}")
        part = await story.tell(typed.strip())
        lines += [f"    {line}" for line in part.output.splitlines()]
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(page()), "utf-8")
