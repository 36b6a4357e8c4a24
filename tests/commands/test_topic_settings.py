"""A topic's phase, its end after a silence, and a sensitive one: by words, with time that passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.cadence import Weekly
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.services.register import indexes
from bot.store import admins, tables, topic
from tests.support.rounds import ADMIN, PEOPLE, ROOM, Rounds
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, CARLA, DEBTS, DIRK, NITROGEN, Person, Town, town

SILENCE = timedelta(days=190)
DEBTORS = (
    Person("Anna de Wit", "Barneveld", Layer.GEMEENTE, ((DEBTS, Part.LEADS),)),
    Person("Bram Vos", "Vallei en Veluwe", Layer.WATERSCHAP, ((DEBTS, Part.WORKS_ON),)),
    Person("Carla Mulder", "Gelderland", Layer.PROVINCIE, ((DEBTS, Part.WORKS_ON),)),
)
OUTSIDER = Person("Dirk Jansen", "Ede", Layer.GEMEENTE, ((DEBTS, Part.WORKS_ON), (NITROGEN, Part.WORKS_ON)))
CIRCLE = "schulden"


class TestPhase:
    async def test_it_proposes_a_rhythm_and_never_sets_one_silently(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer fase uitvoeren", ROOM)
        said = here.town.last(ADMIN)
        assert "Stikstof is nu in de fase uitvoeren" in said
        assert "elke 4 weken op dinsdag om 10:00 uur. Zal ik dat het ritme maken?" in said
        assert (await self._cadence(here)).weeks == 1
        await here.town.press(ADMIN, "Ja, neem dat ritme")
        assert "zijn voortaan elke 4 weken op dinsdag om 10:00 uur" in here.town.last(ADMIN)
        assert (await self._cadence(here)).weeks == 4
        await here.town.say(ADMIN, "koffie-beheer fase uitvoeren")
        assert here.town.last(ADMIN).startswith("Gedaan: Stikstof"), "the only channel that she may set"
        assert "Zal ik" not in here.town.last(ADMIN)

    async def test_the_questions_to_talk_about_change_with_it(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer fase stikstof afronden")
        async with here.town.workshop.read() as work:
            found = (await indexes(work)).topics.get(NITROGEN)
            row = (
                await work.session.execute(select(tables.Topic).where(tables.Topic.id == NITROGEN))
            ).scalar_one()
        assert found is not None
        assert found.phase == row.phase == "afronden"

    async def test_only_who_looks_after_it_and_in_clear_words(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer fase stikstof uitvoeren")
        assert here.town.last(ANNA).startswith("Dat kan alleen wie deze opgave beheert")
        await here.town.say(ADMIN, "koffie-beheer fase stikstof snel")
        assert here.town.last(ADMIN).startswith("Welke fase?")

    @staticmethod
    async def _cadence(here: Rounds) -> Weekly:
        cadence = (await here.channel()).cadence
        assert isinstance(cadence, Weekly)
        return cadence


class TestSilence:
    async def test_who_leads_it_is_asked_once_and_closes_it_by_one_press(self, database_url: str) -> None:
        async with town(database_url, (ANNA, CARLA)) as here:
            await self._long_ago(here)
            asked = [seen.text for seen in here.read_by(CARLA) if "maanden stil" in seen.text]
            assert len(asked) == 1
            assert "Over Stikstof was het 6 maanden stil." in asked[0]
            assert not any("maanden stil" in seen.text for seen in here.read_by(ANNA))
            await here.wait(timedelta(days=8))
            assert sum("maanden stil" in seen.text for seen in here.read_by(CARLA)) == 1
            await here.press(CARLA, "Sluit de opgave")
            assert "is gesloten. Wie elkaar kent, blijft elkaar kennen." in here.last(CARLA)
            await here.say(ANNA, "opgave stikstof")
            assert "ken ik niet" in here.last(ANNA)

    @pytest.mark.parametrize("database_kind", ["sqlite"])
    async def test_a_silence_about_it_is_not_asked_again(self, database_url: str) -> None:
        """Nor when it lasts so long that the outbox forgot whom it asked."""
        async with town(database_url, (ANNA, CARLA)) as here:
            await self._long_ago(here)
            for _ in range(2):
                await here.wait(timedelta(days=100))
            assert sum("maanden stil" in seen.text for seen in here.read_by(CARLA)) == 1

    async def test_who_keeps_it_open_is_left_alone(self, database_url: str) -> None:
        async with town(database_url, (ANNA, CARLA)) as here:
            await self._long_ago(here)
            await here.press(CARLA, "Laat hem open")
            assert here.last(CARLA) == "Prima. De opgave blijft open."
            async with here.workshop.write() as work:
                assert NITROGEN not in dict(await topic.quiet(work, work.today - SILENCE))

    async def test_where_something_happens_nobody_is_asked(self, here: Rounds) -> None:
        await here.hold_first()
        await self._long_ago(here.town)
        for person in (ANNA, BRAM, CARLA, DIRK):
            assert not any("Stikstof was het" in seen.text for seen in here.town.read_by(person))

    @staticmethod
    async def _long_ago(here: Town) -> None:
        """Everybody came in long ago, and a day passes."""
        async with here.workshop.write() as work:
            await work.session.execute(update(tables.Involvement).values(since=work.today - SILENCE))
        await here.jobs.start()
        await here.wait(timedelta(days=1))


async def _circle_of_ones_own(here: Town) -> None:
    """The outsider proposes an opgave, makes it sensitive and takes part in its channel."""
    for words in (
        "opgave nieuw Veenbrand; ook: natuurbrand; thema: geen",
        "koffie-beheer gevoelig veenbrand aan",
        "koffie-beheer kanaal nieuw veenbrand",
        "doe mee",
    ):
        await here.say(OUTSIDER, words, "van dirk")


class TestSensitive:
    """Only who takes part in the channel finds others, nameless; nowhere else does anything show."""

    @pytest.fixture
    async def closed(self, database_url: str) -> AsyncIterator[Town]:
        async with town(database_url, (*DEBTORS, OUTSIDER)) as made:
            async with made.workshop.write() as work:
                await admins.add_admin(work, made.ids[DEBTORS[0].name])
            await made.say(DEBTORS[0], "koffie-beheer kanaal nieuw schulden", CIRCLE)
            for person in DEBTORS:
                await made.say(person, "doe mee", CIRCLE)
            yield made

    async def test_an_outsider_who_tries_everything_learns_nothing(self, closed: Town) -> None:
        tries = [
            "wie-ken-ik schulden",
            "wie-ken-ik schulden waterschap",
            "wie kent iemand voor schulden?",
            "koffie schulden",
            "doe mee schulden",
            "opgave schulden",
            "opgave schulden team",
            "wie-ken-ik",
            "overzicht",
            "agenda",
            "mijn gegevens",
            "profiel",
            "koffie",
            "doe mee",
            "wie-ken-ik schulden voor morgen",
            "koffie-beheer overzicht schulden",
            "koffie-beheer toon schulden",
            "koffie-beheer ronde toon schulden",
            "over",
            "feedback",
            "koffie-beheer export schulden",
            "nodig uit schulden",
            "sla over schulden",
        ]
        for words in tries:
            await closed.say(OUTSIDER, words)
            await closed.say(OUTSIDER, "stop")
            assert not any(person.name in closed.all_text(OUTSIDER) for person in DEBTORS), words
            assert "bij een waterschap" not in closed.all_text(OUTSIDER), words
        assert "Zoeken kan alleen wie meedoet in het kanaal ervan." in closed.all_text(OUTSIDER)
        assert "Meedoen kan alleen in het kanaal zelf" in closed.all_text(OUTSIDER)

    async def test_nobody_comes_in_by_bringing_a_room_of_their_own(self, closed: Town) -> None:
        for words in ("koffie-beheer kanaal koppel schulden", "koffie-beheer kanaal nieuw schulden"):
            await closed.say(OUTSIDER, words, "van dirk")
            assert closed.last(OUTSIDER).startswith("Dat kan alleen een beheerder van"), words
        await closed.say(OUTSIDER, "doe mee schulden", "van dirk")
        await closed.say(OUTSIDER, "wie-ken-ik schulden waterschap", "van dirk")
        assert closed.last(OUTSIDER).startswith("Problematische schulden is een gevoelige opgave.")
        await closed.say(DEBTORS[0], "koffie-beheer kanaal koppel schulden", "tweede")
        assert closed.last(DEBTORS[0]).startswith("Gedaan.")

    async def test_nobody_comes_in_by_a_round_of_one_day(self, closed: Town) -> None:
        """Neither by asking for it, nor by a button that somebody passed on."""
        await closed.say(DEBTORS[0], "koffie-beheer ronde vandaag om 13 uur", CIRCLE)
        for words in ("doe mee vandaag schulden", "doe mee vandaag met schulden"):
            await closed.say(OUTSIDER, words)
            assert "Meedoen kan alleen in het kanaal zelf" in closed.last(OUTSIDER), words
        (token,) = [token for words, token in closed.platform.buttons[CIRCLE] if "vandaag mee" in words]
        await closed.press_token(OUTSIDER, token)
        assert "Meedoen kan alleen in het kanaal zelf" in closed.last(OUTSIDER)
        await closed.press_in(DEBTORS[1], CIRCLE, "Ik doe vandaag mee")
        assert closed.last(DEBTORS[1]).startswith("Leuk! Om 13:00 uur")

    async def test_nobody_comes_in_by_opening_anew_what_was_stopped(self, closed: Town) -> None:
        await closed.say(DEBTORS[0], "koffie-beheer stop schulden")
        await closed.press(DEBTORS[0], "Ja, stop")
        await closed.wait(timedelta(days=60))
        await closed.say(OUTSIDER, "koffie-beheer kanaal nieuw schulden", "van dirk")
        assert closed.last(OUTSIDER).startswith("Problematische schulden is een gevoelige opgave.")
        await closed.say(OUTSIDER, "doe mee", "van dirk")
        await closed.say(OUTSIDER, "wie-ken-ik schulden waterschap", "van dirk")
        assert "Een collega" not in closed.all_text(OUTSIDER)
        await closed.say(DEBTORS[0], "koffie-beheer kanaal nieuw schulden", "opnieuw")
        assert closed.last(DEBTORS[0]).startswith("Gedaan.")

    async def test_nobody_comes_in_by_merging_a_circle_of_their_own(self, closed: Town) -> None:
        await _circle_of_ones_own(closed)
        await closed.say(OUTSIDER, "opgave samenvoegen veenbrand met schulden")
        assert closed.last(OUTSIDER).startswith("Alleen wie ook Problematische schulden beheert")
        await closed.say(OUTSIDER, "wie-ken-ik schulden waterschap", "van dirk")
        assert "Een collega" not in closed.all_text(OUTSIDER)
        for words in ("opgave nieuw Muizenplaag; thema: geen", "koffie-beheer gevoelig muizenplaag aan"):
            await closed.say(DEBTORS[1], words)
            await closed.say(DEBTORS[1], "overslaan")
        await closed.say(OUTSIDER, "opgave samenvoegen veenbrand met muizenplaag")
        assert closed.last(OUTSIDER).startswith("Alleen wie ook Muizenplaag beheert"), "without a channel too"

    async def test_a_circle_that_takes_another_in_is_not_opened_by_undoing_what_that_was(
        self, closed: Town
    ) -> None:
        await closed.wait(timedelta(days=1))
        await closed.say(DEBTORS[0], "opgave nieuw Veenbrand; ook: natuurbrand; thema: geen")
        await closed.say(DEBTORS[0], "koffie-beheer kanaal nieuw veenbrand", "brand")
        await closed.say(DEBTORS[0], "koffie-beheer gevoelig veenbrand aan")
        await closed.say(DEBTORS[0], "opgave samenvoegen veenbrand met schulden")
        assert closed.last(DEBTORS[0]).startswith("Gedaan.")
        await closed.press(DEBTORS[0], "Ongedaan maken")
        assert closed.last(DEBTORS[0]).startswith("Iemand heeft dit daarna weer veranderd.")

    async def test_who_proposed_it_opens_it_anew_once_it_was_stopped_and_forgotten(
        self, closed: Town
    ) -> None:
        await _circle_of_ones_own(closed)
        await closed.say(OUTSIDER, "koffie-beheer stop veenbrand")
        await closed.wait(timedelta(days=2))
        await closed.say(DEBTORS[1], "koffie-beheer kanaal nieuw veenbrand", "van bram")
        assert closed.last(DEBTORS[1]).startswith("Veenbrand is een gevoelige opgave.")
        await closed.say(OUTSIDER, "koffie-beheer kanaal nieuw veenbrand", "opnieuw")
        assert closed.last(OUTSIDER).startswith("Gedaan.")

    async def test_who_proposed_it_changes_it_no_more_while_it_has_a_channel(self, closed: Town) -> None:
        """Also while its stop can be undone, and when nobody looks after it any more."""

        async def tended(answer: str) -> None:
            await closed.say(OUTSIDER, "koffie-beheer deelvragen veenbrand: rook")
            assert closed.last(OUTSIDER).startswith(answer)

        done, refused = "Veenbrand heeft nu deze deelvragen:", "Dat kan alleen wie deze opgave beheert"
        await closed.say(OUTSIDER, "opgave nieuw Veenbrand; ook: natuurbrand; thema: geen")
        await tended(done)
        await closed.say(DEBTORS[1], "koffie-beheer kanaal nieuw veenbrand", "brand")
        await tended(refused)
        async with closed.workshop.write() as work:
            (number,) = await admins.stewarded(work, closed.ids[DEBTORS[1].name])
            await admins.remove_steward(work, number, closed.ids[DEBTORS[1].name])
        await tended(refused)
        async with closed.workshop.write() as work:
            await admins.add_steward(work, number, closed.ids[DEBTORS[1].name])
        await closed.say(DEBTORS[1], "koffie-beheer stop veenbrand")
        await tended(refused)
        await closed.wait(timedelta(days=2))
        await tended(done)

    async def test_asking_by_name_does_not_tell_what_they_share(self, closed: Town) -> None:
        await closed.say(OUTSIDER, "koffie met Bram Vos")
        await closed.press(OUTSIDER, "Vraag om koffie")
        for person in (OUTSIDER, DEBTORS[1]):
            assert "schulden" not in closed.last(person).lower()
            assert "Zin in koffie?" in closed.last(person)

    async def test_inside_there_is_a_layer_and_no_name_until_both_say_yes(self, closed: Town) -> None:
        await closed.say(DEBTORS[0], "wie-ken-ik schulden waterschap")
        assert "Een collega bij een waterschap" in closed.last(DEBTORS[0])
        await closed.press(DEBTORS[0], "Vraag om koffie")
        for one, other in ((DEBTORS[0], DEBTORS[1]), (DEBTORS[1], DEBTORS[0])):
            assert "Zin in koffie?" in closed.last(one)
            assert other.name not in closed.all_text(one)
            assert other.organisation not in closed.all_text(one)
        await closed.press(DEBTORS[0], "Graag")
        assert DEBTORS[1].name not in closed.all_text(DEBTORS[0])
        await closed.press(DEBTORS[1], "Graag")
        assert DEBTORS[1].name in closed.all_text(DEBTORS[0])

    async def test_who_leaves_the_channel_is_outside_again(self, closed: Town) -> None:
        await closed.say(DEBTORS[0], "wie-ken-ik schulden rijk")
        await closed.press(DEBTORS[0], "Ja, zeg het me")
        await closed.say(DEBTORS[0], "stop", CIRCLE)
        await closed.say(DEBTORS[0], "wie-ken-ik schulden")
        assert "Zoeken kan alleen wie meedoet" in closed.last(DEBTORS[0])
        await closed.join(Person("Flip de Boer", "Rijkswaterstaat", Layer.RIJK, ((DEBTS, Part.WORKS_ON),)))
        await closed.settle()
        assert "Er is iemand bij gekomen" not in closed.all_text(DEBTORS[0])

    async def test_it_is_made_so_by_who_looks_after_it_and_stays_so_for_who_came(self, closed: Town) -> None:
        await closed.say(OUTSIDER, "koffie-beheer gevoelig schulden uit")
        assert closed.last(OUTSIDER).startswith("Dat kan alleen wie deze opgave beheert")
        await closed.say(DEBTORS[0], "koffie-beheer gevoelig schulden uit")
        assert "Daarom blijft de opgave gevoelig" in closed.last(DEBTORS[0])
        await closed.say(OUTSIDER, "opgave nieuw Veenbrand; ook: natuurbrand; thema: geen")
        await closed.say(OUTSIDER, "koffie-beheer gevoelig veenbrand aan")
        assert "is nu een gevoelige opgave" in closed.last(OUTSIDER)
        await closed.say(OUTSIDER, "koffie-beheer gevoelig veenbrand uit")
        assert "is nu een gewone opgave" in closed.last(OUTSIDER)


class TestSubQuestions:
    """Parts of a topic: set by who looks after it, chosen in the profile, looked up, told in a round."""

    async def test_set_chosen_looked_up_and_told_in_a_round(self, here: Rounds) -> None:
        say, last = here.town.say, here.town.last
        await say(ADMIN, "koffie-beheer deelvragen stikstof: vergunningen, natuurherstel")
        assert "- vergunningen\n- natuurherstel" in last(ADMIN)
        assert "wie-ken-ik stikstof vergunningen" in last(ADMIN)
        await say(BRAM, "wie-ken-ik stikstof vergunningen gemeente")
        assert "Ik ken nog niemand voor Stikstof – vergunningen bij een gemeente" in last(BRAM)
        await here.town.press(BRAM, "Ja, zeg het me")
        await say(ANNA, "profiel deelvragen vergunningen")
        assert "vergunningen" in last(ANNA)
        assert "Er is iemand bij gekomen voor Stikstof – vergunningen" in here.town.all_text(BRAM)
        for words in ("wie-ken-ik stikstof vergunningen gemeente", "wie doet vergunningen bij een gemeente?"):
            await say(CARLA, words)
            assert ANNA.name in last(CARLA), words
            assert DIRK.name not in last(CARLA)
        await say(CARLA, "wie-ken-ik stikstof natuurherstel gemeente")
        await here.town.press(CARLA, "Zoek breder")
        assert ANNA.name in last(CARLA)
        assert DIRK.name in last(CARLA)

    async def test_a_round_tells_what_both_chose(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer deelvragen stikstof: vergunningen, natuurherstel")
        for person in PEOPLE:
            await here.town.say(person, "profiel deelvragen", None)
            await here.town.say(person, "1, 2")
        await here.hold_first()
        assert "Jullie werken allebei aan: vergunningen." in here.asked(ANNA)[-1].text

    async def test_what_is_taken_out_is_chosen_by_nobody(self, here: Rounds) -> None:
        await here.town.say(ADMIN, "koffie-beheer deelvragen stikstof: vergunningen, natuurherstel")
        await here.town.say(ANNA, "profiel deelvragen vergunningen en natuurherstel")
        await here.town.say(ADMIN, "koffie-beheer deelvragen stikstof: natuurherstel")
        await here.town.say(ANNA, "profiel")
        assert "natuurherstel" in here.town.last(ANNA)
        assert "vergunningen" not in here.town.last(ANNA)
        seven = "aap, noot, mies, boom, roos, vis, vuur"
        await here.town.say(ADMIN, f"koffie-beheer deelvragen stikstof: {seven}")
        assert "Dat zijn te veel deelvragen" in here.town.last(ADMIN)
        for words in ("deelvragen stikstof", "deelvragen stikstof: stikstof", "deelvragen stikstof: @room"):
            await here.town.say(ADMIN, f"koffie-beheer {words}")
        await here.town.say(ADMIN, "koffie-beheer deelvragen stikstof: geen")
        assert "heeft nu geen deelvragen" in here.town.last(ADMIN)
        await here.town.say(ANNA, "profiel deelvragen")
        assert "nog geen deelvragen" in here.town.last(ANNA)
        await here.town.say(BRAM, "koffie-beheer deelvragen stikstof: geen")
        assert here.town.last(BRAM).startswith("Dat kan alleen wie deze opgave beheert")
