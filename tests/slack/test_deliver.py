"""What goes out arrives once, or is told apart: against a stateful Slack that fails in every known way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from adapters.slack.adapter import Slack
from adapters.slack.exchange import Exchange, Handle
from bot.chat.address import Account, Conversation, Direct, Home
from bot.chat.degrade import degrade
from bot.chat.form import Field, FormView
from bot.chat.inbound import Profile
from bot.chat.message import Attachment, Choices, Message, Option, Paragraph, Whole
from bot.chat.port import ChannelRequest, Delivery
from bot.i18n.text import Words
from tests.slack.parts import MemoryState, adapter
from tests.slack.rules import faults_of_view
from tests.slack.strict import BOT_TOKEN
from tests.slack.world import TEAM, Person, World


@pytest.fixture
async def adapted(slack: World) -> AsyncIterator[Slack]:
    async with adapter(slack) as made:
        yield made


def account(person: Person) -> Account:
    return Account(platform="slack", tenant=TEAM, user=person.user)


def to(person: Person) -> Direct:
    return Direct(account=account(person))


def said(words: str, *, only_you: bool = False, token: str | None = None) -> Message:
    blocks: tuple[Paragraph | Choices, ...] = (Paragraph(spans=(Words(text=words),)),)
    if token:
        blocks = (*blocks, Choices(options=(Option(label=Words(text="Graag"), token=token),)))
    return Message(blocks=blocks, only_you=only_you)


async def channel_with(slack: World, *people: Person, bot: bool = True) -> str:
    made = await slack.web(f"xoxp-{people[0].name}", "conversations.create", name="stikstof")
    channel = str(made["channel"]["id"])
    for person in people[1:]:
        await slack.web(f"xoxp-{people[0].name}", "conversations.invite", channel=channel, users=person.user)
    if bot:
        await slack.web(BOT_TOKEN, "conversations.join", channel=channel)
    slack.strict.marks[channel] = {"bot_is_in": bot}
    return channel


async def test_a_message_bears_its_key_and_is_found_back(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    delivery = await adapted.deliver("k1", to(anna), said("dag"), (), None)
    assert delivery.state == "sent"
    (seen,) = await anna.messages()
    assert seen.metadata == {"event_type": "koffie", "event_payload": {"key": "k1"}}
    assert await adapted.was_sent("k1", to(anna)) == delivery.refs
    assert await adapted.was_sent("k2", to(anna)) == ()


@pytest.mark.parametrize(
    ("fault", "state", "stands"),
    [
        ("429", "retry", False),
        ("500", "in_doubt", False),
        ("500-after", "in_doubt", True),
        ("cut-before", "in_doubt", False),
        ("cut-after", "in_doubt", True),
        ("error:internal_error", "in_doubt", False),
        ("error:user_disabled", "gone", False),
        ("error:channel_not_found", "gone", False),
        ("error:account_inactive", "retry", False),
        ("error:missing_scope", "retry", False),
    ],
)
async def test_each_failure_is_told_apart(
    slack: World, adapted: Slack, fault: str, state: str, *, stands: bool
) -> None:
    anna = slack.person("anna")
    slack.strict.faults["chat.postMessage"].append(fault)
    delivery = await adapted.deliver("k1", to(anna), said("dag"), (), None)
    assert delivery.state == state
    assert (delivery.retry_at is not None) == (state == "retry")
    assert bool(await adapted.was_sent("k1", to(anna))) is stands
    assert len(await anna.messages()) == stands


async def test_without_a_connection_it_is_surely_not_sent(slack: World) -> None:
    async with adapter(slack, base_url="http://127.0.0.1:9/api/") as lonely:
        assert (await lonely.deliver("k1", to(slack.person("anna")), said("dag"), (), None)).state == "retry"


async def test_what_slack_cannot_read_goes_as_plain_words(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    slack.strict.faults["chat.postMessage"].append("error:invalid_blocks")
    delivery = await adapted.deliver("k1", to(anna), said("<!channel> dag"), (), None)
    assert (delivery.state, delivery.reason) == ("degraded", "invalid_blocks")
    (seen,) = await anna.messages()
    assert (seen.blocks, seen.text) == ([], "&lt;!channel&gt; dag")


async def test_a_limit_on_one_talk_holds_up_no_other(slack: World, adapted: Slack) -> None:
    anna, bram = slack.person("anna"), slack.person("bram")
    slack.strict.faults["chat.postMessage"].append("429")
    assert (await adapted.deliver("k1", to(anna), said("dag"), (), None)).state == "retry"
    assert (await adapted.deliver("k2", to(bram), said("dag"), (), None)).state == "sent"


async def test_messages_in_one_talk_keep_slacks_pace(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    for number in range(3):
        assert (await adapted.deliver(f"k{number}", to(anna), said("dag"), (), None)).state == "sent"
    assert slack.strict.violations == []
    assert len(await anna.messages()) == 3


async def test_an_edit_takes_the_place_of_the_question(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    first = await adapted.deliver("k1", to(anna), said("Zin?", token="k1.1"), (), None)
    edited = await adapted.deliver("k2", to(anna), said("Zin? ✓"), first.refs, None)
    assert edited == Delivery(state="sent", refs=first.refs)
    (seen,) = await anna.messages()
    assert seen.words == "Zin? ✓"
    assert await adapted.was_sent("k2", to(anna)) == first.refs


async def test_only_you_is_never_shown_to_the_channel(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    channel = await channel_with(slack, anna)
    where = Conversation(platform="slack", tenant=TEAM, id=channel, account=account(anna))
    secret = said("alleen voor jou", only_you=True)
    assert (await adapted.deliver("k1", where, secret, (), None)).state == "sent"
    assert [call.arguments["user"] for call in slack.strict.of("chat.postEphemeral")] == [anna.user]
    assert slack.strict.of("chat.postMessage") == []
    assert await adapted.was_sent("k1", where) is None


async def test_only_you_becomes_a_talk_where_the_bot_is_not_in_the_channel(
    slack: World, adapted: Slack
) -> None:
    anna = slack.person("anna")
    channel = await channel_with(slack, anna, bot=False)
    where = Conversation(platform="slack", tenant=TEAM, id=channel, account=account(anna))
    assert (
        await adapted.deliver("k1", where, said("alleen voor jou", only_you=True), (), None)
    ).state == "sent"
    (seen,) = await anna.messages()
    assert seen.words == "alleen voor jou"


async def test_for_nobody_is_for_nobody(adapted: Slack) -> None:
    where = Conversation(platform="slack", tenant=TEAM, id="C1")
    assert (await adapted.deliver("k1", where, said("x", only_you=True), (), None)).state == "gone"


async def test_a_file_goes_with_its_message_and_never_twice(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    card = Attachment(name="bram.vcf", media_type="text/vcard", content=b"BEGIN:VCARD\r\nEND:VCARD\r\n")
    message = Message(blocks=(*said("dit is Bram").blocks, card))
    slack.strict.faults["chat.postMessage"].append("500")
    assert (await adapted.deliver("k1", to(anna), message, (), None)).state == "in_doubt"
    assert await adapted.was_sent("k1", to(anna)) == ()
    assert (await adapted.deliver("k1", to(anna), message, (), None)).state == "sent"
    told = await slack.web(BOT_TOKEN, "conversations.history", channel=await anna.talk(), limit="50")
    assert [file["name"] for one in told["messages"] for file in one.get("files") or ()] == ["bram.vcf"]
    assert len(await anna.messages()) == 1
    assert (await adapted.deliver("k2", to(anna), message, (), None)).state == "sent"
    told = await slack.web(BOT_TOKEN, "conversations.history", channel=await anna.talk(), limit="50")
    assert len([file for one in told["messages"] for file in one.get("files") or ()]) == 2


async def test_the_exchange_answers_and_what_follows_takes_the_address(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    handle = Handle(f"{slack.slack}/respond/anna-1", None, Exchange())
    exchange = handle.exchange
    assert exchange is not None

    async def slash() -> dict[str, object] | None:
        payload = await exchange.wait(5)
        exchange.over(written=True)
        return payload

    payload, first = await asyncio.gather(slash(), adapted.deliver("k1", to(anna), said("een"), (), handle))
    assert payload is not None
    assert "metadata" not in payload
    assert first.refs == ("ephemeral:k1",)
    assert (await adapted.deliver("k2", to(anna), said("twee"), (), handle)).state == "sent"
    (answered,) = slack.strict.responses["anna-1"]
    assert (answered["response_type"], answered["replace_original"]) == ("ephemeral", False)
    assert slack.strict.of("chat.postMessage") == []


async def test_an_exchange_that_was_cut_off_is_answered_in_the_talk(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    handle = Handle(None, None, Exchange())
    assert handle.exchange is not None
    handle.exchange.over(written=False)
    assert (await adapted.deliver("k1", to(anna), said("dag"), (), handle)).state == "sent"
    assert [seen.words for seen in await anna.messages()] == ["dag"]


async def test_a_response_address_is_used_five_times(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    channel = await channel_with(slack, anna)
    where = Conversation(platform="slack", tenant=TEAM, id=channel, account=account(anna))
    handle = Handle(f"{slack.slack}/respond/anna-1")
    for number in range(6):
        assert (
            await adapted.deliver(f"k{number}", where, said("x", only_you=True), (), handle)
        ).state == "sent"
    assert len(slack.strict.responses["anna-1"]) == 5
    assert len(slack.strict.of("chat.postEphemeral")) == 1


async def test_an_answer_whose_address_slack_refuses_comes_another_way(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    channel = await channel_with(slack, anna)
    where = Conversation(platform="slack", tenant=TEAM, id=channel, account=account(anna))
    slack.strict.responses["anna-1"] = [{}] * 5
    handle = Handle(f"{slack.slack}/respond/anna-1")
    slack.strict.faults["chat.postEphemeral"].append("error:invalid_blocks")
    delivery = await adapted.deliver("k1", where, said("x", only_you=True), (), handle)
    assert delivery.state == "sent"
    assert [seen.words for seen in await anna.messages()] == ["x"]


async def test_an_edit_that_slack_cannot_read_goes_as_plain_words(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    first = await adapted.deliver("k1", to(anna), said("Zin?", token="k1.1"), (), None)
    slack.strict.faults["chat.update"].append("error:invalid_blocks")
    edited = await adapted.deliver("k2", to(anna), said("Zin? ✓"), first.refs, None)
    assert (edited.state, edited.refs) == ("degraded", first.refs)
    (seen,) = await anna.messages()
    assert (seen.blocks, seen.text) == ([], "Zin? ✓")


async def test_a_form_opens_by_its_trigger_and_else_by_a_button(slack: World) -> None:
    anna, state = slack.person("anna"), MemoryState()
    form = FormView(
        id="f1",
        title=Words(text="Aanmelden"),
        submit=Words(text="Verder"),
        fields=(Field(name="name", kind="text", prompt=Words(text="Hoe heet je?")),),
    )
    message = Message(blocks=(Whole(form=form),))
    async with adapter(slack, state=state) as made:
        handle = Handle(None, await slack.trigger(anna.user))
        assert (await made.deliver("k1", to(anna), message, (), handle)).state == "sent"
        assert (await anna.window())["private_metadata"] == "f1"
        assert (await made.deliver("k2", to(anna), message, (), None)).state == "sent"
        (seen,) = await anna.messages()
        assert seen.button("Aanmelden")[1]["value"] == "form:f1"
    # What stands in a form may be a name: it is kept nowhere but in the draft.
    assert state.values == {}


async def test_the_home_tab(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    delivery = await adapted.deliver(
        "k1", Home(account=account(anna)), said("Dit ben jij", token="k1.1"), (), None
    )
    assert delivery.state == "sent"
    (call,) = slack.strict.of("views.publish")
    assert (call.arguments["user_id"], call.arguments["view"]["type"]) == (anna.user, "home")


async def test_a_home_tab_of_any_length_is_one_page(slack: World, adapted: Slack) -> None:
    anna = slack.person("anna")
    lines = [f"Regel {number} " + "woord " * 90 for number in range(12)]
    spoken = (Paragraph(spans=(Words(text=line),)) for line in lines)
    rows = (Choices(options=(Option(label=Words(text="Kies"), token=f"k1.{n}"),)) for n in range(24))
    page = Message(blocks=(*spoken, *rows))
    home = Home(account=account(anna))
    fitted = degrade(page, adapted.capabilities, page=True)
    (part,) = fitted.parts
    assert (await adapted.deliver("k1", home, part, (), None)).state == "sent"
    (call,) = slack.strict.of("views.publish")
    view = call.arguments["view"]
    assert faults_of_view(view) == []
    shown = json.dumps(view)
    assert all(f"Regel {number} " in shown for number in range(12))
    assert shown.count("choose-") == 24


async def test_people_and_places(slack: World, adapted: Slack) -> None:
    anna, bram, guest = (slack.person(name) for name in ("anna", "bram", "gast"))
    assert await adapted.profile(account(anna)) == Profile(
        name="Anna de Vries", email="anna@minbzk.nl", language="nl-NL", time_zone="Europe/Amsterdam"
    )
    assert await adapted.profile(account(guest)) is None
    assert await adapted.contact_link(account(bram)) == f"https://rijk.slack.com/team/{bram.user}"
    both = [account(anna), account(bram)]
    place = await adapted.open_private("k1", both)
    assert place is not None
    assert await adapted.open_private("k2", list(reversed(both))) == place
    elsewhere = account(bram).model_copy(update={"tenant": "T9"})
    assert await adapted.open_private("k3", [account(anna), elsewhere]) is None
    assert (await adapted.deliver("k4", Direct(account=elsewhere), said("dag"), (), None)).state == "gone"


def wanted(key: str, *members: Account, adopt: str | None = None) -> ChannelRequest:
    return ChannelRequest(
        key, "g", TEAM, "Stikstof & natuur", "Koffie over <stikstof>", "Voor <!channel>", members, adopt
    )


async def test_a_channel_is_made_once(slack: World) -> None:
    anna, state = slack.person("anna"), MemoryState()
    request = wanted("t1", account(anna))
    async with adapter(slack, state=state) as made:
        first = await made.create_channel(request)
        assert (first.name, first.instead_of) == ("#stikstof-natuur", "")
        assert first.link.endswith(f"/archives/{first.place.id}")
        assert await made.create_channel(request) == first
        # Cut off after Slack made it and before that was noted.
        key = f"channel:{TEAM}:t1"
        state.values[key] = (b'{"name": "stikstof-natuur"}', 9)
        assert await made.create_channel(request) == first
        other = await made.create_channel(wanted("t2"))
        assert other.place.id != first.place.id
        assert (other.name, other.instead_of) == ("#stikstof-natuur-2", "#stikstof-natuur")
