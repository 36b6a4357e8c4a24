"""Numbers to press under menus: unencrypted reactions, and only where they tell nothing of anybody."""

from __future__ import annotations

import re
from http import HTTPStatus

from tests.matrix.client import Event
from tests.matrix.journey import agree, register, registered
from tests.matrix.proxy import answers, cut
from tests.matrix.world import HELLO, HELP, Person, World

MENU, WORK = "Wil je iets wijzigen?", "1 Rol"
REACTION = r"/send/m\.reaction/"


def keycap(number: int) -> str:
    return f"{number}\ufe0f\u20e3"


def under(person: Person) -> dict[str, list[str]]:
    """The bot's reactions in a talk, by what they stand under."""
    found: dict[str, list[str]] = {}
    for one in person.client.events.values():
        if one.type == "m.reaction" and one.sender == person.bot and one.room == person.talk:
            relation = one.content["m.relates_to"]
            found.setdefault(relation["event_id"], []).append(relation["key"])
    return found


def options(menu: Event) -> int:
    """How many numbers a menu has."""
    return len(re.findall(r"^\d+ ", menu.words, re.MULTILINE))


async def react(person: Person, to: Event, sign: str) -> str:
    relation = {"rel_type": "m.annotation", "event_id": to.id, "key": sign}
    return await person.client.send(person.talk, {"m.relates_to": relation}, "m.reaction")


async def numbered(person: Person, menu: Event) -> None:
    """Wait until all its numbers are under a menu."""
    expected = [keycap(number) for number in range(1, options(menu) + 1)]
    await person.client.until(lambda: under(person).get(menu.id) == expected or None, "the numbers")


async def next_menu(person: Person, *before: Event) -> Event:
    """Wait for a menu that is none of these."""
    known = {one.id for one in before}

    def look() -> Event | None:
        found = [one for one in person.messages() if options(one) > 1 and one.id not in known]
        return found[-1] if found else None

    return await person.client.until(look, "another menu")


async def test_a_menu_can_be_pressed_and_a_question_about_people_cannot(koffie: World) -> None:
    anna, bram = await koffie.person("anna"), await koffie.person("bram")
    await registered(anna, bram)
    await agree(anna, bram)
    await anna.reads("Welke passen jou?")
    first = await anna.answer_to("profiel", MENU)
    await numbered(anna, first)
    # Neither the questions of joining, nor who was found, nor the koffie: the menu alone.
    assert set(under(anna)) == {first.id}
    known = anna.messages()
    await react(anna, first, "1\u20e3")
    second = await next_menu(anna, *known)
    assert WORK in second.words
    await numbered(anna, second)
    known = anna.messages()
    await react(anna, second, keycap(1))
    asked = await anna.client.until(
        lambda: next((one for one in anna.messages() if one not in known), None), "the question"
    )
    assert not options(asked)


async def test_other_reactions_are_left_alone(koffie: World) -> None:
    anna, bram = await koffie.person("anna"), await koffie.person("bram")
    await register(anna, "waterschap Vallei en Veluwe", "leid stikstof")
    menu = await anna.answer_to("profiel", MENU)
    await numbered(anna, menu)
    before = len(anna.messages())
    for event, sign in ((menu, "👍"), (menu, keycap(options(menu) + 1)), (anna.messages()[0], keycap(1))):
        await react(anna, event, sign)
    await anna.answer_to("hulp", HELP)
    assert len(anna.messages()) == before + 1
    # Somebody else's, once they are let in.
    await bram.answer_to("hallo", HELLO)
    await anna.client.order("invite", room=anna.talk, user=bram.user)
    await bram.client.order("join", room=anna.talk)
    before = len(bram.messages())
    relation = {"rel_type": "m.annotation", "event_id": menu.id, "key": keycap(1)}
    await bram.client.send(anna.talk, {"m.relates_to": relation}, "m.reaction")
    await bram.answer_to("hulp", HELP)
    assert len(bram.messages()) == before + 1


async def test_a_number_that_cannot_be_shown_costs_nothing(koffie: World) -> None:
    anna = await koffie.person("anna")
    await register(anna, "waterschap Vallei en Veluwe", "leid stikstof")
    # An HTTP client may ask once more for itself.
    koffie.proxy.rule("PUT", REACTION, cut, times=2)
    menu = await anna.answer_to("profiel", MENU)
    await koffie.proxy.until(lambda: koffie.proxy.of("PUT", REACTION))
    known = anna.messages()
    await anna.say("1")
    work = await next_menu(anna, *known)
    assert WORK in work.words
    assert menu.id not in under(anna)
    await numbered(anna, work)
    # Where turns are scarce they are for words.
    koffie.proxy.rule("PUT", REACTION, answers(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 200}))
    await anna.answer_to("profiel", MENU)
    refused = await koffie.proxy.until(
        lambda: [
            call for call in koffie.proxy.of("PUT", REACTION) if call.status == HTTPStatus.TOO_MANY_REQUESTS
        ]
    )
    await anna.answer_to("profiel", MENU)
    await anna.answer_to("hulp", HELP)
    assert koffie.proxy.of("PUT", REACTION)[-1] == refused[-1]
