"""Topics of officials' own, by the words that people type: proposed, worded, changed, closed."""

from __future__ import annotations

from bot.domain.lookup import Reason
from bot.services.register import indexes
from bot.store import admins, tables
from tests.support.desk import Desk

REFUSED = {
    "milieu": "Het thema milieu is een heel terrein.",
    "koffie": "Dat woord is al een commando van mij.",
    "wie-ken-ik": "Dat woord is al een commando van mij.",
    "Jan de Vries": "Een opgave heet niet naar een persoon.",
    "wethouder Jansen": "Een opgave heet niet naar een persoon.",
    "zie https://example.org/x": "Een naam is geen link en geen adres.",
    "mail mij op a@example.org": "Een naam is geen link en geen adres.",
    "hoi @room": "In een naam staan alleen gewone letters",
    "<!channel> wakker": "In een naam staan alleen gewone letters",
    "*vet* en _schuin_": "In een naam staan alleen gewone letters",
    "w" * 61: "Maak de naam korter",
    "x": "Dat is te kort",
    "beleid": "Dat past op bijna alles.",
}
"""Words that are no name, with how the answer begins."""


async def labels(desk: Desk) -> set[str]:
    async with desk.bench.workshop.read() as work:
        return {topic.label_nl for topic in (await indexes(work)).topics.topics}


class TestProposing:
    async def test_in_one_line_it_is_there_at_once_for_everybody(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.joins("bram", "waterschap Rivierenland", "wonen")
        said = await desk.says(
            "anna", "opgave nieuw Bodemdaling; ook: verzakking, inklinking; thema: natuur en milieu"
        )
        assert "Gelukt: de opgave Bodemdaling is er." in said
        assert "Dichtbij: " in said
        assert "Natuurherstel" in said
        assert "Anna Bos" in await desk.says("bram", "wie-ken-ik inklinking")

    async def test_asked_question_by_question(self, desk: Desk) -> None:
        await desk.joins("anna")
        assert "niet hoe je het oplost" in await desk.says("anna", "opgave nieuw")
        assert "andere woorden" in await desk.says("anna", "Bodemdaling in veengebied")
        assert "Onder welk thema" in await desk.says("anna", "verzakking, inklinking")
        assert "Gelukt" in await desk.says("anna", "overslaan")
        assert "Bodemdaling in veengebied" in await labels(desk)

    async def test_who_says_the_command_again_gives_the_answer(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.says("anna", "opgave nieuw")
        assert "milieu is een heel terrein." in await desk.says("anna", "opgave nieuw milieu")
        await desk.says("anna", "opgave nieuw Bodemdaling in veengebied", "overslaan", "overslaan")
        assert "Bodemdaling in veengebied" in await labels(desk)

    async def test_the_same_word_under_koffie_beheer_is_for_everybody_too(self, desk: Desk) -> None:
        await desk.joins("anna")
        said = await desk.says("anna", "koffie-beheer opgave nieuw Veenbrand; ook: natuurbrand", "overslaan")
        assert "Gelukt" in said

    async def test_a_solution_is_warned_of_and_may_stay_knowingly(self, desk: Desk) -> None:
        await desk.joins("anna")
        said = await desk.says("anna", "opgave nieuw Meldpunt zwerfafval")
        assert "klinkt als een oplossing, door het woord „meldpunt”" in said
        assert await labels(desk) == {"Stikstof", "Natuurherstel", "Betaalbaar wonen", "Fraude"}
        assert "Welke opgave wil je voorstellen?" in await desk.says("anna", "Ik noem de opgave")
        await desk.says("anna", "Zwerfafval langs de rivier", "overslaan", "overslaan")
        assert "Zwerfafval langs de rivier" in await labels(desk)
        await desk.says("anna", "opgave nieuw Meldpunt zwerfafval")
        await desk.says("anna", "Houd deze naam")
        await desk.says("anna", "Nee, het is een andere opgave")
        await desk.says("anna", "overslaan", "overslaan")
        assert "Meldpunt zwerfafval" in await labels(desk)

    async def test_who_is_asked_for_the_task_types_it_and_loses_nothing(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.says("anna", "opgave nieuw Meldpunt zwerfafval; ook: rommel; thema: natuur en milieu")
        assert "Gelukt" in await desk.says("anna", "Afval langs de rivier")
        assert "Ook wel: rommel" in await desk.says("anna", "opgave afval langs de rivier")
        await desk.says("anna", "opgave nieuw Meldpunt mest")
        assert "klinkt als een oplossing" in await desk.says("anna", "Een nieuwe app")

    async def test_what_is_there_already_is_joined(self, desk: Desk) -> None:
        await desk.joins("anna")
        said = await desk.says("anna", "opgave nieuw natuurherstel")
        assert "Die opgave is er al: Natuurherstel. Doe je mee?" in said
        assert "Nee, het is een andere opgave" not in said
        assert "Je werkt nu aan Natuurherstel" in await desk.says("anna", "Doe mee met Natuurherstel")
        assert "Natuurherstel" in await desk.says("anna", "profiel")

    async def test_a_name_that_is_like_another_may_be_another_word_for_it(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.says("anna", "opgave nieuw stikstofdepositie")
        await desk.says("anna", "Ander woord voor Stikstof")
        async with desk.bench.workshop.read() as work:
            (found, *_) = (await indexes(work)).topics.find("stikstofdepositie")
        assert (found.value.label_nl, found.reason) == ("Stikstof", Reason.ALIAS)
        assert await labels(desk) == {"Stikstof", "Natuurherstel", "Betaalbaar wonen", "Fraude"}

    async def test_what_cannot_be_a_name_is_refused_with_a_reason(self, desk: Desk) -> None:
        await desk.joins("anna")
        before = await labels(desk)
        for name, answer in REFUSED.items():
            assert answer in await desk.says("anna", f"opgave nieuw {name}")
        for name, answer in REFUSED.items():
            if "-" in name:
                continue  # A command written outright is run, also amid a form.
            assert answer in await desk.says("anna", "opgave nieuw", name), name
            await desk.says("anna", "stop")
        assert await labels(desk) == before

    async def test_no_more_a_day_than_the_operator_says(self, desk: Desk) -> None:
        await desk.joins("anna")
        for name in ("Veenbrand", "Muizenplaag", "Gladheid"):
            await desk.says("anna", f"opgave nieuw {name}; ook: {name} elders", "overslaan")
        assert "Je hebt vandaag 3 opgaven voorgesteld." in await desk.says(
            "anna", "opgave nieuw Hittestress; ook: hitte", "overslaan"
        )

    async def test_who_thinks_again_takes_it_back_while_nobody_is_in_it(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.joins("bram", "waterschap Rivierenland", "wonen")
        await desk.says("anna", "opgave nieuw Veenbrand", "overslaan", "overslaan")
        await desk.says("bram", "opgave veenbrand")
        await desk.says("bram", "Ik werk hier ook aan")
        assert "wordt al gebruikt" in await desk.says("anna", "Toch niet")
        assert "Veenbrand" in await labels(desk)
        await desk.says("anna", "opgave nieuw Muizenplaag", "overslaan", "overslaan")
        assert "teruggenomen" in await desk.says("anna", "Toch niet", "1")
        assert "Muizenplaag" not in await labels(desk)


class TestChanging:
    async def test_who_proposed_it_changes_its_words_and_nobody_else(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.joins("bram", "waterschap Rivierenland", "wonen")
        await desk.says("anna", "opgave nieuw Veenbrand", "overslaan", "overslaan")
        change = (
            "opgave wijzig veenbrand; naam: Natuurbranden; ook: bosbrand, heidebrand; thema: natuur en milieu"
        )
        assert "Dat kan alleen wie deze opgave beheert" in await desk.says("bram", change)
        said = await desk.says("anna", change)
        assert "Naam: Natuurbranden" in said
        assert "Ook wel: bosbrand, heidebrand, Veenbrand" in said
        assert "Thema: natuur en milieu" in said
        assert "Natuurbranden" in await desk.says("bram", "opgave veenbrand")
        await desk.says("anna", "opgave wijzig natuurbranden; zonder: heidebrand")
        assert "heidebrand" not in await desk.says("anna", "opgave natuurbranden")

    async def test_the_registers_names_are_not_for_stewards(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.says("anna", "koffie-beheer kanaal nieuw stikstof")
        assert "landelijke register" in await desk.says("anna", "opgave sluit stikstof")
        assert "landelijke register" in await desk.says("anna", "opgave wijzig stikstof; naam: Mest")
        assert "Ook wel: ammoniak" in await desk.says("anna", "opgave wijzig stikstof; ook: ammoniak")
        assert "„ammoniak” betekent al Stikstof" in await desk.says(
            "anna", "koffie-beheer kanaal nieuw natuurherstel", "opgave wijzig natuurherstel; ook: ammoniak"
        )

    async def test_closing_keeps_who_is_in_it_and_opening_brings_it_back(self, desk: Desk) -> None:
        await desk.joins("anna")
        await desk.joins("bram", "waterschap Rivierenland", "wonen")
        await desk.says("anna", "opgave nieuw Veenbrand", "overslaan", "overslaan")
        assert "is gesloten" in await desk.says("anna", "opgave sluit veenbrand")
        assert "Veenbrand" not in await labels(desk)
        assert "Anna" not in await desk.says("bram", "wie-ken-ik veenbrand")
        assert any(row["topic_id"] for row in await desk.rows(tables.Involvement))
        assert "weer open" in await desk.says("anna", "opgave heropen veenbrand")
        assert "Anna Bos" in await desk.says("bram", "wie-ken-ik veenbrand")

    async def test_an_admin_changes_all_of_them(self, desk: Desk) -> None:
        admin = await desk.joins("anna")
        async with desk.bench.workshop.write() as work:
            await admins.add_admin(work, admin)
        assert "is gesloten" in await desk.says("anna", "koffie-beheer opgave sluit stikstof")

    async def test_a_line_that_is_unclear_changes_nothing(self, desk: Desk) -> None:
        await desk.joins("anna")
        before = await labels(desk)
        assert "begreep ik niet" in await desk.says("anna", "opgave nieuw Veenbrand; kleur: rood")
        assert "Wat wil je wijzigen?" in await desk.says("anna", "opgave wijzig stikstof")
        assert "Die opgave ken ik niet" in await desk.says("anna", "opgave wijzig flauwekul; ook: onzin")
        assert "geen gesloten opgave" in await desk.says("anna", "opgave heropen stikstof")
        assert await labels(desk) == before
