"""The form of a channel, asked question by question: filled with what is, and left by words at any time."""

from __future__ import annotations

from tests.support.rounds import ADMIN, Rounds
from tests.support.rounds import every_week as every_week
from tests.support.town import BRAM


async def test_question_by_question_filled_with_what_is(here: Rounds) -> None:
    await here.manage("")
    assert "Wanneer is er een koffieronde?" in here.town.last(ADMIN)
    assert "elke week op dinsdag om 10:00 uur" in here.town.last(ADMIN)
    for words in ("laat zo", "3", "rijk en gemeente", "tot 1 maart"):
        await here.town.say(ADMIN, words)
    told = here.town.last(ADMIN)
    assert told.startswith("Gedaan. Zo gaan de koffierondes over Stikstof voortaan:")
    for line in ("3 mensen", "rijk en gemeente", "op pauze tot en met"):
        assert line in told
    assert "Ritme" not in told
    await here.town.press(ADMIN, "Ongedaan maken")
    assert (await here.channel()).group_size == 2


async def test_what_another_set_meanwhile_stays_and_is_told(here: Rounds) -> None:
    await here.add_steward()
    await here.manage("instellen")
    await here.town.say(ADMIN, "laat zo")
    await here.town.say(ADMIN, "3")
    await here.manage("groep 4", BRAM)
    await here.manage("ritme eerste woensdag van de maand", BRAM)
    await here.town.say(ADMIN, "rijk en gemeente")
    await here.town.say(ADMIN, "geen pauze")
    told = here.town.last(ADMIN)
    assert "Iemand anders veranderde intussen dit." in told
    assert "4 mensen" in told
    now = await here.channel()
    assert now.group_size == 4
    assert len(now.rules.layers) == 2


async def test_a_command_written_outright_is_heard_and_the_question_stays(here: Rounds) -> None:
    """What a hint of the form says can be typed: it is no wrong answer, over and over."""
    await here.manage("instellen")
    for words in ("laat zo", "2", "alle"):
        await here.town.say(ADMIN, words)
    assert here.town.last(ADMIN).startswith("Even pauze?")
    await here.town.say(ADMIN, "koffie-beheer pauze tot 1 maart")
    told = [seen.text for seen in here.town.read_by(ADMIN)][-2:]
    assert "op pauze tot en met zondag 28 februari 2027" in told[0]
    assert told[1].startswith("Even pauze?")
    await here.town.say(ADMIN, "koffie beheert")
    assert here.town.last(ADMIN).startswith("Tot wanneer begreep ik niet. Schrijf het zo: tot 1 maart.")
    await here.town.say(ADMIN, "geen pauze")
    assert (await here.channel()).resumes_on is not None, "what was set meanwhile stays"


async def test_a_number_in_a_form_is_never_taken_for_undoing(here: Rounds) -> None:
    await here.manage("groep 3")
    await here.manage("kanaal uitnodiging")
    await here.manage("instellen")
    await here.town.say(ADMIN, "1")
    assert here.town.last(ADMIN).startswith("Hoeveel mensen aan één tafel?")


async def test_a_wrong_answer_is_asked_again(here: Rounds) -> None:
    await here.manage("instellen")
    for words, answer in (
        ("soms", "Dat ritme begreep ik niet."),
        ("elke zaterdag", "In het weekend"),
        ("laat zo", "Hoeveel mensen"),
        ("2", "Wie kan er meedoen?"),
        ("rijk", "Met één laag"),
        ("alle", "Even pauze?"),
        ("tot 1 maart 2020", "Die dag is al voorbij."),
        ("geen", "Er is niets veranderd."),
    ):
        await here.town.say(ADMIN, words)
        assert here.town.last(ADMIN).startswith(answer), (words, here.town.last(ADMIN))
