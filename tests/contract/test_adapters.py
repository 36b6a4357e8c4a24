"""What every adapter must do, whichever platform it speaks to. New folders are found by themselves."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter

from bot.chat.address import Address, Conversation, Direct
from bot.chat.inbound import Inbound, Pressed, Said
from bot.chat.message import Attachment, Message, Option, Whole, choose, say
from bot.chat.plain import plain
from bot.chat.port import ChannelRequest
from bot.i18n.text import Words
from tests.contract import messages
from tests.contract.suite import Running, adapter_packages, described, form, harness_of, payloads, running

PACKAGES = adapter_packages()
ADDRESSES: TypeAdapter[Address] = TypeAdapter(Address)
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}


@pytest.fixture(params=PACKAGES, ids=lambda package: package.rpartition(".")[2])
async def platform(request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    async with running(request.param) as made:
        yield made


def words(sentence: str) -> Message:
    return say(Words(text=sentence))


def question() -> Message:
    options = [Option(label=Words(text=label)) for label in ("Graag", "Nu even niet", "Ken ik al")]
    return messages.with_tokens(say(Words(text="Zin in koffie?"), choose(*options)))


def shared(platform: Running) -> Conversation:
    room = platform.harness.room()
    if room is None:
        pytest.skip("this platform has no shared places")
    return room


def direct(platform: Running, name: str = "anna") -> Direct:
    return Direct(account=platform.harness.account(name))


# What comes in.


@pytest.mark.parametrize("package", PACKAGES)
def test_every_adapter_has_a_harness(package: str) -> None:
    assert harness_of(package) is not None


@pytest.mark.parametrize(
    ("package", "payload"),
    [(package, payload) for package in PACKAGES for payload in payloads(package)],
    ids=lambda one: described(one) if isinstance(one, Path) else "",
)
async def test_a_recorded_payload_is_exactly_this_event(package: str, payload: Path) -> None:
    recorded = json.loads(payload.read_text("utf-8"))  # noqa: ASYNC240 - a small file of a test
    expected = recorded["expected"] and Inbound.model_validate(recorded["expected"])
    harness = harness_of(package)
    assert await harness.receive(recorded["payload"]) == expected
    # A redelivery is the same event under the same key.
    assert await harness.receive(recorded["payload"]) == expected


@pytest.mark.parametrize("package", PACKAGES)
def test_payloads_of_what_must_be_left_alone_are_recorded(package: str) -> None:
    """A platform that reads from somewhere has others' events too: its own, bots', edited ones."""
    expectations = [json.loads(file.read_text("utf-8"))["expected"] for file in payloads(package)]
    if expectations:
        assert sum(expected is None for expected in expectations) >= 3
        assert sum(expected is not None for expected in expectations) >= 3


async def test_words_come_in_with_who_said_them(platform: Running) -> None:
    await platform.harness.says("anna", "hulp")
    await platform.harness.says("bram", "Wie gaat er over *stikstof* & <water>?")
    first, second = await platform.inbox.event(0), await platform.inbox.event(1)
    assert first.actor == platform.harness.account("anna")
    assert first.where == direct(platform)
    assert first.content == Said(text="hulp")
    assert second.actor == platform.harness.account("bram")
    assert second.content == Said(text="Wie gaat er over *stikstof* & <water>?")
    assert first.key != second.key


async def test_an_address_leads_back_to_where_the_words_came_from(platform: Running) -> None:
    await platform.harness.says("anna", "hulp")
    where = (await platform.inbox.event(0)).where
    again = ADDRESSES.validate_json(ADDRESSES.dump_json(where))
    assert again == where
    (seen,) = await platform.shows(again, words("Antwoord"))
    assert seen.room is None
    assert seen.readers == [platform.harness.account("anna").user]


async def test_an_address_in_a_shared_place_leads_back_there(platform: Running) -> None:
    room = shared(platform)
    await platform.harness.says("anna", "hulp", in_room=True)
    event = await platform.inbox.event(0)
    assert isinstance(event.where, Conversation)
    assert event.where.id == room.id
    assert event.content == Said(text="hulp")
    again = ADDRESSES.validate_json(ADDRESSES.dump_json(event.where))
    (seen,) = await platform.shows(again.model_copy(update={"account": None}), words("Antwoord"))
    assert seen.room == room.id


async def test_what_the_bot_could_not_take_comes_again(platform: Running) -> None:
    if not platform.harness.redelivers:
        pytest.skip("what is typed here is typed again by hand")
    platform.inbox.away = True
    await platform.harness.says("anna", "hulp")
    await asyncio.sleep(0.2)
    platform.inbox.away = False
    await platform.harness.says("anna", "nog iets")
    said = {(await platform.inbox.event(number)).content for number in range(2)}
    assert said == {Said(text="hulp"), Said(text="nog iets")}


# What goes out.


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=messages.messages)
async def test_any_message_is_delivered_whole_and_inert(platform: Running, message: Message) -> None:
    seen = await platform.shows(direct(platform), message)
    assert seen, "nothing is shown"
    shown = "\n".join("\n".join((part.text, *part.buttons)) for part in seen)
    assert not {alert for part in seen for alert in part.alerts}
    assert not [letter for letter in shown if unicodedata.category(letter) in _HIDDEN and letter != "\n"]
    told = letters(plain(message.model_copy(update={"blocks": without_files(message)})))
    assert is_told(told, letters(shown)), (told, letters(shown))
    if platform.adapter.capabilities.files:
        files = [block.name for block in message.blocks if isinstance(block, Attachment)]
        assert [name for part in seen for name in part.files] == files


def without_files(message: Message) -> tuple[object, ...]:
    return tuple(block for block in message.blocks if not isinstance(block, Attachment))


def letters(shown: str) -> str:
    """The letters and figures alone: what no platform may lose."""
    return "".join(letter for letter in unicodedata.normalize("NFC", shown) if letter.isalnum())


def is_told(told: str, shown: str) -> bool:
    """Whether all is shown in order; numbers and marks of the platform may stand in between."""
    rest = iter(shown)
    return all(letter in rest for letter in told) or sorted(told) == sorted(shown)


async def test_options_are_buttons_or_numbers_in_order(platform: Running) -> None:
    (seen,) = await platform.shows(direct(platform), question())
    if platform.adapter.capabilities.buttons:
        assert list(seen.buttons) == ["Graag", "Nu even niet", "Ken ik al"]
    else:
        places = [seen.text.index(label) for label in ("1 Graag", "2 Nu even niet", "3 Ken ik al")]
        assert places == sorted(places)


async def test_a_press_comes_back_as_its_token_with_who_pressed(platform: Running) -> None:
    if not platform.adapter.capabilities.buttons:
        pytest.skip("this platform has no buttons")
    message = question()
    (seen,) = await platform.shows(direct(platform), message)
    for number, option in enumerate(message.options):
        await platform.harness.presses("anna", seen, number)
        event = await platform.inbox.event(number)
        assert event.content == Pressed(token=str(option.token))
        assert event.actor == platform.harness.account("anna")


async def test_a_number_comes_back_as_that_number_with_who_said_it(platform: Running) -> None:
    await platform.shows(direct(platform), question())
    await platform.harness.says("anna", "2")
    event = await platform.inbox.event(0)
    assert (event.content, event.actor) == (Said(text="2"), platform.harness.account("anna"))


async def test_many_options_are_all_there(platform: Running) -> None:
    labels = [f"Keuze{n}x" for n in range(1, 26)]
    message = messages.with_tokens(say(choose(*(Option(label=Words(text=label)) for label in labels))))
    seen = await platform.shows(direct(platform), message)
    shown = "\n".join("\n".join((part.text, *part.buttons)) for part in seen)
    places = [shown.index(label) for label in labels]
    assert places == sorted(places)


async def test_what_is_for_one_is_never_shown_to_the_room(platform: Running) -> None:
    account = platform.harness.account("anna")
    room = shared(platform).model_copy(update={"account": account})
    before = len(await platform.harness.seen())
    await platform.deliver(room, say(Words(text="Alleen jij"), only_you=True))
    added = (await platform.harness.seen())[before:]
    assert [list(seen.readers or ["everyone"]) for seen in added] in ([], [[account.user]])
    if platform.adapter.capabilities.only_you:
        assert added


async def test_what_is_for_one_without_saying_whom_is_shown_to_nobody(platform: Running) -> None:
    before = len(await platform.harness.seen())
    delivery = await platform.deliver(shared(platform), say(Words(text="Voor niemand"), only_you=True))
    assert delivery.state not in {"sent", "degraded"}
    assert len(await platform.harness.seen()) == before


# How a delivery ends.


async def test_a_delivery_is_known_by_its_key_and_nothing_else_is(platform: Running) -> None:
    key = platform.key()
    delivery = await platform.deliver(direct(platform), words("Hallo"), key=key)
    assert delivery.state == "sent"
    stands = await platform.adapter.was_sent(key, direct(platform))
    other = await platform.adapter.was_sent(platform.key(), direct(platform))
    if platform.adapter.capabilities.look_back:
        # With the very refs by which it can be edited.
        assert (stands, other) == (delivery.refs, ())
    else:
        assert (stands, other) == (None, None)


@pytest.mark.parametrize(("fault", "state"), [("refused", "retry"), ("lost", "in_doubt"), ("gone", "gone")])
async def test_a_failure_is_told_as_what_it_is(platform: Running, fault: str, state: str) -> None:
    if fault not in platform.harness.faults:
        pytest.skip("this platform cannot fail so")
    await platform.harness.fail(fault)
    key, before = platform.key(), len(await platform.harness.seen())
    to = direct(platform, "left-anna" if fault == "gone" else "anna")
    delivery = await platform.deliver(to, words("Hallo"), key=key)
    assert delivery.state == state
    assert "left-anna" not in (delivery.reason or "")
    if state == "in_doubt":
        # It was accepted: the look-back finds it, and it is not sent again.
        again = await platform.deliver(to, words("Hallo"), key=key, look_back=True)
        assert again.state == "sent"
        assert len(await platform.harness.seen()) == before + 1


async def test_an_edit_changes_what_stands_and_adds_nothing(platform: Running) -> None:
    if not platform.adapter.capabilities.edits:
        pytest.skip("this platform edits nothing")
    first = await platform.deliver(direct(platform), question())
    before = await platform.harness.seen()
    edited = await platform.deliver(direct(platform), words("Beantwoord"), replaces=first.refs)
    assert edited.state == "sent"
    after = await platform.harness.seen()
    assert len(after) == len(before)
    assert after[-1].text == "Beantwoord"
    assert list(after[-1].buttons) == []


async def test_an_answer_in_a_thread_stays_there(platform: Running) -> None:
    if not platform.adapter.capabilities.threads:
        pytest.skip("this platform has no threads")
    (root,) = await platform.shows(shared(platform), words("Begin"))
    assert root.thread is None
    first = await platform.deliver(shared(platform), words("Draad"))
    place = shared(platform).model_copy(update={"thread": first.refs[0]})
    (seen,) = await platform.shows(place, words("In de draad"))
    assert seen.thread == first.refs[0]


async def test_a_form_is_shown_where_forms_are_declared(platform: Running) -> None:
    if not platform.adapter.capabilities.forms:
        pytest.skip("this platform asks question by question")
    seen = await platform.shows(direct(platform), say(Whole(form=form())))
    assert any(part.form for part in seen)


async def test_letters_typed_are_answered_where_suggestions_are_declared(platform: Running) -> None:
    if not platform.adapter.capabilities.suggestions:
        pytest.skip("this platform suggests nothing")
    await platform.shows(direct(platform), say(Whole(form=form())))
    found = await platform.harness.types("anna", "f" * 32, "opgave", "stik")
    assert found
    assert "Stikstof" in found[0]
    assert platform.inbox.asked == [(platform.harness.account("anna"), "f" * 32, "opgave", "stik")]


# How it ends.


@pytest.mark.parametrize("package", PACKAGES)
async def test_it_stops_without_leaving_a_task(package: str) -> None:
    before = asyncio.all_tasks()
    async with running(package) as platform:
        await platform.harness.says("anna", "hulp")
        await platform.inbox.event(0)
        await platform.deliver(direct(platform), words("Hallo"))
    async with asyncio.timeout(5):
        # What was cancelled ends at its next turn; a task that was forgotten never does.
        while asyncio.all_tasks() - before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("package", PACKAGES)
async def test_it_can_be_closed_twice_and_before_it_ran(package: str) -> None:
    async with running(package) as platform:
        await platform.adapter.close()


# Places for topics.


async def test_a_place_for_a_topic_is_made_once_and_keeps_what_is_said_there(platform: Running) -> None:
    assert platform.adapter.capabilities.channels
    anna = platform.harness.account("anna")
    wanted = ChannelRequest(
        key=platform.key(),
        group=platform.key(),
        tenant=anna.tenant,
        name="Stikstof & <natuur>",
        topic="Koffie over <!channel>",
        purpose="Hier ontmoeten ambtenaren elkaar. @room",
        members=(anna,),
    )
    made = await platform.adapter.create_channel(wanted)
    assert await platform.adapter.create_channel(wanted) == made
    assert (made.place.platform, made.place.tenant) == (anna.platform, anna.tenant)
    assert made.name
    other = replace(wanted, key=platform.key(), group=platform.key(), name="Wonen")
    assert (await platform.adapter.create_channel(other)).place.id != made.place.id
    welcome = words("Welkom").model_copy(update={"pinned": True})
    told = await platform.deliver(made.place, welcome)
    assert told.state == "sent"
    assert await platform.adapter.stands(made.place, told.refs[0]) is not False
