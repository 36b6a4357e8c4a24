"""Taking back what an admin did beside the settings: a conversation, a steward to be, the topic itself."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.topic import Phase
from bot.store import channel
from tests.support.rounds import ADMIN, ROOM, Rounds
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, Person, town

TOPIC_ACTS = {
    "opgave wijzig stikstof; ook: stikstofruimte": "De andere woorden zijn weer zoals ze waren.",
    "opgave wijzig stikstof; engels: deposits": "De naam van de opgave is weer zoals die was.",
    "koffie-beheer deelvragen stikstof: vergunningen, natuurherstel": "kiest die opnieuw.",
    "koffie-beheer fase uitvoeren": "De fase is weer zoals die was.",
    "koffie-beheer gevoelig stikstof aan": "De opgave is weer gewoon.",
}


async def _undo(here: Rounds, by: Person = ADMIN, room: str | None = ROOM) -> str:
    return await here.told("koffie-beheer ongedaan", by, room)


class TestTheTopic:
    async def test_each_change_of_it_is_undone(self, here: Rounds) -> None:
        await here.town.wait(timedelta(days=1))
        before = await here.topic()
        for words, back in TOPIC_ACTS.items():
            for pressed in (True, False):
                await here.told(words)
                assert await here.topic() != before, words
                if pressed:
                    await here.town.press(ADMIN, "Ongedaan maken")
                else:
                    await _undo(here)
                assert here.town.last(ADMIN).endswith(back), (words, pressed)
                assert await here.topic() == before, words
                log = await here.told("koffie-beheer logboek")
                assert "(ongedaan gemaakt)" in log.splitlines()[1]

    async def test_several_in_one_line_are_undone_one_by_one(self, here: Rounds) -> None:
        """No button stands under them: it would take back one of them, and look as if it were all."""
        before, button = await here.topic(), here.town.token(ADMIN, "Ongedaan maken")
        await here.told("opgave wijzig stikstof; ook: stikstofruimte; engels: deposits")
        assert here.town.token(ADMIN, "Ongedaan maken") == button
        for back in ("De naam van de opgave is weer zoals die was.", "zijn weer zoals ze waren."):
            assert (await _undo(here)).endswith(back)
        assert await here.topic() == before

    async def test_a_word_that_means_another_topic_by_now_does_not_come_back(self, here: Rounds) -> None:
        await here.told("opgave wijzig stikstof; ook: stikstofruimte")
        await here.told("opgave wijzig stikstof; zonder: stikstofruimte")
        assert "stikstofruimte" in await here.told("opgave wijzig waterkwaliteit; ook: stikstofruimte")
        assert (await _undo(here)).startswith("Iemand heeft dit daarna weer veranderd.")
        assert "stikstofruimte" not in (await here.topic()).synonyms

    async def test_who_came_in_where_nobody_is_named_stays_so(self, here: Rounds) -> None:
        await here.town.wait(timedelta(days=1))
        told = await here.told("koffie-beheer gevoelig stikstof aan")
        assert "Let op: wie in het kanaal komt, kan meedoen." in told
        await here.town.say(ANNA, "profiel opgaven waterkwaliteit")
        await here.town.say(ANNA, "profiel opgaven stikstof")
        assert "mensen die rekenen op geen namen" in await _undo(here)
        assert (await here.topic()).sensitive

    async def test_one_that_was_closed_since_stays_as_it_was_closed(self, here: Rounds) -> None:
        await here.told("koffie-beheer fase uitvoeren")
        await here.told("opgave sluit stikstof")
        await here.town.press(ADMIN, "Ongedaan maken")
        assert here.town.last(ADMIN).startswith("Iemand heeft dit daarna weer veranderd.")
        await here.told("opgave heropen stikstof")
        assert (await here.topic()).phase is Phase.CARRY_OUT


class TestAConversation:
    async def test_one_that_was_bound_by_mistake_is_let_go_and_reads_so(self, here: Rounds) -> None:
        told = await here.told("koffie-beheer kanaal koppel stikstof", room="praat")
        assert told.startswith("Gedaan. Dit gesprek hoort nu bij")
        await here.town.press(ADMIN, "Ongedaan maken")
        assert here.town.last(ADMIN) == (
            "Ongedaan gemaakt. Het gesprek hoort niet meer bij de koffierondes over Stikstof."
        )
        assert here.town.platform.seen["praat"][-1].text.startswith("Dit gesprek hoort niet meer bij")
        number = (await here.channel()).id
        async with here.town.workshop.read() as work:
            assert [place.id for place in await channel.places(work, number)] == [ROOM]
        again = await here.told("koffie-beheer kanaal koppel stikstof", room="praat")
        assert again.startswith("Gedaan.")

    async def test_one_that_another_brought_is_told_and_let_go_by_a_steward_alone(self, here: Rounds) -> None:
        assert (await here.told("koffie-beheer kanaal koppel stikstof", BRAM, "elders")).startswith("Gedaan.")
        told = here.town.last(ADMIN)
        assert told.startswith("Bram Vos bij")
        assert "koppelde een gesprek aan de koffierondes over Stikstof" in told
        refused = await here.told("koffie-beheer kanaal los", BRAM, "elders")
        assert refused.startswith("Dat kan alleen een beheerder")
        assert (await here.told("koffie-beheer kanaal los", room=None)).startswith("Dat kan alleen in het")
        assert (await here.told("koffie-beheer kanaal los", room="nergens")).startswith(
            "Dit gesprek hoort bij"
        )
        assert (await here.told("koffie-beheer kanaal los", room="elders")).startswith("Gedaan.")
        assert here.town.platform.seen["elders"][-1].text.startswith("Dit gesprek hoort niet meer bij")
        assert "een gesprek losgemaakt" in await here.told("koffie-beheer logboek")
        assert "kanaal koppel" in await _undo(here)

    async def test_who_brought_one_takes_it_back_without_being_a_steward(self, here: Rounds) -> None:
        told = await here.told("koffie-beheer kanaal koppel stikstof", BRAM, "elders")
        assert "Kies nu een ritme" not in told, "Bram may not"
        await here.town.press(BRAM, "Ongedaan maken")
        assert here.town.last(BRAM).startswith("Ongedaan gemaakt.")
        assert here.town.platform.seen["elders"][-1].text.startswith("Dit gesprek hoort niet meer bij")


class TestAStewardToBe:
    async def test_the_question_is_taken_back_and_a_yes_comes_too_late(self, here: Rounds) -> None:
        nobody = await here.told("koffie-beheer beheerder erbij Niemand Weetik")
        assert nobody == await here.told("koffie-beheer beheerder erbij Bram Vos")
        undone = [await _undo(here), await _undo(here)]
        assert undone[0] == undone[1], "it tells nothing of whether somebody was asked"
        await here.town.press(BRAM, "Ja, ik doe het")
        assert here.town.last(BRAM).startswith("Die vraag is vervallen.")
        assert BRAM.name not in await here.told("koffie-beheer logboek")

    async def test_asked_twice_it_is_taken_back_whole_and_asked_again_it_holds_again(
        self, here: Rounds
    ) -> None:
        for _ in range(2):
            await here.told("koffie-beheer beheerder erbij Bram Vos")
        await _undo(here)
        await here.town.press(BRAM, "Ja, ik doe het")
        assert here.town.last(BRAM).startswith("Die vraag is vervallen.")
        await here.told("koffie-beheer beheerder erbij Bram Vos")
        await here.town.press(BRAM, "Ja, ik doe het")
        assert here.town.last(BRAM).startswith("Fijn! Je beheert nu mee")

    async def test_what_waits_for_office_hours_is_never_asked(self, here: Rounds) -> None:
        await here.town.wait(timedelta(hours=10))
        await here.told("koffie-beheer beheerder erbij Bram Vos")
        await _undo(here)
        await here.town.wait(timedelta(days=2))
        assert "wilt beheren" not in here.town.all_text(BRAM)

    async def test_who_said_yes_already_sets_it_up_no_more(self, here: Rounds) -> None:
        await here.told("koffie-beheer beheerder erbij Bram Vos")
        await here.town.press(BRAM, "Ja, ik doe het")
        assert (await here.told("koffie-beheer groep 3", BRAM)).startswith("Gedaan.")
        await _undo(here)
        assert here.town.last(BRAM).startswith("Je beheert niet meer mee")
        assert (await here.told("koffie-beheer groep 2", BRAM)).startswith("Dat kan alleen een beheerder")

    async def test_who_became_one_otherwise_stays_so(self, here: Rounds) -> None:
        await here.told("koffie-beheer beheerder erbij Bram Vos")
        await here.add_steward(BRAM)
        await _undo(here)
        assert (await here.told("koffie-beheer groep 3", BRAM)).startswith("Gedaan.")


async def test_the_log_begins_with_the_proposal_of_who_opens_the_channel(database_url: str) -> None:
    async with town(database_url, (ANNA, BRAM)) as made:
        await made.say(ANNA, "opgave nieuw Veenbrand; ook: heidebrand")
        await made.say(ANNA, "overslaan")
        await made.wait(timedelta(days=3))
        await made.say(ANNA, "koffie-beheer kanaal nieuw veenbrand", "veen")
        await made.say(ANNA, "koffie-beheer logboek", "veen")
        lines = made.last(ANNA).splitlines()
        assert lines[-1].endswith("Anna de Wit: de opgave voorgesteld")
        assert "24 november" in lines[-1]
        assert "27 november" in lines[-2]
        await made.say(BRAM, "opgave nieuw Muizenplaag; ook: muizen")
        await made.say(BRAM, "overslaan")
        await made.say(ANNA, "koffie-beheer kanaal nieuw muizenplaag", "muis")
        await made.say(ANNA, "koffie-beheer logboek", "muis")
        assert BRAM.name not in made.last(ANNA)
