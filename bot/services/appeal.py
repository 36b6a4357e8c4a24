"""Calls: who is in a hurry asks in the channels of an opgave, without a name; the first who fits is it.

Placing a call is the asker's yes to whoever fits; 'that is me' is the other's. The koffie that follows is one
like any other, so that its tie, its messages, its limits and its erasure are too. See
docs/decisions/0103-a-call.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat.message import Message
from bot.domain.appeal import LONGEST, Appeal, AppealState, Misfit, Side, misfit
from bot.domain.channel import Channel
from bot.domain.channel_rules import ChannelState
from bot.domain.contact import RouteKind
from bot.domain.errors import KoffieError
from bot.domain.ids import AppealId, OfficialId
from bot.domain.koffie_why import topic_words
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.i18n.text import Text, text
from bot.services import appeal_words as words
from bot.services import channel_words, koffie_agreed, look_up, members_only
from bot.services.koffie_ask import share_chat
from bot.store import accounts, contact, due, network, officials, outbox
from bot.store import appeal as store
from bot.store import channel as channels
from bot.store import koffie as koffies
from bot.store.koffie import Kind
from bot.store.outbox import Lane
from bot.store.work import Work

END = "appeal-end"
"""Kind of the due thing; its subject is a call."""
_REFUSED = {
    Misfit.OVER: text("appeal-refused-over"),
    Misfit.OWN: text("appeal-refused-own"),
    Misfit.APART: text("appeal-refused-apart"),
}


@dataclass(frozen=True)
class Call:
    """A call that may be placed: for what, where, and until when."""

    topic: Topic
    channel: Channel
    search: Search
    until: datetime


def end_of_haste(work: Work) -> datetime:
    """When a call ends for which no moment was named: when offices close on the next working day."""
    return work.hours.add_working_days(work.now, 1)


async def offer(work: Work, me: Official, search: Search, until: datetime, *, steps: bool = True) -> Message:
    """The preview of a call, or why there is none; with ``steps`` also what else can be done."""
    topic = await look_up.topic_of(work, search)
    search = await _only_layers(work, search, topic)
    if await _channel_of(work, topic) is None:
        return words.no_channel(topic, search, steps=steps)
    call = await _allowed(work, me, topic, search, until)
    return words.preview(call.topic, me, call.search, call.until)


async def _only_layers(work: Work, search: Search, topic: Topic) -> Search:
    """A call names layers: an organisation or a region would be a call to a handful of people."""
    known = replace(topic, sensitive=True)
    return Search(topics=(topic.id,), layers=(await look_up.fitting(work, search, known)).layers)


async def _channel_of(work: Work, topic: Topic) -> Channel | None:
    channel = await channels.of_topic(work, topic.id)
    if channel is None or channel.state is ChannelState.STOPPED:
        return None
    return channel if await channels.places(work, channel.id) else None


async def _allowed(work: Work, me: Official, topic: Topic, search: Search, until: datetime) -> Call:
    """Raises :class:`KoffieError`, with a reason and one next step, for a call that cannot be placed."""
    look_up.refuse_hidden(me)
    channel = await _channel_of(work, topic)
    if channel is None:
        raise KoffieError(text("appeal-no-channel-now", topic=topic_words(topic)))
    await members_only.refuse_outsiders(work, topic, me.id)
    if until <= work.hours.next_office_moment(work.now):
        raise KoffieError(text("appeal-too-soon"))
    if until > work.now + LONGEST:
        raise KoffieError(text("appeal-too-far"))
    if await store.has_made_one(work, me.id, _monday(work)):
        raise KoffieError(text("appeal-limit", day=_monday(work) + timedelta(days=7)))
    return Call(topic, channel, search, until)


def _monday(work: Work) -> date:
    return work.today - timedelta(days=work.today.weekday())


async def needs_route(work: Work, me: Official, topic: Topic) -> bool:
    """Whether chat would not reach everybody in these channels, and no other way was chosen yet."""
    if (await contact.route_of(work, me.id)).kind is not RouteKind.CHAT:
        return False
    channel = await _channel_of(work, topic)
    places = [] if channel is None else await channels.places(work, channel.id)
    mine = {(one.platform, one.tenant) for one in await accounts.accounts_of(work, me.id)}
    return any((place.platform, place.tenant) not in mine for place in places)


async def place(
    work: Work, me: Official, topic: Topic, search: Search, until: datetime, *, with_role: bool
) -> Appeal:
    """Put the call in all conversations of the channel. Raises :class:`KoffieError`."""
    call = await _allowed(work, me, topic, search, until)
    made = await store.add(work, me.id, call.channel.id, search.layers, until, _monday(work))
    if made is None:
        raise KoffieError(text("appeal-limit", day=_monday(work) + timedelta(days=7)))
    message = words.post(topic, me, made, with_role=with_role and words.may_show_role(me, topic))
    keys = [
        await outbox.post(
            work,
            conversation,
            message,
            Lane.UNASKED,
            business_key=_post_key(made, number),
            valid_until=until,
        )
        for number, conversation in enumerate(await channels.places(work, call.channel.id))
    ]
    await store.note_posts(work, made.id, [key for key in keys if key is not None])
    await due.schedule(work, f"{END}:{made.id}", END, until, made.id)
    return made


def _post_key(appeal: Appeal, number: int) -> str:
    return f"appeal:{appeal.id}:{number}"


async def answer(work: Work, me: Official, number: AppealId) -> None:
    """'That is me': the first who fits gets the asker's contact route, and the asker theirs.

    Raises :class:`KoffieError` with a kind word for who does not fit, or came just too late.
    """
    appeal = await store.take(work, number)
    if appeal is None:
        raise KoffieError(_REFUSED[Misfit.OVER])
    asker = await officials.get(work, appeal.asker)
    channel = await channels.get(work, appeal.channel)
    apart = await network.apart_from(work, me.id) | await network.blocked_with(work, me.id)
    reason = misfit(appeal, None if asker is None else _side(asker), _side(me), apart, work.now)
    topic = None if channel is None else await channel_words.topic_of(work, channel)
    if reason is Misfit.LAYER:
        raise KoffieError(text("appeal-refused-layer", to=words.at_layers(appeal.layers)))
    if reason is not None or asker is None:
        raise KoffieError(_REFUSED[reason or Misfit.OVER])
    if topic is not None and not await members_only.may_find(work, topic, me.id):
        raise KoffieError(text("appeal-refused-outsider", topic=topic_words(topic)))
    if await koffies.answered_a_call(work, me.id, work.hours.midnight(work.today)):
        # Who answers all calls would have a list of who asks.
        raise KoffieError(text("appeal-refused-again"))
    why = text("appeal-why") if topic is None else text("appeal-why-topic", topic=topic_words(topic))
    about = None if topic is None else topic.id
    koffie = await koffie_agreed.introduce(work, (asker, me), asker.id, about, (why,), Kind.CALL)
    if koffie is None:
        raise KoffieError(_REFUSED[Misfit.APART])
    await _settle(work, appeal, AppealState.FOUND)


def _side(official: Official) -> Side:
    return Side(official.id, official.organisation_id, official.layer)


async def beyond_chat(work: Work, me: Official, number: AppealId) -> bool:
    """Whether the asker cannot be reached from where this official chats, and no other way was chosen yet."""
    appeal = await store.take(work, number)
    if appeal is None or appeal.asker == me.id or not appeal.is_open(work.now):
        return False
    if (await contact.route_of(work, me.id)).kind is not RouteKind.CHAT:
        return False
    return not await share_chat(work, me.id, appeal.asker)


async def stop(work: Work, me: OfficialId, number: AppealId) -> None:
    """The asker ends it. Raises :class:`KoffieError` when it is over, or another's."""
    appeal = await store.take(work, number)
    if appeal is None or appeal.asker != me or not appeal.is_open(work.now):
        raise KoffieError(text("appeal-stopped-already"))
    await _settle(work, appeal, AppealState.OVER)


async def end_due(work: Work, number: AppealId) -> None:
    """The moment has come: the asker hears so, with what else can be done."""
    appeal = await store.take(work, number)
    if appeal is None or appeal.state is not AppealState.OPEN:
        return
    topic = await _settle(work, appeal, AppealState.OVER)
    if topic is not None:
        told = words.over(topic, Search(topics=(topic.id,), layers=appeal.layers))
        await outbox.post(
            work, appeal.asker, told, Lane.FOLLOWS, business_key=f"{END}:{appeal.id}:{appeal.asker}"
        )


async def leave(work: Work, me: OfficialId) -> None:
    """Somebody is erased or deactivated: their calls are over, and no words of theirs stay."""
    for appeal in await store.open_of(work, me, lock=True):
        await _settle(work, appeal, AppealState.OVER)
        await outbox.forget_words(work, appeal.posts)


async def running(work: Work, me: OfficialId) -> Sequence[Appeal]:
    """The calls of an official that can still be answered."""
    return [one for one in await store.open_of(work, me) if one.is_open(work.now)]


async def for_me(work: Work, me: Official, most: int) -> Sequence[tuple[Appeal, Text]]:
    """Calls of others for somebody's layer, each with what it is about.

    It leaves out no one by whom it is: who is missing would tell who asks.
    """
    found = []
    for one in await store.running(work):
        if one.asker == me.id or (one.layers and me.layer not in one.layers):
            continue
        channel = await channels.get(work, one.channel)
        topic = None if channel is None else await channel_words.topic_of(work, channel)
        if topic is not None and await members_only.may_find(work, topic, me.id):
            found.append((one, words.about(topic, one)))
    return found[:most]


async def _settle(work: Work, appeal: Appeal, state: AppealState) -> Topic | None:
    """It is over: nothing is waited for, and each post is edited into its answer; returns its topic."""
    await store.settle(work, appeal.id, state)
    await due.cancel(work, f"{END}:{appeal.id}")
    channel = await channels.get(work, appeal.channel)
    topic = None if channel is None else await channel_words.topic_of(work, channel)
    message = words.settled(topic, replace(appeal, state=state))
    for number, key in enumerate(appeal.posts):
        await outbox.withdraw(work, _post_key(appeal, number))
        before = await outbox.message_of(work, key)
        if before is not None:
            there, _ = before
            settled = message.model_copy(update={"replaces": key})
            await outbox.post(
                work, there, settled, Lane.FOLLOWS, business_key=f"appeal-settled:{appeal.id}:{number}"
            )
    return topic
