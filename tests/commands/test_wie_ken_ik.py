"""``wie-ken-ik`` and ``ken-ik`` as people meet them: stories told to the real program."""

from sqlalchemy import select, update

from bot.domain.ids import OfficialId, TopicId
from bot.store import channel, tables
from tests.support.story import Story

JOIN = """
    {name}: aanmelden
    {name}: {organisation}
    {name}: {topics}
    {name}: 1
"""


def join(name: str, organisation: str, topics: str) -> str:
    return JOIN.format(name=name, organisation=organisation, topics=topics)


async def test_the_rings_in_one_message(story: Story) -> None:
    told = await story.tell("Hanneke Smit: wie gaat er over stikstof?")
    answer = told.last("Hanneke Smit")
    assert len(told.to("Hanneke Smit")) == 1
    assert answer.startswith("Stikstof\nJe kent:\n- Fatima el Amrani, Beleidsmedewerker stikstof, ")
    assert "(sinds juli 2026, van een koffie over Stikstof)" in answer
    assert "Via je netwerk: ja. Margriet Wolters stelt je graag voor." in answer
    assert "Drie collega's willen kennismaken." in answer
    assert answer.count("Vraag om koffie") == 3
    assert answer.index("leidt Stikstof") < answer.index("1 Vraag om koffie")
    assert "\n\n" not in answer


async def test_who_was_asked_stays_in_the_list_as_asked(story: Story) -> None:
    told = await story.tell("""
        Hanneke Smit: wie-ken-ik stikstof
        Hanneke Smit: 1
        Hanneke Smit: wie-ken-ik stikstof
    """)
    first, last = told.to("Hanneke Smit")[0], told.last("Hanneke Smit")
    assert last == (
        first.replace("1 Vraag om koffie", "✓ gevraagd")
        .replace("2 Vraag om", "1 Vraag om")
        .replace("3 Vraag om", "2 Vraag om")
    )


async def test_an_answer_comes_after_registering(story: Story) -> None:
    told = await story.tell(
        "Nina de Boer: wie gaat er over stikstof bij de waterschappen?\n"
        + join("Nina de Boer", "gemeente Zwolle", "stikstof").replace("Nina de Boer: aanmelden\n", "")
    )
    assert told.last("Nina de Boer").startswith("Stikstof bij een waterschap\n")


async def test_what_is_unclear_is_asked_back(story: Story) -> None:
    told = await story.tell("""
        Rachid Azzouz: wie-ken-ik water
        Rachid Azzouz: 3
        Rachid Azzouz: wie-ken-ik wonen
        Rachid Azzouz: 1
        Rachid Azzouz: wie ken ik bij de provincie
        Rachid Azzouz: 2
        Rachid Azzouz: wie-ken-ik stikstof en mobiliteit
        Rachid Azzouz: stikstof
    """)
    said = told.to("Rachid Azzouz")
    assert said[0].startswith("Welke opgave bedoel je?\n1 ")
    assert said[1].startswith("Droogte en wateroverlast\n")
    assert said[2].startswith("Met wonen kun je nog veel kanten op.")
    assert said[3].startswith("Betaalbaar wonen\n")
    assert said[4].startswith("Bij een provincie: over welke opgave gaat het?")
    assert said[5].startswith("Waterkwaliteit (KRW) bij een provincie\n")
    assert said[6].startswith("Ik zoek op één opgave tegelijk.")
    assert said[7].startswith("Stikstof\n")


async def test_no_result_has_next_steps(story: Story) -> None:
    told = await story.tell(
        """
        Rachid Azzouz: wie-ken-ik open overheid waterschap
        Rachid Azzouz: Stuur door
        Rachid Azzouz: zeg dat deze laag mist
        Rachid Azzouz: 1
        Rachid Azzouz: zoek breder
    """
        + join("Nina de Boer", "waterschap Limburg", "open overheid")
        + """
        :time +1d
        Rachid Azzouz: laat zien
        """
    )
    said = told.to("Rachid Azzouz")
    what = "Open overheid en informatiehuishouding bij een waterschap"
    assert said[0].startswith(f"Ik ken nog niemand voor {what}.")
    assert "Stuur Koffie een bericht met het woord aanmelden" in said[1]
    assert said[2].startswith("Dank je. De beheerder ziet nu dat deze laag hier mist.")
    assert said[3].startswith("Doe ik. Komt er iemand bij voor Open overheid")
    assert said[4].startswith("Open overheid en informatiehuishouding\n")
    assert said[5].startswith(f"Er is iemand bij gekomen voor {what}.")
    assert "Nina de Boer" in said[6]
    async with story.program.workshop.read() as work:
        gaps = (await work.session.execute(select(tables.Gap.layer, tables.Gap.count))).all()
        assert [tuple(gap) for gap in gaps] == [("waterschap", 1)]


async def test_who_hides_may_not_search_and_is_one_press_from_it(story: Story) -> None:
    told = await story.tell("""
        Rachid Azzouz: pauze vindbaar
        Rachid Azzouz: wie gaat er over wonen bij een gemeente?
        Rachid Azzouz: Maak mij vindbaar
    """)
    said = told.to("Rachid Azzouz")
    assert said[1].startswith("Nu ben je zelf niet vindbaar, en dan kun je ook niet zoeken.")
    assert said[2].startswith("Welke opgave bedoel je?\n1 Betaalbaar wonen")


async def test_a_sensitive_topic_shows_no_names(story: Story) -> None:
    async with story.program.workshop.write() as work:
        await work.session.execute(
            update(tables.Topic).where(tables.Topic.slug == "stikstof").values(sensitive=True)
        )
        topic = await work.session.execute(select(tables.Topic.id).where(tables.Topic.slug == "stikstof"))
        marloes = await work.session.execute(
            select(tables.Official.id).where(tables.Official.name == "Marloes Kramer")
        )
        circle, _ = await channel.make(work, TopicId(topic.scalar_one()))
        await channel.join(work, circle.id, OfficialId(marloes.scalar_one()))
    told = await story.tell("""
        Marloes Kramer: wie-ken-ik stikstof bij waterschap De Dommel
        Marloes Kramer: 1
    """)
    answer = told.to("Marloes Kramer")[0]
    assert "Een collega bij een waterschap\n" in answer
    async with story.program.workshop.read() as work:
        names = (await work.session.execute(select(tables.Official.name))).scalars().all()
    seen = told.all_to("Marloes Kramer").replace("Marloes Kramer", "")
    assert not [name for name in names if name in seen]


async def test_small_talk_and_the_empty_question(story: Story) -> None:
    told = await story.tell("""
        Rachid Azzouz: ik heb zin in koffie
        Rachid Azzouz: heb je energie?
        Rachid Azzouz: wie-ken-ik
    """)
    said = told.to("Rachid Azzouz")
    assert said[0].startswith("Dat begreep ik niet.")
    assert said[1].startswith("Dat begreep ik niet.")
    assert said[2].startswith("Jouw netwerk\n")


async def test_in_english(story: Story) -> None:
    told = await story.tell("""
        Rachid Azzouz: profiel taal en
        Rachid Azzouz: who works on nitrogen at a water authority?
        Rachid Azzouz: who-do-i-know
    """)
    said = told.to("Rachid Azzouz")
    assert said[1].startswith("Nitrogen at a water authority\n")
    assert "would like to meet" in said[1]
    assert said[2].startswith("Your network\n")


async def test_ken_ik_answers_the_same_for_all_names(story: Story) -> None:
    told = await story.tell("""
        Ahmed Choukri: ken-ik Margriet Wolters bij provincie Gelderland
        Ahmed Choukri: ken-ik Bestaat Niet bij provincie Gelderland
        Ahmed Choukri: ken-ik Margriet Wolters bij provincie Gelderland
        Margriet Wolters: 1
        Ahmed Choukri: wie
    """)
    said = told.to("Ahmed Choukri")
    assert said[0] == said[1] == said[2]
    assert said[3] == "Mooi. Jij en Margriet Wolters bij provincie Gelderland kennen elkaar nu ook hier."
    assert told.to("Margriet Wolters")[0].startswith(
        "Ahmed Choukri bij Hoogheemraadschap De Stichtse Rijnlanden zegt dat jullie elkaar kennen."
    )
    assert len(told.to("Margriet Wolters")) == 2
    assert "provincie: Margriet Wolters bij provincie Gelderland" in said[4]


async def test_a_no_is_heard_by_nobody(story: Story) -> None:
    told = await story.tell("""
        Ahmed Choukri: ken-ik Margriet Wolters
        Margriet Wolters: 2
        :time +3d
        Ahmed Choukri: ken-ik Margriet Wolters
        :time +3d
    """)
    assert len(told.to("Ahmed Choukri")) == 2
    assert told.to("Margriet Wolters")[1:] == ["Prima. Ik zeg er niets over."]
