"""The places of a topic channel: made by the bot, moved into, looked after, and lost.

A platform is asked through the outbox (:class:`bot.chat.address.TopicPlace`), so that a process may die at
any line: what is made has a key, and is noted before and after. See docs/decisions/0100-channels-made.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.chat.address import Account, Address, Conversation, TopicPlace
from bot.chat.message import Link, Message, Span, choose, option, say
from bot.chat.port import Made
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId, PlaceId
from bot.domain.koffie_why import topic_words
from bot.i18n.text import About, Text, Words, text
from bot.services import admins, channel_find
from bot.services import channel_words as words
from bot.store import accounts, audit, outbox
from bot.store import admins as admin_store
from bot.store import channel as channels
from bot.store import channel_change as log
from bot.store import place as store
from bot.store.outbox import Lane
from bot.store.place import Place
from bot.store.work import Work

_WHY_NOT_MADE = {
    "forbidden": "place-no-right",
    "archived": "place-away",
    "gone": "place-no-right",
    "unable": "place-unable",
}
_WHY_NOT_ADOPTED = {
    "forbidden": "place-no-entry",
    "archived": "place-archived",
    "gone": "place-no-entry",
    "unable": "place-no-entry",
}


async def make(work: Work, channel: Channel, where: Account, by: OfficialId) -> None:
    """Have a place made on the chat of an account.

    Raises :class:`KoffieError` where there is one already, and for a sensitive topic: a place that the bot
    makes is open to all who find it.
    """
    topic = await words.topic_of(work, channel)
    if topic is not None and topic.sensitive:
        known = await channel_find.words_for(work, channel)
        raise KoffieError(text("place-sensitive", topic=topic_words(topic), words=known))
    await channels.get(work, channel.id, lock=True)
    for place in await store.of_channel(work, channel.id):
        if place.is_where(where):
            if place.conversation is None:
                raise KoffieError(text("place-being-made"))
            name = place.name or await words.short_name(work, channel)
            raise KoffieError(text("place-there", name=name))
    number = await store.reserve(work, channel.id, where.platform, where.tenant)
    await audit.record(work, "place-make", actor=by, subject=channel.id)
    await log.add(work, channel.id, Act.BOUND, by)
    await tell_stewards(work, channel, by)
    await _ask_for(work, channel, number, where.platform, where.tenant, by)


async def tell_stewards(work: Work, channel: Channel, by: OfficialId) -> None:
    """Who sets up a channel hears of a place that somebody else brought to it."""
    told = text(
        "place-told-stewards",
        name=About(official=by, fact="card"),
        channel=await words.name(work, channel),
    )
    stewards = await admin_store.stewards(work, channel.id)
    for steward in stewards if by not in stewards else ():
        await outbox.post(work, steward, say(told), Lane.UNASKED)


async def near(work: Work, channel: ChannelId, account: Account, where: Address) -> tuple[Span, ...] | None:
    """The way to a channel for an account, in words; ``None`` for who is there, or where there is none."""
    for place in await store.of_channel(work, channel):
        if place.is_where(account) and place.link:
            there = isinstance(where, Conversation) and where.id == place.conversation
            label = Words(text=place.name or place.link)
            return None if there else (text("place-way"), Words(text=" "), Link(url=place.link, label=label))
    return None


async def adopt(work: Work, channel: Channel, where: Conversation, by: OfficialId) -> None:
    """Have the bot move into a conversation that was bound to the channel."""
    bound = await store.at(work, where)
    if bound is not None:
        await _ask_for(work, channel, bound.id, where.platform, where.tenant, by)


async def _ask_for(
    work: Work, channel: Channel, place: PlaceId, platform: str, tenant: str, by: OfficialId | None
) -> None:
    to = TopicPlace(platform=platform, tenant=tenant, place=int(place), asker=by)
    await outbox.post(work, to, await words.sign(work, channel), Lane.FOLLOWS)


async def welcome(work: Work, channel: Channel, place: PlaceId, where: Conversation) -> None:
    """Everybody there reads what this channel is; they should find it back."""
    key = await outbox.post(work, where, await words.welcome(work, channel), Lane.FOLLOWS)
    if key is not None:
        await store.note_welcome(work, place, key)


# What is to be asked of the platform.


@dataclass(frozen=True)
class Open:
    """Make a place, or move into the conversation ``adopt``; invite these."""

    group: str
    adopt: str | None
    members: tuple[Account, ...]


@dataclass(frozen=True)
class Look:
    """See whether the welcome still stands; without a ``ref`` it is known not to."""

    where: Conversation
    ref: str


async def task(work: Work, wanted: TopicPlace) -> Open | Look | None:
    """What there is to do for a place now; ``None`` when it is over, or when its welcome is on its way."""
    place = await store.get(work, PlaceId(wanted.place))
    if place is None:
        return None
    if not place.is_settled:
        members = () if wanted.asker is None else await _accounts_there(work, place, OfficialId(wanted.asker))
        return Open(f"channel-{place.channel}", place.conversation, members)
    if place.at is None:
        return None
    if place.welcome_ref:
        return Look(place.at, place.welcome_ref)
    fate = await outbox.fate_of(work, place.welcome_key)
    return Look(place.at, fate.refs[0] if fate.refs else "") if fate.over else None


async def _accounts_there(work: Work, place: Place, official: OfficialId) -> tuple[Account, ...]:
    return tuple(one for one in await accounts.accounts_of(work, official) if place.is_where(one))


# What came of it.


async def opened(work: Work, wanted: TopicPlace, made: Made, makers: Collection[str]) -> None:
    """The place is there: welcome everybody, and tell who asked. ``makers`` are platforms that make some."""
    place = await store.get(work, PlaceId(wanted.place), lock=True)
    channel = None if place is None else await channels.get(work, place.channel)
    if place is None or channel is None or place.is_settled:
        return
    adopted = place.conversation is not None
    if not await store.opened(work, place.id, made.place, made.name, made.link):
        await store.remove(work, place.id)
        await _tell(work, wanted, say(text("place-taken", name=made.name)))
        return
    await audit.record(work, "place-open", actor=_asker(wanted), subject=channel.id)
    await welcome(work, channel, place.id, made.place)
    if adopted:
        first = text("channel-bound", channel=await words.name(work, channel))
    elif channel.topic is None:
        first = text("place-made-none")
    else:
        first = text("place-made", topic=await words.short_name(work, channel))
    lines: list[Text | tuple[Link | Words, ...]] = [first]
    if not adopted:
        lines.append(
            (Link(url=made.link, label=Words(text=made.name)) if made.link else Words(text=made.name),)
        )
    if made.instead_of:
        known = await channel_find.words_for(work, channel)
        lines.append(text("place-instead", name=made.instead_of, words=known))
    also = await _elsewhere(work, wanted, channel.id, makers)
    if also:
        lines.append(text("place-also-ask"))
    else:
        lines.append(text("place-next", words=await channel_find.words_for(work, channel)))
    buttons = [
        option(
            text("place-also", platform=one.platform.capitalize()),
            "koffie-beheer/also",
            channel=int(channel.id),
            platform=one.platform,
            tenant=one.tenant,
        )
        for one in also
    ]
    await _tell(work, wanted, say(*lines, *([choose(*buttons)] if buttons else [])))


async def _elsewhere(
    work: Work, wanted: TopicPlace, channel: ChannelId, makers: Collection[str]
) -> list[Account]:
    """Accounts of who asked, one on each other chat where the channel has no place yet."""
    asker = _asker(wanted)
    if asker is None:
        return []
    places = await store.of_channel(work, channel)
    found: Mapping[tuple[str, str], Account] = {
        (one.platform, one.tenant): one
        for one in await accounts.accounts_of(work, asker)
        if one.platform in makers and not any(place.is_where(one) for place in places)
    }
    return list(found.values())


async def refused(work: Work, wanted: TopicPlace, why: str) -> None:
    """It cannot be had, and nothing of it stays. Who asked hears why; of one that was there its stewards."""
    place = await store.get(work, PlaceId(wanted.place), lock=True)
    channel = None if place is None else await channels.get(work, place.channel)
    if place is None or channel is None:
        return
    if place.is_settled:
        if why in _WHY_NOT_MADE:
            await _lose(work, place, channel)
        return
    await store.remove(work, place.id)
    keys = _WHY_NOT_MADE if place.conversation is None else _WHY_NOT_ADOPTED
    known = await channel_find.words_for(work, channel)
    await _tell(work, wanted, say(text(keys.get(why, "place-away"), words=known)))


async def looked(work: Work, wanted: TopicPlace, ref: str, *, stands: bool | None) -> None:
    """The welcome is put up again where somebody deleted it, once a day at most."""
    place = await store.get(work, PlaceId(wanted.place), lock=True)
    channel = None if place is None else await channels.get(work, place.channel)
    if place is None or channel is None or place.at is None:
        return
    if stands is not False:
        if ref:
            await store.keep_welcome(work, place.id, ref)
    elif place.welcomed_at is None or work.hours.local_date(place.welcomed_at) < work.today:
        await welcome(work, channel, place.id, place.at)


async def let_go(work: Work, channel: Channel, number: PlaceId) -> bool:
    """A conversation that was bound belongs to the channel no longer, and reads so once it read the welcome.

    False for one that does not belong to it. Who takes part stays, and the bot leaves nothing by itself.
    """
    place = await store.get(work, number, lock=True)
    if place is None or place.channel != channel.id:
        return False
    await store.remove(work, place.id)
    await audit.record(work, "place-let-go", subject=channel.id)
    if place.is_settled and place.at is not None:
        told = text("place-let-go", channel=await words.name(work, channel))
        await outbox.post(work, place.at, say(told), Lane.FOLLOWS)
    return True


async def not_taken(work: Work, where: Conversation) -> None:
    """A conversation did not take a message: is the bot still there, or was it that message alone?

    The platform is asked for the welcome; where not even that was taken, the place is lost.
    """
    place = await store.at(work, where)
    channel = None if place is None else await channels.get(work, place.channel)
    if place is None or channel is None:
        return
    known = TopicPlace(platform=place.platform, tenant=place.tenant, place=int(place.id))
    match await task(work, known):
        case Look(ref=""):
            await _lose(work, place, channel)
        case Look():
            await _ask_for(work, channel, place.id, place.platform, place.tenant, None)
        case _:
            # It is still to be opened, or its welcome is on its way: that will tell.
            return


async def _lose(work: Work, place: Place, channel: Channel) -> None:
    """It belongs to the channel no longer; rounds go on in the others, and its stewards hear of it."""
    await store.remove(work, place.id)
    await audit.record(work, "place-lost", subject=channel.id)
    left = await channels.places(work, channel.id)
    name = place.name or await words.short_name(work, channel)
    known = await channel_find.words_for(work, channel)
    what = await words.name(work, channel)
    then = text("place-lost-others", channel=what) if left else text("place-lost-last", channel=what)
    message = say(text("place-lost", name=name), then, text("place-lost-next", words=known))
    for admin in await admins.of_channel(work, channel.id):
        await outbox.post(work, admin, message, Lane.UNASKED)


async def look_after(work: Work) -> None:
    """Once a day each place is looked at, as long as its channel goes on."""
    for place in await store.all_settled(work):
        channel = await channels.get(work, place.channel)
        if channel is not None and channel.state is not ChannelState.STOPPED:
            await _ask_for(work, channel, place.id, place.platform, place.tenant, None)


def _asker(wanted: TopicPlace) -> OfficialId | None:
    return None if wanted.asker is None else OfficialId(wanted.asker)


async def _tell(work: Work, wanted: TopicPlace, message: Message) -> None:
    asker = _asker(wanted)
    if asker is not None:
        await outbox.post(work, asker, message, Lane.FOLLOWS)
