"""From hello to a koffie, as people live it: every story runs on both databases."""

from docs import generate_story
from tests.support.story import Story

ANNA = """
    Anna: hallo
    Anna: 1
    Anna: waterschap Vallei en Veluwe
    Anna: leid stikstof, volg KRW
    Anna: 1
"""
BRAM = """
    Bram: wie gaat er over stikstof bij de waterschappen?
    Bram: gemeente Amersfoort
    Bram: stikstof en woningbouw
    Bram: 1
    Bram: profiel telefoon 06 12345678
"""
ASKED = """
    Anna: koffie Bram
    Anna: 1
"""
NUMBER = "+31612345678"


async def test_the_page_tells_the_story_as_it_is_now() -> None:
    assert generate_story.PAGE.read_text("utf-8") == await generate_story.page(), "say 'make docs'"


async def test_joining_takes_three_answers(story: Story) -> None:
    told = await story.tell(ANNA)
    questions = [text for text in told.to("Anna") if "?" in text]
    assert len(questions) == 3
    assert "Fijn dat je meedoet, Anna" in told.last("Anna")


async def test_what_was_asked_before_joining_is_answered_after_it(story: Story) -> None:
    await story.tell(ANNA)
    told = await story.tell(BRAM)
    assert told.to("Bram")[0] == "Drie vragen, dan krijg je je antwoord."
    assert "Stikstof bij een waterschap" in told.all_to("Bram")
    assert "Vraag om koffie" in told.all_to("Bram")


async def test_both_are_asked_the_same_at_the_same_moment(story: Story) -> None:
    await story.tell(ANNA + BRAM)
    told = await story.tell(ASKED)
    question, asked = told.last("Anna"), told.last("Bram")
    assert question == asked
    assert question.startswith("Zin in koffie?")


async def test_both_yes_and_each_has_the_others_contact_route(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED)
    before = await story.tell("Anna: 1")
    assert NUMBER not in story.told.all_to("Anna")
    assert "zeggen allebei ja" not in before.all_to("Bram")
    told = await story.tell("Bram: graag")
    assert NUMBER in told.all_to("Anna")
    assert "Contact in deze chat: Anna" in told.all_to("Bram")
    file = await story.tell("""
        :as Anna
        :file
    """)
    assert "BEGIN:VCARD" in file.output
    assert NUMBER in file.output


async def test_a_koffie_that_happened_makes_an_acquaintance(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED)
    told = await story.tell("""
        Anna: 1
        Bram: graag
        :time +14d
        Anna: ja
        :time +21d
        Anna: wie-ken-ik
        Bram: wie-ken-ik
    """)
    assert "Heb je koffie gedronken met Bram?" in told.all_to("Anna")
    assert "Heb je koffie gedronken met Anna?" in told.all_to("Bram")
    assert "Bram bij gemeente Amersfoort" in told.last("Anna")
    assert "Anna bij waterschap Vallei en Veluwe" in told.last("Bram")


async def test_a_no_and_a_silence_read_the_same(story: Story) -> None:
    """Two askers in the same position; one gets a no and the other a silence."""
    await story.tell(ANNA)
    await story.tell("""
        Bea: hallo
        Bea: 1
        Bea: waterschap Vallei en Veluwe
        Bea: leid stikstof, volg KRW
        Bea: 1
    """)
    told = await story.tell("""
        Anna: koffie Marloes Kramer
        Anna: 1
        Anna: 1
        Bea: koffie Koen Wijers
        Bea: 1
        Bea: 1
        Marloes Kramer: nu even niet
        Anna: koffie
        Bea: koffie
        :time +3d
        Anna: koffie
        Bea: koffie
        :time +7d
        Anna: koffie
        Bea: koffie
    """)

    def as_seen_by(name: str, other: str, at: str, role: str) -> list[str]:
        """All that an asker saw; in which order the two are named is left to chance."""
        words = told.all_to(name).replace(name, "ASKER").replace(other, "OTHER")
        words = words.replace(at, "PLACE").replace(role, "ROLE")
        return [line for line in words.splitlines() if not line.startswith("Voor ")]

    no = as_seen_by("Anna", "Marloes Kramer", "Ede", "Regisseur buitengebied")
    silence = as_seen_by("Bea", "Koen Wijers", "Barneveld", "Vergunningverlener")
    assert "komt er nu niet van" in "".join(no)
    assert no == silence


async def test_erasure_leaves_nothing_and_tells_nobody(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED)
    told = await story.tell("""
        Anna: 1
        Bram: graag
        Bram: wis-mij
        Bram: wis alles
        :people
        Bram: wie-ken-ik
    """)
    assert "Klaar. Ik weet niets meer van je." in told.all_to("Bram")
    assert "Drie vragen" in told.all_to("Bram") or "Waar werk je?" in told.last("Bram")
    assert ": Bram —" not in told.output
    assert ": Anna —" in told.output


async def test_the_demo_shows_all_three_rings(story: Story) -> None:
    told = await story.tell("""
        Fatima el Amrani: wie-ken-ik stikstof waterschap
        Esra Yildiz: wie-ken-ik woningbouw provincie
        Mirjam de Groot: wie-ken-ik KRW waterschap
    """)
    for name, known in (
        ("Fatima el Amrani", "Hanneke Smit"),
        ("Esra Yildiz", "Gerard Leenstra"),
        ("Mirjam de Groot", "Petra Lammers"),
    ):
        seen = told.last(name)
        assert known in seen
        assert "Via je netwerk" in seen
        assert "Vraag om koffie" in seen
