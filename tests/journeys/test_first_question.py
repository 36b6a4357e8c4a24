"""Who asks something before registering gets the answer right behind the three questions."""

from tests.support.story import Story


async def test_the_answer_shows_names_to_who_just_registered(story: Story) -> None:
    told = await story.tell("""
        Anna: wie gaat er over stikstof bij een gemeente?
        Anna: waterschap Rijn en IJssel
        Anna: stikstof
        Anna: 1
    """)
    assert "Drie vragen, dan krijg je je antwoord." in told.all_to("Anna")
    assert "gemeente Ede" in told.last("Anna")
    assert "een collega\n" not in told.last("Anna")
