"""Choices: by button, by number and by word; of their addressee alone, and once."""

from __future__ import annotations

import pytest

from bot.chat.address import Conversation
from bot.chat.message import choose, option, say
from bot.store import offers, outbox
from bot.store.outbox import Lane
from tests.platforms.board.receive import PLATFORM
from tests.support.bench import TEAM, Bench, person, words


async def test_a_button_is_its_addressees_choice(bench: Bench) -> None:
    await bench.says("anna", "vraag a")
    assert await bench.presses("anna", bench.buttons("anna")["Ja"]) == ["Vraag a\n✓ Ja", "gekozen: a ja"]


async def test_a_pressed_question_is_shown_settled(bench: Bench) -> None:
    await bench.says("anna", "vraag a")
    question = bench.posts[-1]
    await bench.presses("anna", bench.buttons("anna")["Ja"])
    edit = next(post for post in bench.posts if post["do"] == "edit")
    assert edit["ref"] == question["ref"]
    assert edit["buttons"] == []


async def test_a_second_press_changes_nothing_and_is_answered_kindly(bench: Bench) -> None:
    await bench.says("anna", "vraag a")
    tokens = bench.buttons("anna")
    await bench.presses("anna", tokens["Ja"])
    for label in ("Ja", "Nee"):
        assert await bench.presses("anna", tokens[label]) == [
            "Die vraag is al beantwoord. Er is niets veranderd."
        ]


async def test_anothers_button_changes_nothing(bench: Bench) -> None:
    await bench.says("anna", "vraag a")
    told = await bench.presses("bram", bench.buttons("anna")["Ja"])
    assert told == ["Deze knop is niet voor jou, of hij is te oud. Er is niets veranderd."]
    assert "gekozen: a ja" in await bench.presses("anna", bench.buttons("anna")["Ja"])


@pytest.mark.parametrize(
    "token", ["", "x", "x.1", ".1", "a.-1", "a.0", "1.²", "a." + "9" * 50, "'; --.1", "🦊.1"]
)
async def test_a_made_up_token_is_answered_kindly(bench: Bench, token: str) -> None:
    await bench.says("anna", "vraag a")
    assert "niets veranderd" in (await bench.presses("anna", token))[0]


async def test_a_token_number_outside_the_question_is_nothing(bench: Bench) -> None:
    await bench.says("anna", "vraag a")
    key = bench.buttons("anna")["Ja"].rpartition(".")[0]
    for number in ("0", "3", "999", "01x"):
        assert "niets veranderd" in (await bench.presses("anna", f"{key}.{number}"))[0]


async def test_a_token_tells_nothing(bench: Bench) -> None:
    await bench.says("anna", "vraag geheim")
    for token in bench.buttons("anna").values():
        assert "geheim" not in token
        assert len(token.partition(".")[0]) == 32


async def test_a_number_is_the_choice_at_that_place(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a")
    assert await plain_bench.says("anna", "2") == ["gekozen: a nee"]


async def test_the_words_on_a_button_are_that_choice(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a")
    assert await plain_bench.says("anna", "NEE!") == ["gekozen: a nee"]


async def test_a_number_that_two_questions_know_is_asked_back_and_never_guessed(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a b")
    asked = await plain_bench.says("anna", "1")
    assert asked == ["Je antwoord past bij meer vragen. Welke bedoel je?\n1 Ja (over b)   2 Ja (over a)"]
    assert await plain_bench.says("anna", "2") == ["gekozen: a ja"]
    assert await plain_bench.says("anna", "1") == ["gekozen: b ja"]


async def test_words_that_two_questions_know_are_asked_back(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a b")
    assert (await plain_bench.says("anna", "nee"))[0].startswith("Je antwoord past bij meer vragen")
    assert await plain_bench.says("anna", "1") == ["gekozen: b nee"]


@pytest.mark.parametrize(
    ("labels", "words", "meant"),
    [
        ("Ja, bel maar / Vandaag niet", "ja", "Ja, bel maar"),
        ("Ja, bel maar / Vandaag niet", "nee", "Vandaag niet"),
        ("Graag / Nu even niet / Niet ik, wel …", "Ja!", "Graag"),
        ("Graag / Nu even niet / Niet ik, wel …", "nee", "Nu even niet"),
        ("Yes please / Not now / Not me, but …", "yes", "Yes please"),
        ("Yes please / Not now / Not me, but …", "no", "Not now"),
        ("Graag, met Ede / Graag, met Epe", "ja", None),
        ("Suggest times / No coffee after all", "no", None),
        ("No more contact", "no", None),
        ("Naam / Niet over", "nee", None),
        ("Ja, zonder jou ook / Ja / Nee", "ja", "Ja"),
    ],
)
async def test_a_plain_yes_or_no_is_the_one_button_that_says_so(
    plain_bench: Bench, labels: str, words: str, meant: str | None
) -> None:
    """'No more contact' blocks somebody, and 'No coffee after all' calls it off: neither is a plain no."""
    await plain_bench.says("anna", f"knoppen a: {labels}")
    told = await plain_bench.says("anna", words)
    assert told == [f"gekozen: a {meant}"] if meant else "gekozen" not in told[0]


@pytest.mark.parametrize("words", ["ja", "nee"])
async def test_a_plain_yes_or_no_to_the_last_question_is_none_to_an_older_one(
    plain_bench: Bench, words: str
) -> None:
    """Though that says just this word on its button: nobody agrees to something by accident."""
    await plain_bench.says("anna", "vraag a")
    await plain_bench.says("anna", "knoppen b: Ja, zeg het me / Nee, dank je")
    told = await plain_bench.says("anna", words)
    assert told[0].startswith("Je antwoord past bij meer vragen. Welke bedoel je?")
    chosen = await plain_bench.says("anna", "1")
    assert chosen == [f"gekozen: b {'Ja, zeg het me' if words == 'ja' else 'Nee, dank je'}"]


async def test_the_question_back_can_be_passed_over(plain_bench: Bench) -> None:
    """Whoever goes on with something else is not held to it, and nothing was chosen."""
    await plain_bench.says("anna", "vraag a b")
    await plain_bench.says("anna", "1")
    assert await plain_bench.says("anna", "echo iets anders") == ["echo iets anders"]
    assert await plain_bench.says("anna", "2") == ["gekozen: a ja"]


async def test_a_newer_question_of_a_slot_takes_the_numbers_over(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a")
    await plain_bench.says("anna", "vraag a")
    assert await plain_bench.says("anna", "1") == ["gekozen: a ja"]


async def test_a_lasting_list_can_be_chosen_from_again_and_again(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "lijst")
    assert await plain_bench.says("anna", "3") == ["gekozen: naam 3"]
    assert await plain_bench.says("anna", "1") == ["gekozen: naam 1"]


async def test_a_newer_list_takes_the_numbers_of_the_older(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "lijst")
    await plain_bench.says("anna", "lijst")
    assert await plain_bench.says("anna", "3") == ["gekozen: naam 3"]


async def test_a_number_that_fits_one_question_only_is_that_one(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a")
    await plain_bench.says("anna", "lijst")
    assert await plain_bench.says("anna", "3") == ["gekozen: naam 3"]
    assert (await plain_bench.says("anna", "1"))[0].startswith("Je antwoord past bij meer vragen")


async def test_a_number_without_any_question_is_no_choice(plain_bench: Bench) -> None:
    assert len(await plain_bench.says("anna", "1")) == 1
    async with plain_bench.workshop.read() as work:
        assert all(question[0].slot != "vraag:a" for question in await offers.numbered(work, person("anna")))


async def test_anothers_questions_take_no_numbers_of_mine(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a")
    assert "gekozen" not in (await plain_bench.says("bram", "1"))[0]
    assert await plain_bench.says("anna", "1") == ["gekozen: a ja"]


async def test_a_choice_in_a_room_is_its_askers_alone(bench: Bench) -> None:
    await bench.says("anna", "@koffie vraag a", room="r1")
    token = bench.posts[-1]["buttons"][0]["token"]
    await bench.presses("bram", token, room="r1")
    assert "niet voor jou" in bench.posts[-1]["lines"][0]
    assert bench.posts[-1]["only"] == "bram"
    await bench.presses("anna", token, room="r1")
    assert any(post["lines"] == ["gekozen: a ja"] and post["only"] == "anna" for post in bench.posts)


async def test_a_number_in_reply_to_a_message_is_a_choice_of_that_message(bench: Bench) -> None:
    """In a room the newest question is another one than the welcome that somebody replies to."""
    room = Conversation(platform=PLATFORM, tenant=TEAM, id="r1")
    async with bench.workshop.write() as work:
        for name in ("welkom", "oproep"):
            press = choose(option(name, "vraag/kies", what=name))
            await outbox.post(work, room, say(words(name), press, lasting=True), Lane.ANSWER)
    await bench.settle()
    refs = {post["lines"][0]: post["ref"] for post in bench.posts}
    for name, ref in refs.items():
        await bench.says("anna", "@koffie 1", room="r1", reply=ref)
        assert bench.posts[-1]["lines"] == [f"gekozen: {name}"]
    for number, ref in (("2", refs["welkom"]), ("1", "m99")):
        await bench.says("anna", f"@koffie {number}", room="r1", reply=ref)
        assert "gekozen" not in bench.posts[-1]["lines"][0]


async def test_a_number_in_reply_is_that_question_though_another_is_open(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "vraag a b")
    older = next(post["ref"] for post in plain_bench.posts if "Vraag a" in post["lines"][0])
    assert await plain_bench.says("anna", "2", reply=older) == ["gekozen: a nee"]
    # It is settled now, and a second answer to it is none to the other.
    assert "gekozen" not in (await plain_bench.says("anna", "1", reply=older))[0]
    assert await plain_bench.says("anna", "2") == ["gekozen: b nee"]
