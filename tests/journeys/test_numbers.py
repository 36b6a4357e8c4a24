"""Bare numbers in a story: what one's own act brought up comes first, and nobody consents by accident."""

import pytest

from tests.support.databases import on_sqlite as on_sqlite
from tests.support.story import Story

JOINS = """
    Anna: hallo
    Anna: 1
    Anna: waterschap Vallei en Veluwe
    Anna: stikstof
    Anna: 1
"""


async def test_the_welcome_leads_through_the_form_by_numbers(story: Story) -> None:
    told = await story.tell(JOINS)
    assert "Fijn dat je meedoet" in told.last("Anna")
    assert "Je antwoord past bij meer vragen" not in told.all_to("Anna")


async def test_a_list_leads_to_a_question_by_numbers(story: Story) -> None:
    """'1' chooses from the list, and the next '1' answers the question that came of it."""
    await story.tell(JOINS)
    told = await story.tell("""
        Anna: wie gaat er over stikstof bij een gemeente?
        Anna: 1
        Anna: 1
    """)
    assert "Zodra jullie allebei ja zeggen" in told.last("Anna")
    assert "Je antwoord past bij meer vragen" not in told.all_to("Anna")


@pytest.mark.parametrize("number", ["1", "2"])
async def test_a_question_that_comes_in_between_is_never_answered_by_accident(
    number: str, story: Story
) -> None:
    """Margriet looks at a list when Anna's question comes in: her number could mean either."""
    await story.tell(JOINS)
    told = await story.tell(f"""
        Margriet Wolters: wie-ken-ik stikstof gemeente
        Anna: koffie Margriet Wolters
        Anna: 1
        Margriet Wolters: {number}
    """)
    assert "Je antwoord past bij meer vragen" in told.last("Margriet Wolters")


async def test_a_list_that_is_asked_for_leaves_a_waiting_question_its_number(story: Story) -> None:
    await story.tell(JOINS)
    told = await story.tell("""
        Anna: koffie Margriet Wolters
        Anna: 1
        Margriet Wolters: wie-ken-ik stikstof gemeente
        Margriet Wolters: 1
    """)
    assert "Je antwoord past bij meer vragen" in told.last("Margriet Wolters")
