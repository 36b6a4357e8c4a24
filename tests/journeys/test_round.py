"""A round as officials live it, on the terminal: joining in a room, one press to sit out, a yes of both."""

from __future__ import annotations

from pathlib import Path

from tests.support.story import telling

ADMIN = "Margriet Wolters"
JOIN = """
    {admin}: #stikstof koffie-beheer kanaal nieuw stikstof
    {admin}: #stikstof koffie-beheer ritme elke 2 weken op dinsdag om 10 uur
    {admin}: #stikstof doe mee
    Koen Wijers: #stikstof 1
    Hanneke Smit: doe mee stikstof
    Bas Oudshoorn: doe mee
    Bas Oudshoorn: Stikstof
    Tamara Gerritsen: doe mee met stikstof
"""


async def test_a_round_from_a_room_to_two_who_say_yes(database_url: str, tmp_path: Path) -> None:
    env = {"KOFFIE_ADMINS": f"terminal:demo:{ADMIN.casefold()}"}
    async with telling(database_url, tmp_path, env=env) as story:
        told = await story.tell(JOIN.format(admin=ADMIN))
        assert "1 Doe mee" in told.last("#stikstof")
        for name in (ADMIN, "Koen Wijers", "Hanneke Smit", "Bas Oudshoorn", "Tamara Gerritsen"):
            assert "Je doet mee met de koffierondes over Stikstof." in told.last(name)
        told = await story.tell(":time 2026-11-27 09:00")
        assert [seen.to for seen in told.messages] == ["#stikstof"], "the announcement and nothing else"
        assert "1 Sla deze over   2 Doe mee" in told.last("#stikstof")
        told = await story.tell("Bas Oudshoorn: #stikstof 1")
        assert told.last("Bas Oudshoorn").startswith("Prima, de ronde van dinsdag 1 december")
        told = await story.tell(":time 2026-12-01 10:05")
        asked = {seen.to for seen in told.messages if seen.text.startswith("Zin in koffie?")}
        assert asked == {ADMIN, "Koen Wijers", "Hanneke Smit", "Tamara Gerritsen"}
        told = await story.tell("".join(f"{name}: Graag\n" for name in sorted(asked)))
        assert told.output.count("jullie zeggen allebei ja") == len(asked)
        told = await story.tell(":time 2026-12-08 10:00")
        assert "komt er nu niet van" not in told.output
