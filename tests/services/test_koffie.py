"""A koffie on the whole program: the same question for both, answers, limits, and what never shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import Answer, State
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.services import koffie, koffie_ask
from bot.store import admins, network, officials
from bot.store import koffie as store
from tests.support.town import (
    ANNA,
    BRAM,
    CARLA,
    DEBTS,
    DIRK,
    ESRA,
    NITROGEN,
    PEOPLE,
    Person,
    Town,
    town,
)
from tests.support.workshop import START

ASK, YES, NO = "Vraag om koffie", "Graag", "Nu even niet"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as made:
        yield made


async def ask(here: Town, who: Person, whom: Person) -> None:
    await here.say(who, f"koffie {whom.name}")
    await here.press(who, ASK)


def questions(here: Town, who: Person) -> list[tuple[datetime, str]]:
    return [(seen.at, seen.text) for seen in here.read_by(who) if seen.text.startswith("Zin in koffie?")]


def answered(text: str) -> str:
    """Without the choices, which are numbered and worded the same."""
    return text.rsplit("\n", 1)[0]


async def states(here: Town, who: Person) -> list[State]:
    async with here.workshop.read() as work:
        return [kept.koffie.state for kept in await store.all_of(work, here.ids[who.name])]


async def test_both_get_the_same_question_at_the_same_moment(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    assert questions(here, ANNA) == questions(here, BRAM)
    ((_, words),) = questions(here, BRAM)
    assert "Anna de Wit (gemeente Barneveld)" in words
    assert "Bram Vos" in words
    assert "Jullie werken allebei aan de opgave Stikstof." in words
    assert "een gemeente en een waterschap" in words
    assert "Mooi. Ik vraag het nu aan jullie allebei." in here.all_text(ANNA)
    assert len(here.read_by(BRAM)) == 1
    # A name that says its layer is not followed by it.
    assert "(waterschap)" not in here.all_text(ANNA)


async def test_out_of_office_hours_the_asker_waits_with_the_asked(here: Town) -> None:
    await here.wait(9 * HOUR)
    await ask(here, ANNA, BRAM)
    assert here.last(ANNA) == "Mooi. Ik vraag het aan jullie allebei op woensdag 25 november 08:30."
    assert here.read_by(BRAM) == []
    await here.wait(DAY)
    assert questions(here, ANNA) == questions(here, BRAM)
    ((moment, _),) = questions(here, ANNA)
    assert moment.astimezone(START.tzinfo).strftime("%H:%M") == "08:30"


async def test_contact_goes_out_after_both_yes_and_not_before(here: Town) -> None:
    await here.say(ANNA, "profiel contact anna@barneveld.nl")
    await ask(here, ANNA, BRAM)
    await here.press(ANNA, YES)
    assert "anna@barneveld.nl" not in here.all_text(BRAM)
    await here.press(BRAM, YES)
    (introduced,) = [seen.text for seen in here.read_by(BRAM) if "Bram Vos, dit is Anna de Wit." in seen.text]
    assert "Contact per e-mail: anna@barneveld.nl" in introduced
    assert "BEGIN:VCARD" in introduced
    assert "Anna de Wit, dit is Bram Vos." in here.all_text(ANNA)
    assert "momenten voor je koffie met Bram Vos" in here.last(ANNA)
    assert here.read_by(ANNA)[-1].at == here.read_by(BRAM)[-1].at
    assert await states(here, ANNA) == [State.AGREED]


async def test_after_a_yes_the_other_requests_may_be_taken_back(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    await ask(here, ANNA, CARLA)
    # The newest question is Carla's: both answer that one.
    await here.press(ANNA, YES)
    await here.press(CARLA, YES)
    assert "Je hebt nog één andere vraag open." in here.last(ANNA)
    before = list(here.read_by(BRAM))
    await here.press(ANNA, "Trek in")
    assert here.last(ANNA) == "Ingetrokken. De ander merkt er niets van."
    assert here.read_by(BRAM) == before
    await here.press(BRAM, YES)
    assert "Zodra jullie allebei ja zeggen" in here.last(BRAM)
    await here.wait(7 * DAY)
    assert "komt er nu niet van" in here.last(BRAM)
    assert "komt er nu niet van" not in here.all_text(ANNA)


async def test_three_requests_may_be_open(here: Town) -> None:
    await here.join(Person("Gerda Smit", "Rijkswaterstaat", Layer.RIJK))
    for whom in (BRAM, CARLA, DIRK):
        await ask(here, ANNA, whom)
    await here.say(ANNA, "koffie gerda smit")
    await here.press(ANNA, ASK)
    assert here.last(ANNA).startswith("Je hebt al 3 vragen open. Vanaf zaterdag 28 november kan er weer een")
    # A no makes no room; the term does.
    await here.press(BRAM, NO)
    await here.press(ANNA, ASK)
    assert "Je hebt al 3 vragen open" in here.last(ANNA)
    await here.wait(6 * DAY)
    await here.press(ANNA, ASK)
    assert len(questions(here, ANNA)) == 4


async def test_who_is_asked_often_gets_the_rest_together_on_monday(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    await ask(here, DIRK, BRAM)
    assert here.last(DIRK) == "Mooi. Ik vraag het aan jullie allebei op maandag 30 november 08:30."
    await ask(here, CARLA, BRAM)
    assert len(here.read_by(BRAM)) == 1
    await here.until(START + 6 * DAY)
    bundle = here.read_by(BRAM)[-1]
    assert bundle.text.startswith("Twee collega's willen kennismaken.")
    assert "Dirk Jansen (gemeente Ede)" in bundle.text
    assert "Carla Mulder" in bundle.text
    assert [moment for moment, _ in questions(here, DIRK)] == [bundle.at]
    assert [moment for moment, _ in questions(here, CARLA)] == [bundle.at]
    await here.press(DIRK, YES)
    await here.press(BRAM, "Graag, met gemeente Ede")
    assert "Bram Vos, dit is Dirk Jansen." in here.all_text(BRAM)
    before = list(here.read_by(CARLA))
    await here.press(BRAM, NO)
    assert here.read_by(CARLA) == before
    async with here.workshop.read() as work:
        kept = await store.running(work, here.ids[CARLA.name])
    assert [one.koffie.seat_of(here.ids[BRAM.name]).answer for one in kept] == [Answer.NOT_NOW]


async def test_who_is_full_says_so_to_all_alike(here: Town) -> None:
    await here.join(Person("Gerda Smit", "Rijkswaterstaat", Layer.RIJK))
    for who in (ANNA, DIRK, CARLA):
        await ask(here, who, BRAM)
    gerda = Person("Gerda Smit", "Rijkswaterstaat", Layer.RIJK)
    await ask(here, gerda, BRAM)
    full = "Deze collega heeft nu genoeg koffies. Er is weer plek vanaf maandag 30 november."
    assert here.last(gerda).startswith(full)
    await here.press(BRAM, NO)
    await ask(here, gerda, BRAM)
    assert here.last(gerda).startswith(full)


async def test_over_ones_pace_there_is_room_next_month(here: Town) -> None:
    async with here.workshop.write() as work:
        await officials.change(work, here.ids[BRAM.name], pace=1)
    await ask(here, ANNA, BRAM)
    await here.press(ANNA, YES)
    await here.press(BRAM, YES)
    await ask(here, DIRK, BRAM)
    assert "weer plek vanaf dinsdag 1 december" in here.last(DIRK)


async def test_a_sensitive_topic_shows_no_names_before_two_yeses(database_url: str) -> None:
    debts = ((DEBTS, Part.WORKS_ON),)
    one = Person("Anna de Wit", "Barneveld", Layer.GEMEENTE, debts)
    other = Person("Bram Vos", "Vallei en Veluwe", Layer.WATERSCHAP, debts)
    async with town(database_url, (one, other)) as here:
        async with here.workshop.write() as work:
            await admins.add_admin(work, here.ids[one.name])
        await here.say(one, "koffie-beheer kanaal nieuw schulden", "debts")
        await here.say(one, "doe mee", "debts")
        await here.say(one, "koffie schulden")
        await here.press(one, ASK)
        assert questions(here, one) == questions(here, other)
        await here.say(one, "koffie")
        await here.press(other, YES)
        await here.wait(2 * DAY)
        for who, stranger in ((one, other), (other, one)):
            assert stranger.name not in here.all_text(who)
            assert stranger.organisation not in here.all_text(who)
        await here.press(one, YES)
        assert "Anna de Wit, dit is Bram Vos." in here.all_text(one)


async def test_where_chat_does_not_reach_a_route_is_asked_for_first(database_url: str) -> None:
    far = Person("Eva Bos", "Rijkswaterstaat", Layer.RIJK, tenant="elsewhere")
    async with town(database_url, (*PEOPLE, far)) as here:
        await ask(here, far, BRAM)
        await here.press(far, YES)
        assert "Jullie zitten niet in dezelfde chat." in here.all_text(far)
        await here.say(far, "mail")
        await here.say(far, "eva@rws.nl")
        assert "Het gaat om de koffie" in here.last(far)
        await here.press(far, YES)
        await here.press(BRAM, YES)
        assert await states(here, BRAM) == [State.PROPOSED]
        await here.say(BRAM, "stop")
        await here.say(BRAM, "profiel contact 06 12345678")
        await here.press(BRAM, YES)
        assert await states(here, BRAM) == [State.AGREED]
        assert "eva@rws.nl" in here.all_text(BRAM)


async def test_what_cannot_be_asked_is_refused_kindly(here: Town) -> None:
    colleague = Person("Wim Bakker", ANNA.organisation, ANNA.layer)
    await here.join(colleague)
    for words in ("koffie wim bakker", "koffie niemand zoals deze"):
        await here.say(ANNA, words)
        assert here.last(ANNA).startswith("Ik vind niemand met die naam")
    await here.say(ANNA, "koffie anna de wit")
    assert here.last(ANNA).startswith("Dat ben jij zelf.")
    async with here.workshop.write() as work:
        await network.add_tie(work, here.ids[ANNA.name], here.ids[CARLA.name], "koffie", None)
    await here.say(ANNA, "koffie carla")
    assert here.last(ANNA).startswith("Jullie kennen elkaar al.")
    await ask(here, ANNA, BRAM)
    await ask(here, BRAM, ANNA)
    assert here.last(BRAM).startswith("Die vraag staat al open, tot en met vrijdag 27 november.")
    await here.wait(7 * DAY)
    await here.say(ANNA, "koffie bram")
    assert here.last(ANNA).startswith("Jullie koffie kwam er net niet van.")
    async with here.workshop.write() as work:
        await network.block(work, here.ids[DIRK.name], here.ids[ANNA.name])
    await here.say(ANNA, "koffie dirk jansen")
    assert here.last(ANNA).startswith("Ik vind niemand met die naam")


async def test_an_old_or_foreign_button_changes_nothing(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    token = here.token(BRAM, YES)
    await here.press_token(ANNA, token)
    assert "niet voor jou" in here.last(ANNA)
    await here.press(BRAM, NO)
    await here.press_token(BRAM, here.token(BRAM, NO))
    assert here.last(BRAM) == "Die vraag is al beantwoord. Er is niets veranderd."
    old = here.token(ANNA, YES)
    await here.wait(7 * DAY)
    await here.press_token(ANNA, old)
    assert here.last(ANNA).startswith("Deze vraag is verlopen. Er is niets veranderd.")
    assert await states(here, ANNA) == [State.DECLINED]


async def test_a_no_can_become_a_yes(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    await here.press(ANNA, YES)
    await here.press(BRAM, NO)
    await here.say(BRAM, "koffie")
    assert "Jij zei: Nu even niet." in here.last(BRAM)
    await here.press(BRAM, "Verander")
    await here.press(BRAM, YES)
    assert "Anna de Wit, dit is Bram Vos." in here.all_text(ANNA)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_yes_and_no_in_other_words(here: Town) -> None:
    """To the question that was put last; behind something else it is asked once more, and never guessed."""
    await here.say(BRAM, "nu even niet")
    assert here.last(BRAM).startswith("Er staat nu geen vraag van mij open.")
    await here.say(BRAM, "ja")
    assert here.last(BRAM).startswith("Dat begreep ik niet.")
    await ask(here, ANNA, BRAM)
    await here.say(ANNA, "Ja, leuk!")
    assert here.last(ANNA).startswith("Leuk! Zodra")
    await here.say(BRAM, "profiel")
    await here.say(BRAM, "ja")
    assert here.last(BRAM).startswith("Het gaat om de koffie over Stikstof")
    await here.say(BRAM, "nee")
    assert here.last(BRAM).startswith("Prima. De ander hoort dat niet van mij.")
    await here.say(BRAM, "ja graag")
    assert "Jij zei: Nu even niet." in here.last(BRAM)
    assert await states(here, ANNA) != [State.AGREED]
    await here.press(BRAM, "Verander")
    await here.say(BRAM, "lijkt me leuk")
    assert await states(here, ANNA) == [State.AGREED]


async def test_yes_to_other_words_is_no_yes_to_an_older_question(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    await here.press(ANNA, "Graag")
    await here.wait(timedelta(hours=1))
    await here.say(BRAM, "agenda")
    assert here.last(BRAM) == "Je hebt nu geen afspraken. Zin in koffie? Typ koffie."
    await here.say(BRAM, "ja")
    assert here.last(BRAM).startswith("Het gaat om de koffie over Stikstof")
    assert await states(here, ANNA) != [State.AGREED]
    await here.say(BRAM, "ja")
    assert await states(here, ANNA) == [State.AGREED]


async def test_both_know_each_other_at_once(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    # The words on the button, which also begin as a command does.
    await here.say(ANNA, "ken ik al")
    assert here.last(ANNA).startswith("Goed om te weten.")
    assert "Bram" not in here.last(ANNA)
    await here.press(BRAM, "Ken ik al")
    assert "dat jullie elkaar al kennen: Bram Vos" in here.last(ANNA)
    async with here.workshop.read() as work:
        assert here.ids[BRAM.name] in await network.acquainted(work, here.ids[ANNA.name])


async def test_who_is_named_instead_is_the_first_when_the_other_looks_on(here: Town) -> None:
    colleague = Person("Wilma Prins", BRAM.organisation, BRAM.layer, ((NITROGEN, Part.FOLLOWS),))
    await here.join(colleague)
    await ask(here, ANNA, BRAM)
    await here.press(BRAM, "Niet ik, wel")
    await here.say(BRAM, "wilma prins")
    assert here.last(BRAM).startswith("Dank je. Doet je collega hier mee?")
    assert here.read_by(colleague) == []
    await here.wait(7 * DAY)
    await here.press(ANNA, "Zoek verder")
    assert "Wilma Prins" in here.last(ANNA)
    await here.press(ANNA, ASK)
    assert questions(here, ANNA)[-1] == questions(here, colleague)[-1]


async def test_naming_somebody_tells_nothing_of_who_takes_part(here: Town) -> None:
    answers = []
    for name in ("esra yildiz", "niemand zoals deze"):
        await ask(here, ANNA, BRAM)
        await here.press(BRAM, "Niet ik, wel")
        await here.say(BRAM, name)
        answers.append(here.last(BRAM))
        await here.wait(100 * DAY)
    assert answers[0] == answers[1]


async def test_taken_back_before_it_was_asked_it_never_was(here: Town) -> None:
    await here.wait(9 * HOUR)
    await ask(here, ANNA, BRAM)
    await here.say(ANNA, "koffie")
    await here.press(ANNA, "Trek in")
    await here.wait(7 * DAY)
    assert here.read_by(BRAM) == []
    assert await states(here, ANNA) == []


async def test_who_paused_meanwhile_is_not_asked(here: Town) -> None:
    await here.wait(9 * HOUR)
    await ask(here, ANNA, BRAM)
    async with here.workshop.write() as work:
        await officials.change(work, here.ids[BRAM.name], requests=False)
    await here.wait(7 * DAY)
    assert here.read_by(BRAM) == []
    assert len(questions(here, ANNA)) == 1
    assert "komt er nu niet van" in here.last(ANNA)


async def test_two_who_say_yes_at_the_same_moment_agree(here: Town) -> None:
    await ask(here, ANNA, BRAM)

    async def yes(who: OfficialId) -> None:
        async with here.workshop.write() as work:
            await koffie.answer(work, who, KoffieId(1), Answer.YES)

    await asyncio.gather(yes(here.ids[ANNA.name]), yes(here.ids[BRAM.name]))
    await here.settle()
    assert await states(here, ANNA) == [State.AGREED]
    assert "dit is Bram Vos" in here.all_text(ANNA)
    assert here.all_text(BRAM).count("dit is Anna de Wit") == 1


async def test_two_who_ask_each_other_at_the_same_moment_get_one_question(here: Town) -> None:
    async def wish(who: Person, whom: Person) -> bool:
        try:
            async with here.workshop.write() as work:
                me = await officials.get(work, here.ids[who.name])
                assert me is not None
                await koffie_ask.request(work, me, here.ids[whom.name], None)
        except KoffieError:
            return False
        return True

    taken = await asyncio.gather(wish(ANNA, BRAM), wish(BRAM, ANNA))
    await here.settle()
    assert sorted(taken) == [False, True]
    assert len(questions(here, ANNA)) == len(questions(here, BRAM)) == 1


async def test_no_words_propose_somebody_for_ones_own_topic(here: Town) -> None:
    await here.say(ESRA, "koffie")
    assert "Carla Mulder" in here.last(ESRA)
    assert "volgt Waterkwaliteit" in here.last(ESRA)
    await here.say(ESRA, "koffie over schulden")
    assert "gevoelige opgave" in here.last(ESRA)


async def test_after_a_lapse_one_can_pause(here: Town) -> None:
    await ask(here, ANNA, BRAM)
    await here.wait(7 * DAY)
    await here.press(ANNA, "Even pauze")
    async with here.workshop.read() as work:
        me = await officials.get(work, here.ids[ANNA.name])
    assert me is not None
    assert not me.switches.requests
