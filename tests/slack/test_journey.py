"""From hello to koffie, as people on Slack live it."""

from __future__ import annotations

from tests.slack.world import World


async def test_hello(koffie: World) -> None:
    anna = koffie.person("anna")
    await anna.say("hallo")
    assert "Ik ben een computerprogramma" in (await anna.reads("Hoi")).words


async def test_a_command_is_answered_in_the_exchange(koffie: World) -> None:
    seen = await koffie.person("anna").command("/koffie", "hulp")
    assert seen is not None
    assert "hulp" in seen.words or "aanmelden" in seen.words
