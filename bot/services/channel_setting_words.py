"""The settings of a channel in words: one line each, the card with all of them, and the log."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta

from bot.chat.message import Fact, Fields, Heading, Items, Message, Span, say
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState, Distance, Favour, Setting
from bot.domain.topic import Phase
from bot.i18n.text import About, Text, Words, text
from bot.services import channel_words, round_words
from bot.services import round as rounds
from bot.services.wording import Named, all_of
from bot.store import admins as admin_store
from bot.store import channel as store
from bot.store import channel_change as log
from bot.store.channel_change import Change
from bot.store.work import Work

_MOST_LOGGED = 15
LABEL: Mapping[Setting, Text] = {
    Setting.RHYTHM: text("channel-rhythm"),
    Setting.GROUP: text("steward-group"),
    Setting.STATE: text("steward-state"),
    Setting.LAYERS: text("steward-layers"),
    Setting.GAP: text("steward-gap"),
    Setting.MONTH: text("steward-month"),
    Setting.ACROSS: text("steward-across"),
    Setting.DISTANCE: text("steward-distance"),
    Setting.KOEPELS: text("steward-koepels"),
    Setting.FORMATS: text("steward-formats"),
    Setting.FAVOURS: text("steward-favours"),
}
"""What each is called, in the order in which they are told; the end of a pause is told with it."""
RULES = tuple(LABEL)[3:]
"""What ``regels`` tells: all but when rounds are held, and with how many."""


async def facts(work: Work, channel: Channel, names: Iterable[Setting]) -> Fields:
    """These settings with what they are, in the usual order."""
    wanted = {Setting.STATE if name is Setting.RESUMES else name for name in names}
    lines = [(LABEL[name], await value(work, channel, name)) for name in LABEL if name in wanted]
    return Fields(facts=tuple(Fact(label=label, value=(_span(told),)) for label, told in lines))


def _span(told: Named) -> Span:
    return Words(text=told) if isinstance(told, str) else told


async def value(work: Work, channel: Channel, name: Setting) -> Named:
    """What one setting is."""
    if name is Setting.GAP and channel.rules.gap_days is None:
        return text("steward-gap-usual", days=work.rules.koffie_gap_days)
    if name is Setting.KOEPELS:
        topic, said = await channel_words.topic_of(work, channel), channel.rules.koepels
        usual = topic is not None and topic.koepels
        return text("steward-yes" if (usual if said is None else said) else "steward-no")
    if name in {Setting.STATE, Setting.RESUMES}:
        return state(work, channel)
    return _VALUE[name](channel)


def state(work: Work, channel: Channel) -> Text:
    """'lopen', 'pauze tot en met 28 februari'."""
    if channel.state is ChannelState.RUNNING or not channel.rests(work.today):
        return text("steward-running")
    if channel.resumes_on is not None:
        return text("steward-paused-until", last=channel.resumes_on - timedelta(days=1))
    return text("steward-paused" if channel.state is ChannelState.PAUSED else "steward-is-stopped")


def _layers(channel: Channel) -> Named:
    return channel_words.layers(channel) or text("steward-layers-all")


def _month(channel: Channel) -> Named:
    most = channel.rules.most_a_month
    return text("steward-month-own") if most is None else text("steward-month-most", count=most)


def _distance(channel: Channel) -> Named:
    return _DISTANCE[channel.rules.distance]


def _formats(channel: Channel) -> Named:
    ways: list[Named] = [text("profile-format", format=way) for way in channel.rules.formats]
    return all_of(ways) if ways else text("steward-formats-all")


def _favours(channel: Channel) -> Named:
    favours: list[Named] = [_FAVOUR[one] for one in channel.rules.favours]
    return all_of(favours) if favours else text("steward-favours-none")


_DISTANCE = {
    Distance.ANY: text("steward-anywhere"),
    Distance.NEAR: text("steward-near"),
    Distance.FAR: text("steward-far"),
}
_FAVOUR = {
    Favour.NEW: text("steward-favour-new"),
    Favour.SMALL: text("steward-favour-small"),
    Favour.PARTS: text("steward-favour-parts"),
}
_VALUE: Mapping[Setting, Callable[[Channel], Named]] = {
    Setting.RHYTHM: lambda channel: channel_words.rhythm(channel.cadence),
    Setting.GROUP: lambda channel: text("steward-group-size", size=channel.group_size),
    Setting.LAYERS: _layers,
    Setting.GAP: lambda channel: text("steward-gap-days", days=channel.rules.gap_days or 0),
    Setting.MONTH: _month,
    Setting.ACROSS: lambda channel: text(
        "steward-across-only" if channel.rules.across_layers else "steward-across-rather"
    ),
    Setting.DISTANCE: _distance,
    Setting.FORMATS: _formats,
    Setting.FAVOURS: _favours,
}


async def card(work: Work, channel: Channel) -> Message:
    """How a channel is set, who set it up, and how to change that."""
    told = (await facts(work, channel, Setting)).facts
    moment = await rounds.next_moment(work, channel)
    following = round_words.following(work, channel, moment)
    stewards: list[Named] = [
        About(official=one, fact="card") for one in await admin_store.stewards(work, channel.id)
    ]
    whose: Named = all_of(stewards) if stewards else text("steward-stewards-none")
    return say(
        Heading(span=text("steward-card", channel=await channel_words.name(work, channel))),
        Fields(
            facts=(
                *told,
                Fact(label=text("round-next"), value=(following,)),
                Fact(label=text("steward-stewards"), value=(_span(whose),)),
            )
        ),
        text("steward-card-how"),
    )


async def logged(work: Work, channel: Channel) -> Message:
    """The last acts of those who set up a channel, the newest first; nobody else's name is in it."""
    lines = [
        (await _log_line(work, channel, one),) for one in await log.latest(work, channel.id, _MOST_LOGGED)
    ]
    title = Heading(span=text("steward-log", channel=await channel_words.name(work, channel)))
    return say(title, Items(items=tuple(lines)) if lines else text("steward-log-empty"))


async def _log_line(work: Work, channel: Channel, one: Change) -> Text:
    who = text("steward-log-somebody") if one.by is None else About(official=one.by, fact="name")
    key = "steward-log-line" if one.undone_at is None else "steward-log-undone"
    return text(key, moment=one.at, who=who, what=await done(work, channel, one))


async def done(work: Work, channel: Channel, one: Change, only: Collection[Setting] = LABEL) -> Named:
    """What was done: 'ritme: elke week op dinsdag om 10:00 uur'; with ``only`` what was set of these."""
    if one.act == Act.PHASE:
        return text("topic-phase", phase=Phase(one.after[Setting.PHASE]).name.lower())
    if one.act != Act.SET:
        return text("steward-did", act=one.act)
    then = store.with_values(channel, one.after)
    names = {Setting.STATE if name is Setting.RESUMES else name for name in one.after}
    return all_of(
        [
            text("steward-log-set", setting=LABEL[name], value=await value(work, then, name))
            for name in LABEL
            if name in names and name in only
        ]
    )
