"""``ronde sla over``, ``pauze``, ``verder`` and ``stop``: rounds of a channel that are not held."""

from bot.chat.message import say
from bot.commands import Ask, Reply, reply
from bot.commands.koffie_beheer.said import changed
from bot.commands.koffie_beheer.verb import Verb, the_one
from bot.domain.channel_rules import ChannelState, Setting
from bot.domain.dates import Ambiguous, Indefinite, Past, Until, parse_until
from bot.domain.errors import KoffieError
from bot.domain.words import tokens
from bot.i18n.text import text
from bot.services import channel_change, channel_setting_words, channel_words
from bot.services import round as rounds

_UNTIL = frozenset({"tot", "t", "tm", "until", "till", "through"})


async def skip(ask: Ask, words: str) -> Reply:
    """``ronde sla over [OPGAVE]``: the next round is not held."""
    found = await the_one(ask, words)
    made, moment = await channel_change.skip(ask.work, found, ask.me.id)
    name = await channel_words.name(ask.work, found)
    lines = [text("steward-skipped", channel=name, moment=moment)]
    following = await rounds.next_moment(ask.work, made.channel)
    if following is not None:
        lines.append(text("steward-skipped-next", moment=following))
    return await changed(ask, made, *lines)


async def pause(ask: Ask, words: str) -> Reply:
    """``pauze [OPGAVE] [tot DATUM]``."""
    topic, until = _split(ask, words)
    match until:
        case Past():
            raise KoffieError(text("steward-pause-past"))
        case Ambiguous(options=(one, other, *_)):
            raise KoffieError(text("steward-pause-which", one=one, other=other))
        case None if _UNTIL.intersection(tokens(words)):
            raise KoffieError(text("steward-pause-unclear"))
        case Indefinite() | None | Ambiguous():
            back = None
        case day:
            back = day
    found = await the_one(ask, topic)
    values = {
        Setting.STATE: ChannelState.PAUSED.value,
        Setting.RESUMES: None if back is None else back.isoformat(),
    }
    made = await channel_change.change(ask.work, found, ask.me.id, values)
    name = await channel_words.name(ask.work, found)
    lines = [
        text(
            "steward-paused-now",
            channel=name,
            state=channel_setting_words.state(ask.work, made.channel),
        ),
        text("steward-paused-open"),
    ]
    if back is None:
        lines.append(text("steward-paused-back"))
    return await changed(ask, made, *lines)


def _split(ask: Ask, words: str) -> tuple[str, Until | None]:
    """The name of a topic, if any, and until when."""
    parts = words.split()
    for length in range(len(parts)):
        until = parse_until(" ".join(parts[length:]), ask.work.now, ask.work.zone)
        if until is not None:
            return " ".join(parts[:length]), until
    return words, None


async def resume(ask: Ask, words: str) -> Reply:
    """``verder [OPGAVE]``: back from a pause."""
    found = await the_one(ask, words)
    name = await channel_words.name(ask.work, found)
    if found.state is not ChannelState.STOPPED and not found.rests(ask.work.today):
        return reply(say(text("steward-runs-already", channel=name)))
    values = {Setting.STATE: ChannelState.RUNNING.value, Setting.RESUMES: None}
    made = await channel_change.change(ask.work, found, ask.me.id, values)
    following = await rounds.next_moment(ask.work, made.channel)
    line = text("channel-rhythm-by-hand")
    if following is not None:
        line = text("steward-skipped-next", moment=following)
    return await changed(ask, made, text("steward-resumed", channel=name), line)


async def stop(ask: Ask, words: str) -> Reply:
    """``stop [OPGAVE]``: no more rounds; what people were asked stays open until its term."""
    found = await the_one(ask, words)
    values = {Setting.STATE: ChannelState.STOPPED.value, Setting.RESUMES: None}
    made = await channel_change.change(ask.work, found, ask.me.id, values)
    name = await channel_words.name(ask.work, found)
    return await changed(ask, made, text("steward-stopped-now", channel=name), text("steward-paused-open"))


VERBS = (
    Verb(("ronde sla over", "round skip"), text("steward-example-skip"), skip),
    Verb(("pauze", "pause"), text("steward-example-pause"), pause),
    Verb(("verder", "resume"), text("steward-example-resume"), resume),
    Verb(("stop",), text("steward-example-stop"), stop),
)
