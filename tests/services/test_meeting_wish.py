"""'Verzetten naar dinsdag 14:00': a moment that one names oneself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.ids import OfficialId
from bot.domain.slots import Span
from bot.services.meeting_times import Wish
from tests.services.test_meeting import MONDAY, at, both_yes, change, count, fix, state
from tests.support.town import ANNA, BRAM, CARLA, Town, town

THURSDAY = "donderdag 3 december 10:00"
MOVED = "krijgt een ander moment."


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as made:
        await both_yes(made)
        await fix(made, MONDAY)
        yield made


def offered(words: str) -> list[str]:
    """The times of a question, in their order."""
    return re.findall(r"\[([^\]]*:\d\d)[^\]]*\]", words)


async def test_the_named_moment_comes_first(here: Town) -> None:
    await here.say(ANNA, "verzetten naar donderdag 3 december 10:00")
    assert "Prima. Je krijgt nieuwe momenten" in here.all_text(ANNA)
    assert offered(here.last(BRAM))[0] == THURSDAY
    assert len(offered(here.last(BRAM))) == 3
    # Who names a moment need not say that it suits.
    assert f"heb ik genoteerd: {THURSDAY}. Past er nog een?" in here.last(ANNA)
    assert offered(here.last(ANNA)) == offered(here.last(BRAM))[1:]
    await here.press(BRAM, THURSDAY)
    for person in (ANNA, BRAM):
        assert f"op {THURSDAY}." in here.last(person)
        assert "SEQUENCE:1" in here.last(person)


async def test_it_is_fixed_before_a_time_that_lies_earlier(here: Town) -> None:
    """Both mark a time of ours as well: the wish goes first, however late it is."""
    await here.say(ANNA, "verzetten naar 10 december 10:00")
    wish, other, _ = offered(here.last(BRAM))
    await here.press(ANNA, other)
    await here.press(BRAM, wish)
    assert f"op {wish}." in here.last(BRAM)
    # And the question once more has them in the same order.
    await here.say(ANNA, "verzetten naar 11 december 10:00")
    asked = offered(here.last(BRAM))
    await here.say(BRAM, "verzetten")
    assert offered(here.last(BRAM)) == asked


async def test_away_and_back_again(here: Town) -> None:
    """The first time may be chosen anew: both are told, and reminded once."""
    await here.say(ANNA, "verzetten naar 3 december 10:00")
    await here.press(BRAM, THURSDAY)
    await here.say(BRAM, "verzetten naar maandag 30 november 14:00")
    assert offered(here.last(ANNA))[0] == MONDAY
    await here.press(ANNA, MONDAY)
    for person in (ANNA, BRAM):
        assert f"op {MONDAY}." in here.last(person)
        assert "SEQUENCE:2" in here.last(person)
    await here.until(at("2026-12-01 12:00"))
    for person in (ANNA, BRAM):
        assert count(here, person, "Bijna zover") == 1
        assert count(here, person, "Heb je koffie gedronken") == 1


REFUSED = {
    "verzetten naar een betere dag": "Noem een dag en een tijd.",
    "verzetten naar maart": "Dat is nog ver weg.",
    "verzetten naar vandaag": "Dat is al heel gauw.",
    "verzetten naar vanmiddag": "Dat is al heel gauw.",
    "verzetten naar donderdagavond": "Dat is buiten kantoortijd.",
    "verzetten naar zaterdag": "Dat is buiten kantoortijd.",
    "verzetten naar 3 december 's ochtends 14:00": "Noem een dag en een tijd.",
    "verzetten naar 14:00": "Noem een dag en een tijd.",
    "verzetten naar volgende week 14:00": "Noem een dag en een tijd.",
    "verzetten gisteren 10:00": "Dat moment is al geweest.",
    "verzetten morgen 9:00": "Dat is al heel gauw.",
    "verzetten naar 3 maart 10:00": "Dat is nog ver weg.",
    "verzetten naar zaterdag 28 november 10:00": "Dat is buiten kantoortijd.",
    "verzetten naar 3 december 20:00": "Dat is buiten kantoortijd.",
    "verzetten naar 3 december 17:15": "Dat is buiten kantoortijd.",
    f"verzetten naar {MONDAY}": "Dat is het moment dat al staat.",
}


async def test_what_cannot_be_for_anybody_is_said_and_nothing_changes(here: Town) -> None:
    before, theirs = await state(here, ANNA), here.read_by(BRAM).copy()
    for words, told in REFUSED.items():
        await here.say(ANNA, words)
        assert told in here.last(ANNA), words
    assert await state(here, ANNA) == before
    assert here.read_by(BRAM) == theirs


async def test_why_it_does_not_suit_is_not_told(here: Town) -> None:
    """The other's days, the other's koffie and one's own read alike, and each costs a move."""
    await both_yes(here, BRAM, CARLA)
    taken = offered(here.last(BRAM))[0]
    await change(here, BRAM, working_days=[0, 1, 2, 4])
    told = []
    for words in ("verzetten naar donderdag 3 december 10:00", f"verzetten naar {taken}"):
        await here.say(ANNA, words)
        told.append(here.read_by(ANNA)[-2].text)
        await fix(here, offered(here.last(ANNA))[0])
    assert told == ["Dat moment komt niet uit. Je krijgt andere momenten, net als de ander."] * 2
    mine = (await state(here, ANNA)).moves
    assert mine == 2


async def test_on_ones_own_day_off_one_may_ask_for_it(here: Town) -> None:
    await change(here, ANNA, working_days=[0, 1])
    await here.say(ANNA, "verzetten naar 3 december 10:00")
    assert offered(here.last(BRAM))[0] == THURSDAY


async def test_a_weekday_that_may_be_today_is_proposed_where_it_can_be(here: Town) -> None:
    """It is Tuesday: today is too soon."""
    await here.say(ANNA, "verzetten naar dinsdag 14:00")
    assert offered(here.last(BRAM))[0] == "dinsdag 1 december 14:00"


async def test_by_ones_own_clock(here: Town) -> None:
    await change(here, ANNA, time_zone="America/Kralendijk")
    await here.say(ANNA, "verzetten naar 3 december 10:00")
    assert offered(here.last(BRAM))[0] == "donderdag 3 december 15:00"


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_part_of_a_day_is_by_ones_own_clock(here: Town) -> None:
    """Her morning is our afternoon; half an hour after hers begins, our office closes."""
    await change(here, ANNA, time_zone="America/Kralendijk")
    for part, time in (("ochtends", "13:30"), ("middags", "17:00")):
        await here.say(ANNA, f"verzetten naar 3 december 's {part}")
        assert offered(here.last(BRAM))[0] == f"donderdag 3 december {time}"
        await fix(here, f"donderdag 3 december {time}")
    await here.say(ANNA, "verzetten naar 3 december 's avonds")
    assert "Dat is buiten kantoortijd." in here.last(ANNA)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_part_of_a_day_that_had_a_time_before(here: Town) -> None:
    """Its day was proposed before, and one need not work on it oneself."""
    await change(here, ANNA, working_days=[0])
    for words, moment in (
        ("liever dinsdag 1 december", "dinsdag 1 december 10:00"),
        ("liever dinsdagmiddag 1 december", "dinsdag 1 december 13:00"),
    ):
        await here.say(ANNA, words)
        assert offered(here.last(BRAM))[0] == moment
        await fix(here, moment)
    await here.say(ANNA, "maandagmiddag kan ik niet")
    assert "Komt er iets tussen?" in here.last(ANNA)
    # Of a week it is a day of their own, if one suits.
    await change(here, ANNA, working_days=[4])
    await here.say(ANNA, "liever volgende week")
    assert offered(here.last(BRAM))[0].startswith("vrijdag 4 december")


async def test_the_moment_is_kept_while_it_is_asked_which_koffie(here: Town) -> None:
    await both_yes(here, ANNA, CARLA)
    await fix(here, offered(here.last(ANNA))[0], ANNA, CARLA)
    await here.say(ANNA, "verzetten naar 3 december 10:00")
    assert "Welke koffie bedoel je?" in here.last(ANNA)
    await here.press(ANNA, "Deze")
    assert THURSDAY in here.last(ANNA)


async def test_while_times_are_chosen_it_is_chosen_from_those(here: Town) -> None:
    await here.say(ANNA, "verzetten")
    first, second, third = offered(here.last(ANNA))
    for words in ("verzetten naar 3 december 10:00", "3 december 10:00", "donderdag 3 december om 10 uur"):
        await here.say(ANNA, words)
        assert "Dat moment is er niet bij. Past een van deze ook?" in here.read_by(ANNA)[-2].text
        assert offered(here.last(ANNA)) == [first, second, third]
    await here.say(ANNA, "14:00")
    assert "Noem een dag en een tijd, zoals dinsdag 14:00." in here.last(ANNA)
    await here.say(ANNA, "maandag kan ik")
    assert "Dat moment is er niet bij." in here.read_by(ANNA)[-2].text
    await here.say(ANNA, "volgende week")
    assert "Dat past bij meer momenten." in here.read_by(ANNA)[-2].text
    assert offered(here.last(ANNA)) == [first, second, third]
    # In one's own words, with the year or the command in front: the same as on the button.
    await here.say(ANNA, re.sub(r"^\w+ (.*) ", r"\1 2026 om ", first))
    assert f"Genoteerd: {first}." in here.last(ANNA)
    await here.say(ANNA, f"verzetten naar {second}")
    assert f"Genoteerd: {second}." in here.last(ANNA)
    await here.say(ANNA, "verzetten")
    assert f"heb ik genoteerd: {first} en {second}. Past er nog een?" in here.last(ANNA)
    await here.press(ANNA, third)
    assert "Dank je." in here.last(ANNA)
    await here.say(ANNA, "verzetten")
    assert f"{second} en {third}. Zodra er een moment is, hoor je het." in here.last(ANNA)
    assert offered(here.last(ANNA)) == []
    await here.say(BRAM, second.replace("14:00", "14 uur"))
    assert f"op {second}." in here.last(ANNA)


async def test_a_named_moment_of_several_koffies_is_of_the_one_that_holds_it(here: Town) -> None:
    await both_yes(here, ANNA, CARLA)
    await here.say(ANNA, "verzetten")
    await here.press(ANNA, "Deze")
    moment = offered(here.last(CARLA))[1]
    await here.say(ANNA, moment.partition(" ")[2])
    await here.press(CARLA, moment)
    assert f"koffie met Carla Mulder op {moment}." in here.last(ANNA)


async def test_without_times_to_choose_from_a_moment_is_no_answer(here: Town) -> None:
    before = await state(here, ANNA)
    await here.say(ANNA, "3 december 10:00")
    assert await state(here, ANNA) == before


async def test_other_words_move_nothing(here: Town) -> None:
    before = await state(here, ANNA)
    for words in ("verzet tegen windmolens", "een ander moment, Bram", "move fast"):
        await here.say(ANNA, words)
    assert await state(here, ANNA) == before
    assert MOVED not in here.all_text(BRAM)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_from_the_named_day_on(here: Town) -> None:
    """Without a time: the first that suits all on it, and what follows."""
    await here.say(ANNA, "kunnen we het verzetten naar dinsdag 8 december?")
    assert "Prima. Je krijgt nieuwe momenten" in here.all_text(ANNA)
    days = [one.rpartition(" ")[0] for one in offered(here.last(BRAM))]
    assert days == ["dinsdag 8 december", "woensdag 9 december", "donderdag 10 december"]
    # Who names a day says of no time that it suits.
    assert offered(here.last(ANNA)) == offered(here.last(BRAM))
    await fix(here, offered(here.last(ANNA))[1])
    await change(here, BRAM, working_days=[0, 1, 3, 4])
    await here.say(ANNA, "liever woensdag 16 december")
    assert "Dat moment komt niet uit." in here.read_by(ANNA)[-2].text
    assert offered(here.last(BRAM))[0].startswith("donderdag 17 december")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_day_of_those_proposed_is_the_press_of_its_button(here: Town) -> None:
    await here.say(ANNA, "verzetten")
    first, second, third = offered(here.last(ANNA))
    weekday = first.partition(" ")[0]
    await here.say(ANNA, f"{weekday}middag kan ik")
    assert "Dat moment is er niet bij." in here.read_by(ANNA)[-2].text
    for words in (f"{weekday} kan ik", f"{weekday}ochtend kan ik"):
        await here.say(ANNA, words)
        assert f"Genoteerd: {first}." in here.last(ANNA)
    await here.say(BRAM, "3 en 2")
    assert f"Genoteerd: {second} en {third}." in here.last(BRAM)
    await here.say(BRAM, "1 en 2")
    assert "Noem een dag en een tijd" in here.last(BRAM)
    # The button says 'Meer niet' by now.
    await here.say(BRAM, "geen van deze")
    assert here.last(BRAM) == "Dank je. Zodra er een moment is, hoor je het."
    await here.say(ANNA, "1, 2")
    assert f"op {second}." in here.last(ANNA)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_something_came_up(here: Town) -> None:
    """Nothing is called off by a sentence: it shows how to, of that day alone where one is named."""
    await both_yes(here, ANNA, CARLA)
    [tuesday] = [one for one in offered(here.last(ANNA)) if one.startswith("dinsdag")]
    await fix(here, tuesday, ANNA, CARLA)
    for words in ("ik kan niet", "ik ben ziek", "vrijdag kan ik niet"):
        await here.say(ANNA, words)
        assert "Komt er iets tussen?" in here.last(ANNA), words
        assert "met Bram" in here.last(ANNA)
        assert "met Carla" in here.last(ANNA)
    await here.say(ANNA, "dinsdag kan ik niet")
    assert "met Carla" in here.last(ANNA)
    assert "met Bram" not in here.last(ANNA)
    for other in (BRAM, CARLA):
        assert "Het staat" in here.last(other)
    await here.press(ANNA, "Gaat niet door")
    assert "gaat niet door. Dat zegt niets over jou." in here.last(CARLA)
    # While times are chosen it asks for one that does suit. 'Verzetten' on the list above is of that koffie.
    await here.say(ANNA, "verzetten")
    asked = offered(here.last(ANNA))
    await here.say(ANNA, "dinsdag kan ik niet")
    assert "Kies gerust wat wel past." in here.read_by(ANNA)[-2].text
    assert offered(here.last(ANNA)) == asked


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("words", ["ik kan niet", "een andere keer graag", "ander moment"])
async def test_no_to_a_question_that_was_put_last_is_about_no_appointment(here: Town, words: str) -> None:
    await here.say(CARLA, f"koffie {ANNA.name}")
    await here.press(CARLA, "Vraag om koffie")
    await here.say(ANNA, words)
    assert here.last(ANNA).startswith("Prima. De ander hoort dat niet van mij.")
    assert "Het staat" in here.last(BRAM)
    # 'Laat maar' is no 'I am late'.
    await here.until(at("2026-11-30 13:30"))
    await here.say(ANNA, "laat maar")
    assert "later" not in here.last(BRAM)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_after_the_moment_went_by(here: Town) -> None:
    """Who missed it may still move it; and 'nee' is enough where the button says 'Nee, dank je'."""
    await here.until(at("2026-12-01 12:00"))
    for words in ("ja", "nee", "nee", "nee"):
        await here.say(ANNA, words)
    assert here.last(ANNA) == "Dank je wel."
    await here.say(BRAM, "verzetten naar 10 december 10:00")
    assert offered(here.last(ANNA))[0] == "donderdag 10 december 10:00"


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_nothing_is_promised_where_there_is_no_time(here: Town) -> None:
    await change(here, ANNA, working_days=[0, 1])
    await change(here, BRAM, working_days=[3, 4])
    await here.say(ANNA, "verzetten")
    assert "Je krijgt" not in here.all_text(ANNA)
    for person in (ANNA, BRAM):
        assert "Ik vind geen moment voor je koffie" in here.last(person)
        assert "Met dit bestand haal je de afspraak uit je agenda." in here.last(person)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_so_near_to_it_the_other_hears_at_once_that_it_moves(here: Town) -> None:
    """Who is on the way before the office opens as well."""
    await here.until(at("2026-11-30 07:00"))
    await here.say(ANNA, "verzetten")
    assert MOVED in here.last(BRAM)
    assert here.read_by(BRAM)[-1].at < at("2026-11-30 07:30")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_two_questions_that_do_the_same_are_one_choice(here: Town) -> None:
    await here.say(ANNA, "zelf regelen")
    await here.say(ANNA, "zelf regelen")
    assert "Jullie regelen het al zelf." in here.last(ANNA)
    await here.wait(timedelta(days=8))
    assert "heeft nog geen moment" in here.last(ANNA)
    await here.say(ANNA, "agenda")
    await here.say(ANNA, "stel momenten voor")
    assert len(offered(here.last(ANNA))) == 3


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_when_it_is_can_be_asked_and_thanks_are_heard(here: Town) -> None:
    fixed = len(here.read_by(ANNA)) - 1
    for words in ("wanneer is mijn koffie?", "waar is het?"):
        await here.say(ANNA, words)
        assert "Je hebt één afspraak." in here.last(ANNA), words
        assert MONDAY in here.last(ANNA)
    before = here.last(BRAM)
    # Only where one looks for it: not where something came up, nor among all that is open.
    for words in ("ik kan niet", "overzicht"):
        await here.say(ANNA, words)
        assert "[Verzetten]\n[Gaat niet door]" in here.last(ANNA), words
        assert "Agendabestand" not in here.last(ANNA), words
    await here.say(ANNA, "stuur de agenda opnieuw")
    await here.press(ANNA, "Agendabestand")
    assert here.last(ANNA) == here.read_by(ANNA)[fixed].text
    assert "SEQUENCE:0" in here.last(ANNA)
    assert here.last(BRAM) == before
    await here.say(ANNA, "Dank je wel!")
    assert here.last(ANNA) == "Graag gedaan."


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_word_nearly_right_is_answered_with_the_name_that_help_lists(here: Town) -> None:
    await here.say(CARLA, "i am lat")
    assert "Bedoel je ik-ben-later?" in here.last(CARLA)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_who_has_no_appointment_is_not_taken_to_mean_one(here: Town) -> None:
    for words in ("ik kan niet", "half uur later", "kunnen we het verzetten?", "vrijdag kan ik"):
        await here.say(CARLA, words)
        assert "Dat begreep ik niet" in here.last(CARLA), words


def test_a_wish_goes_to_and_from_the_choice_that_takes_it_along() -> None:
    noon, one = at("2026-12-01 12:00"), at("2026-12-01 13:00")
    wish = Wish(by=OfficialId(1), moments=(noon,), stretches=(Span(noon, one),))
    again = Wish.model_validate(wish.model_dump(mode="json"))
    assert again == wish
    assert (again.met_by(one - timedelta(seconds=1)), again.met_by(one)) == (True, False)
