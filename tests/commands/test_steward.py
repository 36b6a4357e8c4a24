"""A steward sets a channel in words: what it says, what follows from it, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import admins, channel, channel_change
from tests.support.databases import BOTH
from tests.support.rounds import ADMIN, ASKED, FIRST, PEOPLE, REPAIRED, ROOM, TOLD, Rounds, at
from tests.support.rounds import every_week as every_week
from tests.support.town import ANNA, BRAM, CARLA, DIRK

SECOND = FIRST + timedelta(weeks=1)
EVENING, MORNING = at("2026-11-24 20:00"), at("2026-11-25 09:00")
CHANGES = (
    "ritme eerste woensdag van de maand",
    "groep 3",
    "lagen rijk gemeente",
    "regels nabij, hoogstens 1 per maand, tussenpoos 14 dagen",
    "regels koepels ja, andere laag, vormen live bellen, kleine organisaties eerst",
    "pauze",
    "pauze tot 1 maart",
    "stop",
    "ronde sla over",
)
BAD_INPUT = {
    "lagen rijk": "Met één laag leer je elkaar niet kennen.",
    "lagen rijk hemel": "Welke overheden doen mee?",
    "lagen": "Welke overheden doen mee?",
    "regels soms": "Die regel ken ik niet.",
    "regels tussenpoos 3 dagen": "Kies tussen 7 en 90 dagen rust",
    "regels hoogstens 9 per maand": "Kies 1 tot 4 keer per maand",
    "pauze tot 1 maart 2020": "Die dag is al voorbij.",
    "pauze tot sint juttemis": "Tot wanneer begreep ik niet.",
    "verder": "Niet op pauze",
    "groep 2": "Dat was al zo.",
    "ritme elke week op dinsdag om 10 uur": "Dat was al zo.",
    "ongedaan flauwekul": "Die opgave ken ik niet.",
}


def _announced(here: Rounds) -> list[str]:
    return [seen.text for seen in here.in_room() if "koffiekoppels over Stikstof" in seen.text]


class TestSetting:
    async def test_each_change_is_told_in_words_and_undone_by_one_press(self, here: Rounds) -> None:
        """Undo after do leaves the channel as it was, whatever was done and in whatever order."""
        await here.town.until(TOLD)
        before = await here.channel()
        for words in CHANGES:
            told = await here.manage(words)
            assert told.startswith("Gedaan"), told
            assert (await here.channel() != before) or words == "ronde sla over"
            await here.town.press(ADMIN, "Ongedaan maken")
            assert here.town.last(ADMIN).startswith("Ongedaan gemaakt"), here.town.last(ADMIN)
            assert await here.channel() == before
        await here.town.until(REPAIRED)
        assert [row.at for row in await here.rows()][:1] == [FIRST]
        assert here.asked(ANNA)

    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_the_card_and_the_log_tell_what_is_and_who_set_it(self, here: Rounds) -> None:
        await here.manage("lagen rijk gemeente")
        await here.manage("regels nabij, nieuwe organisaties eerst")
        card = await here.manage("kanaal toon")
        for line in (
            "elke week op dinsdag om 10:00 uur",
            "2 mensen",
            "rijk en gemeente",
            "liefst in de buurt",
        ):
            assert line in card
        assert "nieuwe organisaties eerst" in card
        log = await here.manage("logboek")
        assert "Carla Mulder: Wie mee kan doen: rijk en gemeente" in log
        assert log.index("liefst in de buurt") < log.index("rijk en gemeente")
        others = [person.name for person in PEOPLE if person is not ADMIN]
        assert not any(name in card + log for name in others)

    async def test_bad_input_is_one_clear_sentence_and_changes_nothing(self, here: Rounds) -> None:
        before = await here.channel()
        for words, answer in BAD_INPUT.items():
            assert (await here.manage(words)).startswith(answer), (words, here.town.last(ADMIN))
            assert await here.channel() == before


class TestTwoAtOnce:
    async def test_the_later_one_is_told_what_changed_meanwhile(self, here: Rounds) -> None:
        await here.add_steward()
        await here.manage("groep 3")
        told = await here.manage("groep 4", BRAM)
        assert "Carla Mulder had dit" in told
        assert "Dat was: Aan één tafel: 3 mensen." in told

    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_nobody_undoes_what_another_set_since(self, here: Rounds) -> None:
        await here.add_steward()
        await here.manage("groep 3")
        token = here.town.token(ADMIN, "Ongedaan maken")
        await here.manage("groep 4", BRAM)
        await here.town.press_token(ADMIN, token)
        assert here.town.last(ADMIN).startswith("Iemand heeft dit daarna weer veranderd.")
        assert (await here.manage("ongedaan")).startswith("Iemand heeft dit daarna")
        assert (await here.channel()).group_size == 4
        assert (await here.manage("ongedaan", BRAM)).startswith("Ongedaan gemaakt.")
        assert (await here.channel()).group_size == 3

    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_who_is_a_steward_no_more_undoes_nothing(self, here: Rounds) -> None:
        await here.add_steward()
        await here.manage("groep 4", BRAM)
        async with here.town.workshop.write() as work:
            await admins.remove_steward(work, (await here.channel()).id, here.town.ids[BRAM.name])
        await here.town.press(BRAM, "Ongedaan maken")
        assert here.town.last(BRAM).startswith("Dat kan alleen een beheerder van")
        assert (await here.channel()).group_size == 4

    async def test_a_day_later_it_stands(self, here: Rounds) -> None:
        await here.manage("groep 3")
        await here.town.wait(timedelta(hours=24))
        await here.town.press(ADMIN, "Ongedaan maken")
        assert here.town.last(ADMIN).startswith("Daarvoor is het te laat.")
        assert (await here.manage("ongedaan")).startswith("Je hebt hier de laatste dag niets veranderd.")


class TestLayersAndRules:
    async def test_only_the_layers_chosen_are_introduced(self, here: Rounds) -> None:
        await here.manage("lagen gemeente waterschap")
        await here.hold_first()
        asked = {person.name for person in PEOPLE if here.asked(person)}
        assert asked == {"Anna de Wit", "Bram Vos", "Dirk Jansen", "Guus Prins"}
        announced = [seen.text for seen in here.in_room() if "koffiekoppels over Stikstof" in seen.text]
        assert "gemeente en waterschap" in announced[-1]
        await here.town.say(CARLA, "doe mee", ROOM)
        assert "gemeente en waterschap" in here.town.last(CARLA)

    async def test_other_layer_is_a_hard_rule(self, here: Rounds) -> None:
        await here.manage("lagen gemeente waterschap")
        await here.manage("regels andere laag")
        await here.hold_first()
        for pair in await here.tables_for_two():
            assert len({person.layer for person in pair}) == 2

    async def test_a_longer_rest_holds_for_this_channel(self, here: Rounds) -> None:
        await here.hold_first()
        await here.answer_all("Graag")
        await here.manage("regels tussenpoos 30 dagen")
        await here.town.until(SECOND + timedelta(weeks=2))
        assert all(len(here.asked(person)) == 1 for person in PEOPLE)


class TestPauseAndStop:
    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_a_round_that_is_skipped_is_told_once_and_the_next_is_held(self, here: Rounds) -> None:
        await here.manage("ronde sla over")
        await here.town.until(SECOND)
        told = [seen.text for seen in here.in_room() if "gaat een keer niet door" in seen.text]
        assert len(told) == 1
        assert [row.state for row in await here.rows()] == ["skipped", "asked"]
        assert len(here.asked(ANNA)) == 1

    @pytest.mark.parametrize(
        "since", [("pauze", "verder"), ("ritme met de hand", "ritme elke week op dinsdag")]
    )
    async def test_a_round_that_is_skipped_does_not_come_back_by_another_change(
        self, here: Rounds, since: tuple[str, ...]
    ) -> None:
        await here.manage("ronde sla over")
        for words in since:
            await here.manage(words)
        assert "dinsdag 8 december" in here.town.last(ADMIN)
        assert (await here.channel()).next_at == SECOND

    async def test_who_wants_to_join_a_round_that_was_called_off_hears_so(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        await here.manage("ronde sla over")
        await here.town.press_in(ANNA, ROOM, "Sla deze over")
        assert here.town.last(ANNA).startswith("Die ronde gaat niet door.")
        await here.town.until(FIRST)
        assert not here.asked(ANNA)

    @pytest.mark.parametrize("off", ["ronde sla over", "pauze", "stop"])
    async def test_a_round_called_off_before_offices_open_is_not_announced(
        self, here: Rounds, off: str
    ) -> None:
        await here.town.until(EVENING)
        await here.manage("ronde start")
        await here.manage(off)
        await here.town.until(MORNING)
        assert not _announced(here)

    @pytest.mark.parametrize("off", ["ronde sla over", "stop"])
    async def test_what_is_taken_back_before_anybody_read_it_is_as_if_never_done(
        self, here: Rounds, off: str
    ) -> None:
        await here.town.until(EVENING)
        await here.manage("ronde start")
        before = len(here.in_room())
        await here.manage(off)
        await here.manage("ongedaan")
        await here.town.until(MORNING)
        assert _announced(here) == [seen.text for seen in here.in_room()[before:]]
        assert len(_announced(here)) == 1

    async def test_a_pause_until_a_day_holds_the_first_round_after_it(self, here: Rounds) -> None:
        await here.town.until(TOLD)
        await here.manage("pauze tot 14 december")
        assert "hebben pauze tot en met" in here.in_room()[-1].text
        await here.manage("ronde start")
        assert here.town.last(ADMIN).startswith("Nu is er pauze")
        await here.manage("pauze")
        for words in ("ronde toon", "kanaal toon"):
            assert "Volgende ronde: geen, want de rondes rusten" in await here.manage(words)
        await here.manage("ongedaan")
        await here.town.until(at("2026-12-15 10:00"))
        assert [(row.at, row.state) for row in await here.rows()] == [
            (FIRST, "skipped"),
            (at("2026-12-15 10:00"), "asked"),
        ]

    async def test_a_pause_in_the_middle_of_a_round_asks_nobody_anew(self, here: Rounds) -> None:
        """All who wait hear at one moment, in the words of a silence: the repair asks nobody."""
        await here.hold_first()
        one, _ = (await here.tables_for_two())[0]
        for pair in await here.tables_for_two():
            await here.town.press(pair[0], "Graag")
        await here.manage("pauze")
        await here.town.until(REPAIRED + timedelta(days=1))
        assert [row.state for row in await here.rows()] == ["over"]
        assert all(len(here.asked(person)) == 1 for person in PEOPLE)
        assert any("Dat zegt niets over jou" in seen.text for seen in here.town.read_by(one))

    @pytest.mark.parametrize("database_kind", BOTH)
    async def test_stopping_in_the_middle_of_a_round_leaves_open_what_was_asked(self, here: Rounds) -> None:
        await here.hold_first()
        await here.manage("stop")
        assert here.in_room()[-1].text.startswith("De koffierondes hier stoppen.")
        assert sum("stoppen" in seen.text for seen in here.in_room()) == 1
        one, other = (await here.tables_for_two())[0]
        for person in (one, other):
            await here.town.press(person, "Graag")
        assert "jullie zeggen allebei ja" in here.town.all_text(one)
        await here.town.until(REPAIRED + timedelta(weeks=4))
        assert [row.state for row in await here.rows()] == ["over"]
        assert all(here.town.all_text(person).count(ASKED) == 1 for person in PEOPLE)

    async def test_a_day_after_a_stop_nothing_is_known_of_who_took_part(self, here: Rounds) -> None:
        number = (await here.channel()).id
        await here.manage("stop")
        await here.town.say(DIRK, "doe mee stikstof")
        assert here.town.last(DIRK).startswith("Gestopt")
        assert (await here.manage("groep 3")).startswith("Gestopt")
        await here.town.say(ANNA, "koffie-beheer kanaal nieuw stikstof", "elders")
        assert here.town.last(ANNA).startswith("Gestopt")
        await here.town.wait(timedelta(hours=25))
        async with here.town.workshop.read() as work:
            assert await channel.count_members(work, number) == 0
            assert await channel.places(work, number) == []
            assert await admins.stewards(work, number) == []
        await here.town.say(ANNA, "koffie-beheer kanaal nieuw stikstof", "elders")
        assert here.town.last(ANNA).startswith("Gedaan.")
        await here.town.say(ANNA, "koffie-beheer groep 3", "elders")
        assert here.town.last(ANNA).startswith("Gedaan.")

    async def test_a_stop_that_was_undone_goes_on_with_everybody(self, here: Rounds) -> None:
        number = (await here.channel()).id
        await here.manage("stop")
        await here.town.wait(timedelta(hours=23))
        await here.manage("ongedaan")
        await here.town.wait(timedelta(hours=2))
        async with here.town.workshop.read() as work:
            assert await channel.count_members(work, number) == len(PEOPLE)
            changes = await channel_change.latest(work, number, 5)
        assert changes[0].undone_at is not None


class TestStewards:
    async def test_who_is_asked_and_wants_to_sets_the_channel_too(self, here: Rounds) -> None:
        asked = await here.manage("beheerder erbij Bram Vos")
        nobody = await here.manage("beheerder erbij Niemand Weetik")
        assert asked == nobody, "the answer tells nothing of whether somebody is here"
        assert "vraagt of je mee wilt beheren" in here.town.last(BRAM)
        await here.town.press(BRAM, "Ja, ik doe het")
        assert here.town.last(BRAM).startswith("Fijn! Je beheert nu mee")
        assert "Bram Vos" in here.town.last(ADMIN)
        assert (await here.manage("groep 3", BRAM)).startswith("Gedaan.")
        assert "een beheerder erbij" in await here.manage("logboek")

    async def test_a_no_tells_nobody_anything(self, here: Rounds) -> None:
        await here.manage("beheerder erbij Bram Vos")
        told = len(here.town.read_by(ADMIN))
        await here.town.press(BRAM, "Liever niet")
        assert len(here.town.read_by(ADMIN)) == told
        assert (await here.manage("groep 3", BRAM)).startswith("Dat kan alleen een beheerder")

    async def test_an_invitation_of_who_may_no_more_has_lapsed(self, here: Rounds) -> None:
        await here.add_steward()
        await here.manage("beheerder erbij Dirk Jansen", BRAM)
        await here.manage("beheerder eraf Bram Vos")
        assert here.town.last(BRAM).startswith("Je beheert niet meer mee")
        await here.town.press(DIRK, "Ja, ik doe het")
        assert here.town.last(DIRK).startswith("Die vraag is vervallen.")

    async def test_who_was_taken_out_is_put_back_by_undoing(self, here: Rounds) -> None:
        await here.add_steward()
        await here.manage("beheerder eraf Bram Vos")
        await here.town.press(ADMIN, "Ongedaan maken")
        assert here.town.last(BRAM).startswith("Je beheert weer mee")
        assert (await here.manage("groep 3", BRAM)).startswith("Gedaan.")

    async def test_the_last_one_stays_unless_an_admin_is_there(self, here: Rounds) -> None:
        await here.town.say(ANNA, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
        await here.town.say(ANNA, "koffie-beheer beheerder eraf ik", "water")
        assert here.town.last(ANNA).startswith("Gedaan. Je beheert niet meer mee"), "Carla is an admin of all"
        await here.town.say(ADMIN, "koffie-beheer beheerder eraf ik", ROOM)
        assert here.town.last(ADMIN).startswith("Jij bent de laatste beheerder hier.")

    async def test_an_admin_finds_out_nothing_of_anybody(self, here: Rounds) -> None:
        """Who said no, what they answered, who takes part: no word of an admin brings it out."""
        await here.hold_first()
        for person in (ANNA, BRAM):
            await here.town.press(person, "Nu even niet")
        others = [person.name for person in PEOPLE if person is not ADMIN]
        before = len(here.town.read_by(ADMIN))
        for words in (
            "export", "export json", "ronde toon", "kanaal toon", "logboek", "overzicht", "regels", "leden",
            "deelnemers", "lijst", "wie", "koppel Anna de Wit Bram Vos", "ronde start Anna de Wit",
        ):  # fmt: skip
            await here.manage(words)
            await here.town.say(ADMIN, "stop", None) if here.town.last(ADMIN).startswith("Wanneer") else None
        told = "\n".join(seen.text for seen in here.town.read_by(ADMIN)[before:])
        assert "cadence" in told, "the export was read"
        assert not [name for name in others if name in told]
