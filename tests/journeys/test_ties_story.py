"""What becomes of a koffie months after it, and of a network when somebody leaves: as people live it."""

import re

from tests.journeys.test_whole_story import ANNA, ASKED, BRAM
from tests.support.story import Story

CODE = re.compile(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){6}")
YES = "Ja, ik ben ambtenaar, geen bestuurder, en doe mee"
MET = """
    Anna: graag
    Bram: graag
    :time +15d
    Anna: ja
    Bram: ja
"""


async def test_three_months_later_and_a_koffie_again(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED + MET)
    told = await story.tell("""
        :time +97d
        Anna: nee
        Anna: weer eens koffie
        Bram: ja, zonder jou ook
    """)
    question = "leerden jij en {} ({}) elkaar kennen. Spreken jullie elkaar nog weleens?"
    assert question.format("Bram", "gemeente Amersfoort") in told.all_to("Anna")
    assert question.format("Anna", "waterschap Vallei en Veluwe") in told.all_to("Bram")
    for name in ("Anna", "Bram"):
        assert "Jullie kennen elkaar al. Misschien is het tijd om weer bij te praten." in told.all_to(name)
    assert told.last("Bram") == "Mooi, zo hoort het. Ik vraag er niet meer naar."
    told = await story.tell("Anna: Wie heb ik lang niet gesproken?")
    assert "Je kent hier één collega: 1 op eigen benen." in told.last("Anna")


async def test_a_letter_a_newcomer_and_a_tie(story: Story) -> None:
    told = await story.tell(ANNA + "Anna: nodig-uit")
    letter = told.last("Anna")
    told = await story.tell(f"""
        Carla Mol: {letter}
        Carla Mol: gemeente Ede
        Carla Mol: stikstof
        Carla Mol: {YES}
        Carla Mol: wie-ken-ik
        Dirk Bos: {letter}
    """)
    welcome = "Anna bij waterschap Vallei en Veluwe nodigde je uit. Jullie kennen elkaar nu ook hier."
    assert welcome in told.all_to("Carla Mol")
    assert "Leuk: Carla Mol bij gemeente Ede ging in op je uitnodiging." in told.all_to("Anna")
    assert "Anna bij waterschap Vallei en Veluwe" in told.last("Carla Mol")
    told = await story.tell(f"""
        Dirk Bos: gemeente Ede
        Dirk Bos: stikstof
        Dirk Bos: {YES}
    """)
    assert "Fijn dat je meedoet, Dirk Bos." in told.all_to("Dirk Bos")
    assert "Deze code werkt niet (meer)." in told.all_to("Dirk Bos")


async def test_who_leaves_hands_over_and_keeps_the_network(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED + MET)
    told = await story.tell("""
        Anna: ik ga weg bij deze organisatie
        Anna: provincie Utrecht
        Anna: KRW
        Anna: opvolger voor stikstof
        Anna: Hendrik
        Anna: stop
        Anna: wie-ken-ik
    """)
    seen = told.all_to("Anna")
    assert "Je werkt nu bij provincie Utrecht. Wie je kent, blijf je kennen." in seen
    assert "Losgelaten: Stikstof. Heb je een opvolger?" in seen
    assert "Aan wie stel ik je opvolger voor Stikstof voor?" in seen
    assert "Typ de nummers of de namen, hoogstens 3." in seen
    assert "Bram bij gemeente Amersfoort" in told.last("Anna")
    assert "Waterkwaliteit (KRW)" in told.last("Anna")
    assert "Stikstof:" not in told.last("Anna")
    told = await story.tell("""
        Anna: opvolger voor stikstof
        Anna: Bram
    """)
    letter = told.last("Anna")
    assert CODE.search(letter)
    told = await story.tell(f"""
        Emma Kok: {letter}
        Emma Kok: waterschap Vallei en Veluwe
        Emma Kok: stikstof
        Emma Kok: {YES}
        :time +4d
    """)
    question = "Anna droeg de opgave Stikstof over, en stelt jullie aan elkaar voor."
    for name in ("Emma Kok", "Bram"):
        assert told.all_to(name).count(question) == 1
    assert "ging in op je uitnodiging" in told.all_to("Anna")


async def test_who_gets_another_account_takes_all_along(story: Story) -> None:
    await story.tell(ANNA + BRAM + ASKED + MET)
    told = await story.tell("""
        Anna: ik ga weg bij deze organisatie
        Anna: provincie Utrecht
        Anna: alles
    """)
    (letter,) = (seen for seen in told.to("Anna") if CODE.search(seen))
    assert letter.startswith("Krijg je straks een nieuw account? Stuur mij daarvandaan deze code: ")
    told = await story.tell(f"""
        Anna Elders: {letter}
        Anna Elders: wie-ken-ik
        Piet: {letter}
        Piet: stop
    """)
    # The terminal calls both accounts by the person's name.
    welcome = "Fijn dat je er weer bent, Anna. Je contacten, koffies en keuzes zijn mee."
    assert f"{welcome} Je werkt bij provincie Utrecht." in told.all_to("Anna")
    assert "Was jij dit niet? Dan maak ik dat account weer los." in told.all_to("Anna")
    assert "Bram bij gemeente Amersfoort" in told.last("Anna")
    assert "Waar werk je?" in told.all_to("Piet")
    told = await story.tell("""
        Anna: dat was ik niet
        Anna Elders: wie-ken-ik
    """)
    assert "Dat account hoort niet meer bij jou" in told.all_to("Anna")
    assert told.last("Anna").startswith("Waar werk je?")
