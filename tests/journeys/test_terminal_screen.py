"""The terminal with a screen: a real pseudo-terminal, and what then stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sitting import Sitting


@pytest.fixture
def sitting(tmp_path: Path) -> Iterator[Sitting]:
    made = Sitting(tmp_path)
    yield made
    made.child.close(force=True)


def test_a_chat_of_two(sitting: Sitting) -> None:
    text = sitting.shows(
        "Drie dingen om te proberen", "Ik breng je in contact", "Anna ›", "dinsdag 24 november 10:00"
    )
    assert "wie gaat er over stikstof bij een waterschap?" in text
    sitting.types(":as Fatima el Amrani")
    sitting.shows("Je bent nu Fatima el Amrani", "Fatima el Amrani ›")
    sitting.types("koffie Koen Wijers")
    sitting.shows("Koen Wijers")
    sitting.types(":as Margriet Wolters")
    sitting.shows("Margriet Wolters ›")
    sitting.types("koffie Youssef Benali")
    sitting.shows("Vraag om koffie", "Youssef Benali")
    sitting.types("1")
    text = sitting.shows("Zin in koffie?", "1 Graag", "koffie → Youssef Benali")
    others = text[text.index("koffie → Youssef Benali") :]
    assert "Zin in koffie?" in others
    sitting.types(":time +3d")
    sitting.shows("vrijdag 27 november 10:00")
    sitting.types(":quit")
    sitting.shows("Tot ziens")
    assert sitting.ends() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_leave_cleanly(sitting: Sitting, key: str) -> None:
    sitting.shows("Anna ›")
    sitting.child.send(key)
    text = sitting.shows("Tot ziens")
    assert "Traceback" not in text
    assert sitting.ends() == 0


def test_names_and_commands_are_completed(sitting: Sitting) -> None:
    sitting.shows("Anna ›")
    sitting.child.send(":as Youss")
    sitting.shows("Youssef Benali", "waterschap De Dommel")
    sitting.child.send("\t\r")
    sitting.shows("Je bent nu Youssef Benali")
    sitting.child.send("spel")
    sitting.shows("spelregels")
    sitting.child.send("\t\r")
    sitting.shows("We zijn gelijk")


def test_what_is_wrong_is_said_and_the_talk_goes_on(sitting: Sitting) -> None:
    sitting.shows("Anna ›")
    sitting.types(":onzin")
    sitting.shows(":onzin ken ik niet")
    sitting.types(":time gisteren")
    sitting.shows("alleen vooruit")
    sitting.types("hulp")
    sitting.shows("Dit kan ik voor je doen")


def test_in_english(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, KOFFIE_LANGUAGE="en")
    sitting.shows("Three things to try", "Tuesday 24 November 10:00", "I am a computer program")
    sitting.types(":people")
    sitting.shows("Youssef Benali")
    sitting.types(":quit")
    sitting.shows("Goodbye")
    assert sitting.ends() == 0


def test_a_new_person_gets_a_welcome(sitting: Sitting) -> None:
    sitting.shows("Anna ›")
    sitting.types(":as Piet van Nieuw")
    sitting.until(lambda text: text.count("Ik breng je in contact") == 2 and "Piet van Nieuw ›" in text)


def test_words_that_would_act_on_a_terminal_are_inert(sitting: Sitting) -> None:
    """A bracket is no markup, and a name cannot colour or clear the screen."""
    sitting.shows("Anna ›")
    sitting.types(":as [red]Rood[/red]")
    sitting.shows("Je bent nu [red]Rood[/red]", "[red]Rood[/red] ›")
