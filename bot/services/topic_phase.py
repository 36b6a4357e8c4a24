"""The phase of a topic (P30): other conversation starters from now on, and a rhythm to propose."""

from dataclasses import replace
from datetime import time

from bot.domain.cadence import Cadence, MonthlyOnDay, MonthlyOnWeekday, Weekly
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, ChannelState, Setting
from bot.domain.ids import OfficialId
from bot.domain.topic import Phase
from bot.domain.words import tokens
from bot.services import topic_log
from bot.store import audit
from bot.store import channel as channels
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.topic import Kept
from bot.store.work import Work

WEEKS = {Phase.EXPLORE: 2, Phase.DEVELOP: 3, Phase.CARRY_OUT: 4, Phase.ROUND_OFF: 8}
"""Weeks between two rounds: most often while people still look for each other."""
_TUESDAY, _TEN = 1, time(10)
_WORDS = {
    word: phase
    for phase, words in {
        Phase.EXPLORE: "verkennen verkenning explore exploring",
        Phase.DEVELOP: "ontwikkelen ontwikkeling develop developing",
        Phase.CARRY_OUT: "uitvoeren uitvoering doen carry carrying",
        Phase.ROUND_OFF: "afronden afronding round rounding",
    }.items()
    for word in words.split()
}
_BESIDES = frozenset("out off fase phase naar to is".split())


def read_phase(words: str) -> tuple[str, Phase | None]:
    """The name of a topic, if any, and the phase behind it."""
    parts = words.split()
    while parts and " ".join(tokens(parts[-1])) in _BESIDES:
        parts.pop()
    phase = _WORDS.get(" ".join(tokens(parts[-1]))) if parts else None
    if phase is None:
        return words, None
    rest = parts[:-1]
    while rest and " ".join(tokens(rest[-1])) in _BESIDES:
        rest.pop()
    return " ".join(rest), phase


async def put(work: Work, kept: Kept, phase: Phase, by: OfficialId) -> Change | None:
    """This phase from now on; what is given to talk about changes with it.

    Returns what stands in the log; ``None`` without a channel, and where it was in that phase.
    """
    await store.note_activity(work, kept.id)
    await audit.record(work, "topic-phase", actor=by, subject=kept.id)
    return await topic_log.put(work, kept.id, Act.PHASE, by, {Setting.PHASE: phase.value})


async def fitting_rhythm(work: Work, kept: Kept, phase: Phase) -> tuple[Channel, Cadence] | None:
    """A rhythm to propose for the topic's channel; ``None`` where it has that one, or no rounds at all."""
    found = await channels.of_topic(work, kept.id)
    if found is None or found.state is ChannelState.STOPPED or not await channels.places(work, found.id):
        return None
    wanted = rhythm_for(found.cadence, phase, work)
    return None if wanted is None else (found, wanted)


def rhythm_for(now: Cadence, phase: Phase, work: Work) -> Cadence | None:
    """The phase's weeks, at the day and hour that people are used to; ``None`` for the rhythm there is."""
    weeks = WEEKS[phase]
    match now:
        case Weekly(weeks=known) if known == weeks:
            return None
        case Weekly():
            return replace(now, weeks=weeks, since=work.today)
        case MonthlyOnDay() | MonthlyOnWeekday() if phase is Phase.CARRY_OUT:
            return None
        case MonthlyOnWeekday(weekday=weekday, at=at):
            return Weekly(weeks, weekday, at, work.today)
        case MonthlyOnDay(at=at):
            return Weekly(weeks, _TUESDAY, at, work.today)
        case _:
            return Weekly(weeks, _TUESDAY, _TEN, work.today)
