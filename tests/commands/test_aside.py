"""Blocking, reporting, feedback, the rules, over, and looking back: told to the real program."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import __version__, commands
from bot.services import overview
from bot.store import feedback, feeling, report
from tests.support.story import Story, telling
from tests.support.tables import texts_of

BOTH_YES = """
    Anna: aanmelden
    Anna: gemeente Barneveld
    Anna: stikstof
    Anna: 1
    Bram: aanmelden
    Bram: waterschap Vallei en Veluwe
    Bram: stikstof
    Bram: 1
    Anna: koffie Bram
    Anna: Vraag om koffie
    Anna: Graag
    Bram: Graag
"""


@pytest.fixture
async def met(database_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    """Anna and Bram both said yes."""
    async with telling(database_url, tmp_path) as story:
        await story.tell(BOTH_YES)
        yield story


async def test_both_yes_is_one_message_with_all_that_is_needed(met: Story) -> None:
    (said,) = [words for words in met.told.to("Anna") if "jullie zeggen allebei ja" in words]
    (theirs,) = [words for words in met.told.to("Bram") if "jullie zeggen allebei ja" in words]
    assert "Leuk, jullie zeggen allebei ja. Anna, dit is Bram." in said
    assert "in deze chat: Bram" in said
    assert "[bram.vcf]" in said
    assert "Waarom jullie twee?" in said
    assert "Deel geen vertrouwelijke stukken." in said
    starters = re.findall(r"^ *- (.*\?)$", said, re.MULTILINE)
    assert len(starters) == 2
    assert starters == re.findall(r"^ *- (.*\?)$", theirs, re.MULTILINE)


async def test_looking_back_from_question_to_small_win(met: Story) -> None:
    asked = await met.tell(":time +15d")
    assert asked.last("Anna").startswith("Heb je koffie gedronken met Bram?")
    told = await met.tell("""
        Anna: Ja
        Anna: Een beetje
        Anna: Niet helemaal
        Anna: Ik schrijf er een
        Anna: We zagen samen het meetnet.
        Bram: Ja, deel hem
        Carla: over
    """)
    said = told.to("Anna")
    assert said[0].startswith("Fijn! Gaf het energie?")
    assert said[1].startswith("Voelde het gelijkwaardig?")
    assert "kleine winst" in said[2]
    assert "mag gedeeld worden" in said[-1]
    assert "“We zagen samen het meetnet.”" in told.all_to("Bram")
    assert "“We zagen samen het meetnet.”" in told.last("Carla")
    assert "Anna" not in told.last("Carla")


async def test_what_was_felt_is_kept_of_nobody(met: Story) -> None:
    """The answer stands in no message, offer or event: only in a count."""
    async with met.program.workshop.read() as work:
        before = (await texts_of(work)).count("feeling-a-little")
    await met.tell("""
        :time +15d
        Anna: Ja
        Anna: Een beetje
        Anna: Niet helemaal
    """)
    async with met.program.workshop.read() as work:
        after = await texts_of(work)
    # The label stands in the question and among its options, and nowhere as the answer.
    assert after.count("feeling-a-little") - before == 2
    assert not re.search(r"choice-chosen[^}]*feeling", after)


async def test_an_answer_counts_once(met: Story) -> None:
    told = await met.tell("""
        :time +15d
        Anna: terugblik
        Anna: Nog niet
        Anna: Ja
        Bram: Gaat niet door
        Bram: terugblik
    """)
    assert "later nog één keer" in told.all_to("Anna")
    assert told.last("Bram") == "Er is nu niets om op terug te kijken."


async def test_a_small_win_that_the_other_keeps_is_gone(met: Story) -> None:
    told = await met.tell("""
        :time +15d
        Anna: Ja
        Anna: Een beetje
        Anna: Nee
        Anna: Ik schrijf er een
        Anna: Geheime winst.
        Bram: Liever niet
        Anna: over
    """)
    assert told.last("Bram") == "Prima. Dan blijft hij van jullie. Ik heb hem gewist."
    assert "Geheime winst" not in told.last("Anna")
    assert told.to("Anna")[-2].startswith("Mooi. Ik leg hem voor")


async def test_over_shows_equality_as_it_was_published(met: Story) -> None:
    for _ in range(40):
        async with met.program.workshop.write() as work:
            await feeling.add(work, feeling.Question.EQUAL, feeling.Felt.YES)
    told = await met.tell("Anna: over")
    assert "gelijkwaardig" not in told.last("Anna")
    async with met.program.workshop.write() as work:
        await overview.months(work)
    told = await met.tell("Anna: over")
    assert "% zegt ja" in told.last("Anna")


async def test_over_tells_who_runs_it(met: Story) -> None:
    told = await met.tell("Carla: over")
    for words in ("Beheer: Koffie (demo)", "jouw toestemming", f"Versie: {__version__}", "geen voorrang"):
        assert words in told.last("Carla")


async def test_the_rules_are_for_everybody(met: Story) -> None:
    told = await met.tell("""
        Carla: spelregels
        Anna: rules
    """)
    assert told.last("Carla").count("\n- ") == told.last("Anna").count("\n- ") == 5


async def test_blocking_reads_as_a_koffie_that_is_called_off(met: Story) -> None:
    told = await met.tell("""
        Anna: blokkeer bram
        Anna: Geen contact meer
        Anna: wie-ken-ik stikstof
        Anna: deblokkeer
        Anna: Weer ontmoeten
    """)
    (off,) = told.to("Bram")
    assert "gaat niet door. Dat zegt niets over jou." in off
    assert "Anna" not in off
    assert told.to("Anna")[0].startswith("Met wie wil je geen contact meer?")
    assert "Bram en jou niet meer" in told.to("Anna")[1]
    assert "Bram bij waterschap" in told.to("Anna")[-2]
    assert told.last("Anna") == "Goed. Bram en jij kunnen elkaar weer ontmoeten."


async def test_a_name_that_is_known_and_one_that_is_not_read_the_same(met: Story) -> None:
    """Somebody one never met: whether the name exists shows in nothing."""
    await met.tell("""
        Carla Peters: aanmelden
        Carla Peters: gemeente Ede
        Carla Peters: stikstof
        Carla Peters: 1
    """)
    for word in ("blokkeer", "deblokkeer"):
        told = await met.tell(f"""
            Anna: {word} Carla Peters
            Anna: {word} Piet Puk
        """)
        known, unknown = told.to("Anna")
        assert known == unknown


async def test_a_report_goes_to_the_operator_alone(met: Story) -> None:
    told = await met.tell("""
        Anna: meld bram riep tegen me
        Anna: Geef het door
        Anna: Dat hoeft niet
        Anna: meld
        Anna: Over iemand anders
        Anna: Iemand schold me uit.
        Anna: Geef het door
        Anna: meld bram
        Anna: stop
        Anna: meld bram het viel mee
        Anna: Toch niet
    """)
    assert told.to("Bram") == []
    async with met.program.workshop.read() as work:
        first, second = await report.unread(work)
        assert "riep tegen me" not in await texts_of(work)
    assert (first.words, second.words) == ("riep tegen me", "Iemand schold me uit.")
    assert first.of is not None
    assert second.of is None
    assert told.last("Anna") == "Prima. Ik heb niets bewaard."


async def test_feedback_is_asked_about_first(met: Story) -> None:
    told = await met.tell("""
        Anna: feedback de knop werkt niet
        Anna: Geef het door
        Anna: feedback
        Anna: Fijn ding.
        Anna: feedback is welkom
        Anna: Toch niet
    """)
    assert told.last("Anna") == "Prima. Ik heb niets bewaard."
    async with met.program.workshop.read() as work:
        assert {one.words for one in await feedback.unread(work)} == {"de knop werkt niet", "Fijn ding."}


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("blokkeer", "blokkeer"),
        ("blokkeer Anna de Vries", "blokkeer"),
        ("block jan", "blokkeer"),
        ("blokkeer nummer 0612345678", None),
        ("deblokkeer Anna", "deblokkeer"),
        ("over", "over"),
        ("about", "over"),
        ("over stikstof", None),
        ("over een week", None),
        ("spelregels", "spelregels"),
        ("regels zijn regels", None),
        ("rules of thumb", None),
        ("meld Bram hij riep", "meld"),
        ("meld me aan", "aanmelden"),
        ("melden", "meld"),
        ("terugblik", "terugblik"),
        ("terugblik op een mooie dag", None),
        ("koffie over", "over"),
        ("koffie over stikstof", "koffie"),
    ],
)
def test_ordinary_words_are_no_command(words: str, command: str | None) -> None:
    found = commands.walk().match(words)
    assert (found[0].name if found else None) == command
