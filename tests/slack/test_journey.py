"""From hello to koffie, as people on Slack live it."""

from __future__ import annotations

import asyncio

import pytest

from tests.slack.journey import agree, register, registered, story
from tests.slack.seen import Seen, chosen
from tests.slack.strict import BOT_TOKEN
from tests.slack.world import PATIENCE_SECONDS, World
from tests.support.databases import BOTH


@pytest.mark.parametrize("database_kind", BOTH)
async def test_from_hello_to_koffie(koffie: World) -> None:
    anna, bram = koffie.person("anna"), koffie.person("bram")
    await anna.say("hallo")
    assert "Ik ben een computerprogramma" in (await anna.reads("Hoi!")).words
    told = await story(koffie)
    # A window holds what is; what tells how to answer in words does not stand in it.
    assert [
        one["value"] for one in chosen(told.profile["blocks"][-1]["element"])
    ] == "mon tue wed thu".split()
    assert "Typ de nummers" not in str(told.profile)
    # The question was replaced by its settled answer, where it stood.
    assert (told.settled.ts, "[Graag]" in told.settled.words) == (told.asked.ts, False)
    # Both chose chat: they meet in a talk of their own, and nobody hears it a second time.
    assert "Ik lees hier niet mee." in told.together.words
    assert "Bram Jansen (gemeente Amsterdam)" in told.together.words
    for me in (anna, bram):
        assert not [one for one in await me.messages() if "jullie zeggen allebei ja" in one.words]


async def test_who_chose_an_address_hears_it_alone_and_gets_a_card(koffie: World) -> None:
    anna, bram = koffie.person("anna"), koffie.person("bram")
    await registered(anna, bram)
    await bram.command("/koffie", "profiel tijdzone")
    zone = (await bram.window("tijdzone"))["blocks"][-1]["element"]["initial_option"]
    assert zone["value"] == "Europe/Amsterdam"
    await bram.command("/koffie", "profiel contact")
    ways = await bram.window("bereiken")
    (_, by_mail, _) = ways["blocks"][-1]["element"]["options"]
    asked = (await bram.hand_in(ways, contact=by_mail))["view"]
    # What Slack tells of him is a proposal.
    assert asked["blocks"][-1]["element"]["initial_value"] == "bram@amsterdam.nl"
    assert await bram.hand_in(asked, address="bram@amsterdam.nl") == {"response_action": "clear"}
    await agree(anna, bram)
    routes = ("bram@amsterdam.nl", f"https://rijk.slack.com/team/{anna.user}")
    cards = ("bram-jansen.vcf", "anna-de-vries.vcf")
    for me, route, card in zip((anna, bram), routes, cards, strict=True):
        assert route in (await me.reads("jullie zeggen allebei ja")).words
        talk = await me.talk()
        history = await koffie.web("xoxb-test", "conversations.history", channel=talk, limit="100")
        assert [file["name"] for one in history["messages"] for file in one.get("files") or ()] == [card]


async def test_an_old_button_and_anothers_button_change_nothing(koffie: World) -> None:
    anna, bram = koffie.person("anna"), koffie.person("bram")
    await registered(anna, bram)
    await anna.command("/wie-ken-ik", "stikstof gemeente")
    found = await anna.reads("Bram Jansen")
    await anna.press(found, "Vraag om koffie")
    asked = await anna.reads("Zin in koffie?")
    await bram.reads("Zin in koffie?")
    await bram.press(asked, "Graag")
    await bram.reads("niet voor jou")
    assert "[Graag]" in (await anna.reads("Zin in koffie?")).words


async def test_guests_are_left_out_with_a_word(koffie: World) -> None:
    guest = koffie.person("gast")
    seen = await guest.command("/koffie")
    assert seen is not None
    assert "vaste collega" in seen.text
    await guest.say("hallo")
    (told,) = koffie.strict.of("chat.postEphemeral")
    assert (told.arguments["user"], told.arguments["channel"]) == (guest.user, await guest.talk())
    assert "vaste collega" in told.arguments["text"]
    assert await guest.messages() == []
    await guest.opens_home()
    await guest.home("vaste collega")
    anna = koffie.person("anna")
    await anna.say("hallo")
    await guest.press(await anna.reads("Hoi!"), "Aanmelden")
    assert "vaste collega" in guest.answers()[-1].text


async def test_who_is_new_searches_in_their_own_language_from_what_is_proposed(koffie: World) -> None:
    anna = koffie.person("anna")
    koffie.strict.marks[anna.user] = {"locale": "en-US"}
    await anna.command("/aanmelden")
    window = await anna.window("Where do you work? Choose")
    assert window["blocks"][0]["element"]["initial_value"] == "Anna de Vries"
    # Her address fits several: they are there before she types.
    proposed = [one["text"]["text"] for one in await anna.suggest(window, "organisation", "")]
    assert "ministerie van Binnenlandse Zaken en Koninkrijksrelaties" in proposed
    searched = [block["element"] for block in window["blocks"][1:]]
    assert [field["min_query_length"] for field in searched] == [0, 0]
    (own,) = await anna.suggest(window, "organisation", "qwertzuiop")
    assert own["text"]["text"] == "I mean: qwertzuiop"
    topic, *_ = await anna.suggest(window, "topics", "lead nitrogen")
    assert topic["text"]["text"] == "leads Nitrogen"
    wrong = await anna.hand_in(window, organisation=own, topics=[topic])
    assert wrong["errors"].keys() == {"organisation"}


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_who_types_opens_the_window_by_a_button_as_often_as_they_like(koffie: World) -> None:
    anna = koffie.person("anna")
    await anna.say("aanmelden")
    invited = await anna.reads("[Aanmelden]")
    assert koffie.strict.of("views.open") == []
    await anna.press(invited, "Aanmelden")
    first = await anna.window("Waar werk je?")
    place, *_ = await anna.suggest(first, "organisation", "minbzk")
    opgave, *_ = await anna.suggest(first, "topics", "stikstof")
    await anna.hand_in(first, name="Anna Bosch", organisation=place, topics=[opgave])
    # Closed there, and pressed again: it goes on where they were.
    await anna.press(invited, "Aanmelden")
    consent = await anna.window("Anna Bosch, ministerie")
    await anna.hand_in(consent, consent=consent["blocks"][-1]["element"]["options"][0])
    await anna.reads("Fijn dat je meedoet, Anna Bosch")
    await anna.press(invited, "Aanmelden")
    await anna.reads("verlopen")


async def test_a_question_before_joining_is_answered_after_it(koffie: World) -> None:
    anna = koffie.person("anna")
    await anna.command("/wie-ken-ik", "stikstof")
    await anna.reads("Drie vragen")
    first = await anna.window()
    place, *_ = await anna.suggest(first, "organisation", "minbzk")
    opgave, *_ = await anna.suggest(first, "topics", "stikstof")
    consent = (await anna.hand_in(first, organisation=place, topics=[opgave]))["view"]
    await anna.hand_in(consent, consent=consent["blocks"][-1]["element"]["options"][0])
    await anna.reads("Ik ken nog niemand")


async def test_home_shows_how_things_stand_and_answers_in_the_talk(koffie: World) -> None:
    anna = koffie.person("anna")
    await anna.opens_home()
    assert "Typ aanmelden" in (await anna.home("computerprogramma")).words
    bram = koffie.person("bram")
    await koffie.event({"type": "app_home_opened", "user": bram.user, "tab": "messages", "channel": "D1"})
    await bram.press(await bram.reads("Hoi!"), "Aanmelden")
    await bram.window("Waar werk je?")
    await register(anna, "minbzk", "stikstof")
    await anna.opens_home()
    page = await anna.home("Jouw netwerk")
    assert "Organisatie: ministerie van Binnenlandse Zaken" in page.words
    await anna.press(page, "Even pauze")
    assert "Verder" in (await anna.home("Je hebt iets op pauze staan")).words
    await anna.reads("Op pauze: rondes en verzoeken")
    # No bare number in the talk is meant for a button of the home screen.
    await anna.say("1")
    assert "pauze" not in (await anna.reads("Dat begreep ik niet")).words


async def test_a_channel_is_set_up_in_a_window_that_holds_what_is(koffie: World) -> None:
    anna = koffie.person("anna")
    await register(anna, "minbzk", "stikstof")
    await anna.command("/koffie", "koffie-beheer kanaal nieuw stikstof")
    await anna.reads("Het kanaal")
    await anna.command("/koffie", "koffie-beheer")
    window = await anna.window("koffieronde")
    shown = {block["block_id"]: block["element"] for block in window["blocks"] if block["type"] == "input"}
    assert shown["rhythm"]["initial_option"]["text"]["text"] == "met de hand"
    assert shown["group"]["initial_value"] == "2"
    layers = shown["layers"]["initial_options"]
    assert len(layers) == 5, "all layers take part at first"
    every_week = shown["rhythm"]["options"][1]
    filled = {"rhythm": every_week, "group": "1", "layers": layers[:1], "pause": shown["pause"]["options"][0]}
    wrong = await anna.hand_in(window, **filled)
    assert set(wrong["errors"]) == {"group", "layers"}
    filled |= {"group": "3", "layers": layers[:2]}
    assert await anna.hand_in(window, **filled) == {"response_action": "clear"}
    told = await anna.reads("Gedaan. Zo gaan")
    for line in ("elke week op dinsdag om 10:00 uur", "3 mensen", "rijk en provincie"):
        assert line in told.words
    await anna.press(told, "Ongedaan maken")
    assert "met de hand" in (await anna.reads("Ongedaan gemaakt.")).words


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_call_in_the_channel_is_answered_once_and_edited_into_its_answer(koffie: World) -> None:
    anna, bram = koffie.person("anna"), koffie.person("bram")
    await registered(anna, bram)
    await anna.say("koffie-beheer kanaal nieuw stikstof")
    await anna.reads("Het kanaal voor Stikstof is er.")
    (made,) = koffie.strict.of("conversations.create")
    channel = made.answer["channel"]["id"]
    await anna.command("/wie-ken-ik", "stikstof gemeente vóór morgen")
    await anna.press(await anna.reads("Haast?"), "Plaats de oproep")
    posted = await in_channel(koffie, channel, "iemand bij een gemeente over")
    assert "[Dat ben ik]" in posted.words
    assert "Anna" not in posted.words
    await anna.press(posted, "Dat ben ik")
    await anna.reads("Dit is je eigen oproep")
    await bram.press(posted, "Dat ben ik")
    assert "Er is haast bij." in (await bram.reads("jullie zeggen allebei ja", anna)).words
    settled = await in_channel(koffie, channel, "gevonden")
    assert (settled.ts, "Dat ben ik" in settled.words) == (posted.ts, False)


async def in_channel(koffie: World, channel: str, words: str) -> Seen:
    """Wait until a message of the bot in a channel holds these words."""
    found: list[Seen] = []

    async def look() -> bool:
        told = await koffie.web(BOT_TOKEN, "conversations.history", channel=channel, limit="50")
        seen = [Seen(one.get("blocks") or [], one["text"], channel, one["ts"]) for one in told["messages"]]
        found[:] = [one for one in seen if words in one.words]
        return bool(found)

    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await look():
            await koffie.changes()
    return found[-1]
