"""Registering, as people type it: three answers, and nothing of who does not join."""

import pytest
from sqlalchemy import select

from bot.chat.address import Direct
from bot.chat.inbound import Inbound, Profile, Said
from bot.compose.clocks import DemoClock
from bot.domain.topic import Part
from bot.services.registration import CONSENT_VERSION
from bot.store import involvements, tables
from bot.store.work import Workshop
from tests.platforms.board.receive import PLATFORM
from tests.support.bench import bench_over, person
from tests.support.desk import PLAIN, YES, Desk


async def test_three_answers_and_one_is_in(desk: Desk) -> None:
    assert "Waar werk je?" in await desk.says("anna", "aanmelden")
    assert "Waaraan werk je?" in await desk.says("anna", "ik werk bij de gemeente Ede")
    # What the platform tells was no question: there is none to go back to.
    assert "Waaraan werk je?" in await desk.says("anna", "leid stikstof", "terug")
    consent = await desk.says("anna", "leid stikstof, volg wonen")
    assert "Anna Bos, gemeente Ede. Je leidt Stikstof; volgt Betaalbaar wonen." in consent
    assert "Meedoen is vrij. Er gaat niets naar je leidinggevende." in consent
    assert "Ik mag dit bewaren omdat jij ja zegt." in consent
    assert "Probeer eens: wie-ken-ik stikstof provincie" in await desk.says("anna", "1")
    for greeting in ("Goedemorgen!", "hey Koffie"):
        told = await desk.says("anna", greeting)
        assert told == "Hoi! Waarmee kan ik je helpen? Typ hulp, dan zie je wat ik kan."
    anna = await desk.find("anna")
    assert anna is not None
    assert (anna.name, anna.organisation, anna.language) == ("Anna Bos", "gemeente Ede", "nl")
    async with desk.bench.workshop.read() as work:
        topics = desk.country.topics
        assert await involvements.of(work, anna.id) == [
            (topics["stikstof"], Part.LEADS),
            (topics["wonen"], Part.FOLLOWS),
        ]


async def test_the_consent_is_kept_with_its_version_moment_and_basis(desk: Desk, clock: DemoClock) -> None:
    await desk.joins("anna")
    (row,) = await desk.rows(tables.Official)
    assert row["consent_version"] == CONSENT_VERSION
    assert row["legal_basis"] == "toestemming"
    assert row["consent_at"] == clock.now()


async def test_the_name_is_asked_where_the_platform_has_none(desk: Desk) -> None:
    assert await desk.says("zeno", "aanmelden") == "Hoe heet je?"
    assert "voornaam" in await desk.says("zeno", "12")
    assert "Waar werk je?" in await desk.says("zeno", "Zeno Zwart")
    assert "Hoe heet je?" in await desk.says("zeno", "terug")
    assert "Zeno Wit, gemeente Ede" in await desk.says("zeno", "Zeno Wit", "Ede", "stikstof")


async def test_an_unknown_organisation_is_asked_again(desk: Desk) -> None:
    again = await desk.says("anna", "aanmelden", "xyzzyq")
    assert again == "Die organisatie ken ik niet. Schrijf de naam voluit, zoals: gemeente Zwolle."


async def test_what_could_be_more_topics_is_asked_one_by_one(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede")
    asked = await desk.says("anna", "stikstof, leid zwevende kiezels")
    assert "Ik ken “zwevende kiezels” nog niet als opgave" in asked
    consent = await desk.says("anna", "natuurherstel")
    assert "Je leidt Natuurherstel; werkt aan Stikstof." in consent


async def test_what_is_unknown_may_be_left_out_when_there_is_more(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede", "stikstof, zwevende kiezels")
    assert "Je werkt aan Stikstof." in await desk.says("anna", "overslaan")


@pytest.mark.parametrize(
    "words", ["zwevende kiezels", "?", "stikstof, wonen, natuur, fraude, lucht, kiezels"]
)
async def test_topics_that_do_not_do_are_asked_again(desk: Desk, words: str) -> None:
    await desk.says("anna", "aanmelden", "Ede", words)
    assert "Je werkt aan Stikstof." in await desk.says("anna", "stikstof")


async def test_consent_is_never_given_by_accident(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede", "stikstof")
    for words in ("misschien", "hoezo", "3", "0", "stikstof"):
        assert "Kies ja" in await desk.says("anna", words), words
    assert await desk.find("anna") is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("liever niet",), "Prima. Ik heb niets bewaard. Je bent altijd welkom."),
        (("2",), "Prima. Ik heb niets bewaard. Je bent altijd welkom."),
        (("nee",), "Prima. Ik heb niets bewaard. Je bent altijd welkom."),
        (("stop",), "Prima, ik stop ermee. Ik heb hiervan niets bewaard."),
    ],
)
async def test_a_refusal_leaves_nothing(desk: Desk, words: tuple[str, ...], told: str) -> None:
    assert await desk.says("bram", "hoi", "aanmelden", "Ede", "stikstof", *words) == told
    assert await desk.trace("bram", "van Dijk") == {}
    assert await desk.rows(tables.Offer) == []
    assert {row["recipient"] for row in await desk.rows(tables.Outbox)} == {""}


@pytest.mark.parametrize("line", [1, 2])
async def test_a_politician_is_told_so_kindly_and_leaves_nothing(desk: Desk, line: int) -> None:
    answers = ["aanmelden", "Ede", "stikstof"][:line]
    told = await desk.says("bram", "hoi", *answers, "ik ben wethouder")
    assert told.startswith("Deze plek is voor ambtenaren.")
    assert await desk.trace("bram", "van Dijk", "wethouder") == {}
    assert await desk.rows(tables.Draft) == []
    assert "Hoi!" in await desk.says("bram", "hoi")


async def test_an_adviser_of_a_politician_is_welcome(desk: Desk) -> None:
    await desk.says("anna", "aanmelden")
    assert "Waaraan werk je?" in await desk.says("anna", "adviseur van de wethouder bij gemeente Ede")


async def test_what_was_asked_before_is_answered_after(desk: Desk) -> None:
    first = await desk.says("anna", "wie-ken-ik stikstof waterschap")
    assert first.startswith("Drie vragen, dan krijg je je antwoord.\nWaar werk je?")
    told = await desk.says("anna", "Ede", "stikstof", YES)
    assert told.startswith("Fijn dat je meedoet, Anna Bos.\n")
    assert "Probeer eens" not in told
    assert "stikstof" in told.lower()


async def test_after_a_restart_one_goes_on(desk: Desk) -> None:
    await desk.says("anna", "aanmelden", "Ede")
    commands = desk.bench.dispatcher._registry.commands
    async with bench_over(desk.bench.workshop, desk.bench.clock, commands=commands, lacks=PLAIN) as after:
        await after.act("anna", type="said", text="stikstof", name="Anna Bos", id="after-the-restart")
        await after.settle()
        assert "Anna Bos, gemeente Ede" in "".join(after.seen("anna"))


async def test_a_form_that_nobody_finished_is_forgotten_with_all_that_was_said(desk: Desk) -> None:
    await desk.says("bram", "aanmelden", "Ede")
    await desk.bench.later(days=9)
    assert await desk.rows(tables.Draft) == []
    assert await desk.trace("bram", "van Dijk") == {}


async def test_who_is_registered_is_told_so(desk: Desk) -> None:
    await desk.joins("anna")
    assert "Je doet al mee" in await desk.says("anna", "aanmelden")
    assert "Dit zien anderen van je" in await desk.says("anna", "1")
    assert len(await desk.rows(tables.Official)) == 1


async def test_a_double_yes_registers_once(desk: Desk, workshop: Workshop) -> None:
    await desk.joins("anna")
    await desk.says("anna", YES)
    async with workshop.read() as work:
        found = await work.session.execute(
            select(tables.Account.user).where(tables.Account.platform == PLATFORM)
        )
        assert list(found.scalars()) == [person("anna").user]


async def test_english_from_the_first_word(desk: Desk) -> None:
    asked = await desk.says("zeno", "hello", name="Zeno Black", language="en-GB")
    assert "I bring you in touch" in asked
    asked = await desk.says("zeno", "join", name="Zeno Black", language="en-GB")
    assert "Where do you work?" in asked
    for words in ("Ede", "stikstof"):
        asked = await desk.says("zeno", words, name="Zeno Black", language="en-GB")
    assert ", works on Stikstof." in asked
    joined = await desk.says("zeno", "yes", name="Zeno Black", language="en-GB")
    assert "Good to have you, Zeno Black." in joined


async def test_a_place_is_proposed_where_the_platform_knows_an_address(desk: Desk) -> None:
    async with desk.bench.workshop.write() as work:
        rows = (await work.session.execute(select(tables.Organisation))).scalars()
        next(row for row in rows if row.name == "Zwolle").email_domain = "zwolle.nl"
    for key, words in enumerate(("aanmelden", "ja")):
        event = Inbound(
            key=f"p{key}",
            actor=person("anna"),
            where=Direct(account=person("anna")),
            content=Said(text=words),
            at=desk.bench.clock.now(),
            profile=Profile(name="Anna Bos", email="a.bos@zwolle.nl"),
        )
        await desk.bench.dispatcher.put([event])
        await desk.bench.settle()
        if words == "aanmelden":
            asked = desk.bench.seen("anna")[-1]
            assert asked.startswith("Waar werk je? Ik denk: gemeente Zwolle. Klopt dat?")
            assert asked.endswith("1 gemeente Zwolle")
    assert "Anna Bos, gemeente Zwolle" in await desk.says("anna", "stikstof")
    assert await desk.trace("a.bos@zwolle.nl") == {}
