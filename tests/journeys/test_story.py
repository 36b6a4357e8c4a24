"""Stories are told to the real program, here and in a process of its own."""

from pathlib import Path

from tests.support.story import Story, Told, run_story


async def test_a_story_goes_on(story: Story) -> None:
    first = await story.tell("Anna: hulp")
    second = await story.tell("""
        Bram: hulp
        Anna: hulp
    """)
    assert len(first.to("Anna")) == len(second.to("Anna")) == len(second.to("bram")) == 1
    assert "wie gaat er over stikstof" in first.last("Anna")
    assert len(story.told.to("Anna")) == 2


def test_a_story_in_a_process_of_its_own(tmp_path: Path, database_url: str) -> None:
    told = run_story("Anna: hulp\n", tmp_path, database_url)
    assert told.code == 0
    assert "wie gaat er over stikstof" in told.last("Anna")


def test_messages_are_told_apart() -> None:
    told = Told(
        "koffie → Anna: een\nkoffie → Anna:   twee: drie\n: de klok\nkoffie → Anna: vier\nkoffie → Bo:\n"
    )
    assert told.to("Anna") == ["een\ntwee: drie", "vier"]
    assert told.to("Bo") == [""]
