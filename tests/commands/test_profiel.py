"""The profile, as people change it."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.form import Next, Refused, Submission, Taken
from bot.compose.clocks import DemoClock
from bot.domain.contact import Route, RouteKind
from bot.domain.official import Official
from bot.domain.profile import NUDGES
from bot.domain.topic import Part
from bot.services import profile
from bot.services.register_import import SUCCESSOR_DUE
from bot.store import contact, due, involvements, officials, people, tables
from bot.store.work import Workshop
from tests.platforms.board.receive import receive
from tests.support.bench import TEAM, Bench, bench_over, person
from tests.support.country import Country
from tests.support.desk import Desk

CANARY = "anna.canary@ede.nl"


async def anna(desk: Desk) -> Official:
    found = await desk.find("anna")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "said", "fact", "value"),
    [
        (("profiel rol adviseur water",), "Bewaard. Rol: adviseur water.", "role", "adviseur water"),
        (("profiel rol", "jurist"), "Bewaard. Rol: jurist.", "role", "jurist"),
        (("profiel rol jurist", "profiel rol geen"), "Bewaard. Leeg gemaakt: Rol.", "role", ""),
        (("profiel niet over geld",), "Bewaard. Niet over: geld.", "not_about", "geld"),
        (("profiel over mij ik *bak*",), "Bewaard. Over mij: ik *bak*.", "human_line", "ik *bak*"),
        (("profile know how it works",), "Bewaard. Ik weet: how it works.", "knows", "how it works"),
        (("profiel plek Utrecht CS",), "Bewaard. Plek: Utrecht CS.", "place", "Utrecht CS"),
        (("profiel regio gelderland",), "Bewaard. Regio: Gelderland.", "region", "Gelderland"),
        (("profiel dagen ma t/m di",), "Bewaard. Werkdagen: maandag en dinsdag.", "working_days", (0, 1)),
        (("profiel dagen", "1 5"), "Bewaard. Werkdagen: maandag en vrijdag.", "working_days", (0, 4)),
        (
            ("profiel uren 9 tot 15",),
            "Bewaard. Werktijden: van 09:00 tot 15:00.",
            "working_hours",
            "09:00-15:00",
        ),
        (
            ("profiel tijdzone", "2"),
            "Bewaard. Tijdzone: Caribisch Nederland.",
            "time_zone",
            "America/Kralendijk",
        ),
        (
            ("profiel berichten", "1 3"),
            "Bewaard. Berichten: de dag ervoor en als er nog niets is afgesproken.",
            "nudges_off",
            ("after", "contact", "yearly"),
        ),
        (
            ("profiel berichten geen",),
            "Bewaard. Berichten: geen.",
            "nudges_off",
            NUDGES,
        ),
        (("profiel vorm bellen",), "Bewaard. Vorm: bellen.", "formats", ("call",)),
        (("profiel tempo", "1"), "Bewaard. Tempo: hoogstens 1 koffie per maand.", "pace", 1),
        (("profiel tempo 6",), "Bewaard. Tempo: hoogstens 6 koffies per maand.", "pace", 6),
        (("profiel taal", "Engels"), "Saved. Language: English.", "language", "en"),
        (("profiel talen", "1 3"), "Bewaard. Ik spreek: Nederlands en Fries.", "spoken", ("nl", "fy")),
        (("profiel ik spreek frysk",), "Bewaard. Ik spreek: Fries.", "spoken", ("fy",)),
        (
            ("profiel taal nederlands en engels",),
            "Bewaard. Ik spreek: Nederlands en Engels.",
            "spoken",
            ("nl", "en"),
        ),
        (("profiel talen fries", "profiel taal Engels"), "Saved. Language: English.", "spoken", ("fy",)),
        (("profiel taal Engels",), "Saved. Language: English.", "spoken", ("en",)),
        (
            ("profiel voorstellen ja",),
            "Bewaard. Voorstellen: ik stel graag mensen aan elkaar voor.",
            "introduces",
            True,
        ),
        (
            ("profiel organisatie zwolle",),
            "Bewaard. Organisatie: gemeente Zwolle.",
            "organisation",
            "gemeente Zwolle",
        ),
        (("profiel naam Anna de Bos",), "Bewaard. Naam: Anna de Bos.", "name", "Anna de Bos"),
    ],
)  # fmt: skip
async def test_each_line_is_changed_and_shown_back(
    desk: Desk, words: tuple[str, ...], said: str, fact: str, value: object
) -> None:
    await desk.joins("anna")
    assert await desk.says("anna", *words) == said
    assert getattr(await anna(desk), fact) == value


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("rol wethouder", "Deze plek is voor ambtenaren"),
        (f"rol {'x' * 101}", "Dat past er niet op"),
        ("tempo 11", "Typ een getal van 1 tot en met 10"),
        ("tempo 0", "Typ een getal"),
        ("tempo veel", "Typ een getal"),
        ("taal klingon", "Kies een van deze"),
        ("talen klingon", "Die taal ken ik niet"),
        ("talen geen", "Die taal ken ik niet"),
        ("dagen zaterdag", "Typ de nummers"),
        ("regio nergens", "Die regio ken ik niet"),
        ("naam 1", "Schrijf je voornaam"),
        ("contact postduif", "Kies een van deze"),
        ("opgaven kiezelstenen", "nog niet als opgave"),
    ],
)
async def test_what_does_not_do_changes_nothing_and_is_asked_again(desk: Desk, words: str, why: str) -> None:
    await desk.joins("anna")
    before = await anna(desk)
    assert why in await desk.says("anna", f"profiel {words}")
    assert "Ik heb hiervan niets bewaard" in await desk.says("anna", "stop")
    assert await anna(desk) == before


async def test_ordinary_words_are_no_command(desk: Desk) -> None:
    await desk.joins("anna")
    assert "Dit zien anderen van je" not in await desk.says("anna", "profiel is een mooi woord")


async def test_from_the_menu(desk: Desk) -> None:
    await desk.joins("anna")
    card = await desk.says("anna", "profiel")
    assert "Organisatie: gemeente Ede" in card
    assert "Contact: via deze chat" in card
    assert "1 Mijn werk   2 Over mij   3 Afspreken   4 Bereikbaar en taal" in card
    assert "1 Rol   2 Opgaven" in await desk.says("anna", "1")
    assert "Wat is je rol" in await desk.says("anna", "1")
    assert await desk.says("anna", "2") == "Bewaard. Rol: 2."


async def test_topics_are_replaced_and_the_copies_follow(desk: Desk) -> None:
    await desk.joins("anna")
    assert (
        await desk.says("anna", "profiel opgaven leid wonen") == "Bewaard. Opgaven: leidt Betaalbaar wonen."
    )
    me = await anna(desk)
    async with desk.bench.workshop.read() as work:
        assert await involvements.of(work, me.id) == [(desk.country.topics["wonen"], Part.LEADS)]


async def test_a_move_takes_the_copies_along(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "profiel organisatie provincie gelderland")
    (row,) = await desk.rows(tables.Involvement)
    (official,) = await desk.rows(tables.Official)
    assert row["layer"] == official["layer"] == "provincie"


async def test_a_new_name_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.says("anna", "profiel naam Sanne Smit")
    me = await anna(desk)
    async with desk.bench.workshop.read() as work:
        assert await people.find(work, "sanne smit", 5) == [me.id]
        assert await people.find(work, "anna bos", 5) == []


async def test_the_contact_route_is_sealed_and_shown_to_oneself_alone(desk: Desk) -> None:
    await desk.joins("anna")
    assert "1 Via deze chat   2 Per mail   3 Per telefoon" in await desk.says("anna", "profiel contact")
    assert await desk.says("anna", "2") == "Op welk mailadres?"
    assert "Dat is geen mailadres" in await desk.says("anna", "anna apestaart ede.nl")
    assert await desk.says("anna", CANARY) == (
        f"Bewaard: {CANARY}. Alleen wie met jou koffie drinkt krijgt dit, na jullie beider ja."
    )
    assert f"Contact: {CANARY}" in await desk.says("anna", "profiel")
    assert await desk.trace(CANARY) == {}
    me = await anna(desk)
    async with desk.bench.workshop.read() as work:
        assert await contact.route_of(work, me.id) == Route(RouteKind.EMAIL, CANARY)
    assert "+31612345678" in await desk.says("anna", "profiel telefoon 06-12345678")
    assert await desk.says("anna", "profiel contact chat") == "Bewaard. Contact: via deze chat."
    assert await desk.rows(tables.ContactRoute) == []


async def test_a_route_moved_to_another_row_does_not_open(desk: Desk) -> None:
    first, second = await desk.joins("anna"), await desk.joins("bram")
    async with desk.bench.workshop.write() as work:
        await contact.set_route(work, first, RouteKind.EMAIL, CANARY)
        await contact.set_route(work, second, RouteKind.EMAIL, "bram@ede.nl")
        rows = {
            row.official_id: row
            for row in (await work.session.execute(select(tables.ContactRoute))).scalars()
        }
        rows[second].sealed = rows[first].sealed
        await work.session.flush()
        with pytest.raises(ValueError, match="does not open") as caught:
            await contact.route_of(work, second)
        assert CANARY not in repr(caught.value)
    assert CANARY not in repr(Route(RouteKind.EMAIL, CANARY))


async def test_half_a_year_later_it_is_asked_whether_it_still_holds(desk: Desk) -> None:
    await desk.joins("anna")
    await desk.bench.later(days=170)
    assert "Klopt dit nog?" not in await desk.says("anna", "profiel")
    await desk.bench.later(days=20)
    assert "Klopt dit nog? Je werkt bij gemeente Ede. Je werkt aan Stikstof." in await desk.says(
        "anna", "profiel"
    )
    assert "Klopt dit nog?" not in await desk.says("anna", "profiel")
    await desk.bench.later(days=31)
    assert "Klopt dit nog?" in await desk.says("anna", "profiel")
    assert "Over een half jaar" in await desk.says("anna", "Klopt")
    await desk.bench.later(days=40)
    assert "Klopt dit nog?" not in await desk.says("anna", "profiel")


async def test_nobody_is_asked_whether_it_holds_before_it_is_time(
    workshop: Workshop, country: Country
) -> None:
    async with workshop.write() as work:
        official = await country.official(work, "Anna", "Ede", "stikstof")
        me = await officials.get(work, official)
        assert me is not None
        assert await profile.still_right(work, me) is None


async def test_who_worked_at_an_organisation_with_several_successors_is_asked(
    desk: Desk, clock: DemoClock
) -> None:
    me = await desk.joins("anna")
    async with desk.bench.workshop.write() as work:
        rows = (await work.session.execute(select(tables.Organisation))).scalars()
        ede = next(row for row in rows if row.name == "Ede")
        ede.status, ede.successors = "ended", ["test:Zwolle", "test:Utrecht"]
        work.cache.entries.clear()
        await due.schedule(work, "successor:1", SUCCESSOR_DUE, work.now, me)
    await desk.bench.settle()
    asked = desk.bench.seen("anna")[-1]
    assert asked.startswith("Je organisatie heet niet meer gemeente Ede. Waar werk je nu?")
    assert await desk.says("anna", "gemeente Zwolle") == "Bewaard. Organisatie: gemeente Zwolle."
    assert (await anna(desk)).organisation == "gemeente Zwolle"


class TestShownWhole:
    """The same forms on a platform that shows them whole."""

    async def submit(self, bench: Bench, key: str, values: dict[str, Any]) -> Submission:
        form = bench.posts[-1]["form"]
        event = {
            "id": key,
            "team": TEAM,
            "user": "anna",
            "type": "submitted",
            "values": values,
            "name": "Anna Bos",
        }
        inbound = receive({**event, "form": form["id"]})
        assert inbound is not None
        answer = await bench.dispatcher.submit(inbound)
        await bench.settle()
        return answer

    async def test_registering_takes_two_pages(
        self, desk: Desk, workshop: Workshop, clock: DemoClock
    ) -> None:
        commands = desk.bench.dispatcher._registry.commands
        topic, place = str(desk.country.topics["stikstof"]), str(desk.country.organisations["Ede"])
        async with bench_over(workshop, clock, commands=commands) as bench:
            await bench.says("anna", "aanmelden", name="Anna Bos")
            fields = bench.posts[-1]["form"]["fields"]
            assert [field["name"] for field in fields] == ["name", "organisation", "topics"]
            # What the platform tells is a proposal: the name, and the language of what follows.
            assert fields[0]["value"] == "Anna Bos"
            wrong = await self.submit(bench, "s1", {"organisation": "999999", "topics": [topic]})
            assert isinstance(wrong, Refused)
            assert [error.field for error in wrong.errors] == ["organisation"]
            filled = {"name": "Anna Bosch", "organisation": place, "topics": [f"{topic}:leads"]}
            page = await self.submit(bench, "s2", filled)
            assert isinstance(page, Next)
            language, consent = page.form.fields
            assert (language.name, language.value, consent.name) == ("language", "nl", "consent")
            assert "Anna Bosch, gemeente Ede. Je leidt Stikstof" in json.dumps(page.model_dump(mode="json"))
            for consenting, chosen in ((False, "en"), (True, "xx")):
                wrong = await self.submit(bench, chosen, {"language": chosen, "consent": consenting})
                assert isinstance(wrong, Refused)
            assert await desk.find("anna") is None
            assert await self.submit(bench, "s4", {"language": "en", "consent": True}) == Taken()
            assert "Good to have you, Anna Bosch.\nTry this: who-do-i-know" in "\n".join(bench.seen("anna"))
        me = await anna(desk)
        assert (me.name, me.language) == ("Anna Bosch", "en")
        async with workshop.read() as work:
            assert await involvements.of(work, me.id) == [(desk.country.topics["stikstof"], Part.LEADS)]

    async def joins(self, desk: Desk, bench: Bench, topic: str) -> None:
        await bench.says("anna", "aanmelden", name="Anna Bos")
        place = str(desk.country.organisations["Ede"])
        await self.submit(bench, "j1", {"organisation": place, "topics": [topic]})
        assert await self.submit(bench, "j2", {"consent": True}) == Taken()

    async def test_a_window_holds_what_is_and_what_is_left_empty_becomes_empty(
        self, desk: Desk, workshop: Workshop, clock: DemoClock
    ) -> None:
        commands = desk.bench.dispatcher._registry.commands
        stikstof = desk.country.topics["stikstof"]
        async with bench_over(workshop, clock, commands=commands) as bench:
            await self.joins(desk, bench, f"{stikstof}:leads")
            for words in ("profiel rol jurist", "profiel dagen ma t/m di", "profiel regio Gelderland"):
                await bench.says("anna", words)
            windows = {}
            for line in ("naam", "rol", "opgaven", "organisatie", "regio", "dagen", "berichten", "contact"):
                await bench.says("anna", f"profiel {line}")
                (windows[line],) = bench.posts[-1]["form"]["fields"]
            await bench.says("anna", "profiel dagen")
            assert await self.submit(bench, "s1", {"working_days": []}) == Taken()
            assert "Leeg gemaakt: Werkdagen." in bench.seen("anna")[-1]
            await bench.says("anna", "profiel rol")
            assert await self.submit(bench, "s2", {"role": ""}) == Taken()
        me = await anna(desk)
        assert (me.working_days, me.role) == ((), "")
        assert {line: one["value"] for line, one in windows.items()} == {
            "naam": "Anna Bos",
            "rol": "jurist",
            "opgaven": [f"{stikstof}:leads"],
            "organisatie": str(me.organisation_id),
            "regio": "Gelderland",
            "dagen": ["mon", "tue"],
            "berichten": list(NUDGES),
            "contact": "chat",
        }
        assert windows["opgaven"]["options"] == [{"value": f"{stikstof}:leads", "label": "leidt Stikstof"}]
        assert [line for line, one in windows.items() if one["optional"]] == [
            "rol",
            "regio",
            "dagen",
            "berichten",
        ]
        # Nothing is typed there, so nothing tells how to.
        assert [line for line, one in windows.items() if "Typ" in one["hint"]] == []

    async def test_whoever_searches_finds_regions_and_is_answered_where_nothing_fits(
        self, desk: Desk, workshop: Workshop, clock: DemoClock
    ) -> None:
        commands = desk.bench.dispatcher._registry.commands
        stikstof = str(desk.country.topics["stikstof"])
        async with bench_over(workshop, clock, commands=commands) as bench:
            await self.joins(desk, bench, stikstof)

            async def found(field: str, typed: str) -> list[tuple[str, str]]:
                form = bench.posts[-1]["form"]["id"]
                options = await bench.dispatcher.suggest(person("anna"), form, field, typed)
                return [(one.value, one.label.model_dump()["text"]) for one in options]

            await bench.says("anna", "profiel regio")
            assert await found("region", "geld") == [("Gelderland", "Gelderland")]
            assert await self.submit(bench, "s1", {"region": "Gelderland"}) == Taken()
            await bench.says("anna", "profiel opgaven")
            assert await found("topics", "") == [(stikstof, "Stikstof")]
            ((own, label),) = await found("topics", "qwertzuiop")
            assert label == "Ik bedoel: qwertzuiop"
            wrong = await self.submit(bench, "s2", {"topics": [own]})
            assert isinstance(wrong, Refused)
            assert "qwertzuiop" in wrong.errors[0].reason.model_dump()["text"]
            # Beside one that fits it is asked about, and not lost.
            page = await self.submit(bench, "s3", {"topics": [stikstof, own]})
            assert isinstance(page, Next)
            assert "qwertzuiop" in page.form.fields[0].prompt.model_dump()["text"]
        assert (await anna(desk)).region == "Gelderland"
