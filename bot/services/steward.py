"""Stewards of a channel: asked to help, told that they do, and taken out.

Who asks by name never learns from the answer whether anybody here bears it: an admin cannot list persons.
"""

from bot.chat.message import choose, option, say
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState
from bot.domain.errors import KoffieError
from bot.domain.ids import ChannelId, OfficialId
from bot.domain.official import Official
from bot.domain.words import tokens
from bot.i18n.text import About, text
from bot.services import admins, channel_words, network, openings
from bot.services.channel_change import Made, question_key
from bot.store import admins as store
from bot.store import audit, officials, outbox
from bot.store import channel as channel_store
from bot.store import channel_change as log
from bot.store import look_up as counts
from bot.store import network as network_store
from bot.store.channel_change import Change
from bot.store.outbox import Lane
from bot.store.work import Work

_MYSELF = frozenset({"ik", "mij", "me", "mezelf", "i", "myself"})


async def invite(work: Work, channel: Channel, me: Official, words: str) -> Change:
    """Ask somebody to set this channel up too, by name. Raises :class:`KoffieError` for one who does already.

    Nothing else that is raised or returned depends on whether the other is there, but for the change's own
    ``steward``: nobody is shown that.
    """
    if channel.state is ChannelState.STOPPED:
        raise KoffieError(text("steward-stopped", channel=await channel_words.name(work, channel)))
    if await _bearing(work, channel.id, words):
        raise KoffieError(text("steward-in-already"))
    # Each name counts, as with 'ken ik': so that nobody tries many.
    if not await counts.count(work, me.id, counts.DECLARE, work.rules.declarations_a_day):
        raise KoffieError(text("know-limit", count=work.rules.declarations_a_day))
    other = await network.named(work, me, words)
    if other is not None and await network_store.is_blocked(work, me.id, other):
        other = None
    asked = await log.add(work, channel.id, Act.STEWARD_ASKED, me.id, steward=other)
    if other is not None:
        await _ask(work, channel, asked, me, other)
    return asked


async def _ask(work: Work, channel: Channel, asked: Change, me: Official, other: OfficialId) -> None:
    question = say(
        text(
            "steward-question",
            name=About(official=me.id, fact="card"),
            channel=await channel_words.name(work, channel),
        ),
        text("steward-question-what"),
        choose(
            option(
                text("steward-question-yes"),
                "koffie-beheer/steward",
                "primary",
                channel=int(channel.id),
                by=int(me.id),
            ),
            option(text("steward-question-no"), "koffie-beheer/no-steward"),
        ),
        slot=f"steward:{channel.id}",
        about=text("steward-question-about"),
    )
    key = question_key(work, asked, other)
    free = await openings.reserve(work, other)
    await outbox.post(work, other, question, Lane.UNASKED, business_key=key, not_before=free)


async def accept(work: Work, number: ChannelId, by: OfficialId, me: OfficialId) -> Channel:
    """Who was asked wants to. Raises :class:`KoffieError` when that is asked no more, or by who may not."""
    channel = await channel_store.get(work, number, lock=True)
    if channel is None or channel.state is ChannelState.STOPPED:
        raise KoffieError(text("channel-gone"))
    if by not in {*await store.stewards(work, number), *await admins.everyone(work)}:
        raise KoffieError(text("steward-question-lapsed"))
    # Asked twice in a day it is one question, and taken back whole; asked again it holds again.
    asked = await log.last_asked(work, number, by, me)
    if asked is not None and asked.undone_at is not None:
        raise KoffieError(text("steward-question-lapsed"))
    if await store.add_steward(work, number, me):
        await log.add(work, number, Act.STEWARD_IN, by, steward=me)
        await audit.record(work, "steward-add", actor=by, subject=me)
        told = text(
            "steward-told-accepted",
            name=About(official=me, fact="card"),
            channel=await channel_words.name(work, channel),
        )
        await outbox.post(work, by, say(told), Lane.UNASKED)
    return channel


async def remove(work: Work, channel: Channel, by: OfficialId, words: str) -> Made:
    """Somebody sets this channel up no more, and is told. Raises :class:`KoffieError`."""
    mine = await store.stewards(work, channel.id)
    named = [by] if set(tokens(words)) <= _MYSELF else await _bearing(work, channel.id, words)
    if len(named) != 1 or named[0] not in mine:
        raise KoffieError(text("steward-out-several" if len(named) > 1 else "steward-out-nobody"))
    gone = named[0]
    if mine == [gone] and not [one for one in await admins.everyone(work) if one != gone]:
        raise KoffieError(text("steward-out-last"))
    await store.remove_steward(work, channel.id, gone)
    change = await log.add(work, channel.id, Act.STEWARD_OUT, by, steward=gone)
    await audit.record(work, "steward-remove", actor=by, subject=gone)
    if gone != by:
        told = say(text("steward-told-out", channel=await channel_words.name(work, channel)))
        await outbox.post(work, gone, told, Lane.UNASKED)
    return Made(change, channel)


async def _bearing(work: Work, channel: ChannelId, words: str) -> list[OfficialId]:
    """The stewards whose name holds all these words."""
    asked, found = set(tokens(words)), []
    for number in await store.stewards(work, channel):
        one = await officials.get(work, number)
        if asked and one is not None and asked <= set(tokens(one.name)):
            found.append(number)
    return found
